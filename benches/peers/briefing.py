"""The Markdown that `brief` writes, read into blocks that the peers' documents are made of.

It is regular, so a few patterns read it; a line that none of them knows ends the script, rather than be left out of the peers' work.

Blocks are tuples whose first item is their kind:

    ("heading", level, spans)         ("paragraph", spans, is_lead)      ("list", is_numbered, [spans])
    ("figures", rows)                 ("table", alignments, head, rows)  ("charts", [(alternative, path)])
    ("notes", [(number, spans)])

and so are spans:

    ("text", text)  ("strong", spans)  ("emphasis", spans)  ("note", number)  ("superscript", text)
    ("link", address, spans)  ("language", code, spans)  ("break",)
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

SPAN = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|\*\*(?P<strong>.+?)\*\*"
    r"|\*(?P<emphasis>.+?)\*"
    r"|\[\^(?P<note>\d+)\]"
    r"|<sup>(?P<superscript>.*?)</sup>"
    r"|<span lang=\"(?P<language>[a-z-]+)\">(?P<foreign>.*?)</span>"
    r"|\[(?P<label>[^\]]+)\]\((?P<address>[^)\s]+)\)"
    r"|(?P<break><br>)"
    r"|&(?P<entity>amp|lt|gt|quot|nbsp);"
)
ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "nbsp": "\u00a0"}
IMAGE = re.compile(r"!\[(?P<alternative>.*)\]\((?P<path>[^)\s]+)\)$")
NOTE = re.compile(r"\[\^(?P<number>\d+)\]: (?P<text>.*)$")


@dataclass
class Briefing:
    """A document: what its front matter says, its blocks, the folder of its charts."""

    about: dict
    folder: Path
    blocks: list = field(default_factory=list)

    @property
    def language(self):
        return self.about["language"]


def spans(text):
    """A line's text and marks."""
    found, plain, place = [], "", 0

    def add(span):
        nonlocal plain
        if plain:
            found.append(("text", plain))
            plain = ""
        found.append(span)

    for match in SPAN.finditer(text):
        plain += text[place : match.start()]
        place = match.end()
        kind = match.lastgroup
        if kind == "escaped":
            plain += match["escaped"]
        elif kind == "entity":
            plain += ENTITIES[match["entity"]]
        elif kind in ("strong", "emphasis"):
            add((kind, spans(match[kind])))
        elif kind == "note":
            add(("note", match["note"]))
        elif kind == "superscript":
            add(("superscript", match["superscript"]))
        elif kind == "foreign":
            add(("language", match["language"], spans(match["foreign"])))
        elif kind == "address":
            add(("link", match["address"], spans(match["label"])))
        else:
            add(("break",))
    plain += text[place:]
    if plain:
        found.append(("text", plain))
    return found


def plain(found):
    """The letters of spans."""
    texts = {"text": lambda span: span[1], "superscript": lambda span: span[1], "note": lambda span: span[1], "break": lambda _: " "}
    return "".join(texts[span[0]](span) if span[0] in texts else plain(span[-1]) for span in found)


def read(path):
    """The briefing of a Markdown file."""
    lines = path.read_text(encoding="utf-8").split("\n")
    end = lines.index("---", 1)
    about = {}
    for line in lines[1:end]:
        key, value = line.split(": ", 1)
        about[key] = value[1:-1].replace('\\"', '"') if value.startswith('"') else value
    briefing, mark, place = Briefing(about, path.parent), None, end + 1
    blocks = briefing.blocks
    while place < len(lines):
        line = lines[place]
        run = 1
        if not line:
            pass
        elif line.startswith("<!-- "):
            mark = line[5:-4]
            place += 1
            continue
        elif line.startswith("#"):
            level = len(line) - len(line.lstrip("#"))
            blocks.append(("heading", level, spans(line[level + 1 :])))
        elif line.startswith("|"):
            run = length(lines, place, lambda line: line.startswith("|"))
            blocks.append(table(lines[place : place + run], mark))
        elif line.startswith("!["):
            run = length(lines, place, lambda line: line.startswith("!["))
            images = [IMAGE.match(line) for line in lines[place : place + run]]
            blocks.append(("charts", [(image["alternative"].replace("\\", ""), image["path"]) for image in images]))
        elif NOTE.match(line):
            note = NOTE.match(line)
            if not (blocks and blocks[-1][0] == "notes"):
                blocks.append(("notes", []))
            blocks[-1][1].append((note["number"], spans(note["text"])))
        elif re.match(r"(1\.|-) ", line):
            marker = line.split(" ", 1)[0] + " "
            run = length(lines, place, lambda line: line.startswith(marker))
            blocks.append(("list", marker == "1. ", [spans(item[len(marker) :]) for item in lines[place : place + run]]))
        elif re.match(r"[>`+~]|\d+[.)] |    ", line):
            raise SystemExit(f"{path}:{place + 1}: the peers' documents have nothing for this line: {line}")
        else:
            blocks.append(("paragraph", spans(line), mark == "lead"))
        mark = None
        place += run
    # The title is repeated by the first heading.
    briefing.blocks = [block for block in blocks if block[:2] != ("heading", 1)]
    return briefing


def length(lines, place, belongs):
    """How many lines from a place on belong together."""
    run = 0
    while place + run < len(lines) and belongs(lines[place + run]):
        run += 1
    return run


def table(lines, mark):
    rows = [[spans(cell.strip()) for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    alignments = ["right" if plain(cell).endswith(":") else "left" for cell in rows[1]]
    if mark == "key-figures":
        return ("figures", [rows[0], *rows[2:]])
    return ("table", alignments, rows[0], rows[2:])
