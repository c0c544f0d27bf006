"""Reads PDF files with pikepdf and says what is wrong in their boxes, fonts, tags, metadata.

Usage: document.py [--flavours 2a,ua1] FILE.pdf…

veraPDF judges the clauses of the standards; this holds what soukatsu promises beyond them or
what a validator cannot expect: the size of the paper, one author in both places, alternative
texts that are texts. Attachments are held by official.py, imposed sheets by print.py.

Each check takes an open PDF and yields sentences, none when all is well; self_test.py breaks
copies to see each of them found.
"""

import re
import sys

import pikepdf
from pikepdf import Dictionary

from tags import annotations, content, figures, headings, links, structure, tables

A4 = (210 / 25.4 * 72, 297 / 25.4 * 72)
# None, or 3 mm.
BLEEDS = (0, 3 / 25.4 * 72)
NEAR = 0.02


# ---- paper ----

def box(page, name):
    """Left, bottom, right, top in points; None when the page does not say it itself."""
    return [float(edge) for edge in page.obj[name]] if name in page.obj else None


def boxes(pdf):
    """What is left after cutting is A4, upright or on its side, or A3 to be folded in; with bleed there
    is as much paper on every side."""
    for number, page in enumerate(pdf.pages, 1):
        media = box(page, "/MediaBox")
        trim = box(page, "/TrimBox") or media
        size = (trim[2] - trim[0], trim[3] - trim[1])
        papers = (A4, A4[::-1], (2 * A4[0], A4[1]))
        if not any(all(abs(found - wanted) <= NEAR for found, wanted in zip(size, paper)) for paper in papers):
            yield f"page {number}: cut to {size[0]:.2f} x {size[1]:.2f} pt, not A4"
        margins = [trim[0] - media[0], trim[1] - media[1], media[2] - trim[2], media[3] - trim[3]]
        if max(margins) - min(margins) > NEAR or min(margins) < -NEAR:
            yield f"page {number}: paper around the cut is {margins}"
        # Without a BleedBox all of the paper is bleed; beyond it stand marks.
        bleed = box(page, "/BleedBox") or media
        bleeds = [trim[0] - bleed[0], trim[1] - bleed[1], bleed[2] - trim[2], bleed[3] - trim[3]]
        if max(bleeds) - min(bleeds) > NEAR or min(abs(max(bleeds) - wanted) for wanted in BLEEDS) > NEAR:
            yield f"page {number}: the bleed around the cut is {bleeds}"
        if max(bleeds) - min(margins) > NEAR:
            yield f"page {number}: the bleed is larger than the paper"
        if int(page.obj.get("/Rotate", 0)) != 0:
            yield f"page {number}: turned"


# ---- fonts ----

def resources(pdf):
    """Every resource dictionary once: of pages, forms and patterns."""
    seen = set()
    open_ = [page.obj.get("/Resources") for page in pdf.pages]
    while open_:
        found = open_.pop()
        if found is None or (found.is_indirect and found.objgen in seen):
            continue
        if found.is_indirect:
            seen.add(found.objgen)
        yield found
        for kind in ("/XObject", "/Pattern"):
            open_ += [each.get("/Resources") for each in found.get(kind, {}).values()]


def fonts(pdf):
    found = {}
    for each in resources(pdf):
        for font in each.get("/Font", {}).values():
            found[font.objgen] = font
    if not found:
        yield "no fonts"
    for font in found.values():
        yield from font_faults(font)


def font_faults(font):
    name = str(font.BaseFont)
    if not re.fullmatch(r"/[A-Z]{6}\+.+", name):
        yield f"{name}: not a subset"
    if "/ToUnicode" not in font:
        yield f"{name}: no ToUnicode"
        return
    if not re.search(rb"beginbf(char|range)", font.ToUnicode.read_bytes()):
        yield f"{name}: ToUnicode says nothing"
    if font.Subtype != "/Type0" or font.Encoding != "/Identity-H":
        yield f"{name}: not a composite font with Identity-H"
        return
    (inner,) = font.DescendantFonts
    if inner.Subtype == "/CIDFontType2" and inner.get("/CIDToGIDMap") is None:
        yield f"{name}: no CIDToGIDMap"
    descriptor = inner.FontDescriptor
    files = [key for key in ("/FontFile", "/FontFile2", "/FontFile3") if key in descriptor]
    if len(files) != 1 or not descriptor[files[0]].read_bytes():
        yield f"{name}: not embedded"
    if "/CIDSet" in descriptor:
        bits = descriptor.CIDSet.read_bytes()
        said = {8 * at + bit for at, byte in enumerate(bits) for bit in range(8) if byte & 0x80 >> bit}
        codes = {int(code, 16) for code in mapped(font.ToUnicode.read_bytes())}
        if missing := codes - said:
            yield f"{name}: CIDSet lacks {sorted(missing)[:5]}"


def mapped(cmap):
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.S):
        yield from re.findall(rb"<(\w+)>\s*<\w+>", block)


# ---- actions, security ----

def actions(pdf):
    """Nothing runs: no script, no action but going to a place or an address."""
    for key in ("/OpenAction", "/AA", "/AcroForm", "/Requirements", "/Collection", "/OCProperties"):
        if key in pdf.Root:
            yield f"the catalog has {key}"
    names = pdf.Root.get("/Names", Dictionary())
    for key in ("/JavaScript", "/AlternatePresentations"):
        if key in names:
            yield f"the catalog has {key}"
    for number, page in enumerate(pdf.pages, 1):
        for key in ("/AA", "/PresSteps"):
            if key in page.obj:
                yield f"page {number} has {key}"
    for number, annotation in annotations(pdf):
        action = annotation.get("/A")
        if "/AA" in annotation or (action is not None and action.S not in ("/GoTo", "/URI")):
            yield f"page {number}: an action on an annotation"


def security(pdf):
    if pdf.is_encrypted:
        yield "encrypted"
    if "/Perms" in pdf.Root:
        yield "permissions"
    first = pdf.trailer.get("/ID")
    if first is None or any(len(bytes(each)) < 16 for each in first):
        yield "no document ID"


# ---- what it says of itself ----

def metadata(pdf, flavours=("2a", "ua1")):
    """XMP and Info say the same; the standards are those asked for; title and language show."""
    if "/Metadata" not in pdf.Root:
        yield "no XMP"
        return
    xmp = pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False)
    info = pdf.docinfo
    pairs = [
        ("dc:title", "/Title", str), ("dc:creator", "/Author", "、".join),
        ("xmp:CreatorTool", "/Creator", str), ("xmp:CreateDate", "/CreationDate", day),
        ("xmp:ModifyDate", "/ModDate", day),
    ]
    for ours, theirs, read in pairs:
        said = xmp.get(ours)
        written = str(info.get(theirs, ""))
        written = day(written) if read is day else written
        if not said or read(said) != written:
            yield f"{ours} is {said!r}, {theirs} is {written!r}"
    standards = {}
    for flavour in flavours:
        if part := re.fullmatch(r"(\d)([abu])", flavour):
            standards |= {"pdfaid:part": part[1], "pdfaid:conformance": part[2].upper()}
        elif part := re.fullmatch(r"ua(\d)", flavour):
            standards["pdfuaid:part"] = part[1]
    for key, wanted in standards.items():
        if xmp.get(key) != wanted:
            yield f"{key} is {xmp.get(key)!r}, not {wanted!r}"
    language = str(pdf.Root.get("/Lang", ""))
    if not re.fullmatch(r"[a-z]{2}(-[A-Z]{2})?", language) or language not in (xmp.get("dc:language") or ()):
        yield f"the language is {language!r}, in XMP {xmp.get('dc:language')!r}"
    for key in ("xmpMM:DocumentID", "xmpMM:InstanceID"):
        if not xmp.get(key):
            yield f"no {key}"
    if pdf.Root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") is not True:
        yield "a viewer shows the file name, not the title"
    if "/Outlines" not in pdf.Root or "/First" not in pdf.Root.Outlines:
        yield "no bookmarks"


def day(date):
    """The digits of a date of either notation, to the second."""
    return re.sub(r"\D", "", str(date))[:14]


def output_intent(pdf):
    """One profile for colours that say none themselves, and it is RGB or grey."""
    intents = pdf.Root.get("/OutputIntents", [])
    if len(intents) != 1 or intents[0].S != "/GTS_PDFA1":
        yield f"{len(intents)} output intents"
        return
    profile = intents[0].get("/DestOutputProfile")
    if profile is None or profile.read_bytes()[16:20] not in (b"RGB ", b"GRAY"):
        yield "the output intent has no RGB or grey profile"


ALWAYS = [fonts, actions, security, output_intent]
TAGGED = [boxes, structure, headings, figures, tables, content, links]


def faults(path, flavours):
    with pikepdf.open(path) as pdf:
        tagged = any(flavour.endswith("a") or flavour.startswith("ua") for flavour in flavours)
        for check in ALWAYS + (TAGGED if tagged else []):
            for fault in check(pdf):
                yield f"{check.__name__}: {fault}"
        # Imposed sheets are no documents of their own: they promise no title.
        if tagged:
            for fault in metadata(pdf, flavours):
                yield f"metadata: {fault}"


def main(arguments):
    flavours = ["2a", "ua1"]
    if arguments[:1] == ["--flavours"]:
        flavours, arguments = arguments[1].split(","), arguments[2:]
    bad = not arguments
    for path in arguments:
        found = list(faults(path, flavours))
        bad = bad or bool(found)
        print(f"document.py {path}: {'FAILED' if found else 'passed'}")
        for fault in found[:50]:
            print(f"  {fault}")
    return int(bad)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
