"""A briefing as a ReportLab story; its charts drawn from the SVG that `brief` writes beside its Markdown."""

import re
import xml.etree.ElementTree as ElementTree
from html import escape
from pathlib import Path

from reportlab.graphics.shapes import Circle, Drawing, Group, PolyLine, Rect, String
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_JUSTIFY, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, Frame, ListFlowable, ListItem, PageTemplate, Paragraph, Spacer, Table

INK, ACCENT, GREY, TINT = (HexColor(colour) for colour in ("#141414", "#1a5276", "#5f656b", "#e9eef2"))
WIDTH = A4[0] - 50 * mm
FACES = {"Text": "Regular", "Text-Semibold": "Semibold", "Text-Bold": "Bold", "Text-Italic": "Italic"}


def style(size, leading, font="Text", colour=INK, **more):
    return ParagraphStyle("", fontName=font, fontSize=size, leading=leading, textColor=colour, **more)


BODY = style(10.5, 14, alignment=TA_JUSTIFY, spaceAfter=5)
LEAD = style(9, 12.25, colour=GREY, alignment=TA_JUSTIFY, spaceAfter=5)
NOTE = style(9, 12.25)
KICKER = style(9, 14, "Text-Semibold", ACCENT)
TITLE = style(27, 35, "Text-Bold", spaceAfter=6)
HEADINGS = {
    2: style(13.5, 17.5, "Text-Semibold", ACCENT, spaceBefore=12, spaceAfter=4, keepWithNext=1),
    3: style(11.2, 14, "Text-Semibold", spaceBefore=8, spaceAfter=2, keepWithNext=1),
}
CELL = {"left": style(9.5, 12.25), "right": style(9.5, 12.25, alignment=TA_RIGHT)}
HEAD = {"left": style(9.5, 12.25, "Text-Semibold"), "right": style(9.5, 12.25, "Text-Semibold", alignment=TA_RIGHT)}
BAND = [style(8.8, 21), style(8.6, 12.25, "Text-Semibold"), style(8, 10.5, colour=GREY)]


def register(fonts):
    """Registers the fonts of a folder."""
    for name, face in FACES.items():
        pdfmetrics.registerFont(TTFont(name, str(fonts / f"LibertinusSerif-{face}.ttf")))
    pdfmetrics.registerFontFamily("Text", normal="Text", bold="Text-Semibold", italic="Text-Italic", boldItalic="Text-Bold")


def markup(spans, strong=("<b>", "</b>")):
    written = []
    for span in spans:
        match span:
            case ("text", letters):
                written.append(escape(letters))
            case ("strong", inner):
                written.append(strong[0] + markup(inner) + strong[1])
            case ("emphasis", inner):
                written.append(f"<i>{markup(inner)}</i>")
            case ("note", number):
                written.append(f'<super><a href="#note-{number}">{number}</a></super>')
            case ("superscript", letters):
                written.append(f"<super>{escape(letters)}</super>")
            case ("link", address, inner):
                written.append(f'<a href="{escape(address)}" color="#1a5276">{markup(inner)}</a>')
            case ("language", _, inner):
                written.append(markup(inner))
            case ("break",):
                written.append("<br/>")
    return "".join(written)


def cell(spans, looks):
    if ("break",) in spans:
        place = spans.index(("break",))
        detail = markup(spans[place + 1 :])
        return Paragraph(f'{markup(spans[:place])}<br/><font size="7.8" color="#5f656b">{detail}</font>', looks)
    return Paragraph(markup(spans), looks)


def figures(rows):
    big = ('<font name="Text-Bold" size="18" color="#1a5276">', "</font>")
    cells = [[Paragraph(markup(cell, big if not place else ("", "")), BAND[min(place, 2)]) for cell in row] for place, row in enumerate(rows)]
    looks = [("BACKGROUND", (0, 0), (-1, -1), TINT), ("VALIGN", (0, 0), (-1, -1), "TOP"), ("BOTTOMPADDING", (0, 0), (-1, -1), 0)]
    return Table(cells, [WIDTH / len(rows[0])] * len(rows[0]), style=looks, spaceBefore=4, spaceAfter=8)


def table(alignments, head, rows):
    cells = [[cell(each, HEAD[side]) for each, side in zip(head, alignments)]]
    cells += [[cell(each, CELL[side]) for each, side in zip(row, alignments)] for row in rows]
    widths = [0.5, 0.26, 0.24] if len(alignments) == 3 else [1 / len(alignments)] * len(alignments)
    looks = [("LINEABOVE", (0, 0), (-1, 0), 0.9, ACCENT), ("LINEBELOW", (0, 0), (-1, 0), 0.5, ACCENT)]
    looks += [("LINEBELOW", (0, -1), (-1, -1), 0.9, ACCENT), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    looks += [("TOPPADDING", (0, 0), (-1, -1), 1.5), ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5), ("LEFTPADDING", (0, 0), (0, -1), 0)]
    return Table(cells, [WIDTH * width for width in widths], repeatRows=1, style=looks, spaceBefore=2, spaceAfter=8)


def drawing(path, width):
    """A chart: rectangles, lines, circles and texts are all that its SVG has."""
    svg = ElementTree.parse(path).getroot()
    left, top, wide, high = (float(part) for part in svg.get("viewBox").split())
    scale = width / wide
    group = Group(transform=(scale, 0, 0, -scale, -left * scale, (high + top) * scale))
    colour = lambda shape, key: None if shape.get(key) in (None, "none") else HexColor(shape.get(key))
    at = lambda shape, *keys: [float(shape.get(key, 0)) for key in keys]
    for shape in svg:
        fill, stroke, wider = colour(shape, "fill"), colour(shape, "stroke"), float(shape.get("stroke-width", 0))
        match shape.tag.rpartition("}")[2]:
            case "rect":
                group.add(Rect(*at(shape, "x", "y", "width", "height"), fillColor=fill, strokeColor=stroke, strokeWidth=wider))
            case "circle":
                group.add(Circle(*at(shape, "cx", "cy", "r"), fillColor=fill, strokeColor=stroke, strokeWidth=wider))
            case "polyline":
                points = [float(part) for part in re.split(r"[ ,]", shape.get("points"))]
                dashes = [float(part) for part in shape.get("stroke-dasharray", "").split(",") if part]
                group.add(PolyLine(points, strokeColor=stroke, strokeWidth=wider, strokeDashArray=dashes or None))
            case "text":
                font = "Text-Semibold" if shape.get("font-weight") else "Text"
                x, y, size = at(shape, "x", "y", "font-size")
                letters = String(0, 0, shape.text, fontName=font, fontSize=size, fillColor=fill, textAnchor=shape.get("text-anchor", "start"))
                group.add(Group(letters, transform=(1, 0, 0, -1, x, y)))
            case "title" | "desc":
                pass
            case other:
                raise SystemExit(f"{path}: the peers' documents have nothing for <{other}>")
    drawn = Drawing(width, high * scale)
    drawn.add(group)
    return drawn


def charts(images, folder):
    width = WIDTH * 0.6 if len(images) == 1 else (WIDTH - 24) / 2
    drawn = [drawing(folder / path, width) for _, path in images]
    if len(drawn) == 1:
        return drawn[0]
    rows = [drawn[place : place + 2] for place in range(0, len(drawn), 2)]
    rows[-1] += [""] * (2 - len(rows[-1]))
    looks = [("LEFTPADDING", (0, 0), (-1, -1), 0), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    return Table(rows, [WIDTH / 2] * 2, style=looks)


def block(one, folder):
    match one:
        case ("heading", level, spans):
            return Paragraph(markup(spans), HEADINGS[level])
        case ("paragraph", spans, is_lead):
            return Paragraph(markup(spans), LEAD if is_lead else BODY)
        case ("list", is_numbered, items):
            form = {"bulletType": "1"} if is_numbered else {"bulletType": "bullet", "start": "•"}
            return ListFlowable([ListItem(Paragraph(markup(item), BODY)) for item in items], bulletFontName="Text", leftIndent=14, **form)
        case ("figures", rows):
            return figures(rows)
        case ("table", alignments, head, rows):
            return table(alignments, head, rows)
        case ("charts", images):
            return charts(images, folder)
        case ("notes", notes):
            items = [ListItem(Paragraph(f'<a name="note-{number}"/>{markup(spans)}', NOTE)) for number, spans in notes]
            return ListFlowable(items, bulletType="1", bulletFontName="Text", bulletFontSize=9, leftIndent=14)
    raise SystemExit(f"the peers' documents have nothing for {one[0]}")


def write(briefing, output: Path):
    """Lays the document out and writes it."""
    about = briefing.about

    def running(canvas, document):
        canvas.setFont("Text", 8.3)
        canvas.setFillColor(GREY)
        if document.page > 1:
            canvas.drawString(30 * mm, A4[1] - 15.5 * mm, about["running_head"])
            canvas.drawRightString(A4[0] - 20 * mm, A4[1] - 15.5 * mm, about["edition"])
        canvas.drawString(30 * mm, 14 * mm, about["running_foot"])
        canvas.drawRightString(A4[0] - 20 * mm, 14 * mm, str(document.page))

    document = BaseDocTemplate(str(output), pagesize=A4, title=about["title"], subject=about["description"], lang=briefing.language)
    frame = Frame(30 * mm, 22 * mm, WIDTH, A4[1] - 47 * mm, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate("page", [frame], onPage=running))
    story = [Paragraph(escape(about["kicker"].upper()), KICKER), Paragraph(escape(about["title"]), TITLE)]
    story += [Paragraph(escape(about["edition"]), BODY), Spacer(1, 6)]
    document.build(story + [block(one, briefing.folder) for one in briefing.blocks])
