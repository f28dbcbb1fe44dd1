"""A marked copy shows each problem in its cell, and keeps what people made of their workbook."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from svcq_excel.palette import OPEN, WRONG
from svcq_excel.rubric.sheets.marking import can_be_marked, marked_copy
from svcq_excel.rubric.shipped import examined
from tests.rubric.sheets.edited import PLAN, TREE, Edited


def marked(path: Path) -> bytes:
    shape, problems = examined(str(path))
    copy = marked_copy(path.read_bytes(), problems, shape.source.given)
    assert isinstance(copy, bytes)
    return copy


def test_each_problem_is_a_comment_on_a_coloured_cell(tmp_path: Path) -> None:
    book = Edited(tmp_path)
    first = book.node("A1", "配分", "六十")
    second = book.put("獎懲", 2, "等第", "特優")
    copy = openpyxl.load_workbook(BytesIO(marked(book.saved())))
    for sheet, at, said in (
        (TREE, first, "【檢查】〔便民 > 形象〕「配分」的「六十」不是數字。請只寫數字。"),
        ("獎懲", second, "【檢查】獎懲所列的等第「特優」不在「等第」之中。「等第」有：甲、乙。"),
    ):
        cell = copy[sheet][at]
        assert cell.comment is not None
        assert (cell.comment.text, cell.fill.start_color.rgb) == (said, f"00{WRONG}")
    assert copy.active is copy[TREE]


def test_what_is_somebodys_own_stays(tmp_path: Path) -> None:
    book = Edited(tmp_path)
    at = book.node("A1", "配分", 70)
    sheet = book.sheet(TREE)
    sheet[at].comment = Comment("科長：再議", "科長")
    sheet["C3"].fill = PatternFill("solid", start_color="FFCC00")
    sheet["C4"].font = Font(italic=True)
    sheet["X1"].value, sheet["X3"].value = "承辦人註記", "去年 65 分"
    sheet.column_dimensions["C"].width = 44
    copy = openpyxl.load_workbook(BytesIO(marked(book.saved())))[TREE]
    note = copy[at].comment
    assert note is not None
    assert note.text.startswith("科長：再議\n【檢查】")
    assert copy["C3"].fill.start_color.rgb == "00FFCC00"
    assert copy["C4"].font.italic
    assert copy["X3"].value == "去年 65 分"
    assert copy.column_dimensions["C"].width == 44
    assert len(copy.data_validations.dataValidation) == 3
    assert copy.freeze_panes == "D2"


def test_codes_that_were_given_stand_in_their_cells_and_are_the_same_from_then_on(
    tmp_path: Path,
) -> None:
    book = Edited(tmp_path)
    at = book.node("A1.1", "代號", None)
    path = book.saved()
    copy = tmp_path / "標示.xlsx"
    copy.write_bytes(marked(path))
    cell = openpyxl.load_workbook(copy)[TREE][at]
    assert (cell.value, cell.fill.start_color.rgb) == ("A1.1", f"00{OPEN}")
    shape, problems = examined(str(copy))
    assert not problems and not shape.source.given
    assert shape.rubric == book.rubric


def test_a_copy_that_is_mended_and_marked_again_has_no_old_marks(tmp_path: Path) -> None:
    book = Edited(tmp_path)
    book.node("A1", "配分", 70)
    path = tmp_path / "標示.xlsx"
    path.write_bytes(marked(book.saved()))
    mended = openpyxl.load_workbook(path)
    mended[TREE].cell(book.row(TREE, "A1"), book.column(TREE, "配分")).value = 60
    mended.save(path)
    copy = openpyxl.load_workbook(BytesIO(marked(path)))
    texts = [
        cell.comment.text
        for sheet in copy.worksheets
        for row in sheet.iter_rows(min_row=2)
        for cell in row
        if cell.comment
    ]
    assert not texts


def test_a_problem_without_a_cell_is_marked_on_the_first_of_its_sheet(tmp_path: Path) -> None:
    book = Edited(tmp_path)
    book.sheet(PLAN).delete_rows(book.row(PLAN, "年度"))
    note = openpyxl.load_workbook(BytesIO(marked(book.saved())))[PLAN]["A1"].comment
    assert note is not None
    assert "缺少「年度」" in note.text


def test_a_problem_in_a_merged_cell_is_marked_where_it_can_be_seen(tmp_path: Path) -> None:
    book = Edited(tmp_path)
    row = book.row(PLAN, "年度")
    book.sheet(PLAN).merge_cells(f"B{row - 1}:B{row}")  # what stood in the second is gone
    copy = openpyxl.load_workbook(BytesIO(marked(book.saved())))[PLAN]
    note = copy[f"B{row - 1}"].comment
    assert note is not None
    assert "缺少「年度」" in note.text


def test_equal_input_gives_equal_bytes(tmp_path: Path) -> None:
    book = Edited(tmp_path)
    book.node("A1", "配分", 70)
    path = book.saved()
    assert marked(path) == marked(path)


def test_only_what_can_be_edited_in_place_is_marked(xlsx: bytes, ods: bytes, xls: bytes) -> None:
    assert [can_be_marked(each) for each in (xlsx, ods, xls, b"", b"PK\x03\x04")] == [
        True,
        *[False] * 4,
    ]
