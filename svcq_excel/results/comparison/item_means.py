"""比較各項平均: how each item has changed over the units that have it in both rounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from xlsxwriter.utility import xl_rowcol_to_cell

from svcq_excel.results.comparison.comparing import Column, Comparison
from svcq_excel.results.comparison.items import cells_of
from svcq_excel.results.comparison.wording import on_items, title
from svcq_excel.results.model import Outcome
from svcq_excel.results.page import formulas
from svcq_excel.results.page.sheet import Book, Content, Formula, Sheet, SheetCell
from svcq_excel.results.page.stacked_heads import HeadOver, stacked_heads

_NAME, _FIGURE, _COUNT = 300, 74, 60
_SIDES = ("前期", "本期", "增減")


def write_item_means(
    book: Book, name: str, outcome: Outcome, compared: Comparison, listed_on: str, first: int
) -> None:
    """Adds the sheet: a row an item that is in both rounds; its figures follow from those that the
    sheet `listed_on` lists from the row `first` on."""
    rates = compared.rubric.is_checklist
    heads = [HeadOver(compared.rubric.levels[0] if rates else "考核項目")]
    if not rates:
        heads += [HeadOver("配分", _SIDES[:2]), HeadOver("平均得分", _SIDES)]
    heads.append(HeadOver("平均完成率" if rates else "平均得分率", _SIDES))
    figures = sum(len(head.columns) for head in heads)
    heads.append(HeadOver("單位數", ("進步", "相同", "退步")))
    sheet = Sheet(book, name, [_NAME, *[_FIGURE] * figures, *[_COUNT] * 3], frozen_columns=1)
    sheet.title(title(outcome, compared, "各項平均"))
    for text in on_items(compared):
        sheet.across(text, "line")
    what = "完成率" if rates else "得分率"
    sheet.across(f"各項以兩期都有成績的單位計；{what}的增減為百分點。", "line")
    rows = stacked_heads(sheet, heads)
    for at, column in enumerate(compared.columns):
        if column.before is not None and column.now is not None:
            ranges = cells_of(listed_on, compared, first, at)
            sheet.row(list(_cells(compared, at, sheet.next_row, ranges)))
    sheet.finish(rows)


def _cells(compared: Comparison, at: int, row: int, ranges: Sequence[str]) -> Iterator[SheetCell]:
    column, both = compared.columns[at], compared.both(at)
    means = [_mean([pair[side] for pair in both]) for side in (0, 1)]
    live = [
        formulas.mean_where(ranges[2], ranges[side], [pair[side] for pair in both])
        for side in (0, 1)
    ]
    yield SheetCell(column.name, "text")
    if compared.rubric.is_checklist:
        yield from (SheetCell(each, "rate") for each in live)
        yield SheetCell(_less(row, 1, means), "rate_change")
    else:
        yield from _scores(column, row, live, means)
    changes = [column.change(*pair) or Fraction(0) for pair in both]
    for test, sign in ((">0", 1), ("=0", 0), ("<0", -1)):
        count = sum((each > 0) - (each < 0) == sign for each in changes)
        yield SheetCell(formulas.count_where(ranges[2], test, count), "figure")


def _scores(
    column: Column, row: int, live: Sequence[Formula], means: Sequence[Fraction | None]
) -> Iterator[SheetCell]:
    """Caps, points and shares of them."""
    caps = [column.before or Fraction(1), column.now or Fraction(1)]
    yield from (SheetCell(cap, "figure") for cap in caps)
    yield from (SheetCell(each, "score") for each in live)
    yield SheetCell(None if column.as_shares else _less(row, 3, means), "difference")
    shares = [
        mean / cap if mean is not None else None for mean, cap in zip(means, caps, strict=True)
    ]
    for side, share in enumerate(shares):
        mean, cap = (xl_rowcol_to_cell(row, start + side) for start in (3, 1))
        yield SheetCell(None if share is None else Formula(f"={mean}/{cap}", share), "rate")
    yield SheetCell(_less(row, 6, shares), "rate_change")


def _mean(values: Sequence[Fraction]) -> Fraction | None:
    return sum(values, Fraction(0)) / len(values) if values else None


def _less(row: int, first: int, means: Sequence[Fraction | None]) -> Content:
    """What two means that stand side by side from the column `first` on differ by."""
    before, now = means
    if before is None or now is None:
        return None
    cells = xl_rowcol_to_cell(row, first + 1), xl_rowcol_to_cell(row, first)
    return formulas.apart(*cells, now - before)
