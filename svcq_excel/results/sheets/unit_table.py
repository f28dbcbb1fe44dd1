"""考核結果彙整表: one unit's result on one sheet, part 一 its scores, part 二 what was written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from svcq_excel.form.layout import metrics
from svcq_excel.form.layout.remarks import REMARKS, item_labels
from svcq_excel.results.awaiting import forms_counted
from svcq_excel.results.model import Outcome, UnitResult
from svcq_excel.results.page.listing import ListColumn, heads, rows, widths
from svcq_excel.results.page.sheet import LEAST_PT, Book, Content, Sheet, SheetCell
from svcq_excel.results.page.styles import size_of
from svcq_excel.results.page.total_columns import explained, total_cells, total_heads
from svcq_excel.results.wording import name_with_code
from svcq_excel.rubric.model import Rubric, number
from svcq_excel.text.roc_dates import roc

_COLUMNS = (
    ListColumn("考核項目", 150, identifies=True),
    *(ListColumn(title, 100 if key == "remark" else 185) for key, title in REMARKS.items()),
)
_SCORES = "一、考核成績："
_REMARKS = "二、考核項目優點、缺點、建議改善事項及改善事項辦理情形："


def write_unit_tables(book: Book, outcome: Outcome) -> None:
    """Adds a sheet for each unit and kind whose form is accepted."""
    for result in outcome.units:
        if result.total is not None:
            kind = f"（{outcome.rubric.kind_word(result.kind)}）" if len(outcome.kinds) > 1 else ""
            _write(book, outcome.rubric, result, kind)


def _write(book: Book, rubric: Rubric, result: UnitResult, kind: str) -> None:
    sheet = Sheet(book, name_with_code(result.unit), widths(_COLUMNS), kind)
    sheet.title(rubric.title_of_unit_table(result.kind))
    when = f"　考核日期：{roc(result.assessed)}" if result.assessed else ""
    many = f"　評分表：{forms_counted(result)}份" if result.kind == "committee" else ""
    sheet.across(f"受考核單位：{result.unit.name}{when}{many}", "line_right")
    sheet.across(_SCORES, "line")
    _scores(sheet, rubric, result)
    sheet.across(_REMARKS, "line")
    head = heads(sheet, _COLUMNS)
    rows(sheet, _COLUMNS, _remarks(rubric, result))
    if result.comments:
        sheet.across(f"三、{rubric.comments or '評語'}：", "line")
        sheet.across(result.comments, "long_text")
    # The heads of part 二 stand in the middle of the sheet.
    sheet.finish((head, head), frozen=False, portrait=True)


def _scores(sheet: Sheet, rubric: Rubric, result: UnitResult) -> None:
    heads = total_heads(rubric, [result.kind])
    word = "總成績" if len(heads) == 1 else "原得分滿分"
    full = f"考核項目({word}{number(rubric.full_score)}分)"
    first = sheet.row([SheetCell(full, "head", 3), SheetCell("分數", "head", 3)], 24) + 1
    for top in rubric.tree:
        row, items = sheet.next_row, rubric.items_below(top)
        if items == (top,):
            cells = [SheetCell(f"{top.name}({number(top.cap)}分)", "text", 3)]
            sheet.row([*cells, SheetCell(result.items[top.id], "points", 3)])
            continue
        said = f"{top.name}{rubric.levels[0]}({number(top.cap)}分)"
        least = metrics.height(said, _COLUMNS[0].pixels, size_of("text")) / len(items)
        for item in items:
            label = f"{item.name}({number(item.cap)}分)"
            score = result.items[item.id]
            cells = [
                SheetCell(None, "text"),
                SheetCell(label, "text", 2),
                SheetCell(score, "points", 3),
            ]
            sheet.row(cells, max(least, LEAST_PT))
        sheet.merge(row, 0, sheet.next_row - 1, 0, said, "text")
    scored = xl_range(first, 3, sheet.next_row - 1, 3)
    after = sheet.next_row
    found = total_cells(rubric, result, scored, lambda i: xl_rowcol_to_cell(after + i, 3))
    *steps, total = zip(map(_out_of, heads), found, strict=True)
    for label, cell in steps:
        look = "points_difference" if cell.look == "difference" else "points"
        sheet.row([SheetCell(label, "text", 3), SheetCell(cell.content, look, 3)])
    label, cell = total
    # As in the source: where nothing is converted, the head above says out of what it is.
    sheet.row(
        [
            SheetCell(label if steps else None, "text", 3),
            SheetCell(cell.content, "points_total", 3),
        ],
        24,
    )
    for text in explained(rubric, [result.kind]):
        sheet.across(f"※{text}", "note")


def _out_of(head: str) -> str:
    """A column's head as the label of a row."""
    word, _, full = head.partition("\n")
    return f"{word}({full})" if full else word


def _remarks(rubric: Rubric, result: UnitResult) -> Iterator[Sequence[Content]]:
    for item, label in zip(rubric.items, item_labels(rubric), strict=True):
        texts = result.remarks.get(item.id, {})
        yield (label, *(texts.get(key) for key in REMARKS))
