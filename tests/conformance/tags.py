"""What is wrong in the tags of a PDF: structure, headings, figures, tables, content, links.

Part of document.py; each check takes an open PDF and yields sentences.
"""

import re
from collections import Counter

import pikepdf
from pikepdf import Array, Dictionary, Name

PAINTING = {"Tj", "TJ", "'", '"', "f", "f*", "F", "S", "s", "B", "B*", "b", "b*", "sh", "INLINE IMAGE"}


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
