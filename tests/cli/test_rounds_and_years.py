"""Rounds that share a folder, and the folders of two years, keep apart what is of each."""

from __future__ import annotations

import shutil
from pathlib import Path

import svcq_excel
from tests.cli.conftest import Run
from tests.cli.year_cases import CASES, points
from tests.paper.filled_form import Paper
from tests.plan.planning import edit, units_of


def test_both_halves_of_a_year_in_one_folder(svcq: Run) -> None:
    """Their forms lie in one inbox; each keeps its result, is frozen by itself, and stays."""
    folder = Path("一年 兩期")
    assert svcq("new", folder, "--like", "wra-105").code == 0
    edit(folder, {"考核種類": "自行考核"}, 受考核單位=units_of("wra-105")[:4])
    rounds = {"105年度上半年": 930, "105年度下半年": 850}
    for round, total in rounds.items():
        call = ("-C", folder, "generate", "--json", "--round", round)
        for place, form in enumerate(svcq(*call).document["forms"]):
            paper = Paper(Path(form["path"]), svcq_excel.load_rubric("wra-105"))
            points(paper, form["unit"], total - place)
            paper.save(folder / "收件" / Path(form["path"]).name)
    for round, total in rounds.items():
        merged = svcq("-C", folder, "merge", "--json", "--round", round).document
        assert [unit["total"] for unit in merged["units"]] == [total, total - 1, total - 2]
        assert Path(merged["output"]).parent.name == round
        assert svcq("-C", folder, "lock", "--round", round).code == 0
    assert svcq("verify", folder).code == 0
    assert {
        each["round"] for each in svcq("-C", folder, "lock", "--list", "--json").document["locks"]
    } == {*rounds}


def test_last_years_forms_are_told_in_the_next_years_folder(svcq: Run) -> None:
    """Where the round has the same name, only the folder's own seal tells them apart."""
    case, last, own = CASES["khb-106"], Path("去年"), Path("今年")
    assert svcq("new", last, "--like", "khb-106", "--round", case.round).code == 0
    edit(last, case.matters, 受考核單位=units_of("khb-106"))
    assert svcq("new", own, "--like", last).code == 0
    edit(own, {"期別": case.round})
    plan = svcq_excel.open_folder(last).plan()
    (form, *_) = svcq("-C", last, "generate", "--json").document["forms"]
    shutil.copy(form["path"], own / "收件" / "空白.xlsx")
    paper = Paper(Path(form["path"]), plan.rubric)
    case.fill(paper, "", 0)
    paper.save(own / "收件" / "去年填的.xlsx")
    files = {file["path"]: file for file in svcq("-C", own, "check", "--json").document["files"]}
    blank, filled = files["收件/空白.xlsx"], files["收件/去年填的.xlsx"]
    assert (blank["status"], filled["status"]) == ("blank", "needs-correction")
    for file in (blank, filled):
        assert "這份表件是其他年度（或其他考核資料夾）所發" in file["violations"][0]["message"]
    assert svcq("-C", own, "return", "--json").document["forms"] == []
