"""An .ods is cut once; what other files had is known again, and only that."""

from __future__ import annotations

import pytest

from svcq_excel.workbooks.opendocument.content import Content
from svcq_excel.workbooks.opening import OpenedWorkbook, open_bytes
from svcq_excel.workbooks.workbook import Unreadable
from tests.workbooks.spoiling import ods

URN = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = " ".join(
    f'xmlns:{p}="{URN}:{name}:1.0"'
    for p, name in {
        **{name: name for name in ("office", "table", "text", "style", "fo")},
        **{"draw": "drawing", "svg": "svg-compatible"},
    }.items()
)
STYLES = (
    '<style:style style:name="ta1" style:family="table"><style:table-properties'
    ' table:display="true"/></style:style>'
    '<style:style style:name="ce1" style:family="table-cell"><style:text-properties'
    ' fo:color="#000000"/></style:style>'
    '<style:style style:name="ce2" style:family="table-cell"><style:text-properties'
    ' fo:color="#ffffff"/></style:style>'
)
CELL = (
    '<table:table-cell table:style-name="ce1" office:value-type="float" office:value="{}">'
    "<text:p>{}</text:p></table:table-cell>"
)
ROWS = "".join(f"<table:table-row>{CELL.format(n, n)}</table:table-row>" for n in range(1, 9))
SHEET = (
    '<table:table table:name="評分表" table:style-name="ta1">'
    f'<table:table-column table:default-cell-style-name="ce1"/>{ROWS}</table:table>'
    f'<table:table table:name="他表">{ROWS}</table:table>'
)
CONTENT = (
    f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES}>'
    f"<office:automatic-styles>{STYLES}</office:automatic-styles>"
    f"<office:body><office:spreadsheet>{SHEET}</office:spreadsheet></office:body>"
    "</office:document-content>"
)
SHAPE = '<draw:frame draw:name="圖" svg:width="9cm" svg:height="9cm" svg:x="0cm" svg:y="0cm"/>'


def opened(content: str) -> OpenedWorkbook | Unreadable:
    return open_bytes(ods("", {"content.xml": content}), ".ods")


def seen(content: str) -> list[object]:
    book = opened(content)
    assert isinstance(book, OpenedWorkbook)
    told: list[object] = [book.sheet_names, book.sheets_shown]
    for name in book.sheet_names:
        rows, look = book.rows(name), book.closer.sheet(name)
        cells = {(i, j): value for i, row in enumerate(rows) for j, value in enumerate(row)}
        told += [rows, look.formulas(), look.rows_hidden(), [*look.veils(cells)]]
    return told


CHANGES = {
    "a hidden row": ("<table:table-row>", '<table:table-row table:visibility="collapse">'),
    "a hidden column": ("<table:table-column", '<table:table-column table:visibility="collapse"'),
    "white ink": ('table:style-name="ce1" office', 'table:style-name="ce2" office'),
    "white ink of a style": ('fo:color="#000000"', 'fo:color="#ffffff"'),
    "a formula": ('office:value="5"', 'table:formula="of:=5" office:value="5"'),
    "a merge": ('office:value="3"', 'table:number-rows-spanned="2" office:value="3"'),
    "a shape in a cell": ("<text:p>4</text:p>", f"<text:p>4</text:p>{SHAPE}"),
    "a shape": ("<table:table-column", f"<table:shapes>{SHAPE}</table:shapes><table:table-column"),
    "a hidden sheet": ('table:display="true"', 'table:display="false"'),
    "another value": ('office:value="7"', 'office:value="70"'),
    "a row twice": ("<table:table-row>", '<table:table-row table:number-rows-repeated="2">'),
    "another sheet": ('table:name="他表"', 'table:name="改名"'),
}


@pytest.mark.parametrize("what", CHANGES)
def test_one_change_is_seen_though_all_else_is_known(what: str) -> None:
    before = seen(CONTENT)
    changed = CONTENT.replace(*CHANGES[what], 1)
    assert changed != CONTENT
    assert seen(changed) != before
    assert seen(CONTENT) == before


def test_a_column_that_is_told_of_after_rows_is_looked_at_too() -> None:
    late = ROWS.partition("</table:table-row>")[0] + "</table:table-row>"
    column = '<table:table-column table:visibility="collapse"/>'
    told = CONTENT.replace('<table:table-column table:default-cell-style-name="ce1"/>', "")
    assert "column" not in str(seen(told))
    assert "'column'" in str(seen(told.replace(late, late + column, 1)))


@pytest.mark.parametrize(
    "properties",
    [
        '<style:table-properties table:display="false"/>',
        '<style:paragraph-properties/><style:table-properties table:display="false"/>',
        '<style:table-properties style:writing-mode="lr-tb" table:display="false"/>',
    ],
)
def test_a_hidden_sheet_is_found_without_the_reader_that_gets_no_styles(properties: str) -> None:
    shown = '<style:table-properties table:display="true"/>'
    book = opened(CONTENT.replace(shown, properties))
    assert isinstance(book, OpenedWorkbook)
    assert book.sheets_shown == ["他表"]


def test_the_reader_of_values_is_given_no_styles() -> None:
    given = Content(CONTENT.encode(), b"table").values
    assert given.endswith(CONTENT[CONTENT.index("<table:table ") :].encode())
    assert b"style:style" not in given


@pytest.mark.parametrize("head", ["<a>", "</office:scripts>", "<a b=1/>", '<a b="<"/>', "&"])
def test_what_is_no_xml_before_the_sheets_the_reader_is_given_as_it_is(head: str) -> None:
    spoilt = CONTENT.replace("<office:automatic-styles>", f"{head}<office:automatic-styles>")
    assert Content(spoilt.encode(), b"table").values == spoilt.encode()
