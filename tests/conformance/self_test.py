"""Breaks copies of a PDF in many ways and sees document.py find each of them.

Usage: self_test.py [--flavours 2a,ua1] FILE.pdf; the file must be faultless. What it has no part for
(a figure, a table, a link) is said and not tried.
"""

import io
import sys

import pikepdf
from pikepdf import Array, Dictionary, Name

import document
from tags import annotations, elements, is_element, kids, kind


class NoSuchPart(Exception):
    """The file has nothing to break in this way."""


def first(pdf, name):
    for element, _ in elements(pdf):
        if kind(element) == name:
            return element
    raise NoSuchPart(name)


def edit_xmp(pdf, was, becomes):
    data = pdf.Root.Metadata.read_bytes()
    assert was in data, was
    pdf.Root.Metadata.write(data.replace(was, becomes))


def a_font(pdf):
    for each in document.resources(pdf):
        for font in each.get("/Font", {}).values():
            return font


def a_link(pdf):
    for _, annotation in annotations(pdf):
        return annotation
    raise NoSuchPart("annotation")


def caption_of_a_figure(pdf):
    """Tables have captions, too, and need none."""
    for element, parent in elements(pdf):
        if kind(element) == "Figure":
            for kid in kids(parent):
                if is_element(kid) and kind(kid) == "Caption":
                    return kid
    raise NoSuchPart("Caption")


def names(pdf):
    if "/Names" not in pdf.Root:
        raise NoSuchPart("name")
    return pdf.Root.Names


def set_attribute(element, key, value):
    found = element.A
    for each in found if isinstance(found, Array) else [found]:
        if key in each:
            each[key] = value
            return
    raise AssertionError(key)


def drop_attribute(element, key):
    found = element.A
    for each in found if isinstance(found, Array) else [found]:
        if key in each:
            del each[key]


def untag(pdf):
    """The first tagged part of a page loses its mark."""
    page = pdf.pages[0]
    instructions = list(pikepdf.parse_content_stream(page))
    for at, instruction in enumerate(instructions):
        if str(instruction.operator) == "BDC" and "/MCID" in instruction.operands[1]:
            instructions[at] = pikepdf.ContentStreamInstruction([Name.Span], pikepdf.Operator("BMC"))
            break
    page.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))


def untag_furniture(pdf):
    for page in pdf.pages:
        instructions = list(pikepdf.parse_content_stream(page))
        for at, instruction in enumerate(instructions):
            if instruction.operands and str(instruction.operands[0]) == "/Artifact":
                instructions[at] = pikepdf.ContentStreamInstruction([Name.Span], pikepdf.Operator("BMC"))
                page.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))
                return
    raise NoSuchPart("artifact")


def without_file(pdf):
    descriptor = a_font(pdf).DescendantFonts[0].FontDescriptor
    for key in ("/FontFile2", "/FontFile3"):
        if key in descriptor:
            del descriptor[key]


def grow(page):
    page.obj.MediaBox = Array([0, 0, 612, 792])


def bleed_of_one_side(page):
    page.obj.TrimBox = page.obj.MediaBox
    page.obj.MediaBox = Array([-8, -8, 604, 850])


def bleed_inside(page):
    page.obj.BleedBox = Array([2, 2, 590, 840])


BREAKS = [
    ("boxes", "a bleed that ends before the paper", lambda pdf: bleed_inside(pdf.pages[-1])),
    ("boxes", "letter paper", lambda pdf: grow(pdf.pages[-1])),
    ("boxes", "more paper on one side", lambda pdf: bleed_of_one_side(pdf.pages[-1])),
    ("boxes", "a turned page", lambda pdf: pdf.pages[0].obj.__setitem__("/Rotate", 90)),
    ("fonts", "no ToUnicode", lambda pdf: a_font(pdf).__delitem__("/ToUnicode")),
    ("fonts", "not embedded", without_file),
    ("fonts", "not a subset", lambda pdf: a_font(pdf).__setitem__("/BaseFont", Name("/BIZUDGothic"))),
    ("fonts", "a CIDSet without characters", lambda pdf: a_font(pdf).DescendantFonts[0].FontDescriptor
        .__setitem__("/CIDSet", pdf.make_stream(b"\0"))),
    ("structure", "no tags", lambda pdf: pdf.Root.__delitem__("/StructTreeRoot")),
    ("structure", "not marked", lambda pdf: pdf.Root.MarkInfo.__setitem__("/Marked", False)),
    ("structure", "an empty paragraph", lambda pdf: first(pdf, "P").__delitem__("/K")),
    ("structure", "an unknown type", lambda pdf: first(pdf, "P").__setitem__("/S", Name("/Absatz"))),
    ("structure", "a cell outside of a row", lambda pdf: first(pdf, "TR").__setitem__("/S", Name.Div)),
    ("headings", "a level is skipped", lambda pdf: first(pdf, "H2").__setitem__("/S", Name.H3)),
    ("headings", "the first is no H1", lambda pdf: first(pdf, "H1").__setitem__("/S", Name.H2)),
    ("figures", "no alternative text", lambda pdf: first(pdf, "Figure").__delitem__("/Alt")),
    ("figures", "one that says nothing", lambda pdf: first(pdf, "Figure").__setitem__("/Alt", "図1")),
    ("figures", "no caption", lambda pdf: caption_of_a_figure(pdf).__setitem__("/S", Name.P)),
    ("tables", "no scope", lambda pdf: drop_attribute(first(pdf, "TH"), "/Scope")),
    ("tables", "no header row", lambda pdf: [cell.__setitem__("/S", Name.TD) for cell in kids(first(pdf, "TR"))]),
    ("tables", "a row too short", lambda pdf: first(pdf, "TR").K.__delitem__(0)),
    ("tables", "headers of the wrong direction", lambda pdf: set_attribute(first(pdf, "TH"), "/Scope", Name.Row)),
    ("content", "text without a tag", untag),
    ("content", "furniture that is no artifact", untag_furniture),
    ("content", "a tag of nothing", lambda pdf: first(pdf, "P").__setitem__("/K", 9999)),
    ("content", "read twice", lambda pdf: first(pdf, "P").K.extend(list(first(pdf, "P").K))),
    ("links", "no name", lambda pdf: a_link(pdf).__delitem__("/Contents")),
    ("links", "a name without a target", lambda pdf: a_link(pdf).__setitem__("/Contents", ", ページ 5")),
    ("links", "hidden", lambda pdf: a_link(pdf).__setitem__("/F", 2)),
    ("links", "in no tag", lambda pdf: first(pdf, "Link").__setitem__("/K", 0)),
    ("links", "tabs in another order", lambda pdf: a_link(pdf) and [page.obj.__delitem__("/Tabs") for page in pdf.pages]),
    ("actions", "a script at the start", lambda pdf: pdf.Root.__setitem__(
        "/OpenAction", Dictionary(S=Name.JavaScript, JS="app.alert(1)"))),
    ("actions", "a named script", lambda pdf: names(pdf).__setitem__("/JavaScript", Dictionary())),
    ("actions", "a link that runs a program", lambda pdf: a_link(pdf).__setitem__(
        "/A", Dictionary(S=Name.Launch))),
    ("actions", "layers", lambda pdf: pdf.Root.__setitem__("/OCProperties", Dictionary())),
    ("security", "no document ID", lambda pdf: pdf.trailer.__delitem__("/ID")),
    ("security", "permissions", lambda pdf: pdf.Root.__setitem__("/Perms", Dictionary())),
    ("metadata", "no XMP", lambda pdf: pdf.Root.__delitem__("/Metadata")),
    ("metadata", "another title", lambda pdf: pdf.docinfo.__setitem__("/Title", "別の題")),
    ("metadata", "another author", lambda pdf: pdf.docinfo.__setitem__("/Author", "別の人")),
    ("metadata", "another date", lambda pdf: pdf.docinfo.__setitem__("/ModDate", "D:19990101000000Z")),
    ("metadata", "another level", lambda pdf: edit_xmp(
        pdf, b"<pdfaid:conformance>A", b"<pdfaid:conformance>B")),
    ("metadata", "not PDF/UA", lambda pdf: edit_xmp(pdf, b"<pdfuaid:part>1", b"<pdfuaid:part>2")),
    ("metadata", "no language", lambda pdf: pdf.Root.__delitem__("/Lang")),
    ("metadata", "the file name as title", lambda pdf: pdf.Root.ViewerPreferences.__delitem__("/DisplayDocTitle")),
    ("metadata", "no bookmarks", lambda pdf: pdf.Root.__delitem__("/Outlines")),
    ("output_intent", "no output intent", lambda pdf: pdf.Root.__delitem__("/OutputIntents")),
    ("output_intent", "a profile of nothing", lambda pdf: pdf.Root.OutputIntents[0].__setitem__(
        "/DestOutputProfile", pdf.make_stream(b"\0" * 40))),
]


def broken(path, name, how, make, flavours):
    """What the check says of the broken copy."""
    check = getattr(document, name)
    more = [flavours] if name == "metadata" else []
    with pikepdf.open(path) as pdf:
        make(pdf)
        if how == "no document ID":
            # Writing would make a new one.
            return list(check(pdf))
        written = io.BytesIO()
        pdf.save(written, static_id=True)
    with pikepdf.open(written) as pdf:
        return list(check(pdf, *more))


def main(arguments):
    flavours = ["2a", "ua1"]
    if arguments[:1] == ["--flavours"]:
        flavours, arguments = arguments[1].split(","), arguments[2:]
    (path,) = arguments
    whole = list(document.faults(path, flavours))
    if whole:
        print(f"self_test.py {path}: has faults before any is made: {whole[0]}")
        return 1
    missed, tried = [], 0
    for name, how, make in BREAKS:
        try:
            found = broken(path, name, how, make, flavours)
        except NoSuchPart as part:
            print(f"  not tried, the file has no {part}: {name}: {how}")
            continue
        tried += 1
        if not found:
            missed.append(f"{name}: {how}")
    checks = {check.__name__ for check in document.ALWAYS + document.TAGGED} | {"metadata"}
    missed += [f"{name}: never broken" for name in sorted(checks - {name for name, _, _ in BREAKS})]
    for each in missed:
        print(f"  not found: {each}")
    print(f"self_test.py: {tried} faults made, {len(missed)} not found")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
