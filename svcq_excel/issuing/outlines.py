"""The outline of a document to hand in: a .docx with the heads that the plan wants, to write below.

Fonts, lines and page come from `templates/outline.docx` (made by docs/outline.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from svcq_excel.data import beside_the_package
from svcq_excel.issuing.zip_mould import Mould, placeholder
from svcq_excel.rubric.documents import Document, Heading
from svcq_excel.text.made_on import made_on
from svcq_excel.workbooks.zip_parts import packed

if TYPE_CHECKING:
    from docx.document import Document as Docx

LINE, HINT, NOTE = "標題下說明", "撰寫說明", "填寫說明"
"""The template's own styles; the others are Word's: Title, Heading 1 to 3, Normal, Table Grid."""

_UNIT = "unit"
_DEEPEST = 3
_BLANK_ROWS = 5
_LONGEST = 255  # of a property


def template_path() -> Path:
    return beside_the_package("templates") / "outline.docx"


class Outlines:
    """Makes the outlines of one document, equal ones for equal input."""

    def __init__(self, document: Document, agency: str, year: int) -> None:
        self._mould = Mould(_master(document, agency, year))

    def of(self, unit: str) -> bytes:
        """The bytes of the outline for the unit of this name."""
        return self._mould.cast({_UNIT: unit})


def _master(document: Document, agency: str, year: int) -> bytes:
    import docx  # takes a tenth of a second, which only who issues forms has to wait

    outline = docx.Document(str(template_path()))
    title = document.title_of(placeholder(_UNIT))
    outline.core_properties.title = title[:_LONGEST]
    outline.core_properties.author = agency[:_LONGEST]
    outline.core_properties.created = outline.core_properties.modified = made_on(year)
    outline.add_paragraph(title, "Title")
    if document.line:
        outline.add_paragraph(document.line, LINE)
    _write(outline, document.heads, 1)
    if document.note:
        outline.add_paragraph(document.note, NOTE)
    stream = BytesIO()
    outline.save(stream)
    with ZipFile(stream) as archive:
        return packed({name: archive.read(name) for name in archive.namelist()})


def _write(outline: Docx, heads: Sequence[Heading], depth: int) -> None:
    """Each head with its hint, and room to write where no head follows below it."""
    for head in heads:
        outline.add_paragraph(head.name, f"Heading {min(depth, _DEEPEST)}")
        if head.hint:
            outline.add_paragraph(head.hint, HINT)
        if head.columns:
            _table(outline, head.columns)
        if not head.heads:
            outline.add_paragraph()
        _write(outline, head.heads, depth + 1)


def _table(outline: Docx, columns: Sequence[str]) -> None:
    table = outline.add_table(1 + _BLANK_ROWS, len(columns), "Table Grid")
    for cell, column in zip(table.rows[0].cells, columns, strict=True):
        cell.text = column
