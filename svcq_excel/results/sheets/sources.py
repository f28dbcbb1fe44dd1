"""來源: every score that counts, with the file and the cell that it was read from and what was
decided on it. As long as there are forms times leaves: its rows are written one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from math import isfinite

from svcq_excel.checks.submission import Entered, Submission
from svcq_excel.results.awaiting import awaited, status_word
from svcq_excel.results.model import FileResult, Outcome, UnitResult
from svcq_excel.results.page.excel import MOST_LINKS, ExcelBook
from svcq_excel.results.page.links import OPEN, file_link
from svcq_excel.results.page.listing import BUTTON_PT, ListColumn, widths
from svcq_excel.results.page.paging import pages_of
from svcq_excel.results.page.printing import PrintSetUp
from svcq_excel.results.page.sheet import Content, SheetCell
from svcq_excel.results.page.streaming import Row, StreamedSheet
from svcq_excel.results.wording import heading, score_changes_of
from svcq_excel.rubric.exact import decimal
from svcq_excel.rubric.model import number
from svcq_excel.text.visible import visible
from svcq_excel.workbooks.workbook import Value

_COLUMNS = (
    ListColumn("編號", 50, "centred"),
    ListColumn("受考核單位名稱", 110),
    ListColumn("類別", 54, "centred"),
    ListColumn("考核人員", 72, "centred"),
    ListColumn("代號", 62, "centred"),
    ListColumn("細項", 140),
    ListColumn("表件所填", 64, "figure"),
    ListColumn("採計", 60, "figure"),
    ListColumn("調整", 150, "small"),
    ListColumn("檔案", 340, "small"),
    ListColumn(OPEN, 44, "link"),
    ListColumn("工作表", 56, "small_centred"),
    ListColumn("儲存格", 52, "centred"),
    ListColumn("檔案的 SHA-256", 410, "small"),
)
_LOOKS = ("title", "line", "filter_head", *(column.look for column in _COLUMNS))
_SAID = (
    "每一得分讀取自哪個檔案的哪一格；「表件所填」為該格的內容，"
    "「採計」為計入統計的得分，經核定調整者見「調整」。"
)
_SAID_OF_STEPS = "每一步驟的辦理情形讀取自哪個檔案的哪一格；「表件所填」為該格的內容。"
_HEAD, _NAMED = 2, 2
_MOST_ROWS = 1_000_000
"""A sheet has 1,048,576."""


def write_sources(book: ExcelBook, name: str, outcome: Outcome) -> Iterator[StreamedSheet]:
    """Adds the sheet; where the rows are more than one can have, further ones."""
    for part in _parts(outcome):
        grid = book.sheet(name)
        last = _HEAD + sum(map(_rows_of, part))
        grid.filter((_HEAD, 0, last, len(_COLUMNS) - 1))
        pages = pages_of(widths(_COLUMNS), _NAMED)
        set_up = PrintSetUp(pages, len(_COLUMNS) - 1, last, (_HEAD, _HEAD), _NAMED)
        rows = partial(_rows, outcome, part)
        yield StreamedSheet(grid, widths(_COLUMNS), _LOOKS, rows, set_up, alike=False)


def _parts(outcome: Outcome) -> Iterator[list[UnitResult]]:
    part, rows = list[UnitResult](), 0
    for result in outcome.units:
        more = _rows_of(result)
        if part and rows + more > _MOST_ROWS:
            yield part
            part, rows = [], 0
        part.append(result)
        rows += more
    yield part


def _rows_of(result: UnitResult) -> int:
    return sum(len(form.scores or form.statuses) for form in result.forms) + 1


def _rows(outcome: Outcome, results: Sequence[UnitResult]) -> Iterator[Row]:
    columns = len(_COLUMNS)
    steps = outcome.rubric.is_checklist
    title = heading(outcome, "辦理情形來源" if steps else "得分來源")
    yield Row([SheetCell(title, "title", columns)], 28)
    yield Row([SheetCell(_SAID_OF_STEPS if steps else _SAID, "line", columns)])
    yield Row([SheetCell(column.title, "filter_head") for column in _COLUMNS], 0, BUTTON_PT)
    each_linked = sum(map(_rows_of, results)) <= MOST_LINKS
    for result in results:
        for contents in _contents(outcome, result, each_linked):
            yield Row(
                [
                    content if isinstance(content, SheetCell) else SheetCell(content, column.look)
                    for content, column in zip(contents, _COLUMNS, strict=True)
                ]
            )


def _contents(
    outcome: Outcome, result: UnitResult, each_linked: bool
) -> Iterator[Sequence[Content | SheetCell]]:
    """The leaves of each form that counts, then what all of them come to."""
    unit, kind = result.unit, outcome.rubric.kind_word(result.kind)
    whose = (unit.code, unit.name, kind)
    for form in result.forms:
        file, linked = outcome.file_of(form), True
        who = form.called or form.assessor_name
        for id, said in _leaves(outcome, result, form):
            yield (*whose, visible(who), id, *said, *_place(file, form.entered.get(id), linked))
            linked = each_linked
    came: Content = status_word(result) if result.total is None else decimal(result.total)
    made = "；".join(filter(None, [awaited(result), *result.changes]))
    full = f"總分（滿分{number(outcome.rubric.full_total)}分）"
    what = "全部步驟" if outcome.rubric.is_checklist else full
    yield (*whose, None, None, what, None, came, made, *_NOWHERE)


_NOWHERE: tuple[Content, ...] = (None,) * 5


def _leaves(
    outcome: Outcome, result: UnitResult, form: Submission
) -> Iterator[tuple[str, Sequence[Content | SheetCell]]]:
    """By id: name, what was entered, what counts, and what was decided on it."""
    changed: dict[str, str] = {}
    told = score_changes_of(outcome.rubric, result)
    for change, sentence in zip(result.score_changes, told, strict=True):
        if not change.assessor or change.assessor == (form.called or form.assessor):
            earlier = changed.get(change.leaf)
            changed[change.leaf] = f"{earlier}；{sentence}" if earlier else sentence
    for leaf in outcome.rubric.leaves:
        counts: Content = form.scores.get(leaf.id)
        if leaf.id in form.statuses:
            counts = form.statuses[leaf.id].word
        if counts is not None:
            entered = form.entered.get(leaf.id)
            there = _shown(entered.value) if entered else None
            yield leaf.id, (leaf.name, there, counts, changed.get(leaf.id))


def _shown(value: Value) -> Content:
    """As it stands in the cell; what is no number as the text that it shows."""
    if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value):
        return Decimal(repr(value))
    return visible(str(value))


def _place(file: FileResult | None, entered: Entered | None, linked: bool) -> tuple[Content, ...]:
    if file is None:
        return _NOWHERE
    sheet, cell = (entered.sheet, entered.cell) if entered else (None, None)
    link = file_link(file, sheet, cell) if linked else None
    return visible(file.path), link, visible(sheet or ""), cell, file.sha256
