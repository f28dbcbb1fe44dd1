"""What `svcq check` and `merge` say in the end: each file's fate in few lines, and the sum."""

from __future__ import annotations

from dataclasses import replace

from svcq_excel.inbox.patience import HUNG
from svcq_excel.plan.assessors import Assessor
from svcq_excel.plan.decisions import Absence, Decision
from svcq_excel.plan.expected import Expected
from svcq_excel.results.lines import details, summary
from svcq_excel.results.model import FileResult, Outcome
from svcq_excel.results.scoring.totals import conclude
from svcq_excel.results.workbook import write_statistics
from tests.results.reading import grid
from tests.results.samples import outcome, received, submission, units, violation, wra

EXCLUDED = Decision("草稿.xlsx", False, "誤送", "王大明", "決定.xlsx", 2).in_words
ADOPTED = Decision("一.xlsx", True, "經確認", "王大明", "決定.xlsx", 3).in_words


def round_of(*files: FileResult) -> Outcome:
    return outcome([submission("A01", 900)], files=files)


def ignored(path: str, reason: str) -> FileResult:
    return FileResult(path, "ignored", None, None, reason=reason)


def test_the_last_lines_account_for_every_file_and_count_decisions() -> None:
    made = round_of(
        received("A01", "一", reason=ADOPTED),
        received("A02", "二", "hq", violation()),
        ignored("草稿.xlsx", EXCLUDED),
        ignored("a.pdf", "PDF 文件，不是試算表"),
    )
    assert list(summary(made))[-2:] == [
        "檔案數 4 = 採用 1 + 待補正 1 + 略過 2",
        "依決定檔採用或排除的檔案 2",
    ]


def test_files_that_were_given_up_are_counted_and_what_comes_of_it_is_said() -> None:
    slow = [replace(received("A01", "一", "hq", violation()), fault=HUNG.cause) for _ in "12"]
    lines = list(summary(round_of(received("A01", "一"), *slow)))
    assert [line.partition("，")[0] for line in lines if "過久" in line] == ["有 2 份檔案讀取過久"]
    assert not any("過久" in line for line in summary(round_of(received("A01", "一"))))


def test_an_empty_inbox_says_so() -> None:
    assert list(summary(round_of()))[-1] == "收件資料夾內沒有任何檔案"


def test_decisions_stand_with_their_reason_where_nothing_else_is_to_be_said() -> None:
    lines = list(
        details(round_of(received("A01", "一", reason=ADOPTED), ignored("草稿.xlsx", EXCLUDED)))
    )
    assert lines[:2] == [
        "A01 第一河川局　收件/一.xlsx（採用）　依決定採用：經確認（王大明）",
        "草稿.xlsx（略過）　依決定排除：誤送（王大明）",
    ]
    assert sum("草稿.xlsx" in line for line in lines) == 1


def test_ignored_files_take_a_line_a_kind() -> None:
    files = [ignored(f"{i}.pdf", "PDF 文件") for i in range(5)]
    lines = list(details(round_of(received("A01", "一"), *files, ignored("~$a.xlsx", "暫存檔"))))
    assert lines[:2] == [
        "略過（PDF 文件）　0.pdf、1.pdf、2.pdf 等 5 個檔案",
        "略過（暫存檔）　~$a.xlsx",
    ]
    assert "未繳" in lines[2]


def test_files_go_by_unit_and_say_titles_of_rules_not_codes() -> None:
    files = [received(code, code, "hq", violation()) for code in ("A03", "A01", "A02")]
    lines = list(details(round_of(*files)))
    assert [line[:3] for line in lines[:6:2]] == ["A01", "A02", "A03"]
    assert lines[1] == f"  應更正　得分超過滿分：{violation().message}"


def test_many_violations_of_one_kind_take_one_line() -> None:
    many = [replace(violation(), criterion_name=f"第{at}項") for at in range(25)]
    lines = list(details(round_of(received("A01", "一", "hq", *many))))
    assert lines[1] == "  應更正　得分超過滿分 25 項：「第0項」、「第1項」、「第2項」等。"
    assert lines[2].endswith("未繳")


def test_forms_of_another_assessment_are_told_together() -> None:
    wrong = violation("other-rubric", found="這是「wra-104」的表件")
    files = [
        replace(received(f"A{at:02}", f"表{at}", "self", wrong), sure_whose=False)
        for at in range(1, 15)
    ]
    lines = [line for line in details(round_of(*files)) if "未繳" not in line]
    assert len(lines) == 2
    assert lines[0].startswith("待補正　") and lines[0].endswith(" 等 14 個檔案")
    assert "這是「wra-104」的表件" in lines[1]


def test_what_seems_to_be_a_missing_units_form_is_told_with_it() -> None:
    scan = replace(ignored("收件/第二河川局.pdf", "收到 PDF"), likely="A02")
    (line,) = [line for line in details(round_of(scan)) if line.startswith("A02")]
    assert (
        line == "A02 第二河川局　未繳；收到「第二河川局.pdf」，可能是這個單位的評分表，但無法讀取"
    )


def test_of_two_kinds_of_assessment_it_is_said_which_one_a_unit_owes() -> None:
    forms = [submission("A01", 900), submission("A02", 880), submission("A02", 870, "self")]
    lines = [line for line in details(outcome(forms)) if line.startswith(("A01", "A03"))]
    assert lines == [
        "A03 第三河川局　本署：未繳",
        "A01 第一河川局　自行：未繳",
        "A03 第三河川局　自行：未繳",
    ]


def test_of_two_kinds_units_are_counted_once_and_forms_kind_by_kind() -> None:
    forms = [submission("A01", 900), submission("A02", 880), submission("A02", 870, "self")]
    told = list(summary(outcome(forms)))[1]
    assert told == ("單位 14。本署：已繳 2、待補正 0、未繳 12；自行：已繳 1、待補正 0、未繳 13")


def test_a_unit_that_nobody_is_to_assess_is_not_called_for() -> None:
    """Not all groups have members on the list: nobody could be asked for a form."""
    member = Assessor("甲", "甲", "committee", "", ("A01",))
    away = Absence("甲", ("A01",), "迴避", "親屬", "科長", "決定.csv", 2)
    for absences, said in (
        ((), "A02 第二河川局　未繳；名單上沒有考核這個單位的人員"),
        ((away,), "A01 第一河川局　未繳；考核人員都不計評分"),
    ):
        results = conclude(wra(), units(), [], expected=Expected((member,), absences))
        made = Outcome(wra(), "105年度", results, ())
        assert said in details(made)
        rows = grid(write_statistics(made), "排名與獎懲")
        assert any(said.partition("；")[2] in row for row in rows)


def test_no_name_forges_a_line_or_moves_the_cursor() -> None:
    bad = FileResult("a\n採用\x1b[2J", "rejected", None, None, (violation(found="\r\x07"),))
    lines = list(details(round_of(bad)))
    assert lines[0] == r"a\x0a採用\x1b[2J（無法採用）"
    assert r"\x0d\x07" in lines[1]
