"""One process of a peer: `worker.py ENGINE FONTS LIST OUT [wait]`, within the virtual environment of `run`.

Makes a PDF of each source in LIST (JSON: paths of `.typ`, `.html` or, for ReportLab, `.md`). With `wait`, it gets ready first (modules,
fonts, sources read, and the first document once, untimed), and then makes all of them each time a line comes on stdin.
"""

import json
import sys
from pathlib import Path


class Typst:
    """Typst within this process, its memory of earlier documents kept: both standards that `brief` keeps to, too."""

    def __init__(self, _):
        import typst

        self.compiler = typst.Compiler(root="/", ignore_system_fonts=True)

    def prepare(self, source):
        return source

    def make(self, source, output):
        self.compiler.compile(input=source, output=output, pdf_standards=["ua-1", "a-3a"])


class ReportLab:
    def __init__(self, fonts):
        import briefing
        import to_reportlab

        self.briefing, self.engine = briefing, to_reportlab
        to_reportlab.register(fonts)

    def prepare(self, source):
        return self.briefing.read(Path(source))

    def make(self, source, output):
        self.engine.write(source, Path(output))


class WeasyPrint:
    def __init__(self, _):
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration

        self.engine, self.fonts = weasyprint, FontConfiguration()

    def prepare(self, source):
        return Path(source).read_text(encoding="utf-8"), source

    def make(self, source, output):
        text, path = source
        document = self.engine.HTML(string=text, base_url=path)
        document.write_pdf(output, pdf_variant="pdf/ua-1", font_config=self.fonts)


def main():
    name, fonts, listed, out = sys.argv[1:5]
    engine = {"typst": Typst, "reportlab": ReportLab, "weasyprint": WeasyPrint}[name](Path(fonts))
    paths = json.loads(Path(listed).read_text())
    todo = [(engine.prepare(path), f"{out}/{Path(path).stem}.pdf") for path in paths]
    if "wait" not in sys.argv[5:]:
        for source, output in todo:
            engine.make(source, output)
        return
    engine.make(*todo[0])
    print("ready", flush=True)
    for _ in sys.stdin:
        for source, output in todo:
            engine.make(source, output)
        print("done", flush=True)


if __name__ == "__main__":
    main()
