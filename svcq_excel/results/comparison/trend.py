"""比較歷期: the totals of each unit over three rounds or more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from xlsxwriter.utility import xl_range

from svcq_excel.plan.kind_words import called
from svcq_excel.results.comparison.comparing import Side, comparison
from svcq_excel.results.comparison.wording import points
from svcq_excel.results.model import Outcome
from svcq_excel.results.page import formulas
from svcq_excel.results.page.printing import LINE_PX
from svcq_excel.results.page.sheet import Book, Sheet, SheetCell
from svcq_excel.results.wording import heading
from svcq_excel.rubric.model import Kind

_CODE, _UNIT, _ROUND = 56, 260, 116
FIRST_COLUMN, FIRST_ROW = 2, 3
"""Where the first figure stands."""


def _mean(figures: Sequence[Fraction]) -> Fraction:
    return sum(figures, Fraction(0)) / len(figures)


ENDS: tuple[tuple[str, str, Callable[[Sequence[Fraction]], Fraction]], ...] = (
    ("平均", "AVERAGE", _mean),
    ("最高", "MAX", max),
    ("最低", "MIN", min),
)
"""The rows below the units."""


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
    what: str
    """總分, 得分率 or 完成率."""

    @property
    def by_round(self) -> list[list[Fraction]]:
        """What figures there are in each round."""
        return [
            [figure for figure in each if figure is not None]
            for each in zip(*self.figures, strict=True)
        ]


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
        "完成率" if outcome.rubric.is_checklist else "總分" if alike else "得分率",
    )


def write_trend(book: Book, name: str, outcome: Outcome, kind: Kind, found: Trend) -> None:
    """Adds the sheet: a row a unit, a column a round."""
    rubric, rounds = outcome.rubric, len(found.rounds)
    each = max((LINE_PX - _CODE - _UNIT) // rounds, _ROUND)
    sheet = Sheet(book, name, [_CODE, _UNIT, *[each] * rounds], frozen_columns=FIRST_COLUMN)
    sheet.title(heading(outcome, f"{called(rubric, kind)}歷期{found.what}"))
    sheet.across(_said(found), "line")
    heads = ("編號", "受考核單位名稱", *found.rounds)
    head = sheet.row([SheetCell(text, "head") for text in heads], 24)
    assert head == FIRST_ROW - 1
    look, mean_look = ("total", "mean") if found.full else ("rate", "mean_rate")
    for (code, unit), figures in zip(found.units, found.figures, strict=True):
        cells = [SheetCell(each, look) for each in figures]
        sheet.row([SheetCell(code, "centred"), SheetCell(unit, "text"), *cells])
    last = sheet.next_row - 1
    foot = sheet.next_row
    for word, of, count in ENDS:
        cells = [SheetCell(f"{word}（有成績的單位）", "mean_label", FIRST_COLUMN)]
        for column, figures_of in enumerate(found.by_round, FIRST_COLUMN):
            there = xl_range(head + 1, column, last, column)
            value = count(figures_of) if figures_of else ""
            cells.append(SheetCell(formulas.of_numbers(of, there, value), mean_look))
        sheet.row(cells, 24)
    sheet.finish((head, head), foot=foot)


def _said(found: Trend) -> str:
    if found.full:
        return f"總分滿分{points(found.full)}分；空白者該期沒有成績。"
    if found.what == "完成率":
        return "各期完成率；空白者該期沒有成績。"
    return "※各期總分的滿分不同，以得分率（總分÷滿分）列示；空白者該期沒有成績。"
