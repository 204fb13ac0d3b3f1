"""Libertinus Serif as TrueType, which is all that ReportLab can use: the outlines of the OpenType fonts that `brief` and Typst have
inside, their cubic curves made quadratic. Done once; nobody's time counts it."""

import sys
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable


def truetype(source, to):
    font = TTFont(source)
    order, glyphs = font.getGlyphOrder(), font.getGlyphSet()
    drawn = {}
    for name in order:
        pen = TTGlyphPen(glyphs)
        # A thousandth of an em away from the cubic curve at most.
        glyphs[name].draw(Cu2QuPen(pen, max_err=1.0, reverse_direction=True))
        drawn[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, drawn
    for table in ("CFF ", "VORG"):
        if table in font:
            del font[table]
    largest = font["maxp"]
    largest.tableVersion = 0x00010000
    for field in ("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements",
                  "maxSizeOfInstructions", "maxComponentElements"):
        setattr(largest, field, 1 if field == "maxZones" else 0)
    font["post"].formatType, font["post"].extraNames, font["post"].mapping = 2.0, [], {}
    font["post"].glyphOrder = order
    font.sfntVersion = "\000\001\000\000"
    font.save(to)


def main():
    source, folder = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for face in ("Regular", "Semibold", "Bold", "Italic"):
        to = folder / f"LibertinusSerif-{face}.ttf"
        if not to.exists():
            truetype(source / f"LibertinusSerif-{face}.otf", to)


if __name__ == "__main__":
    main()
