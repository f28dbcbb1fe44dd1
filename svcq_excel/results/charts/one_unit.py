"""單位與同組: one unit's items beside the mean of its group; the unit is chosen from a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import count

from xlsxwriter.utility import quote_sheetname, xl_range_abs, xl_rowcol_to_cell

from svcq_excel.results.charts.drawn import MOST_UNITS
from svcq_excel.results.charts.fitting import cut
from svcq_excel.results.charts.framing import framed
from svcq_excel.results.charts.native import native
from svcq_excel.results.charts.of_items import against_group
from svcq_excel.results.charts.parting import accepted, kind_of
from svcq_excel.results.charts.sheets import DRAWN_OVER, draw
from svcq_excel.results.charts.tables import ChartCells
from svcq_excel.results.model import Outcome, UnitResult
from svcq_excel.results.page.excel import ExcelBook
from svcq_excel.results.page.formulas import apart
from svcq_excel.results.page.sheet import Formula, Sheet, SheetCell
from svcq_excel.results.page.streaming import StreamedSheet
from svcq_excel.results.wording import head_with_cap, heading, name_with_code
from svcq_excel.rubric.model import Node, Rubric, number

_NAME, _FIGURE, _LABEL = 400, 108, 290
_CHOSEN, _PEERS, _CHOICE = "$B$3", "$B$4", (2, 1, 2, 1)
_OWN, _OWN_RATE, _MEAN, _MEAN_RATE, _APART, _LABELS = range(2, 8)
_ABOVE, _BETWEEN = 3, 3
"""Rows above the items and between the chart and the list, titles left aside."""
_SCORES = 2
"""The first column of scores in the list."""
_TOGETHER = 2
"""Rows of the list that its heads are not parted from."""
_LONGEST_EMS = 44.0
_SAID = "請點選「受考核單位」右方的儲存格，由清單選擇單位，下表及圖即隨之更新。"
_CHOOSING = {
    "input_title": "受考核單位",
    "input_message": "請由清單選擇。",
    "error_title": "不是清單中的單位",
    "error_message": "請由清單選擇受考核單位。",
}


@dataclass(frozen=True, slots=True)
class _Listed:
    """A result among which one is chosen; with its peers it is compared, itself among them."""

    name: str
    peers: str
    result: UnitResult

    def score(self, item: Node | None) -> Fraction:
        """Of an item, or the total."""
        return self.result.items[item.id] if item else self.result.total or Fraction(0)


class _Rows:
    """The list as formulas see it; nobody's name is taken for a pattern."""

    def __init__(self, first: int, listed: Sequence[_Listed]) -> None:
        self._first, self._last = first, first + len(listed) - 1
        self._listed = listed
        self._is_chosen = f"({self.of(0)}={_CHOSEN})"
        self._are_peers = f"({self.of(1)}={_PEERS})"

    def of(self, column: int) -> str:
        return str(xl_range_abs(self._first, column, self._last, column))

    def peers(self) -> Formula:
        at = f"SUMPRODUCT({self._is_chosen}*(ROW({self.of(0)})-{self._first}))"
        return Formula(f'=IF({at}=0,"",INDEX({self.of(1)},{at}))', self._listed[0].peers)

    def own(self, column: int, item: Node | None) -> Formula:
        summed = f"=SUMPRODUCT({self._is_chosen}*{self.of(column)})"
        return Formula(summed, self._listed[0].score(item))

    def mean(self, column: int, item: Node | None) -> Formula:
        peers = [each for each in self._listed if each.peers == self._listed[0].peers]
        value = sum((each.score(item) for each in peers), Fraction(0)) / len(peers)
        summed, counted = f"{self._are_peers}*{self.of(column)}", f"{self._are_peers}*1"
        return Formula(f"=IFERROR(SUMPRODUCT({summed})/SUMPRODUCT({counted}),0)", value)


def can_compare(outcome: Outcome) -> bool:
    """Whether a unit has others to be compared with, and can be found in a list."""
    if len(outcome.unit_names) > MOST_UNITS:
        return False
    results = (result for kind in outcome.kinds for result in accepted(outcome, kind))
    peers = Counter((result.kind, result.unit.group) for result in results)
    return any(units > 1 for units in peers.values())


def write_one_unit(book: ExcelBook, name: str, outcome: Outcome) -> Iterable[StreamedSheet]:
    """Adds the sheet: choice, comparison and chart, all formulas over the list below them."""
    rubric, listed = outcome.rubric, list(_listed(outcome))
    columns = max(_LABELS + 1, _SCORES + len(rubric.items) + 1)
    widths = [_NAME, *[_FIGURE] * (columns - 1)]
    widths[_LABELS] = _LABEL
    sheet = Sheet(book, name, widths)
    sheet.row([SheetCell(heading(outcome, "各單位與同組平均"), "title", columns)], 28)
    sheet.row([SheetCell(_SAID, "line", columns)])
    first = sheet.next_row + _ABOVE + len(rubric.items) + 1 + DRAWN_OVER + _BETWEEN
    rows = _Rows(first, listed)
    _choice(book, sheet, rows, listed[0])
    _comparison(book, sheet, outcome, rows, listed[0])
    sheet.gap(10)
    _list(sheet, rubric, listed)
    sheet.finish((0, 0), zoom=90)
    return ()


def _choice(book: ExcelBook, sheet: Sheet, rows: _Rows, chosen: _Listed) -> None:
    worksheet = book.workbook.worksheets()[-1]
    # Its own sheet is named: LibreOffice reads sheets side by side and takes another one for it.
    source = f"={quote_sheetname(worksheet.get_name())}!{rows.of(0)}"
    worksheet.data_validation(*_CHOICE, {"validate": "list", "source": source, **_CHOOSING})
    sheet.row([SheetCell("受考核單位", "head"), SheetCell(chosen.name, "choice", _APART)], 26)
    sheet.row([SheetCell("比較對象", "head"), SheetCell(rows.peers(), "text", _APART)])


def _comparison(
    book: ExcelBook, sheet: Sheet, outcome: Outcome, rows: _Rows, chosen: _Listed
) -> None:
    worksheet, rubric = book.workbook.worksheets()[-1], outcome.rubric
    chart = against_group(outcome, chosen.result)
    frame = framed(chart)
    heads = (
        *(rubric.item_level, "配分", "得分"),
        Formula(f'={_CHOSEN}&"得分率"', f"{chosen.name}得分率"),
        "平均",
        Formula(f'={_PEERS}&"平均得分率"', f"{chosen.peers}平均得分率"),
        *("較平均", "圖上標示"),
    )
    sheet.row([SheetCell(content, "head") for content in heads])
    first = sheet.next_row
    for at, item in enumerate(rubric.items):
        compared = list(_compared(rubric, rows, _SCORES + at, item, sheet.next_row))
        sheet.row([*compared, SheetCell(frame.labels[at], "small_centred")])
    last = sheet.next_row - 1
    column = _SCORES + len(rubric.items)
    sheet.row(list(_compared(rubric, rows, column, None, sheet.next_row)))
    cells = ChartCells(worksheet.get_name(), first, last, _LABELS, (_OWN_RATE, _MEAN_RATE))
    shown = replace(chart, title=f"單位與同組平均：各{rubric.item_level}得分率")
    drawn = native(book.workbook, shown, frame, cells)
    alternative = f"{shown.title}，隨所選單位更新，數字見上表。開啟時：{chart.alternative}"
    draw(sheet, worksheet, drawn, frame, alternative)


def _compared(
    rubric: Rubric, rows: _Rows, column: int, item: Node | None, row: int
) -> Iterator[SheetCell]:
    cap = item.cap if item else rubric.full_total
    own, mean = rows.own(column, item), rows.mean(column, item)
    full, mine, theirs = (xl_rowcol_to_cell(row, at) for at in (1, _OWN, _MEAN))
    yield SheetCell(item.name if item else "總分", "text")
    yield SheetCell(cap, "figure")
    for cell, formula in ((mine, own), (theirs, mean)):
        yield SheetCell(formula, "score")
        yield SheetCell(Formula(f"={cell}/{full}", _figure(formula) / Fraction(cap)), "rate")
    yield SheetCell(apart(mine, theirs, _figure(own) - _figure(mean)), "difference")


def _figure(formula: Formula) -> Fraction:
    assert not isinstance(formula.value, str)
    return Fraction(formula.value)


def _list(sheet: Sheet, rubric: Rubric, listed: Sequence[_Listed]) -> None:
    sheet.across("各單位得分", "sub_bar")
    names = map(head_with_cap, rubric.items)
    heads = ("受考核單位", "比較對象", *names, f"總分\n{number(rubric.full_total)}分")
    sheet.row([SheetCell(text, "head") for text in heads])
    for at, each in enumerate(listed):
        if at < _TOGETHER:
            sheet.tie()
        scores = (SheetCell(each.score(item), "score") for item in (*rubric.items, None))
        sheet.row([SheetCell(each.name, "text"), SheetCell(each.peers, "centred"), *scores])


def _listed(outcome: Outcome) -> Iterator[_Listed]:
    """Every result there is, by a name that no other one has."""
    taken: set[str] = set()
    for kind in outcome.kinds:
        for result in accepted(outcome, kind):
            called = cut(name_with_code(result.unit), _LONGEST_EMS) + kind_of(outcome, kind)
            names = (f"{called}{'' if at == 1 else at}" for at in count(1))
            name = next(name for name in names if name.casefold() not in taken)
            taken.add(name.casefold())
            peers = f"{result.unit.group or '各單位'}{kind_of(outcome, kind)}"
            yield _Listed(name, peers, result)
