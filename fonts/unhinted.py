#!/usr/bin/env python3
"""Makes the fonts of this folder from the released ones: the same outlines without hinting.

Usage: fonts/unhinted.py FOLDER-WITH-THE-RELEASED-FONTS   (needs fontTools 4.68.0)

Hinting programs serve low-resolution screens without smoothing. On paper they do nothing, and
in every PDF they would take a tenth of the file. Outlines, metrics, glyph order, cmap and GSUB
stay what they were; the version name says what was taken out.
"""
import pathlib
import sys

from fontTools.ttLib import TTFont

HINTING_TABLES = ["cvt ", "fpgm", "prep", "gasp"]
# A signature of the released bytes, empty already there.
SIGNATURE = "DSIG"
INSTRUCTION_LIMITS = [
    "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs",
    "maxStackElements", "maxSizeOfInstructions",
]
# Bits 2 to 4 of head.flags: what instructions may do.
INSTRUCTION_FLAGS = 0b11100
VERSION_NAME = 5


def unhinted(source, target):
    font = TTFont(source, recalcBBoxes=False, recalcTimestamp=False, lazy=False)
    for tag in [*HINTING_TABLES, SIGNATURE]:
        if tag in font:
            del font[tag]
    for glyph in font["glyf"].glyphs.values():
        glyph.removeHinting()
    for limit in INSTRUCTION_LIMITS:
        setattr(font["maxp"], limit, 0)
    font["maxp"].maxZones = 1
    font["head"].flags &= ~INSTRUCTION_FLAGS
    for record in font["name"].names:
        if record.nameID == VERSION_NAME:
            record.string = f"{record.toUnicode()}; hinting removed"
    font.save(target)


for released in sorted(pathlib.Path(sys.argv[1]).glob("BIZUD*.ttf")):
    unhinted(released, pathlib.Path(__file__).parent / released.name)
