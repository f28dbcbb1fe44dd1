"""A copy of somebody's workbook in which each problem is a comment and a coloured cell.

What people coloured, wrote and added stays: the workbook is edited in place, not written anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from svcq_excel.definition import Problem
from svcq_excel.palette import OPEN, WRONG
from svcq_excel.rubric.sheets.cells import folded
from svcq_excel.rubric.source import Given
from svcq_excel.workbooks.guarding import guarded
from svcq_excel.workbooks.workbook import Unreadable
from svcq_excel.workbooks.zip_parts import packed

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.comments import Comment
    from openpyxl.worksheet.worksheet import Worksheet

WRITER = "檢查結果"
"""Who wrote our comments; those of the time before are taken out of a copy that is marked again."""
_MARK = "【檢查】"
_COLOURS = {f"00{WRONG}", f"FF{WRONG}", f"00{OPEN}", f"FF{OPEN}"}
_CORE = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_MACROS = "xl/vbaProject.bin"


def can_be_marked(content: bytes) -> bool:
    """Whether the bytes are of a format that can be edited in place: .xlsx, .xlsm."""

    def is_openxml() -> bool:
        with ZipFile(BytesIO(content)) as parts:
            return "xl/workbook.xml" in parts.namelist()

    return guarded(is_openxml) is True


def marked_copy(
    content: bytes, problems: Sequence[Problem], given: Given | None = None
) -> bytes | Unreadable:
    """The workbook with its problems marked, and with the 代號 that were given in their cells.

    Problems of other files are left out. Equal input gives equal bytes.
    """
    return guarded(partial(_marked, content, problems, given or {}))


def _marked(content: bytes, problems: Sequence[Problem], given: Given) -> bytes:
    from openpyxl import load_workbook  # takes a third of a second, and few calls mark anything

    with ZipFile(BytesIO(content)) as parts:
        core = parts.read(_CORE) if _CORE in parts.namelist() else b""
        macros = _MACROS in parts.namelist()
    book = load_workbook(BytesIO(content), keep_vba=macros)
    _clear(book)
    for place, id in given.items():
        cell = _cell(book, place.sheet, place.cell)
        cell.value = id
        _note(cell, f"代號由程式給定：{id}", OPEN)
    for problem in problems:
        cell = _cell(book, problem.sheet, problem.cell)
        path = f"〔{' > '.join(problem.path)}〕" if problem.path else ""
        _note(cell, f"{path}{problem.message}。{problem.fix}。", WRONG)
    _open_at_first(book, problems)
    stream = BytesIO()
    book.save(stream)
    return _dateless(stream.getvalue(), core)


def _cell(book: Workbook, sheet: str, at: str) -> Cell:
    """The cell that is meant, or the first of its merged area; where none is named, A1."""
    from openpyxl.cell import Cell

    found = _sheet(book, sheet)
    cell = found[at or "A1"]
    if isinstance(cell, Cell):
        return cell
    for area in found.merged_cells.ranges:
        if cell.coordinate in area:
            first = found.cell(area.min_row, area.min_col)
            assert isinstance(first, Cell)
            return first
    raise AssertionError("a merged cell lies in an area")


def _sheet(book: Workbook, name: str) -> Worksheet:
    sheets = book.worksheets
    return next((each for each in sheets if folded(each.title) == folded(name)), sheets[0])


def _note(cell: Cell, text: str, colour: str) -> None:
    """Adds to a cell's comment; somebody's own stays in front."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    before = cell.comment.text if cell.comment else ""
    author = cell.comment.author if cell.comment else WRITER
    whole = "\n".join(filter(None, (before.rstrip(), f"{_MARK}{text}")))
    cell.comment = _sized(Comment(whole, author or WRITER))
    cell.fill = PatternFill("solid", start_color=colour, end_color=colour)


def _clear(book: Workbook) -> None:
    """Takes out what an earlier copy was marked with."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if not cell.comment:
                    continue
                own = cell.comment.text.partition(_MARK)[0].rstrip()
                if own == cell.comment.text.rstrip():
                    _sized(cell.comment)
                    continue
                cell.comment = _sized(Comment(own, cell.comment.author)) if own else None
                if cell.fill.fill_type == "solid" and cell.fill.start_color.rgb in _COLOURS:
                    cell.fill = PatternFill()


def _sized(comment: Comment) -> Comment:
    """As large as its text; openpyxl does not read how large it was."""
    lines = sum(len(line) // 22 + 1 for line in comment.text.split("\n"))
    comment.width, comment.height = 340, 30 + 20 * lines
    return comment


def _open_at_first(book: Workbook, problems: Iterable[Problem]) -> None:
    """The copy opens where the first problem is."""
    first = next((problem for problem in problems if problem.sheet), None)
    if first:
        for sheet in book.worksheets:
            sheet.sheet_view.tabSelected = False
        shown = _sheet(book, first.sheet)
        book.active = shown
        shown.sheet_view.tabSelected = True


def _dateless(content: bytes, core: bytes) -> bytes:
    """The bytes as of the day when the workbook was last saved by somebody."""
    with ZipFile(BytesIO(content)) as parts:
        members = {name: parts.read(name) for name in parts.namelist()}
    saved = _MODIFIED.search(core)
    when = saved[0].rpartition(b">")[2] if saved else b"2000-01-01T00:00:00Z"
    if _CORE in members:
        members[_CORE] = _MODIFIED.sub(lambda found: found[1] + when, members[_CORE])
    return packed(members)
