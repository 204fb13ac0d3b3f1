"""A briefing as Typst markup, set as `brief` sets it: the same measures, the same font, the same order."""

import json

PREAMBLE = """\
#set document(title: {title}, description: {description}, date: datetime(year: {year}, month: {month}, day: {day}))
#set page(
  paper: "a4",
  margin: (top: 25mm, bottom: 22mm, left: 30mm, right: 20mm),
  header: context if counter(page).get().first() > 1 {{
    set text(8.3pt, fill: grey)
    [{running_head} #h(1fr) {edition}]
  }},
  footer: context {{
    set text(8.3pt, fill: grey)
    [{running_foot} #h(1fr) #counter(page).display("1/1", both: true)]
  }},
)
#set text(font: "Libertinus Serif", size: 10.5pt, lang: "{language}", fill: ink)
#set smartquote(enabled: false)
#set par(justify: true, leading: 5.2pt, spacing: 9pt)
#set enum(indent: 0pt, body-indent: 6pt, spacing: 8pt)
#set list(indent: 0pt, body-indent: 6pt, spacing: 7pt)
#show heading.where(level: 1): set text(27pt, weight: "bold")
#show heading.where(level: 2): set text(13.5pt, weight: "semibold", fill: accent)
#show heading.where(level: 3): set text(11.2pt, weight: "semibold")
#show heading.where(level: 2): set block(above: 17pt, below: 8pt)
#show heading.where(level: 3): set block(above: 13pt, below: 7pt)
#show link: set text(fill: accent)
#set table(stroke: none, inset: (x: 5pt, y: 3.2pt))
#let note(number, mark) = super(link(label("note-" + number), mark))
#let detail(body) = text(7.8pt, fill: grey, body)

#text(9pt, fill: accent, weight: "semibold", tracking: 0.5pt, upper[{kicker}])
#block(above: 8pt, below: 12pt)[= {heading} #h(1fr) #text(12.5pt, weight: "regular")[{edition}]]
"""
COLOURS = '#let (ink, accent, grey, tint) = (rgb("#141414"), rgb("#1a5276"), rgb("#5f656b"), rgb("#e9eef2"))\n'


def text(letters):
    """Letters as markup that says just them."""
    return "".join("\\" + letter if letter in "\\#$*_`<>@[]~'\"/=+-.:" else letter for letter in letters)


def markup(spans):
    written = []
    for span in spans:
        match span:
            case ("text", letters):
                written.append(text(letters))
            case ("strong", inner):
                written.append(f'#text(weight: "semibold")[{markup(inner)}]')
            case ("emphasis", inner):
                written.append(f"#emph[{markup(inner)}]")
            case ("note", number):
                written.append(f'#note("{number}")[{number}]')
            case ("superscript", letters):
                written.append(f"#super[{text(letters)}]")
            case ("link", address, inner):
                written.append(f"#link({json.dumps(address)})[{markup(inner)}]")
            case ("language", code, inner):
                written.append(f'#text(lang: "{code}")[{markup(inner)}]')
            case ("break",):
                written.append(" \\ ")
    return "".join(written)


def cell(spans):
    """A table's cell: what stands after a break is a detail."""
    if ("break",) not in spans:
        return f"[{markup(spans)}]"
    place = spans.index(("break",))
    return f"[{markup(spans[:place])} \\ #detail[{markup(spans[place + 1 :])}]]"


def figures(rows):
    """The band of key figures: a row of figures, one of labels, the others details."""
    amount = lambda spans: "".join(
        f'#text(18pt, weight: "bold", fill: accent)[{markup(span[1])}]' if span[0] == "strong" else markup([span]) for span in spans
    )
    cells = [f"[#text(8.8pt)[{amount(cell)}]]" for cell in rows[0]]
    cells += [f'[#text(8.6pt, weight: "semibold")[{markup(cell)}]]' for cell in rows[1]]
    cells += [f"[#text(8pt, fill: grey)[{markup(cell)}]]" for row in rows[2:] for cell in row]
    count = len(rows[0])
    head, body = ", ".join(cells[:count]), ", ".join(cells[count:])
    inner = f"#table(columns: (1fr,) * {count}, align: left, inset: (x: 4pt, y: 2pt), table.header({head}), {body})"
    return f"#block(fill: tint, radius: 3pt, inset: 8pt, width: 100%)[#set par(justify: false, leading: 3pt)\n{inner}]"


def table(alignments, head, rows):
    columns = ", ".join(["1fr"] + ["auto"] * (len(alignments) - 1)) if len(alignments) <= 3 else ", ".join(["1fr"] * len(alignments))
    head = ", ".join(f'[#text(weight: "semibold")[{markup(cell)}]]' for cell in head)
    body = ",\n  ".join(", ".join(cell(each) for each in row) for row in rows)
    rule = "table.hline(stroke: 0.9pt + accent)"
    return (
        f"#[#set text(9.5pt)\n#set par(justify: false, leading: 3.5pt)\n#table(columns: ({columns}), align: ({', '.join(alignments)},),\n"
        f"  {rule}, table.header({head}), table.hline(stroke: 0.5pt + accent),\n  {body}, {rule})]"
    )


def charts(images):
    drawn = [f"image({json.dumps(path)}, alt: {json.dumps(alternative, ensure_ascii=False)}, width: 100%)" for alternative, path in images]
    if len(drawn) == 1:
        return f"#block(width: 60%, {drawn[0]})"
    return f"#grid(columns: (1fr, 1fr), column-gutter: 24pt, row-gutter: 10pt, {', '.join(drawn)})"


def block(one):
    match one:
        case ("heading", level, spans):
            return f"{'=' * level} {markup(spans)}"
        case ("paragraph", spans, True):
            return f"#text(9pt, fill: grey)[{markup(spans)}]"
        case ("paragraph", spans, False):
            return markup(spans)
        case ("list", is_numbered, items):
            return "\n".join(f"{'+' if is_numbered else '-'} {markup(item)}" for item in items)
        case ("figures", rows):
            return figures(rows)
        case ("table", alignments, head, rows):
            return table(alignments, head, rows)
        case ("charts", images):
            return charts(images)
        case ("notes", notes):
            lines = "\n".join(f"+ #[] <note-{number}> {markup(spans)}" for number, spans in notes)
            return f"#[#set text(9pt)\n{lines}\n]"
    raise SystemExit(f"the peers' documents have nothing for {one[0]}")


def document(briefing):
    """The source of a document; its charts are looked up beside it."""
    about = {key: text(value) for key, value in briefing.about.items()}
    year, month, day = (int(part) for part in briefing.about["date"].split("-"))
    quoted = {key: json.dumps(briefing.about[key], ensure_ascii=False) for key in ("title", "description")}
    head = PREAMBLE.format(**about | quoted | {"heading": about["title"], "year": year, "month": month, "day": day})
    return COLOURS + head + "\n" + "\n\n".join(block(one) for one in briefing.blocks) + "\n"
