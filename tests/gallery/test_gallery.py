"""The gallery in docs/ shows what the program makes: a change in looks shows in review."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.gallery.listing import GALLERY, INDEX, NONE, PAGES, Listed, index, listed
from tests.gallery.making import IDS
from tests.gallery.printing import version
from tests.gallery.sheets import sheets_of

MOST_BYTES = 4_000_000
SAID = listed(PAGES.read_text("utf-8"))


@pytest.mark.office
@pytest.mark.parametrize("id", IDS)
def test_each_sheet_takes_the_pages_that_the_gallery_says(
    id: str, tmp_path: Path, kai: None
) -> None:
    if version() != SAID[0]:
        pytest.skip(f"pages are those of LibreOffice {SAID[0]}")
    printed = [each.line for each, _ in sheets_of(id, tmp_path)]
    assert printed == [each.line for each in SAID[1] if each.id == id], "run: make gallery"


def test_the_page_shows_each_picture_that_is_there_and_no_other() -> None:
    assert INDEX.read_text("utf-8") == index(SAID[1])
    shown = {each.picture for each in SAID[1]} - {NONE}
    assert {each.relative_to(GALLERY).as_posix() for each in GALLERY.rglob("*.png")} == shown


def test_the_gallery_is_small() -> None:
    assert sum(each.stat().st_size for each in GALLERY.rglob("*")) <= MOST_BYTES


def test_every_assessment_that_ships_is_shown_from_the_plan_to_the_result() -> None:
    for id in IDS:
        workbooks = {each.workbook for each in SAID[1] if each.id == id}
        assert {"考核計畫", "空白表件", "檢核結果", "結果", "各單位", "公告版"} <= workbooks


def test_pictures_of_one_row_stand_side_by_side() -> None:
    sheets = [Listed("x-1", "結果", f"表{n}", "1", "A4 橫印", f"x-1/{n}.png") for n in range(4)]
    rows = re.findall(r"^\| \[.*$", index(sheets), re.MULTILINE)
    assert [row.count("[![") for row in rows] == [3, 1]
    assert all(row.count(" | ") == 2 for row in rows)
