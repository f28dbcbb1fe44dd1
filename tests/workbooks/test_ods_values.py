"""Rows of an .ods that other files had are not read again: their values are those of the reader."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from python_calamine import CalamineError, CalamineWorkbook

from svcq_excel.workbooks.opendocument.content import Content
from svcq_excel.workbooks.opendocument.known_values import thin
from svcq_excel.workbooks.opening import OpenedWorkbook, open_bytes
from tests.workbooks.spoiling import ods

_VALUES = [
    'office:value-type="float" office:value="{n}"',
    'office:value-type="percentage" office:value="0.{n}"',
    'office:value-type="date" office:date-value="2016-07-1{n}"',
    'office:value-type="boolean" office:boolean-value="true"',
    'office:value-type="string"',
    'office:value-type="string" office:string-value=""',
    'office:value-type="float"',
    'table:formula="of:=1" office:value-type="float" office:value="{n}"',
    'table:style-name="ce{n}"',
    "",
]
_REPEATS = st.sampled_from(["", "", "", ' table:number-columns-repeated="2"'])
_TEXTS = st.sampled_from(
    ["", "<text:p>甲</text:p>", "<text:p/>", "<text:p>a</text:p><text:p>b</text:p>"]
)
_CELLS = st.builds(
    lambda covered, value, n, repeat, text: (
        f"<table:{covered}table-cell {value.format(n=n)}{repeat}>{text}</table:{covered}table-cell>"
    ),
    st.sampled_from(["", "", "covered-"]),
    st.sampled_from(_VALUES),
    st.integers(1, 3),
    _REPEATS,
    _TEXTS,
)
_FAR = st.just('<table:table-cell table:number-columns-repeated="300"/>')
_ODD = st.sampled_from(
    ["<table:table-cell>", "</table:table-cell>", "<a b='>'/>", "<table:table/>"]
)
_ROWS = st.builds(
    lambda repeat, cells, around: around.format(
        f"<table:table-row{repeat}>{''.join(cells)}</table:table-row>"
    ),
    st.sampled_from(["", "", "", "", ' table:number-rows-repeated="3"', " a='1'"]),
    st.lists(st.one_of(*[_CELLS] * 20, _FAR, _ODD), max_size=3),
    st.sampled_from(
        ["{}", "{}", "{}", "{}", "<table:table-header-rows>{}</table:table-header-rows>"]
    ),
) | st.just("<table:table-row/>")
_TABLES = st.lists(st.lists(_ROWS, max_size=6).map("".join), min_size=1, max_size=3)


def content(tables: list[str]) -> str:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    sheets = "".join(
        f'<table:table table:name="{at}"><table:table-column/>{rows}</table:table>'
        for at, rows in enumerate(tables)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body>'
        f"<office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>"
    )


def values(data: bytes) -> object:
    """As the reader gives them of the file itself."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
    except CalamineError:
        return None
    sheets = (book.get_sheet_by_name(name) for name in book.sheet_names)
    return [(sheet.end, sheet.to_python(skip_empty_area=False)) for sheet in sheets]


@example(  # the last cell of a row is said to be a text, and has none
    [
        "<table:table-row>"
        '<table:table-cell office:value-type="float" office:value="1"/>'
        '<table:table-cell office:value-type="string"></table:table-cell>'
        "</table:table-row><table:table-row/>"
    ],
    [],
)
@given(_TABLES, st.lists(st.integers(0, 2), max_size=3))
def test_values_are_those_of_the_reader_whatever_was_read_before(
    tables: list[str], again: list[int]
) -> None:
    for each in ([tables[at] for at in again if at < len(tables)] or tables, tables, tables[::-1]):
        data = ods("", {"content.xml": content(each)})
        book = open_bytes(data, ".ods")
        if isinstance(book, OpenedWorkbook):
            sheets = [book._book.get_sheet_by_name(name) for name in book.sheet_names]
            ends = [book.closer.last(sheet.name, sheet.end) for sheet in sheets]
            rows = [book.rows(name) for name in book.sheet_names]
            if not book.too_large:
                assert [*zip(ends, rows, strict=True)] == values(data)


CELL = '<table:table-cell office:value-type="float" office:value="{}"/>'
ROW = f"<table:table-row>{CELL}</table:table-row>"
EMPTY = (
    '<table:table-row table:number-rows-repeated="1048574"><table:table-cell/></table:table-row>'
)


def test_a_row_that_was_read_is_not_read_again() -> None:
    rows = "".join(map(ROW.format, range(41, 46)))
    whole = content([rows + EMPTY])
    first = open_bytes(ods("", {"content.xml": whole}), ".ods")
    assert isinstance(first, OpenedWorkbook)
    assert first.rows("0") == [[each] for each in range(41, 46)]
    other = whole.replace('"43"', '"430"')
    left = thin(Content(other.encode(), b"table"))
    assert left is not None
    assert b'"430"' in left.spelled
    assert b'"41"' not in left.spelled
    second = open_bytes(ods("", {"content.xml": other}), ".ods")
    assert isinstance(second, OpenedWorkbook)
    assert second.rows("0") == [[41], [42], [430], [44], [45]]


@pytest.mark.parametrize(
    ("plain", "odd"),
    [
        ('encoding="UTF-8"', 'encoding="Big5"'),
        ('table:name="0"', 'table:name="&#48;"'),
        ('table:name="0"', 'x:name="1" table:name="0"'),
        ("<table:table-column/>", "<table:table-column>"),
        ("<office:body>", "<office:body><office:body>"),
        ("</table:table>", '</table:table><table:table table:name="0"></table:table>'),
    ],
)
def test_where_it_is_not_plain_that_rows_stand_for_themselves_all_are_read(
    plain: str, odd: str
) -> None:
    whole = content([ROW.format(7) + EMPTY])
    assert thin(Content(whole.encode(), b"table")) is not None
    assert thin(Content(whole.replace(plain, odd, 1).encode(), b"table")) is None
