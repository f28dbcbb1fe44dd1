"""The workbooks of the units' sheets: for the office one with all of them and a list that leads to
each, for a unit its own alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from xlsxwriter.utility import quote_sheetname

from svcq_excel.results.accounts.account import HEADS, LOOKS, account_rows, account_widths
from svcq_excel.results.awaiting import status_word, tones_with
from svcq_excel.results.model import Outcome, UnitResult
from svcq_excel.results.page.binding import bound
from svcq_excel.results.page.excel import ExcelBook
from svcq_excel.results.page.listing import ListColumn, filtered
from svcq_excel.results.page.listing import widths as widths_of
from svcq_excel.results.page.paging import pages_of
from svcq_excel.results.page.printing import PrintSetUp
from svcq_excel.results.page.sheet import Content, Link, Sheet
from svcq_excel.results.page.streaming import StreamedSheet
from svcq_excel.results.page.styles import STATUS_TONES
from svcq_excel.results.wording import heading, name_with_code, total_head

_CONTENTS, _OPEN = "目次", "查看"


def write_accounts(outcome: Outcome, codes: Sequence[str]) -> bytes:
    """The workbook of these units: a list of them, then a sheet each."""

    def fill(book: ExcelBook) -> list[StreamedSheet]:
        sheet = Sheet(book, _CONTENTS, widths_of(_columns(outcome)))
        sheets = [_account(book, outcome, code) for code in codes]
        _contents(sheet, outcome, {c: s.name for c, s in zip(codes, sheets, strict=True)})
        return sheets

    return bound(heading(outcome, "各單位成績說明"), outcome.rubric, fill)


def write_account(outcome: Outcome, code: str, placed: bool = True) -> bytes:
    """One unit's own workbook: nothing of any other unit is in it, and its place among them only
    where it is to be told."""
    title = heading(outcome, "成績說明")
    return bound(title, outcome.rubric, lambda book: [_account(book, outcome, code, placed)])


def _account(book: ExcelBook, outcome: Outcome, code: str, placed: bool = True) -> StreamedSheet:
    results = outcome.of_unit[code]
    grid = book.sheet(name_with_code(results[0].unit))
    widths = account_widths(outcome.rubric)
    set_up = PrintSetUp(pages_of(widths, 0), len(widths) - 1, None, HEADS, zoom=90)
    rows = partial(account_rows, outcome, results, placed)
    return StreamedSheet(grid, widths, LOOKS, rows, set_up)


def _columns(outcome: Outcome) -> tuple[ListColumn, ...]:
    scored = not outcome.rubric.is_checklist
    return (
        ListColumn("編號", 60, "centred"),
        ListColumn("受考核單位名稱", 260),
        ListColumn(_OPEN, 60, "link"),
        *([ListColumn("組別", 90, "centred")] if _grouped(outcome) else []),
        ListColumn("類別", 80, "centred"),
        ListColumn("情形", 90, "centred", tones_with(STATUS_TONES, outcome.units)),
        *([ListColumn(total_head(outcome.rubric), 90, "total")] if scored else []),
        *([ListColumn("等第", 60, "grade")] if outcome.rubric.grades else []),
        *([ListColumn("名次", 60, "total")] if scored else []),
    )


def _grouped(outcome: Outcome) -> bool:
    return any(result.unit.group for result in outcome.units)


def _contents(sheet: Sheet, outcome: Outcome, names: dict[str, str]) -> None:
    """A line a unit and kind, which opens the unit's sheet."""
    sheet.title(heading(outcome, "各單位成績說明"))
    rows = (row for code, name in names.items() for row in _lines(outcome, code, name))
    filtered(sheet, _columns(outcome), rows)


def _lines(outcome: Outcome, code: str, name: str) -> Iterator[Sequence[Content]]:
    for result in outcome.of_unit[code]:
        link = Link(_OPEN, f"internal:{quote_sheetname(name)}!A1")
        yield list(_line(outcome, result, link))


def _line(outcome: Outcome, result: UnitResult, link: Link) -> Iterator[Content]:
    yield from (result.unit.code, result.unit.name, link)
    if _grouped(outcome):
        yield result.unit.group
    yield from (outcome.rubric.kind_word(result.kind), status_word(result))
    if not outcome.rubric.is_checklist:
        yield result.total
    if outcome.rubric.grades:
        yield result.grade
    if not outcome.rubric.is_checklist:
        yield result.rank
