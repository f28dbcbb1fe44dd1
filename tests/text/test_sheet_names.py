"""Every name of a sheet is one that Excel takes, whatever units and kinds are called."""

from __future__ import annotations

from io import BytesIO

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from svcq_excel.text.sheet_names import sheet_name

RARE = "𠮷"
NAMES = st.text(
    st.one_of(st.characters(), st.sampled_from(f"{RARE}堃[]:*?/\\'ABab \t\n\x00\ud800"))
)


def units(name: str) -> int:
    return len(name.encode("utf-16-le")) // 2


@given(st.lists(st.tuples(NAMES, NAMES), max_size=8))
def test_excel_takes_every_name_and_no_two_are_alike(wanted: list[tuple[str, str]]) -> None:
    taken: list[str] = []
    for name, tail in wanted:
        taken.append(sheet_name(name, taken, tail))
    assert len({name.casefold() for name in taken}) == len(wanted)
    for name in taken:
        assert 1 <= units(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert name[0] != "'" != name[-1]
        assert name.casefold() != "history"
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as book:  # it raises what Excel would complain about
        for name in taken:
            book.add_worksheet(name)
        book.add_worksheet("x" * 31 if not taken else None)
    assert load_workbook(stream).sheetnames[: len(taken)] == taken


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("A01 第一河川局", "A01 第一河川局"),
        (RARE + "字" * 31, RARE + "字" * 29),
        ("字" * 30 + RARE, "字" * 30),
        ("O'Neil''", "ONeil"),
        ("甲/乙", "甲乙"),
        ("", "工作表"),
        ("History", "History_2"),
    ],
)
def test_a_name_is_kept_as_far_as_it_goes(wanted: str, name: str) -> None:
    assert sheet_name(wanted, []) == name


def test_a_name_that_is_taken_gets_a_number_and_its_tail_stays_whole() -> None:
    long = "A01 " + "字" * 60
    first = sheet_name(long, [], "（自行）")
    second = sheet_name(long, [first.upper()], "（自行）")
    assert first == "A01 " + "字" * 23 + "（自行）"
    assert second == "A01 " + "字" * 21 + "（自行）_2"
