"""附表2 as a text that people can read and compare: cells, formulas, merges, print set-up."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

from svcq_excel.results.workbook import write_statistics
from svcq_excel.text.roc_dates import WrittenDate
from tests.results.reading import dump, opened, row_of
from tests.results.samples import outcome, submission

GOLDEN = Path(__file__).parent / "golden" / "statistics_table.txt"
TABLE = "考核結果統計表"


def mixed() -> bytes:
    forms = [
        submission("A01", 960),
        submission("A02", Decimal("899.5")),
        submission("A03", 700),
        submission("A05", 0),
    ]
    return write_statistics(outcome(forms, [("A04", "hq")]))


def test_the_table_is_as_it_was_agreed() -> None:
    """After a wanted change: SVCQ_GOLDEN=write pytest, and read the difference."""
    found = dump(mixed(), TABLE)
    if os.environ.get("SVCQ_GOLDEN") == "write":
        GOLDEN.write_text(found, encoding="utf-8", newline="\n")
    assert found == GOLDEN.read_text(encoding="utf-8")


def test_a_unit_to_be_corrected_and_one_without_a_form_keep_their_rows() -> None:
    correct, missing = (row_of(mixed(), TABLE, code) for code in ("A04", "A06"))
    assert correct[2:] == ["第四河川局", *[None] * 7, "待補正", None, None]
    assert missing[2:] == ["第六河川局", *[None] * 7, "未繳", None, None]


def test_totals_and_grades_are_live_and_hold_their_values() -> None:
    sheet = opened(mixed())[TABLE]
    live = {
        row[1].value: (row[10].value, row[11].value)
        for row in sheet.iter_rows(min_row=5)
        if row[1].value
    }
    assert live["A01"] == (
        "=SUM(D5:J5)",
        '=IF(K5>=900,"優",IF(K5>=800,"甲",IF(K5>=700,"乙",IF(K5>=600,"丙",IF(K5>=0,"丁","")))))',
    )
    assert live["A02"][0] == "=ROUND(ROUND(SUM(D6:J6),9),4)", "fractions are added as floats"
    assert row_of(mixed(), TABLE, "A01")[10:] == [960, "優", "105年9月"]
    assert row_of(mixed(), TABLE, "A02")[10:12] == [899.5, "甲"]
    assert row_of(mixed(), TABLE, "A05")[10:12] == [0, "丁"]


def test_of_a_month_no_day_is_invented() -> None:
    workbook = write_statistics(outcome([submission("A01", 960, assessed=WrittenDate(2016, 7))]))
    assert row_of(workbook, TABLE, "A01")[12] == "105年7月"
    sheets = opened(workbook)
    values = (cell.value for sheet in sheets for row in sheet.iter_rows() for cell in row)
    texts = [value for value in values if isinstance(value, str) and "105年7月" in value]
    assert texts == ["105年7月", "王大明，考核日期 105年7月"]


def test_self_assessments_name_the_unit_once() -> None:
    workbook = write_statistics(outcome([submission("A01", 960, "self")]))
    assert row_of(workbook, TABLE, "A01")[:3] == ["同受考核單位", "A01", "第一河川局"]


def test_the_table_bears_the_label_and_the_title_of_the_source() -> None:
    sheet = opened(write_statistics(outcome([submission("A01", 960, "self")])))[TABLE]
    assert sheet["M1"].value == "附表2"
    assert sheet["A1"].value == "經濟部水利署105年度提升服務品質(自行)考核結果統計表"


def test_a_round_that_the_title_does_not_say_stands_below_it() -> None:
    workbook = write_statistics(outcome([submission("A01", 960)], round="105年度上半年"))
    assert opened(workbook)[TABLE]["A2"].value == "受考核單位：14個　考核期別：105年度上半年"


def test_the_sample_units_with_notes_and_signatures_fit_one_page() -> None:
    sheet = opened(mixed())[TABLE]
    margins = sheet.page_margins
    room = 595 - 72 * (margins.top + margins.bottom)  # A4 across, in points
    heights = [sheet.row_dimensions[row].height or 0 for row in range(1, sheet.max_row + 1)]
    assert sum(heights) <= room
