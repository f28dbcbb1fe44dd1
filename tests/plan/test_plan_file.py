"""A plan file names all that a run works with; what is wrong with it is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from svcq_excel.definition import DefinitionError
from svcq_excel.plan.plan_file import read_plan_file
from svcq_excel.plan.sources import Sources
from svcq_excel.rubric.shipped import load

UNITS = Path(__file__).parents[2] / "samples" / "hccg-105" / "units.csv"
WHOLE = """\
rubric: hccg-105
units: 名單/units.csv
round: 105年度
deadline: 105年7月31日
assessors: 委員.csv
clauses:
  committee:
    method: median
    clause: 陸、二
"""


def plan_file(folder: Path, text: str) -> Path:
    path = folder / "計畫 檔.yaml"
    path.write_text(text, "utf-8")
    return path


def test_paths_start_from_where_the_file_lies(tmp_path: Path) -> None:
    plan = read_plan_file(plan_file(tmp_path, WHOLE))
    assert (plan.rubric, plan.round, plan.deadline) == ("hccg-105", "105年度", "105年7月31日")
    assert plan.units == tmp_path / "名單" / "units.csv"
    assert plan.assessors == tmp_path / "委員.csv"
    assert (plan.rulings, plan.decisions) == (None, None)


def test_a_rubric_file_beside_the_plan_is_meant_before_one_that_ships(tmp_path: Path) -> None:
    (tmp_path / "wra-105").write_text("", "utf-8")
    assert read_plan_file(plan_file(tmp_path, "rubric: wra-105")).rubric == str(
        tmp_path / "wra-105"
    )


def test_clauses_of_the_plan_take_the_place_of_the_rubrics_and_leave_the_others(
    tmp_path: Path,
) -> None:
    rubric = load("hccg-105")
    clauses = read_plan_file(plan_file(tmp_path, WHOLE)).clauses
    assert clauses
    changed = clauses.applied(rubric)
    assert changed.clauses.committee.method == "median"
    assert changed.clauses.reevaluation == rubric.clauses.reevaluation
    assert changed.digest == rubric.digest
    plain = Sources("hccg-105", UNITS).over(read_plan_file(plan_file(tmp_path, "round: 105年度")))
    assert plain.read().rubric == rubric


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("round: 一\nunit: a.csv\n", 2, "「units」"),
        ("round: 一\n\nunits: [a, b]\n", 3, "「units」應為一段文字"),
        ("clauses:\n  committee:\n    method: mode\n", 3, "mode"),
        ("clauses:\n  rank: x\n", 2, "「ranking」"),
        ("round: 一\nround: 二\n", 2, "重複"),
    ],
)
def test_a_fault_is_told_with_its_line(text: str, line: int, said: str, tmp_path: Path) -> None:
    with pytest.raises(DefinitionError) as caught:
        read_plan_file(plan_file(tmp_path, text))
    (problem,) = caught.value.problems
    assert problem.line == line
    assert said in str(problem)


def test_clauses_that_do_not_fit_the_rubric_are_told_with_their_line(tmp_path: Path) -> None:
    text = "clauses:\n  floors:\n    - node: Z9\n      min: 10\n"
    clauses = read_plan_file(plan_file(tmp_path, text)).clauses
    assert clauses
    with pytest.raises(DefinitionError) as caught:
        clauses.applied(load("hccg-105"))
    assert {problem.line for problem in caught.value.problems} == {3}
