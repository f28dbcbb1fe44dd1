"""Makes docs/給受考核單位的說明.docx of the page of that name, so that it is sent along with forms.

Run it with `python docs/unit_page.py`. It reads of Markdown what the page needs: headings, lists,
bold words, a picture.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from docx import Document
from docx.document import Document as Page
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from svcq_excel.issuing.outlines import template_path
from svcq_excel.text.made_on import made_on
from svcq_excel.workbooks.zip_parts import packed

TEXT = Path(__file__).with_name("給受考核單位的說明.md")
PAGE = TEXT.with_suffix(".docx")
_SIZE, _LINE, _MARGIN, _TITLE, _HEADING = Pt(11), Pt(16), Cm(1.8), Pt(18), Pt(12.5)
_PICTURE = Cm(11.5)
_LISTED = re.compile(r"(\d+\.|-) ")
_SHOWN = re.compile(r"!\[(.+)\]\((.+)\)")


def page() -> bytes:
    """The document: one sheet of A4."""
    document = Document(str(template_path()))
    section = document.sections[0]
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = _MARGIN
    for paragraph in section.footer.paragraphs:  # of one page nobody needs the number
        paragraph._p.getparent().remove(paragraph._p)
    section.footer.add_paragraph()
    document.styles["Normal"].font.size = _SIZE
    for line in filter(None, TEXT.read_text(encoding="utf-8").splitlines()):
        _add(document, line)
    properties = document.core_properties
    properties.title = _said(TEXT.read_text(encoding="utf-8").splitlines()[0])
    properties.created = properties.modified = made_on(105)
    stream = BytesIO()
    document.save(stream)
    with ZipFile(stream) as archive:
        return packed({name: archive.read(name) for name in archive.namelist()})


def _add(document: Page, line: str) -> None:
    if picture := _SHOWN.fullmatch(line):
        _show(document, *picture.groups())
        return
    paragraph = document.add_paragraph()
    format = paragraph.paragraph_format
    format.line_spacing_rule, format.line_spacing = WD_LINE_SPACING.EXACTLY, _LINE
    if line.startswith("# "):
        format.alignment, format.line_spacing = WD_ALIGN_PARAGRAPH.CENTER, Pt(26)
        _write(paragraph, f"**{_said(line)}**", _TITLE)
    elif line.startswith("## "):
        format.space_before, format.keep_with_next = Pt(5), True
        _write(paragraph, f"**{_said(line)}**", _HEADING)
    else:
        if listed := _LISTED.match(line):
            mark = "．" if listed[1] == "-" else listed[1]
            line = f"{mark}\t{line[listed.end() :]}"
            format.left_indent, format.first_line_indent = Cm(0.75), Cm(-0.75)
            format.tab_stops.add_tab_stop(Cm(0.75))
        _write(paragraph, line, _SIZE)


def _said(line: str) -> str:
    return line.lstrip("# ")


def _write(paragraph: Paragraph, text: str, size: Pt) -> None:
    """With the words between two stars bold."""
    for at, words in enumerate(text.split("**")):
        run = paragraph.add_run(words)
        run.bold, run.font.size = bool(at % 2), size


def _show(document: Page, told: str, path: str) -> None:
    """With the words that tell what is seen, for those who do not see it."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    shape = paragraph.add_run().add_picture(str(TEXT.parent / path), width=_PICTURE)
    for element in shape._inline.iter(qn("wp:docPr")):
        element.set("descr", told)


if __name__ == "__main__":
    PAGE.write_bytes(page())
