"""A bar stands with the row below it, wherever pages end; the last row is never alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from svcq_excel.checks.answers import Status
from svcq_excel.checks.submission import Submission
from svcq_excel.palette import BAR
from svcq_excel.plan.units import Unit
from svcq_excel.results.model import Outcome, UnitResult
from svcq_excel.results.page.breaking import breaks
from svcq_excel.results.scoring.totals import conclude
from svcq_excel.results.workbook import write_statistics
from svcq_excel.rubric.shipped import load
from tests.results.printed import points, repeated_rows, room
from tests.results.reading import opened
from tests.results.scoring.clause_cases import rubric

PAGE_PT = 500.0
LENGTHS = (2, 40, 7, 60, 12)


def units(count: int) -> list[Unit]:
    return [Unit(f"A{at}", "局" * LENGTHS[at % 5]) for at in range(count)]


def of_a_committee(count: int) -> Outcome:
    """Some units wait for forms, and notes say of whom."""
    forms = [
        Submission(unit.code, kind, who, {"X": Decimal(50 + at % 9), "Y": Decimal(33)})  # type: ignore[arg-type]
        for at, unit in enumerate(units(count))
        for kind, who in (("committee", "甲"), ("committee", "乙"), ("self", "self"))
        if (at + len(who)) % 4
    ]
    whole = rubric(
        scale={"to": 730}, reevaluation={"kind": "self", "grades": ["丙"], "becomes": "乙"}
    )
    return Outcome(whole, "105年度", conclude(whole, units(count), forms), ())


def of_steps(count: int) -> Outcome:
    """Every step of the checklist, answered by each unit at some length."""
    plan = load("kpw-102")
    results = [
        UnitResult(
            unit,
            "self",
            "accepted",
            steps={
                leaf.id: Status("辦理中", "已檢討" * (1 + at * i % 30), "")
                for i, leaf in enumerate(plan.leaves)
            },
        )
        for at, unit in enumerate(units(count))
    ]
    return Outcome(plan, "102年6月", tuple(results), ())


def ends(sheet: Worksheet) -> list[int]:
    """The last rows of the pages: where breaks are set and, between them, where paper ends."""
    (_, high), set_there = room(sheet), {b.id for b in sheet.row_breaks.brk}
    heads, found, used = points(sheet, *repeated_rows(sheet)), list[int](), 0.0
    for row in range(1, sheet.max_row + 1):
        height = sheet.row_dimensions[row].height or 0
        if used and (used + height > high or row - 1 in set_there):
            found.append(row - 1)
            used = heads  # they stand again
        used += height
    return found


def bars(sheet: Worksheet) -> set[int]:
    shade = f"FF{BAR}"
    return {row[0].row or 0 for row in sheet.iter_rows() if row[0].fill.fgColor.rgb == shade}


@pytest.mark.parametrize("count", [9, 15, 17, 30])
@pytest.mark.parametrize("made", [of_a_committee, of_steps])
def test_no_page_ends_with_a_bar(count: int, made: object) -> None:
    book, seen = opened(write_statistics(made(count))), 0  # type: ignore[operator]
    for sheet in book:
        seen += len(bars(sheet))
        assert not bars(sheet) & {*ends(sheet)}, sheet.title
    assert seen > 2


@given(
    rows=st.lists(st.tuples(st.floats(20, 400), st.booleans()), min_size=1, max_size=60),
    foot=st.integers(0, 5),
)
def test_what_belongs_together_is_on_one_page_where_it_finds_room(
    rows: list[tuple[float, bool]], foot: int
) -> None:
    heights = [28.0, 30.0, *(height for height, _ in rows)]
    tied = {at for at, (_, is_tied) in enumerate(rows, 2) if is_tied and at > 2}
    below = max(len(heights) - foot, 2)
    found = breaks(heights, (1, 1), below, PAGE_PT, tied)
    assert list(found) == sorted(set(found)) and all(row > 2 for row in found)
    for row in found:
        if row in tied:
            first = max(at for at in range(2, row) if at not in tied)
            assert sum(heights[first : row + 1]) > PAGE_PT - 30
