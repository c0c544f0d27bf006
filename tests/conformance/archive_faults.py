#!/usr/bin/env python3
"""Interrupts `soukatsu archive add` at every point and holds the store against docs/archive.md.

Usage: archive_faults.py SOUKATSU [--thorough]

On a store with two editions, a third is added while
  - the process is killed at a system call that changes something (strace),
  - such a call, or one that opens a file, fails: no space, no permission, a bad disk (strace),
  - the disk is small, has few inodes left, or is read-only (a tmpfs; needs root),
  - the permission to write is taken away in between (as nobody; needs root),
  - other processes add to the same store, or one of them is killed.
After each: the earlier editions are byte for byte as they were; the new one is there whole (for
bagit.py and for `archive verify`) or not at all; exit code and message said which; the same `add`
again tells its number; the next `add` works, sweeps what was left, and completes chain.txt. An
edition that chain.txt lacks has the mark of the run that was interrupted; without it, nothing is
added.

Without --thorough, the process is killed at every call that changes a name or reaches for the
disk, and at every second of the others; a sample of the calls fails, each with one of the errors
in turn. Exits 1 at the first broken promise.
"""
import argparse
import concurrent.futures
import hashlib
import logging
import os
import pathlib
import random
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time

try:
    import bagit
except ImportError:
    sys.exit("archive_faults.py needs bagit (the reference implementation of BagIt)")

logging.disable(logging.CRITICAL)
REPORT = pathlib.Path(__file__).resolve().parents[2] / "data/mihon-r8"
# All that Rust's standard library may call to change a file system, and what opens files.
CHANGING = (
    "write pwrite64 writev link linkat rename renameat renameat2 mkdir mkdirat fsync fdatasync "
    "chmod fchmod fchmodat fchmodat2 unlink unlinkat rmdir flock ftruncate copy_file_range "
    "sendfile symlink symlinkat"
).split()
OPENING = ["openat", "open", "creat"]
# Points of these are never left out.
ALWAYS = re.compile(r"rename|mkdir|link|sync")
ERRORS = ["ENOSPC", "EACCES", "EIO"]
UNLISTED = "chain.txt に載っていない版です"
# What tells an edition that an interrupted run left from one that somebody put there.
MARK = ".adding"


def promise(held, what):
    if not held:
        sys.exit(f"archive_faults.py: broken promise: {what}")


class Broken(Exception):
    pass


def hold(held, what):
    if not held:
        raise Broken(what)


class Bench:
    """A store with two editions, reports for more, and runs of the program on copies of it."""

    def __init__(self, program, root):
        self.program, self.root = program, root
        self.counter, self.lock = 0, threading.Lock()
        for number in range(12):
            report = root / f"r{number}"
            shutil.copytree(REPORT, report)
            csv = report / "csv/fig-04.csv"
            text = csv.read_text()
            promise("家族や知人の勧め,38.4" in text, "the sample report has the cell that is changed")
            csv.write_text(text.replace("勧め,38.4", f"勧め,{20 + number}.4"))
        self.base = root / "base"
        for number in (0, 1):
            promise(self.add(self.base, number).returncode == 0, "the first editions are added")
        self.earlier = {name: snapshot(self.base / "editions" / name) for name in ("0001", "0002")}

    def command(self, store, number):
        report = self.root / f"r{number}"
        return [
            str(self.program), "archive", "add", str(report), "--store", str(store),
            "--reason", "試験", "--approved-by", "試験", "--date", "2026-07-01",
        ]  # fmt: skip

    def add(self, store, number, before=(), **more):
        command = [*before, *self.command(store, number)]
        return subprocess.run(command, capture_output=True, text=True, env=ENV, **more)

    def copy(self):
        """A store of its own for one attempt; its files are links, as they are read-only."""
        with self.lock:
            self.counter += 1
            store = self.root / f"s{self.counter}"
        shutil.copytree(self.base, store, copy_function=os.link, symlinks=True)
        return store

    def verify(self, store):
        command = [str(self.program), "archive", "verify", "--store", str(store), "--digests-only"]
        return subprocess.run(command, capture_output=True, text=True, env=ENV)

    def after(self, store, run, quiet=False):
        """Holds a store against the promises after an attempt; whether the edition is there.

        quiet: the message itself could not be written.
        """
        for name, was in self.earlier.items():
            hold(snapshot(store / "editions" / name) == was, f"edition {name} was touched")
        names = sorted(os.listdir(store / "editions"))
        hold(names in (["0001", "0002"], ["0001", "0002", "0003"]), f"editions are {names}")
        there = len(names) == 3
        verified = self.verify(store)
        if there:
            whole(store / "editions/0003")
        problems = re.findall(r"^(?:誤り|注意)\[(S\d+)\] (.*)$", verified.stderr, re.M)
        unlisted = problems == [("S812", UNLISTED)]
        hold(not problems or there and unlisted, f"verify finds {problems}")
        if unlisted:
            mark = (store / MARK).read_text()
            hold(mark == f"0003  {tag_digest(store / 'editions/0003')}\n", f"the mark says {mark}")
        honest(run, there, unlisted, quiet)
        return there, unlisted

    def again(self, store, there, unlisted):
        """The same `add` again: it adds what is not there, and tells the number of what is."""
        run = self.add(store, 2)
        digest = tag_digest(store / "editions/0003")
        hold(digest in run.stderr, f"the number is not told: {run.stderr}")
        hold(run.returncode == (1 if there and not unlisted else 0), f"again: {run.stderr}")
        hold(("載せました" in run.stderr) == unlisted, f"again: {run.stderr}")
        hold(bool(run.stdout) == (run.returncode == 0), f"again: {run.stdout}")
        hold(len(os.listdir(store / "editions")) == 3, "one edition for one content")

    def refused_without_mark(self, store):
        """Nothing is added behind an edition that might be anybody's."""
        mark = store / MARK
        text = mark.read_text()
        mark.unlink()
        run = self.add(store, 3)
        hold(run.returncode == 1 and UNLISTED in run.stderr, f"without the mark: {run.stderr}")
        hold(len(os.listdir(store / "editions")) == 3, "added without the mark")
        mark.write_text(text)

    def next_add(self, store, there):
        """A following `add` works, sweeps, and completes chain.txt."""
        run = self.add(store, 3)
        hold(run.returncode == 0, f"the next add fails: {run.stderr}")
        names = sorted(os.listdir(store / "editions"))
        hold(names == [f"{n:04}" for n in range(1, 5 if there else 4)], f"editions are {names}")
        hold(sorted(os.listdir(store)) == [".lock", "README.txt", "chain.txt", "editions"],
             f"left behind: {os.listdir(store)}")  # fmt: skip
        lines = (store / "chain.txt").read_text().splitlines()
        digests = [tag_digest(store / "editions" / name) for name in names]
        hold(lines == [f"{n}  {d}" for n, d in zip(names, digests)], "chain.txt is not complete")
        for name, was in self.earlier.items():
            hold(snapshot(store / "editions" / name) == was, f"edition {name} was touched")


ENV = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}


def snapshot(folder):
    """Every file of a folder: name, mode, size, time of its last change, SHA-256."""
    found = []
    for path, folders, files in os.walk(folder):
        for name in folders + files:
            full = os.path.join(path, name)
            about = os.lstat(full)
            digest = None
            if stat.S_ISREG(about.st_mode):
                with open(full, "rb") as file:
                    digest = hashlib.file_digest(file, "sha256").hexdigest()
            size = about.st_size if digest else 0
            time_of_file = about.st_mtime_ns if digest else 0
            found.append((os.path.relpath(full, folder), about.st_mode, size, time_of_file, digest))
    return sorted(found)


def tag_digest(edition):
    return hashlib.sha256((edition / "tagmanifest-sha256.txt").read_bytes()).hexdigest()


def whole(edition):
    try:
        bagit.Bag(str(edition)).validate()
    except bagit.BagError as error:
        raise Broken(f"bagit.py on {edition.name}: {error}") from error


def honest(run, there, unlisted, quiet):
    """Exit code and message say whether the edition is there."""
    code, said = run.returncode, run.stderr
    if code in (-signal.SIGKILL, 128 + signal.SIGKILL):
        # It could say nothing more; what it had said by then was true.
        hold(there or not run.stdout, "said that an edition is there before it was")
        return
    hold(code in (0, 1), f"exit code {code}: {said}")
    hold(code == 1 or there and not unlisted, "exit code 0 without the edition in the list")
    if quiet:
        return
    says_there = re.search(r"版3を?は?保管しました", said) is not None
    hold(said.strip() and says_there == there, f"edition there: {there}, but it says: {said}")
    hold("panick" not in said, said)


def strace(options, log):
    return ["strace", "-f", "--seccomp-bpf", "-qq", "-o", str(log), *options]


def points(bench):
    """Every call behind the lock: its name, its number among those of the name, its arguments."""
    log, store = bench.root / "log", bench.copy()
    calls = ",".join("?" + name for name in CHANGING + OPENING)
    run = bench.add(store, 2, strace(["-e", f"trace={calls}"], log))
    promise(run.returncode == 0, f"add works under strace: {run.stderr}")
    bench.after(store, run)
    shutil.rmtree(store)
    lines = [line.split(None, 1) for line in log.read_text(errors="replace").splitlines()]
    main = lines[0][0]
    counts, found, locked = {}, [], False
    for process, call in lines:
        name = call.split("(")[0]
        if process != main or name not in CHANGING + OPENING:
            promise(process == main or name not in CHANGING or "(" not in call or "eventfd" in call
                    or not locked, f"only one thread writes: {call}")  # fmt: skip
            continue
        counts[name] = counts.get(name, 0) + 1
        locked = locked or name == "flock"
        if locked:
            found.append((name, counts[name], call.split("(", 1)[1]))
    return found


def changes(point):
    name, _, arguments = point
    return name in CHANGING or "O_CREAT" in arguments or "O_TRUNC" in arguments


def attempt(bench, point, kind):
    """One run with one fault in it; (whether the edition is there, whether chain.txt lacks it)."""
    name, number, arguments = point
    fault = "signal=KILL" if kind == "KILL" else f"error={kind}"
    store = bench.copy()
    log = store.with_suffix(".log")
    run = bench.add(store, 2, strace(["-e", f"inject={name}:{fault}:when={number}"], log))
    quiet = name in ("write", "writev") and arguments.startswith(("1,", "2,"))
    try:
        promise("INJECTED" in log.read_text(errors="replace") or kind == "KILL",
                f"strace injects {kind} at {name} {number}")  # fmt: skip
        hold(kind != "KILL" or run.returncode in (-9, 137), f"not killed: {run.returncode}")
        there, unlisted = outcome = bench.after(store, run, quiet)
        if unlisted:
            bench.refused_without_mark(store)
        # In turn, so that the next add meets what was left, too.
        if number % 2:
            bench.again(store, there, unlisted)
        bench.next_add(store, there or bool(number % 2))
    except Broken as broken:
        sys.exit(f"archive_faults.py: broken promise: {broken}\n  at {name} {number} ({arguments}), "
                 f"{kind}; the store is {store}")  # fmt: skip
    shutil.rmtree(store)
    log.unlink()
    return outcome


def injected(bench, thorough):
    found = points(bench)
    changing = [point for point in found if changes(point)]
    opening = [point for point in found if not changes(point)]
    if thorough:
        kills = changing
        errors = [(point, kind) for point in found for kind in ERRORS]
    else:
        kills = [p for i, p in enumerate(changing) if ALWAYS.search(p[0]) or i % 2 == 0]
        some = [p for i, p in enumerate(changing) if p[0].startswith("rename") or i % 3 == 0]
        some += opening[::6]
        errors = [(point, ERRORS[i % 3]) for i, point in enumerate(some)]
    for what, jobs in (("killed", [(p, "KILL") for p in kills]), ("failed", errors)):
        start = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            outcomes = list(pool.map(lambda job: attempt(bench, *job), jobs))
        there = sum(there for there, _ in outcomes)
        unlisted = sum(unlisted for _, unlisted in outcomes)
        names = len({point[0] for point, _ in jobs})
        print(f"{what} at {len(jobs)} points ({names} kinds of calls, of {len(changing)} changing "
              f"and {len(opening)} opening ones): edition whole {there}, of these not yet in "
              f"chain.txt {unlisted}; not there {len(jobs) - there}; "
              f"{time.monotonic() - start:.0f} s")  # fmt: skip


def mount(options, folder):
    return subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)],
                          capture_output=True, text=True)  # fmt: skip


def remount(options, folder):
    done = subprocess.run(["mount", "-o", f"remount,{options}", str(folder)],
                          capture_output=True, text=True)  # fmt: skip
    promise(done.returncode == 0, f"the tmpfs takes {options}: {done.stderr}")


def small_disks(bench, thorough):
    disk = bench.root / "disk"
    disk.mkdir()
    # A limit of inodes can be changed, but not be brought in later.
    ample = "size=64m,nr_inodes=10000"
    done = mount(f"{ample},mode=755", disk)
    if done.returncode:
        print(f"SKIPPED small and read-only disks: no tmpfs can be mounted here ({done.stderr.strip()})")
        return
    try:
        store = disk / "s"

        def fresh():
            remount(ample, disk)
            shutil.rmtree(store, ignore_errors=True)
            subprocess.run(["cp", "-a", str(bench.base), str(store)], check=True)

        def used():
            about = os.statvfs(disk)
            return (about.f_blocks - about.f_bfree) * about.f_frsize // 1024

        def limited(options):
            fresh()
            remount(options(), disk)
            run = bench.add(store, 2)
            try:
                there, unlisted = bench.after(store, run)
                remount(ample, disk)
                bench.next_add(store, there)
            except Broken as broken:
                sys.exit(f"archive_faults.py: broken promise: {broken}\n  on a tmpfs with {options()}")
            return there, unlisted

        fresh()
        before = used()
        promise(bench.add(store, 2).returncode == 0, "add works on a tmpfs")
        needed = used() - before
        steps = 100 if thorough else 12
        sizes = sorted({round(needed * 1.15 * step / steps / 4) * 4 for step in range(steps + 1)})
        told("small disks", [limited(lambda: f"size={used() + size}k") for size in sizes],
             f"0 to {sizes[-1]} KB free, {needed} KB needed")  # fmt: skip

        fresh()
        taken = lambda: 10000 - os.statvfs(disk).f_ffree  # noqa: E731
        before = taken()
        promise(bench.add(store, 2).returncode == 0, "add works on a tmpfs with inodes counted")
        needed = taken() - before

        def inodes(free):
            return lambda: f"nr_inodes={taken() + free}"

        # The mark and the next chain.txt are there for a while, beside what stays.
        counts = [*range(0, needed, 1 if thorough else 8), *range(needed, needed + 5)]
        told("few inodes", [limited(inodes(free)) for free in counts],
             f"0 to {counts[-1]} free, {needed} needed")  # fmt: skip

        fresh()
        remount("ro", disk)
        run = bench.add(store, 2)
        bench.after(store, run)
        promise(run.returncode == 1 and "書き込めないディスク" in run.stderr, run.stderr)
        remount("rw", disk)
        print("read-only disk: refused and said so; list and verify work")
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)


def told(what, outcomes, range_):
    there = sum(there for there, _ in outcomes)
    promise(0 < there < len(outcomes), f"{what}: the range holds both too little and enough ({there})")
    unlisted = sum(unlisted for _, unlisted in outcomes)
    print(f"{what}: {len(outcomes)} ({range_}): edition whole {there}, of these not yet in "
          f"chain.txt {unlisted}; not there {len(outcomes) - there}")  # fmt: skip


def lost_permission(bench, times):
    nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    if os.geteuid() or subprocess.run([*nobody, "true"], capture_output=True).returncode:
        print("SKIPPED lost permission: only root can run the program as nobody")
        return
    if subprocess.run([*nobody, str(bench.program), "--version"], capture_output=True).returncode:
        print(f"SKIPPED lost permission: nobody may not run {bench.program}")
        return
    outcomes = []
    for attempt_ in range(times):
        store = bench.root / "lost"
        subprocess.run(["cp", "-a", str(bench.base), str(store)], check=True)
        subprocess.run(["chown", "-R", "65534:65534", str(store)], check=True)
        # The calls are slowed down, so that the permission goes between two of them.
        slow = strace(["-e", "inject=linkat,mkdir:delay_enter=3000",
                       "-e", "inject=rename:delay_exit=300000"], bench.root / "log")  # fmt: skip
        command = [*slow, *nobody, *bench.command(store, 2)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENV)
        # While it is filled, or when it is there but not in chain.txt.
        folder, sign, wait_for = [
            (store, ".staging-*", RANDOM.uniform(0, 0.3)),
            (store / "editions", ".staging-*", RANDOM.uniform(0, 0.3)),
            (store, "editions/0003", 0),
        ][attempt_ % 3]
        while process.poll() is None and not any(store.glob(sign)):
            time.sleep(0.001)
        time.sleep(wait_for)
        os.chmod(folder, 0o555)
        out, err = process.communicate()
        run = subprocess.CompletedProcess(command, process.returncode, out, err)
        try:
            there, unlisted = bench.after(store, run)
            os.chmod(folder, 0o755)
            bench.next_add(store, there)
        except Broken as broken:
            sys.exit(f"archive_faults.py: broken promise: {broken}\n  without permission for {folder}")
        outcomes.append((there, unlisted))
        shutil.rmtree(store)
    there = sum(there for there, _ in outcomes)
    unlisted = sum(unlisted for _, unlisted in outcomes)
    print(f"permission lost in between, as nobody: {times} times: edition whole {there}, of these "
          f"not yet in chain.txt {unlisted}; not there {times - there}")  # fmt: skip


def side_by_side(bench, times):
    for _ in range(times):
        store = bench.root / "many"
        shutil.copytree(bench.base, store, copy_function=os.link)
        processes = [subprocess.Popen(bench.command(store, n), stdout=subprocess.DEVNULL,
                                      stderr=subprocess.DEVNULL, env=ENV) for n in range(2, 10)]  # fmt: skip
        codes = [process.wait() for process in processes]
        names = sorted(os.listdir(store / "editions"))
        promise(codes == [0] * 8 and len(names) == 10, f"8 at once: {codes}, {names}")
        promise(bench.verify(store).returncode == 0, "8 at once: the store is sound")
        for name in names:
            whole(store / "editions" / name)
        cells = {(store / "editions" / name / "data/report/csv/fig-04.csv").read_bytes() for name in names}
        promise(len(cells) == 10, "8 at once: each edition is another report")
        shutil.rmtree(store)
    print(f"8 adds at once, {times} times: {times * 8} editions, all whole and in chain.txt")


def one_of_two_killed(bench, times):
    start = time.monotonic()
    bench.add(store := bench.copy(), 2)
    usual = time.monotonic() - start
    shutil.rmtree(store)
    there = 0
    for _ in range(times):
        store = bench.copy()
        first, second = [subprocess.Popen(bench.command(store, n), stdout=subprocess.PIPE,
                                          stderr=subprocess.PIPE, env=ENV) for n in (2, 3)]  # fmt: skip
        time.sleep(RANDOM.uniform(0, usual * 2))
        first.kill()
        out = first.communicate()[0]
        promise(second.communicate() and second.returncode == 0, "the add that was not killed works")
        names = sorted(os.listdir(store / "editions"))
        promise(len(names) in (3, 4) and (len(names) == 4 or not out), f"one of two killed: {names}")
        for name, was in bench.earlier.items():
            promise(snapshot(store / "editions" / name) == was, f"edition {name} was touched")
        for name in names[2:]:
            whole(store / "editions" / name)
        problems = re.findall(r"^誤り\[(S\d+)\] (.*)$", bench.verify(store).stderr, re.M)
        promise(problems in ([], [("S812", UNLISTED)]), f"one of two killed: {problems}")
        there += len(names) == 4
        shutil.rmtree(store)
    print(f"one of two adds killed at a random time, {times} times: the other always added; that of "
          f"the killed one was whole {there} times and not there {times - there} times")  # fmt: skip


RANDOM = random.Random(1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--thorough", action="store_true", help="every point with every error")
    asked = parser.parse_args()
    start = time.monotonic()
    # Links and renames as in an office: on the disk, not in the memory that /tmp may be.
    with tempfile.TemporaryDirectory(prefix="soukatsu-faults-") as root:
        os.chmod(root, 0o755)
        bench = Bench(asked.program.resolve(), pathlib.Path(root))
        traced = shutil.which("strace") and subprocess.run(["strace", "-qq", "-o", os.devnull, "true"])
        if traced and traced.returncode:
            print("SKIPPED kills and errors at every call: strace is not allowed to trace here")
        elif traced:
            injected(bench, asked.thorough)
            lost_permission(bench, 60 if asked.thorough else 12)
        else:
            print("SKIPPED kills and errors at every call: strace is missing (apt-get install strace)")
        small_disks(bench, asked.thorough)
        side_by_side(bench, 20 if asked.thorough else 3)
        one_of_two_killed(bench, 50)
        promise({name: snapshot(bench.base / "editions" / name) for name in bench.earlier}
                == bench.earlier, "the store that was copied is as it was")  # fmt: skip
    print(f"archive_faults.py: every promise held ({time.monotonic() - start:.0f} s)")


main()
