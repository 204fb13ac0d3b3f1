"""A briefing as HTML for WeasyPrint."""

from html import escape

SHEET = """\
@font-face { font-family: Text; src: url(FONTS/LibertinusSerif-Regular.ttf) }
@font-face { font-family: Text; font-weight: 600; src: url(FONTS/LibertinusSerif-Semibold.ttf) }
@font-face { font-family: Text; font-weight: 700; src: url(FONTS/LibertinusSerif-Bold.ttf) }
@font-face { font-family: Text; font-style: italic; src: url(FONTS/LibertinusSerif-Italic.ttf) }
@page { size: A4; margin: 25mm 20mm 22mm 30mm; font: 8.3pt Text; color: #5f656b;
  @bottom-left { content: "FOOT" } @bottom-right { content: counter(page) "/" counter(pages) }
  @top-left { content: "HEAD" } @top-right { content: "EDITION" } }
@page :first { @top-left { content: none } @top-right { content: none } }
body { font: 10.5pt/14pt Text; color: #141414; text-align: justify }
b { font-weight: 600 }
sup { font-size: 0.62em; line-height: 0 }
a { color: #1a5276; text-decoration: none }
p, ul, ol { margin: 4pt 0 } ul, ol { padding-left: 14pt } li { margin: 2.5pt 0 }
.kicker { font: 600 9pt Text; color: #1a5276; letter-spacing: 0.5pt; text-transform: uppercase }
.edition { float: right; font: 12.5pt Text; padding-top: 12pt }
.lead, .notes { font-size: 9pt; line-height: 12.25pt } .lead { color: #5f656b }
h1 { font: 700 27pt/35pt Text; margin: 0 } h2 { font: 600 13.5pt/17.5pt Text; color: #1a5276; margin: 15pt 0 3pt }
h3 { font: 600 11.2pt/14pt Text; margin: 10pt 0 2pt }
table { width: 100%; border-collapse: collapse; font-size: 9.5pt; line-height: 12.25pt; text-align: left; margin: 4pt 0 10pt;
  border-bottom: 0.9pt solid #1a5276; border-top: 0.9pt solid #1a5276 }
th { font-weight: 600; border-bottom: 0.5pt solid #1a5276 } td, th { padding: 2pt 5pt; vertical-align: top } .right { text-align: right }
small { font-size: 7.8pt; color: #5f656b }
.band { background: #e9eef2; border: none } .band th, .band td { border: none; width: 20% } .band th { font: 8.8pt Text }
.band b { font: 700 18pt Text; color: #1a5276 } .band .label b { font: 600 8.6pt Text; color: #141414 } .band .detail { font-size: 8pt; color: #5f656b }
.charts { display: flex; gap: 24pt } .charts img { width: 47% } .charts img:only-child { width: 60% }
"""


def markup(spans):
    written = []
    for span in spans:
        match span:
            case ("text", letters):
                written.append(escape(letters))
            case ("strong", inner):
                written.append(f"<b>{markup(inner)}</b>")
            case ("emphasis", inner):
                written.append(f"<i>{markup(inner)}</i>")
            case ("note", number):
                written.append(f'<sup><a href="#note-{number}">{number}</a></sup>')
            case ("superscript", letters):
                written.append(f"<sup>{escape(letters)}</sup>")
            case ("link", address, inner):
                written.append(f'<a href="{escape(address)}">{markup(inner)}</a>')
            case ("language", code, inner):
                written.append(f'<span lang="{code}">{markup(inner)}</span>')
            case ("break",):
                written.append("<br>")
    return "".join(written)


def cell(spans, side, tag="td"):
    if ("break",) in spans:
        place = spans.index(("break",))
        inner = f"{markup(spans[:place])}<br><small>{markup(spans[place + 1 :])}</small>"
    else:
        inner = markup(spans)
    return f'<{tag} class="{side}">{inner}</{tag}>'


def figures(rows):
    line = lambda row, look, tag: "<tr>" + "".join(f'<{tag} class="{look}">{markup(cell)}</{tag}>' for cell in row) + "</tr>"
    body = line(rows[1], "label", "td") + "".join(line(row, "detail", "td") for row in rows[2:])
    return f'<table class="band"><thead>{line(rows[0], "amount", "th")}</thead><tbody>{body}</tbody></table>'


def block(one):
    match one:
        case ("heading", level, spans):
            return f"<h{level}>{markup(spans)}</h{level}>"
        case ("paragraph", spans, is_lead):
            return f"<p{' class=lead' if is_lead else ''}>{markup(spans)}</p>"
        case ("list", is_numbered, items):
            tag = "ol" if is_numbered else "ul"
            return f"<{tag}>{''.join(f'<li>{markup(item)}</li>' for item in items)}</{tag}>"
        case ("figures", rows):
            return figures(rows)
        case ("table", sides, head, rows):
            top = "".join(cell(each, side, "th") for each, side in zip(head, sides))
            body = "".join(f"<tr>{''.join(cell(each, side) for each, side in zip(row, sides))}</tr>" for row in rows)
            return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
        case ("charts", images):
            drawn = "".join(f'<img src="{path}" alt="{escape(alternative)}">' for alternative, path in images)
            return f'<div class="charts">{drawn}</div>'
        case ("notes", notes):
            return f"<ol class=notes>{''.join(f'<li id=note-{number}>{markup(spans)}</li>' for number, spans in notes)}</ol>"
    raise SystemExit(f"the peers' documents have nothing for {one[0]}")


def document(briefing, fonts):
    """The text of a document; its charts are looked up beside it, its fonts in a folder."""
    about = {key: escape(value) for key, value in briefing.about.items()}
    parts = {"FONTS": fonts.as_uri(), "FOOT": about["running_foot"], "HEAD": about["running_head"], "EDITION": about["edition"]}
    sheet = SHEET
    for name, value in parts.items():
        sheet = sheet.replace(name, value)
    return (
        f'<!DOCTYPE html><html lang="{about["language"]}"><head><meta charset="utf-8"><title>{about["title"]}</title>'
        f'<meta name="description" content="{about["description"]}"><style>{sheet}</style></head><body>'
        f'<p class="kicker">{about["kicker"]}</p><span class="edition">{about["edition"]}</span><h1>{about["title"]}</h1>'
        + "\n".join(block(one) for one in briefing.blocks)
        + "</body></html>\n"
    )
