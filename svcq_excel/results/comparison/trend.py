"""比較歷期: the totals of each unit over three rounds or more."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from xlsxwriter.utility import xl_range

from svcq_excel.results.comparison.comparing import Side, comparison
from svcq_excel.results.comparison.wording import out_of
from svcq_excel.results.model import Outcome
from svcq_excel.results.page import formulas
from svcq_excel.results.page.sheet import Book, Sheet, SheetCell
from svcq_excel.results.wording import heading
from svcq_excel.rubric.model import Kind

_CODE, _UNIT, _ROUND = 56, 200, 116
_FIRST = 2


@dataclass(frozen=True, slots=True)
class Trend:
    """The figures of this round's units, round by round, the earliest first."""

    rounds: tuple[str, ...]
    full: Fraction | None
    """What totals are out of; None where they are shares of it."""
    units: tuple[tuple[str, str], ...]
    """Codes and names."""
    figures: tuple[tuple[Fraction | None, ...], ...]
    """A row a unit."""


def trend(outcome: Outcome, kind: Kind) -> Trend | None:
    """None where fewer than three rounds have this kind of assessment."""
    each = [found for earlier in outcome.previous if (found := comparison(outcome, kind, earlier))]
    if len(each) < 2:
        return None
    now = each[0].whole.now
    alike = {one.whole.before for one in each} == {now} and not outcome.rubric.is_checklist

    def figure(side: Side | None, full: Fraction | None) -> Fraction | None:
        total = side.total if side else None
        return total if alike or total is None or not full else total / full

    results = outcome.of_kind(kind)  # the lines of each begin with theirs
    return Trend(
        (*(one.before for one in each), each[0].now),
        now if alike else None,
        tuple((result.unit.code, result.unit.name) for result in results),
        tuple(
            (
                *(figure(one.lines[at].before, one.whole.before) for one in each),
                figure(each[0].lines[at].now, now),
            )
            for at in range(len(results))
        ),
    )


def write_trend(book: Book, name: str, outcome: Outcome, kind: Kind, found: Trend) -> None:
    """Adds the sheet: a row a unit, a column a round."""
    rubric = outcome.rubric
    sheet = Sheet(book, name, [_CODE, _UNIT, *[_ROUND] * len(found.rounds)])
    what = "完成率" if rubric.is_checklist else "總分" if found.full else "得分率"
    sheet.title(heading(outcome, f"{rubric.kind_word(kind)}考核歷期{what}"))
    if not found.full and not rubric.is_checklist:
        sheet.across("※各期總分的滿分不同，以得分率（總分÷滿分）列示。", "line")
    tops = [out_of(round, found.full) if found.full else round for round in found.rounds]
    head = sheet.row([SheetCell(text, "head") for text in ("編號", "受考核單位名稱", *tops)], 24)
    look, mean_look = ("total", "mean") if found.full else ("rate", "mean_rate")
    for (code, unit), figures in zip(found.units, found.figures, strict=True):
        cells = [SheetCell(each, look) for each in figures]
        sheet.row([SheetCell(code, "centred"), SheetCell(unit, "text"), *cells])
    last = sheet.next_row - 1
    means = []
    for column, each in enumerate(zip(*found.figures, strict=True), _FIRST):
        there = [figure for figure in each if figure is not None]
        cells = xl_range(head + 1, column, last, column)
        means.append(SheetCell(formulas.mean(cells, there), mean_look))
    sheet.row([SheetCell("平均（有成績的單位）", "mean_label", _FIRST), *means], 24)
    sheet.finish((head, head), _FIRST)
