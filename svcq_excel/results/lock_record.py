"""定案紀錄: which results of the round were frozen before this one, when, and why it took their
place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from svcq_excel.lockings import Locking
from svcq_excel.results.model import Outcome
from svcq_excel.results.page.listing import ListColumn, heads, rows, widths
from svcq_excel.results.page.sheet import Book, Content, Sheet
from svcq_excel.results.wording import heading
from svcq_excel.text.roc_dates import roc_moment

_COLUMNS = (
    ListColumn("定案", 90, "centred"),
    ListColumn("定案時間", 120, "centred"),
    ListColumn("解除時間", 120, "centred"),
    ListColumn("解除理由", 300),
    ListColumn("取代者", 110, "centred"),
    ListColumn("封存檔", 210),
    ListColumn("封存檔的 SHA-256", 170, "small"),
)
_THIS_ONE = "本統計表"


def write_lockings(book: Book, name: str, outcome: Outcome) -> None:
    """Adds the sheet."""
    sheet = Sheet(book, name, widths(_COLUMNS))
    sheet.title(heading(outcome, "定案紀錄"))
    sheet.across("本統計表之前曾經定案的結果；封存檔可用 svcq verify 重新計算查核。", "line_right")
    head = heads(sheet, _COLUMNS)
    pairs = zip_longest(outcome.lockings, outcome.lockings[1:])
    rows(sheet, _COLUMNS, [list(_contents(each, after)) for each, after in pairs if each])
    sheet.finish((head, head))


def _contents(each: Locking, after: Locking | None) -> Iterator[Content]:
    yield each.called
    yield roc_moment(each.at)
    yield roc_moment(each.undone) if each.undone else None
    yield each.reason
    yield after.called if after else _THIS_ONE
    yield each.archive
    yield each.sha256
