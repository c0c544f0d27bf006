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
from collections import Counter

import pikepdf
from pikepdf import Array, Dictionary, Name

A4 = (210 / 25.4 * 72, 297 / 25.4 * 72)
NEAR = 0.02
PAINTING = {"Tj", "TJ", "'", '"', "f", "f*", "F", "S", "s", "B", "B*", "b", "b*", "sh", "INLINE IMAGE"}


# ---- paper ----

def box(page, name):
    """Left, bottom, right, top in points; None when the page does not say it itself."""
    return [float(edge) for edge in page.obj[name]] if name in page.obj else None


def boxes(pdf):
    """What is left after cutting is A4; with bleed there is as much paper on every side."""
    for number, page in enumerate(pdf.pages, 1):
        media = box(page, "/MediaBox")
        trim = box(page, "/TrimBox") or media
        size = (trim[2] - trim[0], trim[3] - trim[1])
        if any(abs(found - wanted) > NEAR for found, wanted in zip(size, A4)):
            yield f"page {number}: cut to {size[0]:.2f} x {size[1]:.2f} pt, not A4"
        margins = [trim[0] - media[0], trim[1] - media[1], media[2] - trim[2], media[3] - trim[3]]
        if max(margins) - min(margins) > NEAR or min(margins) < -NEAR:
            yield f"page {number}: paper around the cut is {margins}"
        # Without a BleedBox all of the paper is bleed.
        bleed = box(page, "/BleedBox") or media
        if any(abs(found - wanted) > NEAR for found, wanted in zip(bleed, media)):
            yield f"page {number}: the bleed does not reach the edge of the paper"
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


# ---- tags ----

def kids(element):
    found = element.get("/K")
    if found is None:
        return []
    return list(found) if isinstance(found, Array) else [found]


def is_element(kid):
    return isinstance(kid, Dictionary) and "/S" in kid


def elements(pdf):
    """Every structure element with its parent, in reading order."""
    root = pdf.Root.get("/StructTreeRoot", Dictionary())
    open_ = [(kid, root) for kid in reversed(kids(root))]
    while open_:
        element, parent = open_.pop()
        yield element, parent
        open_ += [(kid, element) for kid in reversed(kids(element)) if is_element(kid)]


def kind(element):
    return str(element.S)[1:]


def attribute(element, name):
    found = element.get("/A", [])
    for each in found if isinstance(found, Array) else [found]:
        if name in each:
            return each[name]
    return None


def structure(pdf):
    """One Document at the root, no empty element, only types a reader knows."""
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        yield "no tags"
        return
    if [kind(kid) for kid in kids(root)] != ["Document"]:
        yield "the root is not one Document"
    if pdf.Root.get("/MarkInfo", {}).get("/Marked") is not True:
        yield "not marked as tagged"
    roles = {name[1:]: str(role)[1:] for name, role in root.get("/RoleMap", {}).items()}
    for element, parent in elements(pdf):
        name = roles.get(kind(element), kind(element))
        if name not in STANDARD:
            yield f"{name} is no standard type"
        if not kids(element):
            yield f"{name} is empty"
        if element.get("/P") is None or element.P.objgen != parent.objgen:
            yield f"{name}: its parent is another"
        inside = INSIDE.get(name)
        if inside and roles.get(kind(parent), kind(parent)) not in inside:
            yield f"{name} stands in {kind(parent)}"


# ISO 32000-1, 14.8.4
STANDARD = set("""Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private
    P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note
    Reference BibEntry Code Link Annot Ruby Warichu Figure Formula Form""".split())
INSIDE = {
    "LI": ["L"], "LBody": ["LI"], "TR": ["Table", "THead", "TBody", "TFoot"], "TH": ["TR"],
    "TD": ["TR"], "TOCI": ["TOC"],
}


def headings(pdf):
    """From H1 on, no level is skipped on the way down."""
    last = 0
    for element, _ in elements(pdf):
        if level := re.fullmatch(r"H([1-6])", kind(element)):
            level = int(level[1])
            if level > last + 1:
                yield f"H{level} after H{last}"
            last = level
    if last == 0:
        yield "no headings"


def figures(pdf):
    """A figure says what it shows, not only that it is one; no two say the same."""
    told = []
    for element, parent in elements(pdf):
        if kind(element) == "Figure":
            alt = str(element.get("/Alt", "")).strip()
            if len(alt) < 20:
                yield f"a figure without an alternative text: {alt!r}"
            told.append(alt)
            if attribute(element, "/BBox") is None:
                yield "a figure does not say where it is"
            if not any(kind(kid) == "Caption" for kid in kids(parent) if is_element(kid)):
                yield f"a figure without a caption: {alt[:30]}"
    for alt, count in Counter(told).items():
        if count > 1:
            yield f"{count} figures say the same: {alt[:30]}"


def tables(pdf):
    """Header cells say what they head; rows are equally long; the first row is all headers."""
    for table, _ in elements(pdf):
        if kind(table) != "Table":
            continue
        rows = [kid for kid in kids(table) if is_element(kid) and kind(kid) == "TR"]
        free = Counter()  # cells that reach into a row from above
        lengths = []
        for number, row in enumerate(rows):
            length = free[number]
            for cell in kids(row):
                if kind(cell) == "TH" and attribute(cell, "/Scope") not in ("/Row", "/Column", "/Both"):
                    yield "a header cell without scope"
                wide = int(attribute(cell, "/ColSpan") or 1)
                length += wide
                for below in range(1, int(attribute(cell, "/RowSpan") or 1)):
                    free[number + below] += wide
            lengths.append(length)
        if len(set(lengths)) != 1:
            yield f"rows of {sorted(set(lengths))} cells in one table"
        if any(kind(cell) != "TH" or attribute(cell, "/Scope") != "/Column" for cell in kids(rows[0])):
            yield "a table whose first row is not all column headers"
        scopes = {str(attribute(cell, "/Scope")) for row in rows for cell in kids(row)}
        if "/Row" not in scopes:
            yield "a table without row headers"


def content(pdf):
    """Everything drawn is tagged or an artifact; every tagged part is in the tree once."""
    claimed = {}
    for element, _ in elements(pdf):
        for kid in kids(element):
            if isinstance(kid, int):
                where = (element.Pg.objgen, kid)
            elif isinstance(kid, Dictionary) and kid.get("/Type") == "/MCR":
                where = (kid.get("/Pg", element.get("/Pg")).objgen, int(kid.MCID))
            else:
                continue
            claimed[where] = claimed.get(where, 0) + 1
    for number, page in enumerate(pdf.pages, 1):
        drawn = set()
        for fault in page_content(page, drawn):
            yield f"page {number}: {fault}"
        here = {mark for where, mark in claimed if where == page.obj.objgen}
        if drawn != here:
            yield f"page {number}: {len(drawn - here)} parts in no tag, {len(here - drawn)} tags of nothing"
    for count in claimed.values():
        if count > 1:
            yield "a part of a page is read twice"


def page_content(page, drawn):
    stack = []
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator in ("BDC", "BMC"):
            tag = str(instruction.operands[0])
            properties = instruction.operands[1] if operator == "BDC" else Dictionary()
            if isinstance(properties, Name):
                properties = page.obj.Resources.Properties[properties]
            if "/MCID" in properties:
                mark = int(properties.MCID)
                if mark in drawn:
                    yield f"mark {mark} is used twice"
                drawn.add(mark)
                if "/Artifact" in stack:
                    yield "a tag inside an artifact"
                stack.append("tag")
            else:
                if tag == "/Artifact" and "tag" in stack:
                    yield "an artifact inside a tag"
                stack.append(tag)
        elif operator == "EMC":
            stack.pop()
        elif operator in PAINTING or operator == "Do":
            if "tag" not in stack and "/Artifact" not in stack:
                yield f"{operator} is neither tagged nor an artifact"
    if stack:
        yield "marked content does not end"


# ---- links, actions ----

def annotations(pdf):
    for number, page in enumerate(pdf.pages, 1):
        for annotation in page.obj.get("/Annots", []):
            yield number, annotation


def links(pdf):
    """Links are all that is on a page, in the tags, with a name that says where they lead."""
    tagged = set()
    for element, _ in elements(pdf):
        for kid in kids(element):
            if isinstance(kid, Dictionary) and kid.get("/Type") == "/OBJR":
                tagged.add(kid.Obj.objgen)
                if kind(element) != "Link":
                    yield f"an annotation in {kind(element)}"
    for number, annotation in annotations(pdf):
        if annotation.Subtype != "/Link":
            yield f"page {number}: {annotation.Subtype}"
        if annotation.objgen not in tagged:
            yield f"page {number}: a link in no tag"
        name = str(annotation.get("/Contents", "")).strip()
        if len(name) < 4 or name.startswith(","):
            yield f"page {number}: a link called {name!r}"
        flags = int(annotation.get("/F", 0))
        if flags & 0b100011 or not flags & 0b100:
            yield f"page {number}: a link that is hidden or not printed"
    for number, page in enumerate(pdf.pages, 1):
        if "/Annots" in page.obj and page.obj.get("/Tabs") != "/S":
            yield f"page {number}: the tab key does not follow the tags"


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
