"""Which form a correction form answers: said in two places, and never believed blindly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.form.facts import FormFacts
from svcq_excel.form.identity import HIDDEN_SHEET, PROPERTY_PREFIX, CorrectionMark
from svcq_excel.form.reading.reader import read_form
from svcq_excel.form.writing.prefilled import Filled, Notice
from svcq_excel.form.writing.writer import render
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.shipped import load as load_rubric
from svcq_excel.workbooks.opening import OpenedWorkbook, open_bytes
from svcq_excel.workbooks.workbook import Value
from tests.form.filling import blank, identity, load, pairs
from tests.form.memory import Grid, InMemory, grids
from tests.receiving import content_of

MARK = CorrectionMark("5a" * 32, 2, "2016-07-31T23:59:59.999999+08:00")
KEYS = ("corrects", "correction", "correct_by")
RUBRIC = load_rubric("wra-105")


def correction(mark: CorrectionMark) -> bytes:
    notice = Notice("補正通知", "第一河川局", "", (), (), mark)
    return render(RUBRIC, identity(RUBRIC), RUBRIC.title_of_form("self"), Filled(notice=notice))


@pytest.fixture(scope="module")
def sheets() -> dict[str, Grid]:
    return grids(correction(MARK))


def told(facts: object) -> CorrectionMark:
    assert isinstance(facts, FormFacts)
    return CorrectionMark(facts.corrects, facts.correction, facts.correct_by)


def properties(mark: CorrectionMark = MARK) -> dict[str, str]:
    said = (*identity(RUBRIC).pairs(), *mark.pairs())
    return {PROPERTY_PREFIX + key: value for key, value in said}


def stamps(form: bytes) -> dict[str, str]:
    opened = open_bytes(form, ".xlsx")
    assert isinstance(opened, OpenedWorkbook)
    return opened.closer.properties()


def test_it_stands_in_the_hidden_sheet_and_in_the_properties() -> None:
    hidden, stamped = pairs(load(correction(MARK))[HIDDEN_SHEET]), stamps(correction(MARK))
    for key, value in MARK.pairs():
        assert hidden[key] == stamped[PROPERTY_PREFIX + key] == value


def test_a_notice_without_a_date_leaves_no_trace_of_one() -> None:
    hidden = pairs(load(correction(CorrectionMark("5a" * 32, 1)))[HIDDEN_SHEET])
    assert (hidden["corrects"], hidden["correction"]) == ("5a" * 32, "1")
    assert "correct_by" not in hidden


def test_a_blank_form_has_no_such_mark() -> None:
    assert not set(KEYS) & set(pairs(load(blank(RUBRIC))[HIDDEN_SHEET]))
    assert not {PROPERTY_PREFIX + key for key in KEYS} & set(stamps(blank(RUBRIC)))
    assert told(read_form(InMemory(grids(blank(RUBRIC))), RUBRIC)) == CorrectionMark()


def test_either_place_alone_says_it(sheets: dict[str, Grid]) -> None:
    assert told(read_form(InMemory(sheets), RUBRIC)) == MARK
    bare = {name: grid for name, grid in sheets.items() if name != HIDDEN_SHEET}
    assert told(read_form(InMemory(bare, properties()), RUBRIC)) == MARK
    assert told(read_form(InMemory(bare), RUBRIC)) == CorrectionMark()


def test_the_hidden_sheet_goes_before_the_properties(sheets: dict[str, Grid]) -> None:
    other = CorrectionMark("0" * 64, 7)
    assert told(read_form(InMemory(sheets, properties(other)), RUBRIC)) == MARK


@given(
    key=st.sampled_from(KEYS),
    value=st.one_of(
        st.text(max_size=200),
        st.integers(),
        st.floats(),
        st.datetimes(),
        st.sampled_from(["９", "٣", "0", "99999", "2016-07-31", "31.7.2016", "A" * 64, "𠮷" * 64]),
    ),
)
def test_whatever_stands_there_is_read_as_a_mark_or_as_none(key: str, value: Value) -> None:
    grid = [list[Value](pair) for pair in (*identity(RUBRIC).pairs(), *MARK.pairs())]
    for row in grid:
        row[1] = value if row[0] == key else row[1]
    form = {**_CORRECTION, HIDDEN_SHEET: grid}
    mark = told(read_form(InMemory(form), RUBRIC))
    assert mark == CorrectionMark() or (len(mark.corrects) == 64 and 1 <= mark.correction <= 9999)
    assert not mark.correct_by or datetime.fromisoformat(mark.correct_by).tzinfo


_CORRECTION = grids(correction(MARK))


@pytest.mark.office
@pytest.mark.parametrize("format", ["xlsx", "ods", "xls"])
def test_it_survives_an_office_program(
    rubric: Rubric,
    office: Callable[[Sequence[Path], str, Path], list[Path]],
    tmp_path: Path,
    format: str,
) -> None:
    made = tmp_path / "補正.xlsx"
    made.write_bytes(correction(MARK))
    (again,) = office([made], format, tmp_path / "again")
    assert told(content_of(again, rubric)) == MARK
