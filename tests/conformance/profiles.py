#!/usr/bin/env python3
"""Holds the three print profiles of a report against what their users were promised.

Usage: tests/conformance/profiles.py SCREEN.pdf PRINT.pdf MONO.pdf

  print  text is solid black, white, a light grey, or a true colour of at least 12 pt; no line thinner
         than 0.25 pt as printed; nothing transparent
  mono   no colour space but grey in pages, forms, patterns and annotations; nothing transparent
  all    the same words on the same pages at the same places within the trimmed page

Reads content streams with pikepdf, not with the code under test. Exit codes: 0 all holds,
1 something does not, 2 wrong usage, 3 pikepdf is missing.
"""
import sys
from collections import Counter

try:
    import pikepdf
except ImportError:
    print("profiles: pikepdf is missing (pip install pikepdf)", file=sys.stderr)
    sys.exit(3)

THINNEST = 0.25  # pt
DARKEST_GREY = 0.4  # text darker than this is meant black
COLOURED_TEXT = 12  # pt, the least size of text in a colour
IDENTITY = (1, 0, 0, 1, 0, 0)
GREY_SPACES = {"/DeviceGray", "/G", "/CalGray"}


def times(m, n):
    """The matrix that does m first, then n."""
    return (
        m[0] * n[0] + m[1] * n[2], m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2], m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4], m[4] * n[1] + m[5] * n[3] + n[5],
    )


def least_scale(m):
    """How much the matrix shrinks a line in the worst direction."""
    a, b, c, d = m[:4]
    half, rest = (a * a + b * b + c * c + d * d) / 2, (a * d - b * c) ** 2
    return max(0.0, half - max(0.0, half * half - rest) ** 0.5) ** 0.5


def matrix(obj):
    return tuple(float(x) for x in obj.get("/Matrix", IDENTITY))


def is_grey(space):
    """Whether a colour space can hold nothing but greys."""
    if isinstance(space, pikepdf.Name):
        return str(space) in GREY_SPACES
    kind = str(space[0])
    if kind == "/ICCBased":
        return int(space[1].get("/N")) == 1
    if kind == "/Indexed":
        return is_grey(space[1])
    if kind == "/Pattern":
        return len(space) < 2 or is_grey(space[1])
    return kind == "/CalGray"


def near(one, other):
    """Whether two texts stand at one place, as far as the decimals of a PDF tell."""
    return all(abs(a - b) < 0.05 for a, b in zip(one, other))


class State:
    def __init__(self, ctm, other=None):
        self.ctm = ctm
        self.width = other.width if other else 1.0
        self.fill = other.fill if other else ("/DeviceGray", (0.0,))
        self.stroke = other.stroke if other else ("/DeviceGray", (0.0,))
        self.mode = other.mode if other else 0
        self.size = other.size if other else 0.0
        self.text = other.text if other else IDENTITY


class Page:
    """Everything that a page draws, with all it calls."""

    def __init__(self, page):
        self.colours, self.thin, self.text, self.clear = Counter(), Counter(), Counter(), Counter()
        self.strokes = 0
        trim = [float(x) for x in page.obj.get("/TrimBox", page.mediabox)]
        self.origin = (trim[0], trim[1])
        self.places = []
        self.group(page.obj)
        self.walk(page, page.obj.get("/Resources"), State(IDENTITY), IDENTITY, set())
        for annotation in page.obj.get("/Annots", []):
            for key in ("/C", "/IC"):
                if len(annotation.get(key, [])) > 1:
                    self.colours[f"annotation {key}"] += 1
            for look in self.appearances(annotation):
                base = times(matrix(look), IDENTITY)
                self.walk(look, look.get("/Resources"), State(base), base, set())

    @staticmethod
    def appearances(annotation):
        normal = annotation.get("/AP", {}).get("/N")
        if isinstance(normal, pikepdf.Stream):
            return [normal]
        return [] if normal is None else list(normal.values())

    def group(self, obj):
        group = obj.get("/Group")
        if group is not None and group.get("/S") == "/Transparency":
            self.clear["transparency group"] += 1

    def named(self, resources, kind, name):
        if name in ("/DeviceGray", "/DeviceRGB", "/DeviceCMYK", "/Pattern"):
            return name
        found = None if resources is None else resources.get(kind, {}).get(name)
        if found is None:
            raise ValueError(f"{kind} {name} is not in the resources")
        return found

    def paint(self, state, stroke, resources, base, seen):
        space, values = state.stroke if stroke else state.fill
        if space == "/Pattern" or not isinstance(space, (str, pikepdf.Name)) and str(space[0]) == "/Pattern":
            pattern = self.named(resources, "/Pattern", str(values[-1]))
            if pattern.get("/PatternType") == 2:
                if not is_grey(pattern["/Shading"]["/ColorSpace"]):
                    self.colours["shading"] += 1
                return
            key = (pattern.objgen, base)
            if key not in seen:
                seen.add(key)
                inner = times(matrix(pattern), base)
                self.walk(pattern, pattern.get("/Resources"), State(inner), inner, seen)
        elif not is_grey(pikepdf.Name(space) if isinstance(space, str) else space):
            self.colours[str(values)] += 1

    def drawn_text(self, state, base):
        m = times(state.text, state.ctm)
        size = abs(state.size) * abs(m[0] * m[3] - m[1] * m[2]) ** 0.5
        # In the trimmed page, so that a bleed around it changes nothing.
        self.places.append((m[4] - self.origin[0], m[5] - self.origin[1], size))
        space, values = state.fill
        if state.mode == 3:
            return
        if space == "/Pattern":
            self.text["pattern"] += 1
            return
        grey = is_grey(pikepdf.Name(space) if isinstance(space, str) else space)
        if grey and 0 < values[0] < DARKEST_GREY:
            self.text[f"grey {values[0]:.2f} at {size:.1f} pt"] += 1
        neutral = len(values) == 3 and max(values) - min(values) < 0.02
        if not grey and (size < COLOURED_TEXT or neutral):
            self.text[f"colour {values} at {size:.1f} pt"] += 1

    def walk(self, stream, resources, state, base, seen):
        stack = []
        for operands, operator in pikepdf.parse_content_stream(stream):
            op = str(operator)
            if op == "q":
                stack.append(state)
                state = State(state.ctm, state)
            elif op == "Q":
                state = stack.pop()
            elif op == "cm":
                state.ctm = times(tuple(map(float, operands)), state.ctm)
            elif op == "w":
                state.width = float(operands[0])
            elif op in ("cs", "CS"):
                space = self.named(resources, "/ColorSpace", str(operands[0]))
                setattr(state, "fill" if op == "cs" else "stroke", (space, (0.0,)))
            elif op in ("scn", "SCN", "sc", "SC"):
                which = "fill" if op.islower() else "stroke"
                values = tuple(v if isinstance(v, pikepdf.Name) else float(v) for v in operands)
                setattr(state, which, (getattr(state, which)[0], values))
            elif op.lower() in ("g", "rg", "k"):
                space = {"g": "/DeviceGray", "rg": "/DeviceRGB", "k": "/DeviceCMYK"}[op.lower()]
                setattr(state, "fill" if op.islower() else "stroke", (space, tuple(map(float, operands))))
            elif op == "gs":
                look = self.named(resources, "/ExtGState", str(operands[0]))
                for key in ("/ca", "/CA"):
                    if float(look.get(key, 1)) < 1:
                        self.clear[f"{key} {look[key]}"] += 1
                if look.get("/SMask", pikepdf.Name("/None")) != "/None":
                    self.clear["soft mask"] += 1
                if look.get("/BM", pikepdf.Name("/Normal")) not in ("/Normal", "/Compatible"):
                    self.clear["blend mode"] += 1
                state.width = float(look.get("/LW", state.width))
            elif op == "BT":
                state.text = IDENTITY
            elif op == "Tm":
                state.text = tuple(map(float, operands))
            elif op in ("Td", "TD"):
                state.text = times((1, 0, 0, 1, *map(float, operands)), state.text)
            elif op == "Tf":
                state.size = float(operands[1])
            elif op == "Tr":
                state.mode = int(operands[0])
            elif op in ("Tj", "TJ", "'", '"'):
                self.drawn_text(state, base)
                if state.mode in (0, 2):
                    self.paint(state, False, resources, base, seen)
                if state.mode in (1, 2):
                    self.line(state)
                    self.paint(state, True, resources, base, seen)
            elif op in ("S", "s", "B", "B*", "b", "b*"):
                self.line(state)
                self.paint(state, True, resources, base, seen)
                if op not in ("S", "s"):
                    self.paint(state, False, resources, base, seen)
            elif op in ("f", "F", "f*"):
                self.paint(state, False, resources, base, seen)
            elif op == "sh":
                if not is_grey(self.named(resources, "/Shading", str(operands[0]))["/ColorSpace"]):
                    self.colours["shading"] += 1
            elif op == "BI":
                if not is_grey(operands[0].get("/CS", pikepdf.Name("/G"))):
                    self.colours["inline image"] += 1
            elif op == "Do":
                self.object(self.named(resources, "/XObject", str(operands[0])), state, resources, seen)

    def object(self, called, state, resources, seen):
        if called.get("/SMask") is not None:
            self.clear["soft mask of an image"] += 1
        if called.get("/Subtype") == "/Image":
            if not called.get("/ImageMask", False) and not is_grey(called["/ColorSpace"]):
                self.colours["image"] += 1
            return
        self.group(called)
        inner = times(matrix(called), state.ctm)
        # A form is drawn anew wherever it is called.
        self.walk(called, called.get("/Resources", resources), State(inner, state), inner, seen)

    def line(self, state):
        self.strokes += 1
        width = state.width * least_scale(state.ctm)
        if width < THINNEST - 0.001:
            self.thin[f"{width:.3f} pt"] += 1


def read(path):
    with pikepdf.open(path) as pdf:
        return [Page(page) for page in pdf.pages]


def main(paths):
    screen, press, mono = (read(path) for path in paths)
    faults = []

    def hold(path, pages, what, part):
        found = [f"page {n + 1}: {name} ({count} times)" for n, page in enumerate(pages) for name, count in part(page).items()]
        faults.extend(f"{path}: {what}: {line}" for line in found)

    _, press_path, mono_path = paths
    hold(press_path, press, "text that is not solid", lambda page: page.text)
    hold(press_path, press, "line too thin", lambda page: page.thin)
    hold(press_path, press, "transparency", lambda page: page.clear)
    hold(mono_path, mono, "colour", lambda page: page.colours)
    hold(mono_path, mono, "transparency", lambda page: page.clear)
    for path, pages in ((press_path, press), (mono_path, mono)):
        if len(pages) != len(screen):
            faults.append(f"{path}: {len(pages)} pages, on the screen {len(screen)}")
        for n, (one, other) in enumerate(zip(screen, pages)):
            moved = [(a, b) for a, b in zip(one.places, other.places) if not near(a, b)]
            if moved or len(one.places) != len(other.places):
                faults.append(f"{path}: page {n + 1}: text stands elsewhere: {moved[:2]}")
    strokes = sum(page.strokes for page in press)
    texts = sum(len(page.places) for page in press)
    if not strokes or not texts:
        faults.append(f"{press_path}: nothing was looked at ({strokes} lines, {texts} texts)")
    for fault in faults:
        print(fault)
    if not faults:
        print(f"profiles: {len(press)} pages, {texts} texts and {strokes} lines hold in print and mono")
    return 1 if faults else 0


if __name__ == "__main__":
    if len(sys.argv) != 4:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    sys.exit(main(sys.argv[1:]))
