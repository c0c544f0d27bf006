#!/usr/bin/env python3
"""Holds an official PDF against what docs/official.md promises, with pikepdf and poppler.

Usage: official.py SOUKATSU FILE.pdf

Reads the attachments, takes the report folder out of the PDF, builds it again with the program
SOUKATSU, and compares the two PDFs byte by byte. Exits 1 at the first broken promise.
"""
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile

try:
    import pikepdf
except ImportError:
    sys.exit("official.py needs pikepdf")

RECORD = "soukatsu-manifest.json"
APPROVALS = "approvals.toml"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {
    ".csv": ("text/csv", "/Data"),
    ".xlsx": (XLSX, "/Data"),
    ".typ": ("text/plain", "/Source"),
    ".toml": ("application/toml", "/Source"),
    ".json": ("application/json", "/Source"),
}
OWN_KINDS = {RECORD: ("application/json", "/Supplement"), APPROVALS: ("application/toml", "/Supplement")}


def promise(held, what):
    if not held:
        sys.exit(f"official.py: broken promise: {what}")


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def attached_files(pdf):
    """Bytes by path; every specification is held against the standard on the way."""
    tree = pikepdf.NameTree(pdf.Root.Names.EmbeddedFiles)
    associated = {specification.objgen for specification in pdf.Root.AF}
    files, names = {}, set()
    for path, specification in tree.items():
        path = str(path)
        promise(specification.objgen in associated, f"{path} is associated with the document")
        mime, relationship = OWN_KINDS.get(path) or KINDS[pathlib.PurePosixPath(path).suffix]
        promise(str(specification.AFRelationship) == relationship, f"{path} is {relationship}")
        promise(str(specification.F) == str(specification.UF), f"{path} has one name")
        promise("/" not in str(specification.UF), f"{path} can be saved under its name")
        promise(str(specification.Desc).endswith(f"（{path}）"), f"{path} is described")
        promise(len(str(specification.Desc)) > len(path) + 4, f"{path} is described in words")
        names.add(str(specification.UF))
        stream = specification.EF.F
        promise(str(stream.Subtype) == f"/{mime}", f"{path} is {mime}")
        data = stream.read_bytes()
        promise(int(stream.Params.Size) == len(data), f"{path} has its size")
        promise(str(stream.Params.ModDate).startswith("D:"), f"{path} has a date")
        files[path] = data
    promise(len(names) == len(files) == len(associated), "every attachment has a name of its own")
    return files


def check_record(record, files):
    listed = {file["path"]: file for file in record["files"]}
    own = {} if record["template"]["embedded"] else {
        f"{record['template']['name']}/{path}": digest
        for path, digest in record["template"]["files"].items()
    }
    promise(set(files) == set(listed) | set(own) | {RECORD}, "record and attachments are of the same files")
    for path, file in listed.items():
        promise(file["sha256"] == sha256(files[path]), f"the digest of {path}")
        promise(file["size"] == len(files[path]), f"the size of {path}")
    for path, digest in own.items():
        promise(digest == sha256(files[path]), f"the digest of {path}")
    promise(len(record["fonts"]) >= 4, "the fonts are recorded")
    lines = {path: file["sha256"] for path, file in listed.items() if path != APPROVALS}
    folder = ("template/" if record["template"]["embedded"] else "") + record["template"]["name"]
    for path, digest in record["template"]["files"].items():
        lines[f"{folder}/{path}"] = digest
    ordered = sorted(lines.items(), key=lambda line: line[0].encode())
    content = sha256("".join(f"{digest}  {path}\n" for path, digest in ordered).encode())
    promise(content == record["content"], "the content hash is what docs/official.md says")


def check_metadata(pdf, record):
    packet = pdf.Root.Metadata.read_bytes().decode()
    version = re.search("<xmpMM:VersionID>(.*?)</xmpMM:VersionID>", packet)
    promise(bool(version) == record["options"]["edition-mark"], "the version is told when it was asked for")
    if version:
        promise(version[1].endswith(record["content"][:8]), "the version holds the content hash")
    instance = re.search("<xmpMM:InstanceID>(.*?)</xmpMM:InstanceID>", packet)[1]
    promise(bytes(pdf.trailer.ID[1]).decode() == instance, "the file and its metadata have one instance ID")
    promise("<pdfaid:part>3</pdfaid:part>" in packet, "the file is PDF/A-3")
    notice = "仮データを含む" in packet
    promise(notice == record["options"]["accept-provisional"], "data that is not final is told in the metadata")


def check_printed_marks(path, record):
    pages = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    pages = pages.stdout.decode().split("\f")[:-1]
    if record["options"]["edition-mark"]:
        short = record["content"][:8]
        promise(all(short in page for page in pages), "every page carries the content hash")
    if record["options"]["accept-provisional"]:
        promise("仮データを含む" in pages[0], "the cover names data that is not final")


def rebuild(program, record, files):
    with tempfile.TemporaryDirectory() as folder:
        report = pathlib.Path(folder, "report")
        for path, data in files.items():
            if path != RECORD:
                target = report / path
                promise(target.resolve().is_relative_to(report.resolve()), f"{path} stays inside")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
        options = record["options"]
        command = [program, "build", report, "--official", "--profile", options["profile"], "-o", "again.pdf"]
        command += ["--edition-mark"] * options["edition-mark"]
        command += ["--marks"] * options["marks"]
        command += ["--accept-provisional"] * options["accept-provisional"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        return pathlib.Path(folder, "again.pdf").read_bytes()


def main():
    program, path = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
    with pikepdf.open(path) as pdf:
        files = attached_files(pdf)
        record = json.loads(files[RECORD])
        check_record(record, files)
        check_metadata(pdf, record)
    check_printed_marks(path, record)
    listing = subprocess.run(["pdfdetach", "-list", path], capture_output=True, check=True)
    promise(listing.stdout.decode().startswith(f"{len(files)} embedded files"), "poppler sees every attachment")
    promise(rebuild(program, record, files) == pathlib.Path(path).read_bytes(), "the PDF alone builds itself again")
    print(f"attachments, record, rebuild {path}: passed, {len(files)} files")


main()
