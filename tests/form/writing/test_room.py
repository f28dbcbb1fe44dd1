"""Nothing on a form is wider or higher than its space: measured anew, by the font's own figures."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import NamedTuple

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from svcq_excel.checks.catalogue import common_mistakes
from svcq_excel.form.entered import EntryPlace
from svcq_excel.form.identity import Identity
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.form.writing.prefilled import Correction, Filled, Notice, carried
from svcq_excel.form.writing.writer import render
from svcq_excel.rubric.model import DIRECTIONS, Rubric
from tests.form.layout.test_metrics import advances
from tests.form.writing.test_long_texts import RUBRICS, with_long_texts

LONG_NAME = (
    "經濟部水利署中部地區重大水利工程建設及水資源調度聯合管理處臺中辦公室"
    "暨所屬石岡壩管理中心考核作業專案小組第一分組甲"
)
PADDING_PX, LINE_EM, LEAST_PT = 4, 1.3, 5.5
STARTS_NO_LINE, ENDS_NO_LINE = "，。、；：？！）」』》〉】〕)],.;:!?%％", "（「『《〈【〔(["
TURNED = [rubric.on_paper(each) for rubric in RUBRICS.values() for each in DIRECTIONS]


class Space(NamedTuple):
    sheet: str
    address: str
    text: str
    pixels: float
    points: float
    size: float
    wraps: bool
    shrinks: bool


def named(rubric: Rubric) -> str:
    return f"{rubric.id}-{rubric.form_direction}"


def written(rubric: Rubric, filled: Filled) -> list[Space]:
    identity = Identity("1", rubric.id, rubric.digest, "105年度", "A01", LONG_NAME, "self")
    title = rubric.title_of_form("self")
    return spaces(render(rubric, identity, title, filled, common_mistakes()))


def spaces(form: bytes) -> list[Space]:
    """Every text on the sheets that are shown, and its room."""
    book = openpyxl.load_workbook(BytesIO(form), data_only=True)
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    return [space for sheet in shown for space in _of(sheet)]


def _of(sheet: Worksheet) -> Iterator[Space]:
    widths = {
        at: round(each.width * 8 + 5)
        for each in sheet.column_dimensions.values()
        for at in range(each.min or 1, min(each.max or 1, 99) + 1)
    }
    ends = {area.coord.split(":")[0]: area for area in sheet.merged_cells.ranges}
    for cell in (cell for row in sheet.iter_rows(min_col=2) for cell in row):
        area = ends.get(cell.coordinate)
        row, column = int(cell.row or 0), int(cell.column or 0)
        last_row, last = row, column
        if area:
            last_row, last = int(str(area.max_row)), int(str(area.max_col))
        if cell.value in (None, "") or sheet.row_dimensions[cell.row].hidden:
            continue
        pixels = sum(widths[at] for at in range(column, last + 1))
        rows = range(row, last_row + 1)
        points = sum(sheet.row_dimensions[row].height or 15 for row in rows)
        indent = 12 * (cell.alignment.indent or 0)
        yield Space(
            sheet.title,
            cell.coordinate,
            str(cell.value),
            pixels - PADDING_PX - indent,
            points,
            float(cell.font.sz),
            bool(cell.alignment.wrap_text),
            bool(cell.alignment.shrink_to_fit),
        )


@cache
def wide(char: str) -> float:
    """In ems, in 標楷體 or its free stand-in, whichever is wider."""
    office = 0.5 if char.isascii() else 1.0
    return max(office, advances().get(char, office))


def pieces(text: str) -> Iterator[str]:
    """What stays together on a line: words, figures, a character and the signs that it drags."""
    piece = ""
    for before, char in zip(" " + text, text, strict=False):
        word = before.isascii() and before.isalnum() and char.isascii() and char.isalnum()
        if piece and not (word or char in STARTS_NO_LINE or before in ENDS_NO_LINE):
            yield piece
            piece = ""
        piece += char
    yield piece


def lines(text: str, ems: float) -> int:
    count = 0
    for paragraph in text.split("\n"):
        count, used = count + 1, 0.0
        for piece in pieces(paragraph):
            width = sum(map(wide, piece))
            if used and used + width > ems:
                count, used = count + 1, 0.0
            used += width
    return count


def lacking(space: Space) -> str:
    """What a text has no room for; "" where it has all that it needs."""
    ems = space.pixels * 72 / 96 / space.size
    longest = max(sum(map(wide, line)) for line in space.text.split("\n"))
    if space.shrinks:
        return "" if space.size * min(1, ems / longest) >= LEAST_PT else "too small to be read"
    if not space.wraps:
        return "" if longest <= ems else "wider than its space"
    if max(sum(map(wide, piece)) for piece in pieces(space.text.replace("\n", ""))) > ems:
        return "a word is wider than its space"
    count = lines(space.text, ems)
    needed = count * space.size * LINE_EM
    return "" if needed <= space.points else f"{count} lines in {space.points} points"


@pytest.mark.parametrize("rubric", TURNED, ids=named)
def test_on_a_blank_form_every_text_has_its_room(rubric: Rubric) -> None:
    found = written(rubric, Filled())
    assert len({space.sheet for space in found}) == (2 if rubric.is_checklist else 3)
    assert [(space, lack) for space in found if (lack := lacking(space))] == []


@pytest.mark.parametrize("rubric", TURNED, ids=named)
def test_on_a_correction_form_every_text_has_its_room(rubric: Rubric) -> None:
    facts = with_long_texts(rubric)
    places: list[EntryPlace | None] = [None, *list(lay_out(rubric).entries)[:12]]
    corrections = [
        Correction(
            place, "案件處理流程主動回應程度", f"填的是「{'很長的文字，' * i}」", "請更正。" * i
        )
        for i, place in enumerate(places, 1)
    ]
    title = f"{rubric.title_of_form('self')}補正通知"
    points = ("請於文到七日內更正後寄回。", "逾期者，" + "依計畫之規定辦理，" * 30)
    notice = Notice(title, LONG_NAME, "請補正評分表。", points, tuple(corrections))
    found = written(rubric, carried(facts, notice))
    assert [(space, lack) for space in found if (lack := lacking(space))] == []


def test_what_has_no_room_would_be_found() -> None:
    space = Space("評分表", "B2", "服務品質考核，" * 9, 133.0, 60.0, 10.0, True, False)
    assert lacking(space) == "8 lines in 60.0 points"
    assert lacking(space._replace(points=104.0)) == ""
    assert lacking(space._replace(wraps=False)) == "wider than its space"
    assert lacking(space._replace(shrinks=True, text="局" * 60)) == "too small to be read"
