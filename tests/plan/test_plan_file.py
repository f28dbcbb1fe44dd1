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


SPELLINGS = {
    "plain": r"units: 資料\名單.csv",
    "in single quotes": r"units: '資料\名單.csv'",
    "in double quotes": r'units: "資料\名單.csv"',
    "in double quotes, escaped": r'units: "資料\\名單.csv"',
    "in double quotes, with a remark": 'units : "資料\\名單.csv"   # 名單',
    "by the numbers of its characters": r'units: "\u8CC7\u6599/\u540d\u55ae.csv"',
    "by a way around": r'units: "資料\..\資料\.\名單.csv"',
}


@pytest.mark.parametrize("line", SPELLINGS.values(), ids=SPELLINGS)
def test_a_path_as_windows_writes_it_leads_to_its_file(tmp_path: Path, line: str) -> None:
    (tmp_path / "資料").mkdir()
    (tmp_path / "資料" / "名單.csv").write_text("", "utf-8")
    units = read_plan_file(plan_file(tmp_path, f"round: 105年度\n{line}\n")).units
    assert isinstance(units, Path)
    assert units.samefile(tmp_path / "資料" / "名單.csv")


ESCAPES = ("n", "t", "0", "a", "b", "e", "v", "f", "r", "x01", "N", "L", "P", "_", "u4e00", "U1")


@pytest.mark.parametrize("name", [f"{start}名單.csv" for start in ESCAPES])
def test_what_yaml_would_take_for_a_code_is_a_path_where_there_is_one(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / "資料").mkdir()
    (tmp_path / "資料" / name).write_text("", "utf-8")
    plan = read_plan_file(plan_file(tmp_path, f'units: "資料\\{name}"\nassessors: "資料\\{name}"'))
    assert plan.units == plan.assessors == tmp_path / "資料" / name


def test_a_definition_is_found_as_windows_writes_its_path(tmp_path: Path) -> None:
    (tmp_path / "定義").mkdir()
    (tmp_path / "定義" / "自訂.yaml").write_text("", "utf-8")
    plan = read_plan_file(plan_file(tmp_path, r'rubric: "定義\自訂.yaml"'))
    assert plan.rubric == str(tmp_path / "定義" / "自訂.yaml")


@pytest.mark.parametrize(
    "name", ["名單.csv", *(f"{start}名單.csv" for start in ESCAPES[:-2]), "u1"]
)
def test_a_path_that_leads_nowhere_is_answered_with_what_yaml_makes_of_it(
    tmp_path: Path, name: str
) -> None:
    with pytest.raises(DefinitionError) as refused:
        read_plan_file(plan_file(tmp_path, f'round: 105年度\nunits: "資料\\{name}"'))
    (problem,) = refused.value.problems
    assert problem.line == 2 and "路徑請以 / 分隔" in problem.fix, str(problem)


def test_a_path_with_a_drive_is_told_as_it_stands(tmp_path: Path) -> None:
    plan = read_plan_file(plan_file(tmp_path, r"units: C:\考核\名單.csv"))
    assert str(plan.units) == r"C:\考核\名單.csv"
