"""Looks into an .ods form, and fills it in, as text: what is not touched stays as it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree
from xml.parsers import expat
from xml.sax.saxutils import escape
from zipfile import ZipFile

from svcq_excel.form.identity import FORM_SHEET, REMARKS_SHEET
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.form.layout.remarks import COLUMNS, FIRST_ROW
from svcq_excel.rubric.model import Rubric
from svcq_excel.workbooks.workbook import Value
from svcq_excel.workbooks.zip_parts import packed
from tests.form.filling import Filling

Place = tuple[str, int, int]
"""Sheet, row and column, counted from 0."""

_FARTHEST = 300


@dataclass(frozen=True)
class OdsCell:
    """A cell's element: its attributes, and where it stands in content.xml."""

    attributes: Mapping[str, str]
    start: int
    end: int

    @property
    def style(self) -> str:
        return self.attributes.get("table:style-name", "")


def members(form: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(form)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def cells_of(content: bytes) -> dict[Place, OdsCell]:
    """Every cell with an element of its own or shared with its neighbours, covered ones too."""
    found: dict[Place, OdsCell] = {}
    parser = expat.ParserCreate()
    sheet, row, column, rows = "", 0, 0, 1
    opened: tuple[Mapping[str, str], int] = ({}, 0)

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal sheet, row, column, rows, opened
        if tag == "table:table":
            sheet, row = attributes["table:name"], 0
        elif tag == "table:table-row":
            column, rows = 0, int(attributes.get("table:number-rows-repeated", 1))
        elif tag.endswith("table-cell"):
            opened = attributes, parser.CurrentByteIndex

    def end(tag: str) -> None:
        nonlocal row, column
        if tag == "table:table-row":
            row += rows
        elif tag.endswith("table-cell"):
            attributes, began = opened
            done = parser.CurrentByteIndex
            if content.startswith(f"</{tag}".encode(), done):  # else it was an empty element
                done = content.index(b">", done) + 1
            columns = int(attributes.get("table:number-columns-repeated", 1))
            cell = OdsCell(attributes, began, done)
            if row < _FARTHEST:
                for at in range(column, min(column + columns, _FARTHEST)):
                    found[sheet, row, at] = cell
            column += columns

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(content, True)
    return found


def fill_ods(rubric: Rubric, filling: Filling, form: bytes) -> bytes:
    """A copy of the form, filled in."""
    parts = members(form)
    content = parts["content.xml"]
    cells, typed = cells_of(content), dict(_typed(rubric, filling))
    pieces, at = [], 0
    for place in sorted(typed, key=lambda place: cells[place].start):
        cell = cells[place]
        assert "table:number-columns-repeated" not in cell.attributes
        pieces += [content[at : cell.start], _filled(cell, *typed[place]).encode()]
        at = cell.end
    return packed({**parts, "content.xml": b"".join([*pieces, content[at:]])})


def _typed(rubric: Rubric, filling: Filling) -> Iterator[tuple[Place, tuple[Value, bool]]]:
    for key, value in filling.entries.items():
        box = lay_out(rubric).entries[key]
        yield (FORM_SHEET, box.row, box.column), (value, key in filling.percents)
    items = [item.id for item in rubric.items]
    keys = [column.key for column in COLUMNS]
    for (item, remark), text in filling.remarks.items():
        yield (REMARKS_SHEET, FIRST_ROW + items.index(item), keys.index(remark)), (text, False)


def _filled(cell: OdsCell, value: Value, percent: bool) -> str:
    kind = "string" if isinstance(value, str) else "percentage" if percent else "float"
    attributes = {**cell.attributes, "office:value-type": kind}
    if kind != "string":
        attributes["office:value"] = str(value)
    said = " ".join(f'{name}="{escape(text)}"' for name, text in attributes.items())
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f"<table:table-cell {said}>{lines}</table:table-cell>"


def locked_styles(content: bytes) -> dict[str, bool]:
    """Of each cell style of a form's own, whether it locks the cell."""
    root = ElementTree.fromstring(content)
    space = {p: f"urn:oasis:names:tc:opendocument:xmlns:{p}:1.0" for p in ("style", "table")}
    protect = "{" + space["style"] + "}cell-protect"
    return {
        style.get("{" + space["style"] + "}name", ""): each.get(protect) == "protected"
        for style in root.iterfind(".//style:style", space)
        for each in style.iterfind("style:table-cell-properties", space)
    }
