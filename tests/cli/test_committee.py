"""A committee's round on the command line: issued by its list, merged with what was decided."""

from __future__ import annotations

from pathlib import Path
from random import Random

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
    assert said[0].startswith("委員甲：已評 2 個單位；尚缺 1 個：B01 東區區公所")
    assert said[1].startswith("委員乙：已評 2 個單位；均已繳交")
