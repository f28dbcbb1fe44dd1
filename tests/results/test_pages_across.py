"""Of a table on several pages across, what stands over it is whole on each page."""

from __future__ import annotations

import pytest

from svcq_excel.results.screen.report import write_html
from svcq_excel.results.workbook import statistics_sheets, write_printed, write_statistics
from tests.results.demos import outcome_of
from tests.results.reading import grid, opened
from tests.results.rounds import RUBRICS, round_of


@pytest.mark.parametrize("id", RUBRICS)
def test_no_text_is_cut_by_the_end_of_a_page(id: str) -> None:
    book = opened(write_statistics(round_of(id, 30)))
    across = [sheet for sheet in book.worksheets if sheet.col_breaks.brk]
    cut = [
        f"{sheet.title}!{area.coord} 第 {brk.id} 欄"
        for sheet in across
        for area in sheet.merged_cells.ranges
        for brk in sheet.col_breaks.brk
        if area.min_col <= brk.id < area.max_col
    ]
    assert cut == []
    assert bool(across) == (id == "kpw-102")


def test_the_head_of_each_step_s_part_stands_over_the_columns_of_every_page() -> None:
    sheet = opened(write_statistics(round_of("kpw-102", 30)))["單位與步驟"]
    bars = {area.max_col for area in sheet.merged_cells.ranges if area.min_row > 2}
    assert bars == {2} and sheet.print_title_cols == "$A:$B"


def test_steps_that_are_late_are_listed_and_not_signed() -> None:
    made = outcome_of("kpw-102")
    assert "逾期步驟" in {entry.name for entry in statistics_sheets(made)}
    assert opened(write_printed(made)).sheetnames == ["檢核結果統計表"]
    assert "（未勾選時，只列印檢核結果統計表）" in write_html(made).decode("utf-8")


def test_where_a_plan_rewards_nobody_no_column_asks_for_rewards() -> None:
    heads = {
        id: {cell for row in grid(write_statistics(outcome_of(id)), "排名與獎懲") for cell in row}
        for id in ("khb-106", "wra-105")
    }
    assert {"獎懲", "依據"} & heads["khb-106"] == set()
    assert {"獎懲", "依據"} <= heads["wra-105"]


def test_every_row_of_a_chart_s_figures_says_what_it_is_of() -> None:
    rows = grid(write_statistics(outcome_of("wra-105")), "圖表資料")
    assert any(str(row[0]).startswith("（各界線") for row in rows)
    nameless = [row for row in rows if row[0] is None and any(cell is not None for cell in row)]
    assert [row for row in nameless if "一圖一表" not in str(row)] == []
