"""The workbooks of results: the statistics workbook, and the report of a check alone."""

from __future__ import annotations

from collections.abc import Sequence

from svcq_excel.results.contents import fill
from svcq_excel.results.entries.came_in import CAME_IN, LOCKINGS, SOURCES, SUMMARY
from svcq_excel.results.entries.checklist import CHECKLIST
from svcq_excel.results.entries.compared import COMPARED, COMPARED_CHECKLISTS
from svcq_excel.results.entries.entry import Entry, in_order
from svcq_excel.results.entries.scored import SCORED
from svcq_excel.results.model import Outcome
from svcq_excel.results.page.binding import bound
from svcq_excel.results.page.excel import ExcelBook
from svcq_excel.results.page.sheet import Book, Sheets
from svcq_excel.results.page.streaming import StreamedSheet

_SCORED, _STEPS = (*SCORED, *COMPARED), (*CHECKLIST, *COMPARED_CHECKLISTS)
_OF_ALL = (*CAME_IN, SOURCES, LOCKINGS)
EVERY = (*_SCORED, *_STEPS, *_OF_ALL)
"""The sheets that the statistics workbook of an assessment may have."""


def statistics_sheets(outcome: Outcome) -> Sequence[Entry]:
    """The sheets of the statistics workbook, in their order."""
    made = _STEPS if outcome.rubric.is_checklist else _SCORED
    return in_order((*made, *_OF_ALL), outcome)


def write_statistics(outcome: Outcome) -> bytes:
    """The statistics workbook's bytes (.xlsx); an equal outcome gives equal bytes."""
    title, sheets = outcome.rubric.title_of_table(outcome.kinds[0]), statistics_sheets(outcome)
    return bound(title, outcome.rubric, lambda book: fill(book, outcome, sheets))


def write_printed(outcome: Outcome) -> bytes:
    """The sheets that are printed and signed, and no others (.xlsx)."""
    title, add = printed_sheets(outcome)

    def fill_printed(book: ExcelBook) -> Sequence[StreamedSheet]:
        add(book)
        return ()

    return bound(title, outcome.rubric, fill_printed)


def printed_sheets(outcome: Outcome) -> Sheets:
    """The same for whatever they are written to."""

    def add(book: Book) -> None:
        for entry in statistics_sheets(outcome):
            if entry.is_signed and entry.write:
                entry.write(book, entry.name, outcome)

    return outcome.rubric.title_of_table(outcome.kinds[0]), add


def write_report(outcome: Outcome) -> bytes:
    """The report of a check alone: what to do about each unit, what is wrong, who handed in."""
    title = f"{outcome.rubric.title}檢核結果"
    sheets = in_order((SUMMARY, *CAME_IN, LOCKINGS), outcome)
    return bound(title, outcome.rubric, lambda book: fill(book, outcome, sheets))
