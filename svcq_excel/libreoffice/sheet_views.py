"""What the screen shows of a form when it opens: heads that stay, the first entry, the front sheet.

LibreOffice converts without a window, and forgets what windows show: it is taken from the .xlsx.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZipFile

from xlsxwriter.utility import xl_cell_to_rowcol

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheet"
_VIEWS = re.compile(rb"<sheetViews>.*?</sheetViews>", re.DOTALL)

# In the words of LibreOffice, which wrote the only list of them there is.
_FROZEN = 2
_LOWER_LEFT, _LOWER_RIGHT = 2, 3  # the pane that has the cursor

_SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    "<office:document-settings"
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0"'
    ' xmlns:ooo="http://openoffice.org/2004/office" office:version="1.3">'
    '<office:settings><config:config-item-set config:name="ooo:view-settings">'
    '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
    '{view}<config:config-item-map-named config:name="Tables">{tables}'
    "</config:config-item-map-named></config:config-item-map-entry>"
    "</config:config-item-map-indexed></config:config-item-set></office:settings>"
    "</office:document-settings>"
)


@dataclass(frozen=True, slots=True)
class View:
    """How a sheet opens; rows and columns count from 0."""

    sheet: str
    in_front: bool
    grid: bool
    frozen_rows: int
    frozen_columns: int
    row: int
    """Where the cursor stands."""
    column: int


def views_of(workbook: bytes) -> tuple[View, ...]:
    """The views of an .xlsx as XlsxWriter writes it."""
    with ZipFile(BytesIO(workbook)) as archive:
        sheets = ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(_SHEET)
        return tuple(
            _view(sheet.get("name", ""), archive.read(f"xl/worksheets/sheet{number}.xml"))
            for number, sheet in enumerate(sheets, 1)
        )


def settings_of(views: Sequence[View]) -> bytes:
    """The member settings.xml of an .ods with these views."""
    front = next((view for view in views if view.in_front), views[0])
    view = [_item("ViewId", "string", "view1"), _item("ActiveTable", "string", front.sheet)]
    tables = [
        f"<config:config-item-map-entry config:name={quoteattr(view.sheet)}>"
        f"{''.join(_items(view))}</config:config-item-map-entry>"
        for view in views
    ]
    return _SETTINGS.format(view="".join(view), tables="".join(tables)).encode("utf-8")


def _view(name: str, sheet: bytes) -> View:
    found = _VIEWS.search(sheet)
    view = ElementTree.fromstring(found[0] if found else b"<v><v/></v>")[0]
    pane = {key: each.get(key) for each in view.iter("pane") for key in ("xSplit", "ySplit")}
    cells = [each.get("activeCell", "A1") for each in view.iter("selection")]
    row, column = xl_cell_to_rowcol(cells[-1] if cells else "A1")
    return View(
        sheet=name,
        in_front=view.get("tabSelected") == "1",
        grid=view.get("showGridLines") != "0",
        frozen_rows=int(pane.get("ySplit") or 0),
        frozen_columns=int(pane.get("xSplit") or 0),
        row=row,
        column=column,
    )


def _items(view: View) -> Iterator[str]:
    rows, columns = view.frozen_rows, view.frozen_columns
    yield _item("CursorPositionX", "int", view.column)
    yield _item("CursorPositionY", "int", view.row)
    yield _item("ActiveSplitRange", "short", _LOWER_RIGHT if columns else _LOWER_LEFT)
    yield _item("HorizontalSplitMode", "short", _FROZEN if columns else 0)
    yield _item("HorizontalSplitPosition", "int", columns)
    yield _item("VerticalSplitMode", "short", _FROZEN if rows else 0)
    yield _item("VerticalSplitPosition", "int", rows)
    yield _item("PositionLeft", "int", 0)
    yield _item("PositionRight", "int", columns)
    yield _item("PositionTop", "int", 0)
    yield _item("PositionBottom", "int", rows)
    yield _item("ShowGrid", "boolean", str(view.grid).lower())


def _item(name: str, kind: str, value: object) -> str:
    said = f'config:name="{name}" config:type="{kind}"'
    return f"<config:config-item {said}>{escape(str(value))}</config:config-item>"
