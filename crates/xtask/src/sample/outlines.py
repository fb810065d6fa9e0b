"""Cuts the characters of a text out of a font and turns their outlines from CFF into TrueType.

Chromium's PDF writer embeds TrueType fonts as fonts, but each CFF glyph as a drawing of its own.

    outlines.py FONT.ttc FAMILY TEXT.txt OUT.ttf
"""

import sys

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, newTable

# Farthest that a curve may move, of the em's 1000 units.
MAX_ERROR = 0.6


def main(source: str, family: str, text_file: str, out: str) -> None:
    fonts = TTCollection(source, lazy=True).fonts
    font = next(font for font in fonts if font["name"].getDebugName(1) == family)

    options = Options()
    options.layout_features = ["halt", "palt", "chws", "kern"]
    options.name_IDs = [1, 2, 4, 6]
    options.notdef_outline = True
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "DSIG"]
    subsetter = Subsetter(options)
    with open(text_file, encoding="utf-8") as text:
        subsetter.populate(text=text.read())
    subsetter.subset(font)

    order = font.getGlyphOrder()
    outlines = font.getGlyphSet()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(outlines)
        outlines[name].draw(Cu2QuPen(pen, MAX_ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()

    font["loca"] = newTable("loca")
    glyf = font["glyf"] = newTable("glyf")
    glyf.glyphOrder, glyf.glyphs = order, glyphs
    for name in order:
        glyphs[name].recalcBounds(glyf)
        advance, _ = font["hmtx"][name]
        font["hmtx"][name] = (advance, getattr(glyphs[name], "xMin", 0))
    del font["CFF "]

    maxp = font["maxp"] = newTable("maxp")
    maxp.tableVersion = 0x00010000
    for field in (
        "maxTwilightPoints maxStorage maxFunctionDefs maxInstructionDefs maxStackElements "
        "maxSizeOfInstructions maxPoints maxContours maxCompositePoints maxCompositeContours "
        "maxComponentElements maxComponentDepth numGlyphs"
    ).split():
        setattr(maxp, field, 0)
    maxp.maxZones = 1

    font["post"].formatType = 3.0
    font["head"].glyphDataFormat = 0
    font.recalcTimestamp = False
    font.sfntVersion = "\000\001\000\000"
    font.save(out)


main(*sys.argv[1:])
