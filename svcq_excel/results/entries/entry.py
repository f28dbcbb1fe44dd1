"""A sheet of a workbook of results, before it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from svcq_excel.palette import TABS
from svcq_excel.results.model import Outcome
from svcq_excel.results.page.excel import ExcelBook
from svcq_excel.results.page.sheet import Book
from svcq_excel.results.page.streaming import StreamedSheet
from svcq_excel.results.wording import beside
from svcq_excel.rubric.model import Kind


class Section(Enum):
    """What people need a sheet for; the order is that of the tabs."""

    RESULTS = "考核結果"
    DETAILS = "統計與明細"
    CHECKING = "檢核情形"
    UNITS = "各單位結果"
    INTERNAL = "內部作業"

    @property
    def look(self) -> str:
        return f"{self.name.lower()}_tab"

    @property
    def colour(self) -> str:
        return TABS[self.name.lower()]


Write = Callable[[Book, str, Outcome], None]
"""Adds a sheet of this name, or several."""
Stream = Callable[[ExcelBook, str, Outcome], Iterable[StreamedSheet]]
"""The same, of sheets so long that their rows are written last."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A sheet of the workbook, or all those of one sort: what it tells, and where it exists."""

    section: Section
    name: str
    tells: str
    write: Write | None = None
    exists: Callable[[Outcome], bool] = lambda outcome: True
    stream: Stream | None = None
    lists: bool = False
    """Of the results: whether it is as long as it happens to be, and nobody signs it."""

    @property
    def is_signed(self) -> bool:
        """Whether it is printed and signed as a result."""
        return self.section is Section.RESULTS and not self.lists


def in_order(entries: Iterable[Entry], outcome: Outcome) -> list[Entry]:
    """Those that exist, by section."""
    order = list(Section)
    found = (entry for entry in entries if entry.exists(outcome))
    return sorted(found, key=lambda entry: order.index(entry.section))


def of_each_kind(
    write: Callable[[Book, str, Outcome, Kind], None], kinds: slice = slice(None)
) -> Write:
    """A sheet a kind of assessment, or of some of them; the first one's goes without its name."""

    def sheets(book: Book, name: str, outcome: Outcome) -> None:
        for kind in outcome.kinds[kinds]:
            more = beside(outcome.rubric, kind, outcome.kinds[0])
            write(book, f"{name}{more}", outcome, kind)

    return sheets


def table_of_each_kind(
    name: str, tells: str, write: Callable[[Book, str, Outcome, Kind], None]
) -> tuple[Entry, Entry]:
    """The table of results: the first one's, which opens the workbook, and those of the others."""
    first, others = (of_each_kind(write, kinds) for kinds in (slice(1), slice(1, None)))
    return (
        Entry(Section.RESULTS, name, tells, first),
        Entry(Section.RESULTS, name, tells, others),
    )
