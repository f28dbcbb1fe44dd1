"""A sheet of .xlsb tells by its rows what it tells on one way over all of it."""

from __future__ import annotations

from struct import pack

from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.workbooks.look import Seen
from svcq_excel.workbooks.openxml.xlsb.appearance import drawn_in, veils
from svcq_excel.workbooks.openxml.xlsb.records import DAMAGES, cut, records
from svcq_excel.workbooks.openxml.xlsb.rows import _told_in, drawn_by, rows_of, seen
from svcq_excel.workbooks.veils import Face, Veil
from tests.workbooks.xlsb import record, row_header

FACES = [Face(), Face(ink="FFFFFF"), Face(struck=True)]
CELLS = {(row, column): 95 for row in range(12) for column in range(4)}

_ROWS = st.builds(row_header, st.integers(0, 9), st.booleans())
_NUMBERS = st.builds(
    lambda kind, column, style, value: record(kind, pack("<IId", column, style, value)),
    st.sampled_from([5, 9, 2, 3, 11]),
    st.integers(0, 4) | st.just(200),
    st.integers(0, 2),
    st.sampled_from([95.0, -1.0]),
)
_NEXT = st.integers(0, 9).map(row_header)
"""The header of a row, where it is no record but part of a text."""
_TEXTS = st.builds(
    lambda column, inside: record(6, pack("<III", column, 0, len(inside) // 2) + inside),
    st.integers(0, 4),
    _NEXT,
)
_OTHERS = st.sampled_from(
    [
        record(535, pack("<H16I", 0, 1, *[1] * 15)),
        record(535, pack("<H16I", 0, 0, *[1] * 15)),
        record(176, pack("<4I", 1, 2, 0, 1)),
        record(60, pack("<IIIIH", 1, 2, 0, 0, 1)),
        record(137, pack("<H", 0)),
        record(146),
        record(145),
        record(9, b"x"),
        b"\x00",
    ]
)
_PARTS = st.lists(_ROWS | _NUMBERS | _TEXTS | _OTHERS, max_size=14).map(b"".join)
_IN_ORDER = st.lists(st.lists(_NUMBERS | _TEXTS, max_size=2).map(b"".join), max_size=10).map(
    lambda rows: b"".join(row_header(at) + cells for at, cells in enumerate(rows))
)
_SHEETS = st.builds(lambda *parts: record(129) + b"".join(parts), _PARTS, _IN_ORDER, _PARTS).map(
    lambda rows: rows.replace(row_header(0), record(145) + row_header(0), 1)
)


@given(_SHEETS)
def test_by_rows_as_on_one_way(sheet: bytes) -> None:
    rows, told = rows_of(sheet, 5_000)
    assert b"".join(rows) == b"".join(cut(sheet)) == sheet
    styles = frozenset({1})
    assert seen(told, styles) == seen([_told_in(sheet, 5_000)[0]], styles)
    try:
        known = list(veils(drawn_by(rows), FACES, CELLS))
    except DAMAGES:
        known = []
    try:
        whole = list(veils([drawn_in(sheet, records(sheet))], FACES, CELLS))
    except DAMAGES:
        whole = []
    assert known == whole


def test_a_sheet_in_order_is_cut_into_its_rows() -> None:
    head, cell = record(129) + record(145), record(5, pack("<IId", 0, 0, 95.0))
    rows = [row_header(at) + cell for at in (0, 1, 2, 7, 8)]
    end = record(146) + record(130)
    assert [*cut(head + b"".join(rows) + end)] == [head, *rows[:-1], rows[-1] + end]


def test_a_row_that_another_file_had_otherwise_is_looked_at_anew() -> None:
    def told(hidden: bool, style: int, kind: int) -> tuple[Seen, list[Veil]]:
        cell = record(kind, pack("<IIdHI", 0, style, 95.0, 0, 0))
        rows = [row_header(at, hidden and at == 1) + cell for at in range(3)]
        by_rows, each = rows_of(record(145) + b"".join(rows), 5_000)
        drawn = veils(drawn_by(by_rows), FACES, {(1, 0): 95})
        return seen(each, frozenset({1})), list(drawn)

    clean = told(False, 0, 5)
    assert not (clean[0].hidden or clean[0].percents or clean[0].formula_cells or clean[1])
    found, drawn = told(True, 1, 9)
    assert found.hidden == {1}
    assert found.percents == found.formula_cells == {(0, 0), (1, 0), (2, 0)}
    assert {veil.why for veil in drawn} == {"ink"}
    assert told(False, 0, 5) == clean
