"""The sheets 比較…: this round beside earlier ones, where the results of such are known."""

from __future__ import annotations

from collections.abc import Callable

from svcq_excel.results.comparison.checklists import write_once_overdue, write_progress
from svcq_excel.results.comparison.comparing import Comparison, comparison
from svcq_excel.results.comparison.item_means import write_item_means
from svcq_excel.results.comparison.items import write_items
from svcq_excel.results.comparison.lacking import lacking, write_lacking
from svcq_excel.results.comparison.totals import write_totals
from svcq_excel.results.comparison.trend import trend, write_trend
from svcq_excel.results.comparison.trend_charts import write_trend_charts
from svcq_excel.results.entries.entry import Entry, Section, Write, of_each_kind
from svcq_excel.results.model import Outcome
from svcq_excel.results.page.sheet import Book
from svcq_excel.rubric.model import Kind

SCORES, RATES = "得分", "完成率"
_WriteCompared = Callable[[Book, str, Outcome, Comparison], None]


def _each(write: _WriteCompared) -> Write:
    """A sheet a kind of assessment that the round before has, too."""

    def compared(book: Book, name: str, outcome: Outcome, kind: Kind) -> None:
        if found := comparison(outcome, kind, outcome.previous[-1]):
            write(book, name, outcome, found)

    return of_each_kind(compared)


def _items(book: Book, name: str, outcome: Outcome, compared: Comparison) -> None:
    """By unit, and from that on the whole."""
    first = write_items(book, name, outcome, compared)
    means = name.replace(RATES if outcome.rubric.is_checklist else SCORES, "平均", 1)
    write_item_means(book, means, outcome, compared, name, first)


def _trend(book: Book, name: str, outcome: Outcome, kind: Kind) -> None:
    if found := trend(outcome, kind):
        write_trend(book, name, outcome, kind, found)


def _has_previous(outcome: Outcome) -> bool:
    return bool(outcome.previous)


def _has_several(outcome: Outcome) -> bool:
    return len(outcome.previous) > 1


_LAST = (
    Entry(
        Section.DETAILS,
        "比較歷期",
        "各單位歷期的成績，及其走勢。",
        of_each_kind(_trend),
        _has_several,
    ),
    Entry(
        Section.DETAILS,
        "比較歷期圖",
        "歷期成績的走勢圖：平均、最高、最低，與各單位。",
        exists=_has_several,
        stream=write_trend_charts,
    ),
    Entry(
        Section.DETAILS,
        "比較說明",
        "前期沒有結果而未列比較的考核類別。",
        write_lacking,
        lambda outcome: bool(lacking(outcome)),
    ),
)
COMPARED = (
    Entry(
        Section.DETAILS,
        "比較總分名次",
        "各單位前後兩期的總分、等第、名次與增減，及新增、未列、更名的單位。",
        _each(write_totals),
        _has_previous,
    ),
    Entry(
        Section.DETAILS,
        f"比較各項{SCORES}",
        "前後兩期各考核項目的得分與增減，依單位列示，並列各項平均。",
        _each(_items),
        _has_previous,
    ),
    *_LAST,
)
COMPARED_CHECKLISTS = (
    Entry(
        Section.DETAILS,
        "比較完成率",
        "各單位前後兩期的完成率與增減，及前期逾期步驟的辦理結果。",
        _each(write_progress),
        _has_previous,
    ),
    Entry(
        Section.DETAILS,
        "比較前期逾期",
        "前期列為逾期的步驟，在本期的辦理狀態。",
        _each(write_once_overdue),
        _has_previous,
    ),
    Entry(
        Section.DETAILS,
        f"比較各要項{RATES}",
        "前後兩期各實施要項的完成率與增減，依單位列示，並列各要項平均。",
        _each(_items),
        _has_previous,
    ),
    *_LAST,
)
