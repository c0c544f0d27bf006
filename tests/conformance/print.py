#!/usr/bin/env python3
"""Reads what `soukatsu build` makes for the print room with tools that are not ours.

Usage: print.py SOUKATSU REPORT. Needs pikepdf and poppler's pdftotext. Checks boxes and marks
of the print profile, and the order of the text on the sheets of a booklet and of 2up.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import pikepdf

MM = 72 / 25.4
BINARY, REPORT = sys.argv[1:3]
DESK = Path(tempfile.mkdtemp())


def build(name, *options):
    path = DESK / name
    command = [BINARY, "build", REPORT, "-o", str(path), *options]
    subprocess.run(command, check=True, capture_output=True)
    return path


def text(path, page, box=None):
    """The text of a page without white space; box is x, y, width, height in points from the top."""
    area = []
    if box:
        names = ["-x", "-y", "-W", "-H"]
        area = [word for name, edge in zip(names, box) for word in (name, str(round(edge)))]
    command = ["pdftotext", "-f", str(page), "-l", str(page), *area, str(path), "-"]
    run = subprocess.run(command, check=True, capture_output=True)
    # The order of the pieces is pdftotext's guess; which characters there are is not.
    return sorted("".join(run.stdout.decode().split()))


def near(box, *edges):
    return all(abs(float(a) - b) < 0.02 for a, b in zip(box, edges))


def boxes(path, margin):
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            trim = [float(edge) for edge in page.obj.TrimBox]
            assert abs(trim[2] - trim[0] - 210 * MM) < 0.02, trim
            assert abs(trim[3] - trim[1] - 297 * MM) < 0.02, trim
            for name, more in (("/BleedBox", 3 * MM), ("/MediaBox", margin * MM)):
                grown = [trim[0] - more, trim[1] - more, trim[2] + more, trim[3] + more]
                assert near(page.obj[name], *grown), (name, page.obj[name])


def marks_lie_outside_the_bleed(path):
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            marks = page.obj.Resources.XObject["/Marks"]
            space = marks.Resources.ColorSpace["/All"]
            assert (space[0], space[1]) == ("/Separation", "/All"), space
            left, bottom, right, top = (float(edge) for edge in page.obj.BleedBox)
            points = []
            for operands, operator in pikepdf.parse_content_stream(marks):
                if str(operator) == "w":
                    assert float(operands[0]) >= 0.25, operands
                if str(operator) in "mlc":
                    points += [(float(operands[-2]), float(operands[-1]))]
            inside = [
                (x, y)
                for x, y in points
                if left + 0.01 < x < right - 0.01 and bottom + 0.01 < y < top - 0.01
            ]
            assert len(points) > 40 and not inside, inside


def fold_and_read(sides):
    """Reads halves as the folded booklet shows them, leaf by leaf; sides hold (left, right)."""
    fronts, backs = sides[0::2], sides[1::2]
    read = []
    for front, back in zip(fronts, backs):
        read += [front[1], back[0]]
    for front, back in reversed(list(zip(fronts, backs))):
        read += [back[1], front[0]]
    return read


def halves(path):
    with pikepdf.open(path) as pdf:
        assert "/StructTreeRoot" not in pdf.Root and "/MarkInfo" not in pdf.Root
        sizes = [[float(edge) for edge in page.mediabox] for page in pdf.pages]
    found = []
    for number, (_, _, width, height) in enumerate(sizes, 1):
        half = width / 2
        # A page ends with its margin: a pixel more or less at the fold holds no text.
        left = text(path, number, (0, 0, half, height))
        found.append((left, text(path, number, (half, 0, half, height))))
    return found


def main():
    single = build("single.pdf")
    with pikepdf.open(single) as pdf:
        pages = [text(single, number) for number in range(1, len(pdf.pages) + 1)]
    assert len({"".join(page) for page in pages}) == len(pages), "pages must differ"

    boxes(build("print.pdf", "--profile", "print"), 3)
    marked = build("marks.pdf", "--profile", "print", "--marks")
    boxes(marked, 10)
    marks_lie_outside_the_bleed(marked)

    booklet = build("booklet.pdf", "--impose", "booklet")
    read = fold_and_read(halves(booklet))
    assert len(read) % 4 == 0 and len(read) - len(pages) < 4, len(read)
    assert read == pages + [[]] * (len(read) - len(pages)), "the booklet's order is wrong"

    two_up = [half for side in halves(build("2up.pdf", "--impose", "2up")) for half in side]
    assert two_up == pages + [[]] * (len(two_up) - len(pages)), "the order of 2up is wrong"
    print(f"print {REPORT}: passed, {len(pages)} pages on {len(read) // 4} sheets")


main()
