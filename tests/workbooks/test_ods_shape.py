"""A cell of .ods has the value of its own type, and names mean one thing; or it is refused."""

from __future__ import annotations

import pytest

from svcq_excel.workbooks.opening import open_bytes
from svcq_excel.workbooks.workbook import Unreadable
from tests.workbooks.spoiling import ods

TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
NUMBER = 'office:value-type="float" office:value="85"'


def of(cell: str, before: str = "", text: str = "85") -> bytes:
    row = f"<table:table-row><table:table-cell {cell}><text:p>{text}</text:p></table:table-cell>"
    return ods(f'<table:table table:name="表">{before}{row}</table:table-row></table:table>')


AGREED = {
    NUMBER: 85,
    'office:value="85" office:value-type="float"': 85,
    'office:value-type="percentage" office:value="0.85"': 0.85,
    'office:value-type="string" calcext:value-type="string"': "85",
    'office:value-type="string" office:string-value="85"': "85",
    f'table:formula="of:=&quot;x:value=&quot;" {NUMBER}': 85,
    f"table:style-name='value' {NUMBER} table:number-columns-spanned='2'": 85,
}
DISAGREED = [
    'office:value-type="string" office:value="120"',
    'office:value="120"',
    'office:value-type="float" office:string-value="120"',
    f'{NUMBER} office:date-value="2016-01-01"',
    'office:value-type="date" office:date-value="2016-01-01" office:value="120"',
    'office:value-type="void" office:value="120"',
    f'{NUMBER} x:value="120" xmlns:x="{OFFICE}"',
]


@pytest.mark.parametrize(("cell", "value"), AGREED.items())
def test_the_value_of_its_type_is_read(cell: str, value: float | str) -> None:
    book = open_bytes(of(cell), ".ods")
    assert not isinstance(book, Unreadable), book
    assert book.rows("表") == [[value]]


@pytest.mark.parametrize("cell", DISAGREED)
def test_a_value_of_another_type_is_refused(cell: str) -> None:
    book = open_bytes(of(cell), ".ods")
    assert isinstance(book, Unreadable)
    assert book.reason == "two-documents"


def test_rows_under_another_name_of_the_same_kind_are_refused() -> None:
    row = f'<x:table-row xmlns:x="{TABLE}"><x:table-cell/></x:table-row>'
    book = open_bytes(of(NUMBER, row), ".ods")
    assert isinstance(book, Unreadable)
    assert book.reason == "two-documents"


@pytest.mark.parametrize("text", ["8<!-- x -->5", "<![CDATA[85]]>", "8<?x y?>5"])
def test_a_text_is_read_whatever_stands_within_it(text: str) -> None:
    book = open_bytes(of('office:value-type="string"', "<!--<table:table-row/>-->", text), ".ods")
    assert not isinstance(book, Unreadable)
    assert book.rows("表") == [["85"]]
