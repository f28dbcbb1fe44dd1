"""重複繳交: of forms that do not count, each entry that differs, beside the one that counts."""

from __future__ import annotations

from dataclasses import replace

from svcq_excel.checks.differing import Difference
from svcq_excel.results.model import FileResult, Outcome
from svcq_excel.results.workbook import write_report, write_statistics
from tests.results.reading import grid, opened
from tests.results.samples import outcome, received, submission, violation

SCORE = Difference("提供案件承辦資訊種類", "得分", "評分表", "K8", "110", "118", True)
DATE = Difference("", "考核日期", "", "", "", "105年7月22日")


def several(*differences: Difference) -> Outcome:
    files: list[FileResult] = [
        received("A01", "新"),
        received("A01", "舊", status="superseded", differences=differences),
        received("A01", "自評", "self"),
        received("A01", "標記不符", "hq", violation("identity-conflict"), sure_whose=False),
        received("A01", "自評舊", "self", status="superseded", differences=differences),
        received("A02", "前次", status="superseded", differences=differences),
        received("A02", "待補正", "hq", violation()),
    ]
    return outcome([submission("A01", 900)], files=files)


def test_each_entry_stands_with_both_files_and_what_they_say() -> None:
    rows = grid(write_report(several(SCORE, DATE)), "重複繳交")[2:]
    whose = ["A01 第一河川局", "收件/舊.xlsx", "開啟", "收件/新.xlsx"]
    assert rows[0] == [*whose, "提供案件承辦資訊種類", "得分", "評分表 K8", "110", "118"]
    assert rows[1] == [*whose, "整份表件", "考核日期", None, None, "105年7月22日"]
    assert [row[3] for row in rows[2:]] == ["收件/自評.xlsx"] * 2 + ["收件/待補正.xlsx"] * 2


def test_the_link_opens_the_entry_in_the_form_that_does_not_count() -> None:
    link = opened(write_report(several(SCORE)))["重複繳交"]["C3"].hyperlink
    assert link and (link.target, link.location) == (".\\收件\\舊.xlsx", "評分表!K8")


def test_without_differences_there_is_no_such_sheet() -> None:
    for write in (write_report, write_statistics):
        assert "重複繳交" in opened(write(several(SCORE))).sheetnames
        assert "重複繳交" not in opened(write(several())).sheetnames


def test_long_entries_stand_in_full_and_none_becomes_a_formula() -> None:
    long = "=HYPERLINK(1)" + "本局辦理說明會，蒐集民眾意見。" * 2_500
    sheet = opened(write_report(several(replace(SCORE, here=long))))["重複繳交"]
    rows = [row for row in sheet.iter_rows(min_row=3) if row[1].value == "收件/舊.xlsx"]
    assert "".join(str(row[7].value) for row in rows) == long
    assert {row[7].data_type for row in rows} == {"s"}
