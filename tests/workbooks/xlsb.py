"""Writes small .xlsb workbooks, since no free program does: the records are those of [MS-XLSB]."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from struct import pack
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
from openpyxl.cell.cell import Cell as FilledCell
from openpyxl.cell.cell import MergedCell

Value = str | float | int | bool | None
AnyCell = FilledCell | MergedCell
ERRORS = {
    "#NULL!": 0,
    "#DIV/0!": 7,
    "#VALUE!": 15,
    "#REF!": 23,
    "#NAME?": 29,
    "#NUM!": 36,
    "#N/A": 42,
}

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OPEN_PACKAGE = "application/vnd.openxmlformats-package"
_TYPE = "application/vnd.ms-excel"


@dataclass(frozen=True)
class Cell:
    """What stands in a cell; an error value is a text such as #REF!, marked as an error."""

    value: Value = None
    formula: bool = False
    error: bool = False
    percent: bool = False


@dataclass(frozen=True)
class Sheet:
    """Rows from the first on; a value alone stands for a cell that holds only that."""

    name: str
    rows: Sequence[Sequence[Cell | Value]] = ()
    hidden_rows: frozenset[int] = frozenset()
    protected: bool = False
    hidden: bool = False
    kind: str = "worksheet"


def xlsb(sheets: Sequence[Sheet], extra: Mapping[str, str | bytes] | None = None) -> bytes:
    """A workbook of these sheets; `extra` are further parts of the file, by name."""
    types = [("xl/workbook.bin", f"{_TYPE}.sheet.binary.macroEnabled.main")]
    types.append(("xl/styles.bin", f"{_TYPE}.styles"))
    links = [
        (f"rId{i}", sheet.kind, f"worksheets/sheet{i}.bin") for i, sheet in enumerate(sheets, 1)
    ]
    types += [(f"xl/{target}", f"{_TYPE}.{kind}") for _, kind, target in links]
    links.append(("rId0", "styles", "styles.bin"))
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _content_types(types))
        archive.writestr("_rels/.rels", _relations([("rId1", "officeDocument", "xl/workbook.bin")]))
        archive.writestr("xl/_rels/workbook.bin.rels", _relations(links))
        archive.writestr("xl/workbook.bin", _workbook(sheets))
        archive.writestr("xl/styles.bin", _styles())
        for (_, _, target), sheet in zip(links, sheets, strict=False):
            archive.writestr(f"xl/{target}", _sheet(sheet))
        for name, part in (extra or {}).items():
            archive.writestr(name, part)
    return stream.getvalue()


def from_xlsx(data: bytes) -> bytes:
    """The values, formulas, percentages, hidden rows and properties of an .xlsx, as .xlsb."""
    book = openpyxl.load_workbook(BytesIO(data))
    values = openpyxl.load_workbook(BytesIO(data), data_only=True)
    sheets = [
        Sheet(
            sheet.title,
            [list(map(_copied, *rows)) for rows in zip(sheet, values[sheet.title], strict=True)],
            frozenset(i - 1 for i, row in sheet.row_dimensions.items() if row.hidden),
            sheet.protection.sheet,
            sheet.sheet_state != "visible",
        )
        for sheet in book.worksheets
    ]
    properties = "docProps/custom.xml"
    with ZipFile(BytesIO(data)) as archive:
        extra = {properties: archive.read(properties)} if properties in archive.namelist() else {}
    return xlsb(sheets, extra)


def _copied(cell: AnyCell, shown: AnyCell) -> Cell:
    value = shown.value
    return Cell(
        value if value is None or isinstance(value, str | float | int) else str(value),
        cell.data_type == "f",
        shown.data_type == "e",
        "%" in (cell.number_format or ""),
    )


def record(kind: int, body: bytes = b"") -> bytes:
    """A record: its kind and its length, seven bits a byte, then its content."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = len(body), b""
    while size > 0x7F:
        length += bytes([size & 0x7F | 0x80])
        size >>= 7
    return head + length + bytes([size]) + body


def _text(text: str) -> bytes:
    raw = text.encode("utf-16-le")
    return pack("<I", len(raw) // 2) + raw


def _workbook(sheets: Sequence[Sheet]) -> bytes:
    listed = b"".join(
        record(156, pack("<II", 2 if sheet.hidden else 0, i) + _text(f"rId{i}") + _text(sheet.name))
        for i, sheet in enumerate(sheets, 1)
    )
    return record(131) + record(143) + listed + record(144) + record(132)


def _styles() -> bytes:
    """Two cell formats: a plain one, and one of the workbook's own that shows a percentage."""
    font = pack("<HHHHBBBB", 220, 0, 400, 0, 0, 2, 0, 0) + pack("<BBhBBBB", 1, 0, 0, 0, 0, 0, 255)
    font += b"\0" + _text("Calibri")
    fill = pack("<I", 0) + bytes(64)
    border = bytes(51)

    def format(id: int, parent: int) -> bytes:
        return record(47, pack("<HHHHHBBHH", parent, id, 0, 0, 0, 0, 0, 0x1000, 1 if id else 0))

    return b"".join(
        (
            record(278),
            record(615, pack("<I", 1)) + record(44, pack("<H", 164) + _text("0.0%")) + record(616),
            record(611, pack("<I", 1)) + record(43, font) + record(612),
            record(603, pack("<I", 2)) + record(45, fill) * 2 + record(604),
            record(613, pack("<I", 1)) + record(46, border) + record(614),
            record(626, pack("<I", 1)) + format(0, 0xFFFF) + record(627),
            record(617, pack("<I", 2)) + format(0, 0) + format(164, 0) + record(618),
            record(279),
        )
    )


def _sheet(sheet: Sheet) -> bytes:
    width = max((len(row) for row in sheet.rows), default=1)
    size = pack("<IIII", 0, max(len(sheet.rows) - 1, 0), 0, max(width - 1, 0))
    rows = b"".join(
        row_header(i, i in sheet.hidden_rows) + b"".join(map(_cell, range(len(row)), row))
        for i, row in enumerate(sheet.rows)
    )
    locked = record(535, pack("<H16I", 0, 1, *[1] * 15)) if sheet.protected else b""
    return record(129) + record(148, size) + record(145) + rows + record(146) + locked + record(130)


def row_header(row: int, hidden: bool = False) -> bytes:
    return record(0, pack("<IIHBBBI", row, 0, 300, 0, 0x10 if hidden else 0, 0, 0))


def _cell(column: int, content: Cell | Value) -> bytes:
    cell = content if isinstance(content, Cell) else Cell(content)
    at = pack("<II", column, int(cell.percent))
    match cell.value:
        case _ if cell.error:
            kind, value = 3, bytes([ERRORS[str(cell.value)]])
        case None if not cell.formula:
            return record(1, at)
        case bool():
            kind, value = 4, bytes([cell.value])
        case float() | int():
            kind, value = 5, pack("<d", cell.value)
        case _:
            kind, value = 6, _text(cell.value or "")
    if cell.formula:  # =1, whatever its result
        kind, value = {3: 11, 4: 10, 5: 9, 6: 8}[kind], value + pack("<HIBHI", 0, 3, 0x1E, 1, 0)
    return record(kind, at + value)


def _relations(links: Sequence[tuple[str, str, str]]) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="{id}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
            for id, kind, target in links
        )
        + "</Relationships>"
    )


def _content_types(types: Sequence[tuple[str, str]]) -> str:
    defaults = {"rels": f"{_OPEN_PACKAGE}.relationships+xml", "xml": "application/xml"}
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        + "".join(f'<Default Extension="{e}" ContentType="{t}"/>' for e, t in defaults.items())
        + "".join(f'<Override PartName="/{name}" ContentType="{type}"/>' for name, type in types)
        + "</Types>"
    )
