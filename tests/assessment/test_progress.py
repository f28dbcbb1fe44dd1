"""The same standing on consoles, as a sheet and as a page: complete, in words, always alike."""

from __future__ import annotations

import time
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from svcq_excel.assessment.progress.counting import counted
from svcq_excel.assessment.progress.files import write_progress
from svcq_excel.assessment.progress.lines import lines
from svcq_excel.assessment.progress.page import progress_page
from svcq_excel.assessment.progress.sheet import progress_sheet
from svcq_excel.definition import DefinitionError
from svcq_excel.replacing import is_ours
from svcq_excel.text.widths import width_of
from tests.assessment.standings import NASTY, standing_of

WRITERS = [progress_page, progress_sheet]


def test_counts_add_up() -> None:
    now = standing_of(14)
    assert counted(now.units) == "共 14：已繳 8、待補正 2、尚缺部分評分表 2、未繳 2，其中逾期 8"


@pytest.mark.parametrize("width", [60, 80, 200])
def test_no_line_is_wider_than_the_console(width: int) -> None:
    told = [*lines(standing_of(40), width)]
    assert max(map(width_of, told)) < width
    whole = "".join("".join(told).split())
    for line in lines(standing_of(40), None):
        assert "".join(line.split()) in whole


def test_where_nobody_looks_each_thing_has_a_line_of_its_own() -> None:
    told = [*lines(standing_of(40), None)]
    assert sum(line.startswith("  〔") for line in told) == 40
    assert "  〔未繳〕U0005 東區第5戶政事務所　已逾期" in told
    at = told.index("  〔未繳〕U0005 東區第5戶政事務所　已逾期")
    assert told[at + 1 : at + 3] == [
        "    尚未收到評分表",
        "    聯絡：李小華　02-2720-1005　u5@example.gov.tw",
    ]


def test_big5_consoles_get_all_of_it() -> None:
    for line in lines(standing_of(40), 60):
        line.encode("cp950")


@pytest.mark.parametrize("write", WRITERS)
def test_equal_standings_give_equal_bytes(write: object) -> None:
    assert callable(write)
    assert write(standing_of(40)) == write(standing_of(40))


def test_the_sheet_has_a_row_a_unit_and_no_column_that_nobody_fills() -> None:
    book = openpyxl.load_workbook(BytesIO(progress_sheet(standing_of(40))))
    assert book.sheetnames == ["進度"]
    rows = [[*row] for row in book["進度"].iter_rows(values_only=True)]
    head = next(row for row in rows if "編號" in row)
    assert head == [
        *("組別", "編號", "受考核單位名稱", "情形", "是否逾期", "寄出或最後存檔", "說明"),
        *("承辦人", "電話", "電子郵件"),
    ]
    below = rows[rows.index(head) + 1 :]
    assert [row[1] for row in below] == [f"U{at:04}" for at in range(40)]
    assert below[7][2] == NASTY and below[5][8] == "02-2720-1005"


def test_the_page_has_no_script_and_no_address_of_another_place() -> None:
    page = progress_page(standing_of(40)).decode()
    assert "<script" not in page and "javascript:" not in page
    assert (
        "http:" not in page
        and "https:" not in page
        and "src=" not in page.replace("&lt;img src=x", "")
    )
    assert 'lang="zh-Hant-TW"' in page and "default-src 'none'" in page


def test_an_address_of_a_list_cannot_leave_its_link() -> None:
    now = standing_of(1)
    unit = replace(now.units[0].unit, email='a"onclick="x@b.tw; c?cc=d@e.tw')
    page = progress_page(replace(now, units=(replace(now.units[0], unit=unit),))).decode()
    assert 'href="mailto:a%22onclick%3D%22x@b.tw"' in page
    assert 'href="mailto:c%3Fcc%3Dd@e.tw"' in page


def test_they_lie_among_the_results_and_may_be_replaced(tmp_path: Path) -> None:
    now = standing_of(14, tmp_path)
    placed = write_progress(now)
    assert [path.name for path in placed] == ["進度.xlsx", "進度.html"]
    assert all(path.parent == now.folder.results and is_ours(path) for path in placed)
    write_progress(standing_of(20, tmp_path))
    assert [path.name for path in sorted(now.folder.results.iterdir())] == [
        *("進度.html", "進度.xlsx")
    ]


def test_a_page_of_somebody_else_is_not_replaced(tmp_path: Path) -> None:
    now = standing_of(14, tmp_path)
    now.folder.results.mkdir()
    (now.folder.results / "進度.html").write_text("<!doctype html>我的網頁", encoding="utf-8")
    with pytest.raises(DefinitionError, match="不是本程式所寫"):
        write_progress(now)


def test_nothing_is_written_into_the_inbox(tmp_path: Path) -> None:
    now = standing_of(14, tmp_path)
    now.folder.inbox.mkdir()
    with pytest.raises(DefinitionError, match="收件"):
        write_progress(now, now.folder.inbox / "子資料夾")
    assert not any(now.folder.inbox.iterdir())


def test_eight_thousand_units_take_a_page_that_still_opens() -> None:
    small, large = (progress_page(standing_of(many)) for many in (800, 8000))
    assert len(large) < 5_000_000 and len(large) < 11 * len(small)
    begun = time.process_time()
    progress_page(standing_of(800))
    first = time.process_time() - begun
    begun = time.process_time()
    progress_page(standing_of(8000))
    assert time.process_time() - begun < 30 * first + 1
