"""比較總分名次: total, grade and rank of each unit in this round and the one before."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from svcq_excel.results.comparison.comparing import Comparison, Line, Side
from svcq_excel.results.comparison.live import change_look, whole_change, whole_figure
from svcq_excel.results.comparison.wording import about, out_of, title
from svcq_excel.results.model import Outcome
from svcq_excel.results.page import formulas
from svcq_excel.results.page.sheet import Book, Content, Formula, Sheet, SheetCell
from svcq_excel.results.page.stacked_heads import HeadOver, stacked_heads

_CODE, _UNIT, _TOTAL, _GRADE, _RANK, _CHANGE, _GROUP, _NOTE = 52, 176, 78, 48, 84, 84, 64, 220
_FIRST = 2
_NOBODY = Side(None, "", ())


def write_totals(book: Book, name: str, outcome: Outcome, compared: Comparison) -> None:
    """Adds the sheet: a row a unit, those that are in the earlier round alone at the end."""
    more = _More.of(compared)
    per_side = [_TOTAL, *([_GRADE] if more.grades else []), _RANK]
    widths = [_CODE, _UNIT, *per_side, *per_side, _CHANGE, _CHANGE]
    sheet = Sheet(
        book, name, [*widths, *([_GROUP] if more.groups else []), _NOTE], frozen_columns=_FIRST
    )
    sheet.title(title(outcome, compared, "總分及名次"))
    for text in about(outcome, compared):
        sheet.across(text, "line")
    heads = stacked_heads(sheet, list(_heads(compared, more)))
    first = sheet.next_row
    for line in compared.lines:
        sheet.row(list(_cells(compared, line, sheet.next_row, more)))
    foot = sheet.row(list(_means(compared, first, sheet.next_row, more)), 24)
    sheet.finish(heads, foot=foot)


class _More(NamedTuple):
    """Which columns there are."""

    grades: bool
    groups: bool

    @classmethod
    def of(cls, compared: Comparison) -> _More:
        sides = [side for line in compared.lines for side in (line.before, line.now) if side]
        return cls(any(side.grade for side in sides), any(side.group for side in sides))

    @property
    def wide(self) -> int:
        """The columns of a round."""
        return 3 if self.grades else 2


def _grade(side: Side | None) -> str:
    return side.grade if side else ""


def _heads(compared: Comparison, more: _More) -> Iterator[HeadOver]:
    yield from (HeadOver("編號"), HeadOver("受考核單位名稱"))
    rest = (*(("等第",) if more.grades else ()), "名次")
    whole = compared.whole
    yield HeadOver(f"前期（{compared.before}）", (out_of("總分", whole.before), *rest))
    yield HeadOver(f"本期（{compared.now}）", (out_of("總分", whole.now), *rest))
    yield HeadOver("增減", ("得分率" if whole.as_shares else "總分", "名次"))
    if more.groups:
        yield HeadOver("組別")
    yield HeadOver("說明")


def _cells(compared: Comparison, line: Line, row: int, more: _More) -> Iterator[SheetCell]:
    yield SheetCell(line.code, "centred")
    yield SheetCell(line.name, "text")
    wide = more.wide
    for side in (line.before, line.now):
        yield whole_figure(compared, side)
        if more.grades:
            yield SheetCell(_grade(side), "grade")
        yield _rank(side)
    before, now = (xl_rowcol_to_cell(row, _FIRST + at) for at in (0, wide))
    yield whole_change(compared, line, before, now)
    ranks = [xl_rowcol_to_cell(row, _FIRST + at) for at in (wide - 1, 2 * wide - 1)]
    yield SheetCell(_moved(compared, line, ranks), "rank_change")
    if more.groups:
        yield SheetCell((line.now or line.before or _NOBODY).group, "centred")
    yield SheetCell(line.note, "small")


def _rank(side: Side | None) -> SheetCell:
    rank = side.rank if side else None
    return SheetCell(rank, "provisional_rank" if side and side.provisional and rank else "total")


def _moved(compared: Comparison, line: Line, ranks: list[str]) -> Content:
    moved = compared.rank_change(line)
    return None if moved is None else Formula(f"={ranks[0]}-{ranks[1]}", Fraction(moved))


def _means(compared: Comparison, first: int, row: int, more: _More) -> Iterator[SheetCell]:
    """Of the units that have a total in both rounds, so that like is compared with like."""
    wide, both = more.wide, [line for line in compared.lines if line.is_in_both]
    counted = xl_range(first, _FIRST + 2 * wide, row - 1, _FIRST + 2 * wide)
    yield SheetCell(f"兩期都有成績的 {len(both)} 個單位平均", "mean_label", _FIRST)
    for at, of in enumerate(("before", "now")):
        column = _FIRST + at * wide
        cells = xl_range(first, column, row - 1, column)
        totals = [side.total for line in both if (side := getattr(line, of))]
        yield SheetCell(formulas.mean_where(counted, cells, totals), "mean")
        yield SheetCell(None, "mean", wide - 1)
    look = "mean_difference" if change_look(compared.whole) == "difference" else "mean_rate_change"
    yield SheetCell(formulas.mean_where(counted, counted, compared.changes), look)
    yield SheetCell(None, "mean", 3 if more.groups else 2)
