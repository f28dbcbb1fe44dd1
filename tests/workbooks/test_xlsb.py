"""The closer look into .xlsb reads its records, and stops at what is damaged or too far out."""

from __future__ import annotations

from io import BytesIO
from struct import pack
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from svcq_excel.workbooks.look import Look
from svcq_excel.workbooks.openxml.xlsb.records import records
from tests.workbooks.looking import custom_properties, look_closer, reaches_far
from tests.workbooks.xlsb import Cell, Sheet, Value, record, row_header, xlsb

SHEET = "評分表"
CELLS = (
    (Cell(2.0, formula=True), Cell("甲", formula=True), Cell(True, formula=True)),
    (Cell("#REF!", error=True), Cell("#DIV/0!", formula=True, error=True), "#N/A"),
    (Cell(0.95, percent=True), 0.95, Cell(percent=True)),
)
CUSTOM = (
    '<Properties xmlns:vt="urn:vt"><property name="svcq_unit"><vt:lpwstr>A01</vt:lpwstr></property>'
    "</Properties>"
)


def book(*rows: tuple[Cell | Value, ...], protected: bool = False) -> bytes:
    first = Sheet("填寫說明", [[Cell(1, formula=True)] * 9] * 9)
    return xlsb(
        [first, Sheet(SHEET, rows, frozenset({1}), protected)], {"docProps/custom.xml": CUSTOM}
    )


def look(*rows: tuple[Cell | Value, ...]) -> Look:
    return look_closer(book(*rows), "xlsb", SHEET)


def test_the_reader_gives_the_values_that_the_tests_wrote() -> None:
    sheet = CalamineWorkbook.from_filelike(BytesIO(book(*CELLS))).get_sheet_by_name(SHEET)
    assert sheet.to_python() == [[2.0, "甲", True], ["", "", "#N/A"], [0.95, 0.95, ""]]


def test_formulas_are_found_whatever_their_result() -> None:
    assert look(*CELLS).formulas() == {(0, 0), (0, 1), (0, 2), (1, 1)}


def test_error_values_are_found_with_a_formula_and_without() -> None:
    found = look(*CELLS)
    assert [found.error(1, column) for column in range(3)] == ["#REF!", "#DIV/0!", ""]


def test_percentages_are_told_by_the_number_format() -> None:
    found = look(*CELLS)
    assert [found.percent(2, column) for column in range(2)] == [True, False]


def test_hidden_rows_are_found() -> None:
    assert look(*CELLS).rows_hidden() == {1}


@pytest.mark.parametrize("protected", [True, False])
def test_protection_is_found(protected: bool) -> None:
    assert look_closer(book(protected=protected), "xlsb", SHEET).protected() is protected


def test_custom_properties_are_read() -> None:
    assert custom_properties(book(), "xlsb") == {"svcq_unit": "A01"}


def test_a_sheet_that_is_not_there_tells_nothing() -> None:
    assert not look_closer(book(*CELLS), "xlsb", "沒有這張").formulas()


def with_sheet(*after: bytes) -> bytes:
    """A workbook whose only sheet has these records in place of its rows."""
    whole = BytesIO()
    with (
        ZipFile(BytesIO(xlsb([Sheet(SHEET)]))) as source,
        ZipFile(whole, "w") as target,
    ):
        for name in source.namelist():
            part = b"".join((record(129), record(145), *after, record(146), record(130)))
            target.writestr(name, part if "sheet1" in name else source.read(name))
    return whole.getvalue()


def number(column: int) -> bytes:
    return record(5, pack("<IId", column, 0, 95))


@pytest.mark.parametrize(
    ("rows", "far"),
    [
        pytest.param((row_header(4_999), number(199)), False, id="the last of a form"),
        pytest.param((row_header(5_000), number(0)), True, id="a low value"),
        pytest.param((row_header(0), number(200)), True, id="a value far right"),
        pytest.param((row_header(1_048_575), record(1, pack("<II", 16_383, 0))), False, id="style"),
    ],
)
def test_only_values_reach_far(rows: tuple[bytes, ...], far: bool) -> None:
    assert reaches_far(with_sheet(*rows), "xlsb", SHEET) is far


@pytest.mark.parametrize("locked", [True, False])
@pytest.mark.parametrize(
    ("kind", "before"), [(535, pack("<H", 0xCAFE)), (678, pack("<I", 100_000))], ids=["old", "new"]
)
def test_a_password_alone_protects_nothing(kind: int, before: bytes, locked: bool) -> None:
    data = with_sheet(record(kind, before + pack("<II", locked, 1)))
    assert look_closer(data, "xlsb", SHEET).protected() is locked


@given(st.integers(0, 16_383), st.binary(max_size=300))
def test_a_record_is_read_as_it_was_written(kind: int, body: bytes) -> None:
    part = record(kind, body) + record(1, b"x")
    (found, start, end), after = list(records(part))
    assert (found, part[start:end], after[0]) == (kind, body, 1)


WHOLE = with_sheet(row_header(0, hidden=True), number(0), record(9, pack("<IId", 1, 1, 1.0)))


@given(at=st.integers(0, len(WHOLE)), junk=st.binary(max_size=8), cut=st.integers(0, 8))
def test_a_spoilt_file_raises_nothing(at: int, junk: bytes, cut: int) -> None:
    ask_everything(WHOLE[:at] + junk + WHOLE[at + cut :])


@given(st.lists(st.tuples(st.integers(0, 700), st.binary(max_size=12)), max_size=6))
def test_records_too_short_for_their_kind_raise_nothing(
    short: list[tuple[int, bytes]],
) -> None:
    ask_everything(with_sheet(*(record(kind, body) for kind, body in short)))


def ask_everything(data: bytes) -> None:
    found = look_closer(data, "xlsb", SHEET)
    assert isinstance(found.formulas(), frozenset)
    assert isinstance(found.error(0, 0), str)
    assert isinstance(found.percent(0, 1), bool)
    assert isinstance(found.rows_hidden(), frozenset)
    assert isinstance(found.protected(), bool)
    assert isinstance(custom_properties(data, "xlsb"), dict)
