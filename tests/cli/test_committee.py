"""A committee's round on the command line: issued by its list, merged with what was decided."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest

from svcq_excel.pipeline import define, issue
from svcq_excel.plan.assessors import read_assessors
from tests.cli.conftest import Run
from tests.paper.filled_form import Paper
from tests.paper.filling import scores
from tests.results.reading import grid


def test_the_committee_s_round_on_the_command_line(svcq: Run, tmp_path: Path) -> None:
    """Issue, fill in, merge with the list of members and what was decided meanwhile."""
    (tmp_path / "units.csv").write_text(
        "編號,受考核單位名稱,組別\nA01,衛生局,第1組\nA02,稅務局,第1組\nB01,東區區公所,第2組\n",
        "utf-8",
    )
    (tmp_path / "members.csv").write_text("考核人員,組別\n委員甲,\n委員乙,第1組\n", "utf-8")
    (tmp_path / "rulings.csv").write_text("編號,複評結果\nA02,通過\n", "utf-8")
    members = read_assessors(str(tmp_path / "members.csv"))
    plan = define("hccg-105", tmp_path / "units.csv")
    issued = issue(plan, members, tmp_path / "forms")
    assert len(issued) == 5, "委員乙 sees the first group only"
    for each in issued[:-1]:
        paper = Paper(each.path, plan.rubric)
        total = {"A01": 900, "A02": 600}[each.unit.code]
        for leaf, score in scores(plan.rubric, total, Random(total)).items():
            paper.enter(leaf, score=score)
        paper.enter(assessor=each.assessor.name, date="105年10月5日")
        paper.save(each.path)
    table = tmp_path / "統計表.xlsx"
    call = ("merge", tmp_path / "forms", "--rubric", "hccg-105", "--units", tmp_path / "units.csv")
    lists = ("--assessors", tmp_path / "members.csv", "--rulings", tmp_path / "rulings.csv")
    assert svcq(*call, *lists, "--out", table).code == 1, "the last form is blank"
    ranked = {row[2]: (row[1], row[5]) for row in grid(table.read_bytes(), "排名與獎懲")}
    assert ranked["A01"] == (1, "甲")
    assert ranked["A02"] == (2, "乙")
    assert ranked["B01"] == (None, None)
    said = [str(row[0]) for row in grid(table.read_bytes(), "考核人員評分")][-2:]
    assert said[0].startswith("委員甲：已評 2 個單位；未繳 1 個：B01 東區區公所")
    assert said[1].startswith("委員乙：已評 2 個單位；均已繳交")


MEMBERS = ("委員甲", "委員乙", "委員丙")
TOTALS = {"A01": 900, "A02": 820, "B01": 750}


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with lists, and every member's form for every unit in 收件."""
    rows = "A01,衛生局,第1組\nA02,稅務局,第1組\nB01,東區區公所,第2組\n"
    (tmp_path / "units.csv").write_text("編號,受考核單位名稱,組別\n" + rows, "utf-8")
    (tmp_path / "members.csv").write_text("考核人員\n" + "\n".join((*MEMBERS, "")), "utf-8")
    (tmp_path / "all.csv").write_text("考核人員\n" + "\n".join((*MEMBERS, "路人", "")), "utf-8")
    plan = define("hccg-105", tmp_path / "units.csv")
    members = read_assessors(str(tmp_path / "all.csv"))
    for each in issue(plan, members, tmp_path / "收件"):
        paper = Paper(each.path, plan.rubric)
        total = TOTALS[each.unit.code] + (-100 if each.assessor.name == "路人" else 0)
        for leaf, score in scores(plan.rubric, total, Random(total)).items():
            paper.enter(leaf, score=score)
        paper.enter(assessor=each.assessor.name, date="105年10月5日")
        paper.save(each.path)
    return tmp_path


def take_out(desk: Path, unit: str, member: str, aside: str = "別處") -> Path:
    (found,) = (desk / "收件").rglob(f"{unit}_*{member}*.xlsx")
    (desk / aside).mkdir(exist_ok=True)
    return found.rename(desk / aside / found.name)


def merged(svcq: Run, desk: Path, *more: object, out: str = "統計表.xlsx") -> tuple[int, Any]:
    lists = ("--units", desk / "units.csv", "--assessors", desk / "members.csv")
    call = ("merge", desk / "收件", "--rubric", "hccg-105", *lists, "--out", desk / out)
    ran = svcq(*call, "--json", *more)
    return ran.code, ran.document


def of_committee(document: Any) -> dict[str, Any]:
    return {unit["unit"]: unit for unit in document["units"] if unit["kind"] == "committee"}


def test_a_form_that_lacks_leaves_its_unit_without_a_result_until_it_is_decided(
    svcq: Run, desk: Path
) -> None:
    for unit in TOTALS:
        take_out(desk, unit, "路人")
    code, whole = merged(svcq, desk)
    assert code == 0
    take_out(desk, "A02", "委員丙")
    code, document = merged(svcq, desk)
    units = of_committee(document)
    assert code == 1
    assert document["summary"]["incomplete"] == 1
    assert {key: units["A02"][key] for key in ("status", "total", "grade", "rank")} == {
        **dict.fromkeys(("total", "grade", "rank")),
        "status": "incomplete",
    }
    assert units["A02"]["forms"] == {"expected": 3, "counted": 2}
    assert units["A02"]["outstanding"] == [{"assessor": "委員丙", "status": "missing"}]
    assert [units[code]["provisional"] for code in TOTALS] == [True, False, False]
    book = (desk / "統計表.xlsx").read_bytes()
    texts = {name: str(grid(book, name)) for name in ("考核結果統計表", "繳交情形", "考核人員評分")}
    assert all("尚缺 1 份" in text for text in texts.values())
    assert "委員丙（未繳）" in texts["考核人員評分"]
    assert "第1組尚有單位未繳、待補正或尚缺評分" in texts["考核結果統計表"]

    decided = "考核人員,編號,決定,理由,決定人\n委員丙,A02,迴避,親屬任職,秘書室\n"
    (desk / "決定.csv").write_text(decided, "utf-8")
    code, document = merged(svcq, desk)
    units = of_committee(document)
    assert code == 0
    assert units["A02"]["forms"] == {"expected": 2, "counted": 2}
    assert {code: unit["total"] for code, unit in units.items()} == TOTALS
    assert [unit["rank"] for unit in units.values()] == [1, 2, 1]
    assert not any(unit["provisional"] for unit in units.values())
    table = grid((desk / "統計表.xlsx").read_bytes(), "考核結果統計表")
    assert table[5][-1] == "委員丙 迴避，不計其評分：親屬任職（秘書室）"
    assert of_committee(whole)["A01"]["total"] == 900


def test_a_decision_on_nobody_is_told_and_asks_for_a_person(svcq: Run, desk: Path) -> None:
    for unit in TOTALS:
        take_out(desk, unit, "路人")
    rows = "委員丁,A02,缺席,因病,秘書室\n委員甲,A09,缺席,因病,秘書室\n"
    (desk / "決定.csv").write_text("考核人員,受考核單位,決定,理由,決定人\n" + rows, "utf-8")
    code, document = merged(svcq, desk)
    assert code == 1
    assert [unit["status"] for unit in document["units"]] == ["accepted"] * 3
    first, second = document["unmatched"]
    assert first.startswith("決定.csv 第 2 列：考核人員「委員丁」不在考核人員名單內")
    assert second.startswith("決定.csv 第 3 列：單位「A09」不在受考核單位名單內")
    assert "因病" in first
    assert first in str(grid((desk / "統計表.xlsx").read_bytes(), "檢核結果"))


def test_a_ruling_on_a_unit_that_is_not_there_is_told_with_its_row_and_the_others_count(
    svcq: Run, desk: Path
) -> None:
    for unit in TOTALS:
        take_out(desk, unit, "路人")
    (desk / "rulings.csv").write_text("編號,複評結果\nB01,通過\nA09,通過\n", "utf-8")
    code, document = merged(svcq, desk, "--rulings", desk / "rulings.csv")
    assert code == 1
    (told,) = document["unmatched"]
    assert told.startswith("rulings.csv 第 3 列：編號「A09」不在受考核單位名單內，這一列沒有採用")
    assert [unit["status"] for unit in document["units"]] == ["accepted"] * 3
    assert told in str(grid((desk / "統計表.xlsx").read_bytes(), "檢核結果"))


def test_results_hang_on_no_name_of_a_file_and_on_no_form_that_does_not_count(
    svcq: Run, desk: Path
) -> None:
    aside = {unit: take_out(desk, unit, "路人") for unit in TOTALS}
    take_out(desk, "A02", "委員乙")
    _, document = merged(svcq, desk)
    expected = document["units"]
    files = sorted((desk / "收件").rglob("*.xlsx"))
    for at, file in enumerate(files):
        file.rename(desk / "收件" / f"{len(files) - at:02}.xlsx")
    for unit, stranger in aside.items():
        stranger.rename(desk / "收件" / f"00 {unit}.xlsx")
    code, document = merged(svcq, desk)
    assert code == 1
    assert document["units"] == expected
    strangers = [file for file in document["files"] if file["assessor"] == "路人"]
    for file in strangers:
        assert "unknown-assessor" in [violation["code"] for violation in file["violations"]]
    (desk / "決定.csv").write_text(
        "考核人員,受考核單位,決定,理由,決定人\n委員乙,A02,缺席,因病,秘書室\n", "utf-8"
    )
    decided = merged(svcq, desk)[1]["units"]
    assert decided != expected
    (desk / "別處").rename(desk / "收件" / "後到")
    _, late = merged(svcq, desk)
    (ignored,) = (file for file in late["files"] if file["reason"] == "依決定缺席：因病（秘書室）")
    assert (ignored["status"], ignored["assessor"], ignored["unit"]) == ("ignored", "委員乙", "A02")
    assert late["units"] == decided


def test_a_kind_that_is_expected_is_told_though_nothing_of_it_came(svcq: Run, desk: Path) -> None:
    (desk / "收件").rename(desk / "別處")
    (desk / "收件").mkdir()
    code, document = merged(svcq, desk)
    assert code == 1
    assert [(u["kind"], u["status"]) for u in document["units"]] == [("committee", "missing")] * 3


def test_check_and_return_know_who_is_expected_too(svcq: Run, desk: Path) -> None:
    lists = ("--units", desk / "units.csv", "--assessors", desk / "members.csv", "--json")
    ran = svcq("check", desk / "收件", "--rubric", "hccg-105", *lists)
    assert {unit["status"] for unit in ran.document["units"]} == {"accepted"}
    ran = svcq("return", desk / "收件", "--rubric", "hccg-105", *lists, "--out", desk / "補正")
    assert ran.document["forms"] == []
    assert {each["assessor"] for each in ran.document["without"]} == {"路人"}
