"""What people do to a form beside filling it in: typing over, deleting, copying, hiding."""

from __future__ import annotations

from copy import copy

from openpyxl.worksheet.cell_range import CellRange, MultiCellRange

from svcq_excel.form.identity import FORM_SHEET, HIDDEN_SHEET
from svcq_excel.form.layout.grid import Box
from tests.checks.planted_entries import Change
from tests.paper.filled_form import Paper


def typed_over(what: str, node: str, text: str | int) -> Change:
    """A label or a sum on the form, typed over."""

    def change(paper: Paper) -> None:
        boxes = ((box, box.node) for box in paper.layout.boxes if box.what == what)
        box = next(box for box, own in boxes if own and own.id == node)
        paper.sheet.cell(box.row + 1, box.column + 1).value = text

    return change


def typed_into(address: str, value: str | int) -> Change:
    """Whatever stands there."""

    def change(paper: Paper) -> None:
        paper.sheet[address].value = value

    return change


def cleared_key(leaf: str) -> Change:
    def change(paper: Paper) -> None:
        paper.sheet.cell(_box(paper, leaf).row + 1, 1).value = None

    return change


def deleted_rows(leaf: str) -> Change:
    def change(paper: Paper) -> None:
        box = _box(paper, leaf)
        rows = range(box.row + 1, box.last_row + 2)
        paper.sheet.delete_rows(rows.start, len(rows))
        _close_up(paper, rows)

    return change


def _close_up(paper: Paper, gone: range) -> None:
    """Merged cells move with what stands below rows that went, as office programs have it."""
    moved = []
    for merged in paper.sheet.merged_cells.ranges:
        top, bottom = (
            edge - len([row for row in gone if row < edge])
            for edge in (merged.min_row, merged.max_row + 1)
        )
        if bottom > top:
            moved.append(CellRange(None, merged.min_col, top, merged.max_col, bottom - 1))
    paper.sheet.merged_cells = MultiCellRange(moved)


def copied_row(leaf: str) -> Change:
    def change(paper: Paper) -> None:
        row = [copy(cell.value) for cell in paper.sheet[_box(paper, leaf).row + 1]]
        paper.sheet.append(row)

    return change


def hidden_row(paper: Paper) -> None:
    paper.sheet.row_dimensions[_box(paper, "C1.2").row + 1].hidden = True


def hidden_form(paper: Paper) -> None:
    paper.sheet.sheet_state = "veryHidden"
    paper.book.active = 1


def key_in_a_hidden_column(paper: Paper) -> None:
    """The key of the scores and what they are leads to M; what is seen stands where it stood."""
    scores = paper.layout.column("score") + 1
    for row in range(1, paper.sheet.max_row + 1):
        if paper.sheet.cell(row, 1).value in paper.rubric.leaf_by_id:
            paper.sheet.cell(row, 13).value = paper.sheet.cell(row, scores).value
    for key in paper.sheet["A4":"M4"][0]:
        key.value = None if key.value == "score" else key.value
    paper.sheet["M4"].value = "score"
    paper.sheet.column_dimensions["M"].hidden = True


def unprotected(paper: Paper) -> None:
    paper.sheet.protection.disable()


def copied_sheet(paper: Paper) -> None:
    paper.book.copy_worksheet(paper.sheet).title = "評分表 (2)"


def full_marks(paper: Paper) -> None:
    for leaf in paper.rubric.leaves:
        paper.enter(leaf.id, score=int(leaf.cap))


def only_marks(paper: Paper) -> None:
    for name in paper.book.sheetnames:
        if name != HIDDEN_SHEET:
            del paper.book[name]
    paper.book[HIDDEN_SHEET].sheet_state = "visible"


def no_hidden_sheet(paper: Paper) -> None:
    del paper.book[HIDDEN_SHEET]


def no_properties(paper: Paper) -> None:
    for name in list(paper.book.custom_doc_props.names):  # type: ignore[attr-defined]
        del paper.book.custom_doc_props[name]  # type: ignore[attr-defined]


def no_keys(paper: Paper) -> None:
    """As where only what can be seen was copied."""
    for row in range(1, paper.sheet.max_row + 1):
        paper.sheet.cell(row, 1).value = None


def renamed(paper: Paper) -> None:
    paper.book[FORM_SHEET].title = "自評"


def _box(paper: Paper, leaf: str) -> Box:
    return paper.layout.entries[leaf, "score"]
