#!/usr/bin/env python3
"""Looks at a store of official versions as an auditor without soukatsu does.

Usage: archive.py SOUKATSU

soukatsu makes a store: a report, its correction, the same with a template of its own and as
provisional data with the edition's mark, signed. Then, by other people's tools:
  - bagit.py (Library of Congress) validates every bag, and sha256sum every list,
  - the chain is worked out from the files alone,
  - the statement of each edition is read by the schemas of in-toto (Statement v1) and SLSA
    (Provenance v1), and names the files that are there,
  - pikepdf takes the attachments out of each PDF: they are the report folder,
  - ssh-keygen verifies the signature,
  - the exported zip, unpacked by Python, is a valid bag with the same digests.
Exits 1 at the first thing that does not hold.
"""
import hashlib
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

import bagit
import pikepdf
from google.protobuf.json_format import Parse
from in_toto_attestation.predicates.provenance.v1.provenance_pb2 import Provenance
from in_toto_attestation.v1.statement import Statement
from in_toto_attestation.v1.statement_pb2 import Statement as StatementMessage

DATA = pathlib.Path(__file__).resolve().parents[2] / "data"
RECORD = "soukatsu-manifest.json"
SIGNER = "市長 見本太郎"


def hold(held, what):
    if not held:
        sys.exit(f"archive.py: {what}")


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def listed(path):
    lines = (line.split("  ", 1) for line in path.read_text().splitlines())
    return {name: digest for digest, name in lines}


def change(path, old, new):
    text = path.read_text()
    hold(old in text, f"{path.name} holds {old}")
    path.write_text(text.replace(old, new, 1))


def make(soukatsu, desk):
    """A store with four editions, the last one signed."""

    def run(*args):
        done = subprocess.run([soukatsu, *args], cwd=desk, capture_output=True, text=True)
        hold(done.returncode == 0, f"soukatsu {' '.join(args)}: {done.stderr}")
        return done.stdout

    def add(report, day, *more):
        run("archive", "add", report, "--store", "store", "--reason", f"{day}日の訂正",
            "--approved-by", SIGNER, "--date", f"2026-07-{day}", *more)  # fmt: skip

    shutil.copytree(DATA / "mihon-r8", desk / "r")
    add("r", 10)
    change(desk / "r/csv/fig-04.csv", "家族や知人の勧め,38.4", "家族や知人の勧め,39.4")
    add("r", 11)
    shutil.copytree(DATA.parent / "templates/council", desk / "r/own")
    change(desk / "r/report.toml", 'template = "council"', 'template = "own"')
    add("r", 12, "--profile", "mono")
    shutil.copytree(DATA / "arao-r7", desk / "provisional")
    signer = run("archive", "keygen", SIGNER, "-o", "key").splitlines()[1]
    (desk / "store/signers").write_text(signer + "\n")
    add("provisional", 13, "--accept-provisional", "--edition-mark", "--sign", "key")
    run("archive", "export", "4", "--store", "store", "-o", "4.zip")
    run("archive", "verify", "--store", "store")
    return sorted((desk / "store/editions").iterdir())


def check_bag(edition):
    bagit.Bag(str(edition)).validate()
    for name in ("tagmanifest-sha256.txt", "manifest-sha256.txt"):
        done = subprocess.run(["sha256sum", "--quiet", "--strict", "-c", name], cwd=edition)
        hold(done.returncode == 0, f"sha256sum of {edition.name}/{name}")


def check_chain(editions, chain):
    lines = []
    before = None
    for number, edition in enumerate(editions, 1):
        hold(edition.name == f"{number:04}", f"{edition.name} is number {number}")
        info = dict(line.split(": ", 1) for line in (edition / "bag-info.txt").read_text().splitlines())
        hold(info["Soukatsu-Number"] == edition.name, f"{edition.name}: its own number")
        stated = info.get("Soukatsu-Predecessor-SHA256")
        hold(stated == before, f"{edition.name}: the digest of the one before")
        before = sha256(edition / "tagmanifest-sha256.txt")
        lines.append(f"{edition.name}  {before}")
    hold(chain.read_text().splitlines() == lines, "chain.txt")


def check_statement(edition):
    text = (edition / "data/build/provenance.json").read_text()
    message = Parse(text, StatementMessage())
    Statement.copy_from_pb(message).validate()
    whole = json.loads(text)
    hold(message.predicate_type == "https://slsa.dev/provenance/v1", "the kind of the predicate")
    Parse(json.dumps(whole["predicate"]), Provenance())
    subject = {one["name"]: one["digest"]["sha256"] for one in whole["subject"]}
    hold(subject == {"official.pdf": sha256(edition / "data/official.pdf")}, "the subject")
    held = set(listed(edition / "manifest-sha256.txt").values())
    inputs = whole["predicate"]["buildDefinition"]["resolvedDependencies"]
    lacking = [one["name"] for one in inputs if one["digest"]["sha256"] not in held]
    hold(not lacking, f"{edition.name}: inputs that are not there: {lacking}")
    return len(inputs)


def check_pdf(edition):
    """What is attached is what was kept."""
    record = json.loads((edition / "data/build/record.json").read_text())
    with pikepdf.open(edition / "data/official.pdf") as pdf:
        attached = {name: file.get_file().read_bytes() for name, file in pdf.attachments.items()}
    hold(json.loads(attached.pop(RECORD)) == record, f"{edition.name}: the record in the PDF")
    for name, data in attached.items():
        kept = (edition / "data/report" / name).read_bytes()
        hold(kept == data, f"{edition.name}: {name} in the PDF is the file that was kept")
    own = record["template"]
    files = {file["path"] for file in record["files"]}
    files |= set() if own["embedded"] else {f"{own['name']}/{name}" for name in own["files"]}
    hold(set(attached) == files, f"{edition.name}: all files are in the PDF")
    return len(attached)


def check_signature(store, edition):
    signatures = sorted((edition / "signatures").iterdir())
    hold(len(signatures) == 1, "one signature")
    with open(edition / "tagmanifest-sha256.txt", "rb") as file:
        done = subprocess.run(
            ["ssh-keygen", "-Y", "verify", "-f", str(store / "signers"), "-I", SIGNER,
             "-n", "soukatsu", "-s", str(signatures[0])],
            stdin=file, capture_output=True, text=True)  # fmt: skip
    hold(done.returncode == 0, f"ssh-keygen: {done.stdout}{done.stderr}")


def check_zip(desk, edition):
    unpacked = desk / "unpacked"
    with zipfile.ZipFile(desk / "4.zip") as file:
        names = file.namelist()
        hold(not [name for name in names if re.match(r"/|.*\.\.(/|$)", name)], "names stay inside")
        file.extractall(unpacked)
    (bag,) = unpacked.iterdir()
    bagit.Bag(str(bag)).validate()
    name = "tagmanifest-sha256.txt"
    hold(sha256(bag / name) == sha256(edition / name), "the zip is the edition")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        desk = pathlib.Path(folder)
        editions = make(str(pathlib.Path(sys.argv[1]).resolve()), desk)
        hold(len(editions) == 4, "four editions")
        for edition in editions:
            check_bag(edition)
            inputs, attached = check_statement(edition), check_pdf(edition)
            print(f"archive {edition.name}: bag, statement ({inputs} inputs), "
                  f"PDF ({attached} attachments): passed")  # fmt: skip
        check_chain(editions, desk / "store/chain.txt")
        check_signature(desk / "store", editions[-1])
        check_zip(desk, editions[-1])
        print("archive chain, signature, zip: passed")


main()
