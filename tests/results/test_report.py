"""檢核結果.xlsx: what to do about each unit, and what is wrong most often, by rule and item."""

from __future__ import annotations

import pytest

from svcq_excel.checks.violation import Violation
from svcq_excel.results.model import FileResult, Outcome
from svcq_excel.results.workbook import write_report
from tests.results.reading import grid, opened, row_of
from tests.results.samples import outcome, received, submission, violation

MISSING = violation("score-missing", leaf="A1.1.2", cell="I16", found="未填得分")
TOO_HIGH = violation()
NO_BAND = violation("band-missing", "warning", leaf="A1.1.1.2", cell="H12", found="未選適用級距")
NEAR = Violation("near-threshold", "notice", None, "", None, None, 897.0, "總分 897", "", "請確認")
UNREADABLE = Violation("unreadable-file", "error", None, "", None, None, None, "已損壞", "", "重寄")


def checked() -> Outcome:
    """A round in which everything happens that can happen to a file."""
    files = [
        received("A01", "一"),
        received("A02", "二", "hq", NO_BAND, MISSING, TOO_HIGH),
        received("A03", "三", "hq", NEAR),
        received("A04", "四", "hq", MISSING),
        received("A04", "四舊", "hq", TOO_HIGH, status="superseded", reason="「四」較晚存檔"),
        received("A05", "五", "hq", NO_BAND),
        received("Z99", "他處", "hq", violation("unknown-unit")),
        FileResult("收件/壞.xlsx", "rejected", None, None, (UNREADABLE,), "", "收件/壞.xlsx"),
        FileResult("收件/Thumbs.db", "ignored", None, None),
    ]
    forms = [submission("A01", 900), submission("A03", 897), submission("A05", 800)]
    return outcome(forms, [("A02", "hq"), ("A04", "hq")], files)


def test_the_sheets_stand_in_the_order_of_the_work() -> None:
    names = opened(write_report(checked())).sheetnames
    assert names == ["摘要", "目次", "檢核結果", "各項問題", "易錯細項", "繳交情形", "收件紀錄"]


def test_each_unit_has_a_line_with_the_gravest_thing_first() -> None:
    rows = {row[0]: row for row in grid(write_report(checked()), "摘要")[4:18]}
    assert rows["A01"][1:9] == [
        "第一河川局",
        "本署",
        "已繳",
        None,
        None,
        None,
        "一.xlsx",
        "無須處理",
    ]
    assert rows["A02"][3:8] == ["待補正", 2, 1, None, "二.xlsx"]
    assert str(rows["A02"][8]).startswith(
        "應更正：〔評分表 I16〕「案件處理流程主動回應程度」未填得分"
    )
    assert rows["A03"][3:7] == ["已繳", None, None, 1]
    assert rows["A03"][8] == "提示：總分 897；請確認。"
    assert str(rows["A05"][8]).startswith("請確認：")
    assert rows["A06"][3:] == ["未繳", *[None] * 4, "尚未收到評分表，請催繳", None]


def test_files_of_no_unit_s_line_follow_and_those_never_meant_do_not() -> None:
    rows = grid(write_report(checked()), "摘要")[18:]
    assert [row[7] for row in rows] == ["四舊.xlsx", "他處.xlsx", "壞.xlsx"]
    assert [row[3] for row in rows] == ["已被取代", "待補正", "無法採用"]
    assert [row[1] for row in rows] == ["第四河川局", "（單位不明）", "（單位不明）"]
    assert rows[0][8] == "「四」較晚存檔"


def test_the_link_of_a_line_opens_the_cell_to_begin_with() -> None:
    sheet = opened(write_report(checked()))["摘要"]
    links = {str(row[0].value): row[9].hyperlink for row in sheet.iter_rows(min_row=5, max_row=18)}
    assert links["A02"] and links["A02"].location == "評分表!I16"
    assert links["A01"] and links["A01"].location is None
    assert links["A06"] is None


def test_the_summary_counts_units_files_and_violations() -> None:
    lines = [row[0] for row in grid(write_report(checked()), "摘要")[1:3]]
    assert lines == [
        "單位 14：已繳 3、待補正 2、未繳 9　　"
        "檔案數 9 = 採用 3 + 待補正 3 + 已被取代 1 + 無法採用 1 + 略過 1",
        "全部檔案：應更正 6 項，請確認 2 項，提示 1 項",
    ]


def test_rules_stand_by_severity_and_how_often_they_were_broken() -> None:
    rows = grid(write_report(checked()), "各項問題")[2:]
    assert [row[6] for row in rows] == [
        *("score-missing", "score-above-cap", "unknown-unit", "unreadable-file"),
        *("band-missing", "near-threshold"),
    ]
    units = "第二河川局、第四河川局"
    assert rows[0] == [
        *("應更正", "得分未填", 2, 2, "案件處理流程主動回應程度（2）", units, "score-missing")
    ]
    assert rows[3][2:6] == [1, None, None, None], "a file that nobody can read is of no unit"


def test_the_criterion_that_confuses_most_stands_first() -> None:
    more = [received(f"A{i:02}", f"表{i}", "hq", MISSING, NEAR) for i in range(6, 14)]
    base = checked()
    rows = grid(
        write_report(Outcome(base.rubric, base.round, base.units, (*base.files, *more))), "易錯細項"
    )
    assert [row[0] for row in rows[3:]] == ["A1.1.2", "A1.1.1.1", "A1.1.1.2"]
    name, problem = "案件處理流程主動回應程度", "得分未填（10）"
    assert rows[3][1:6] == ["服務流程", name, 10, 10, problem]
    assert str(rows[3][6]).startswith("第二河川局、第四河川局、第六河川局")
    assert str(rows[3][6]).endswith(" 等 10 個單位")
    assert rows[4][5] == "得分超過滿分（2）、單位不在名單內（1）"


def test_without_violations_the_lists_say_so() -> None:
    report = write_report(outcome([submission("A01", 900)], files=[received("A01", "一")]))
    for name in ("檢核結果", "各項問題", "易錯細項"):
        assert grid(report, name)[-1][0] == "無"
    assert row_of(report, "摘要", "A01", 0)[8] == "無須處理"


@pytest.mark.parametrize(
    "name", ["摘要", "檢核結果", "各項問題", "易錯細項", "繳交情形", "收件紀錄"]
)
def test_every_sheet_prints_across_under_heads_that_stay(name: str) -> None:
    sheet = opened(write_report(checked()))[name]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.freeze_panes and sheet.print_title_rows
    assert not sheet.protection.sheet


@pytest.mark.parametrize("name", ["摘要", "檢核結果", "各項問題", "易錯細項"])
def test_a_list_can_be_filtered_to_its_last_row(name: str) -> None:
    sheet = opened(write_report(checked()))[name]
    head = int(str(sheet.freeze_panes).lstrip("ABC")) - 1
    assert str(sheet.auto_filter.ref).startswith(f"A{head}:")
    assert str(sheet.auto_filter.ref).endswith(str(sheet.max_row))


def test_equal_outcomes_give_equal_bytes() -> None:
    assert write_report(checked()) == write_report(checked())


def test_codes_are_for_programs_and_stand_in_a_hidden_column() -> None:
    book = opened(write_report(checked()))
    for name, last in (("檢核結果", "J"), ("各項問題", "G")):
        sheet = book[name]
        heads = [cell.value for row in sheet.iter_rows(max_row=4) for cell in row]
        assert "問題" in heads and "代碼" in heads
        assert [key for key, column in sheet.column_dimensions.items() if column.hidden] == [last]
