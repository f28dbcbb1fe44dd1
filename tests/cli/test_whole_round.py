"""The whole way in one folder, for each of the four: made, filled in, issued, handed in, sent back,
corrected, concluded; the results are those that a call with flags has, and those counted apart."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

import svcq_excel
from svcq_excel.plan.plan import Plan
from tests.cli.conftest import Run
from tests.paper.filled_form import Paper
from tests.paper.filling import answer, scores
from tests.plan.planning import Rows, edit, units_of

MEMBERS: Rows = [
    ("編號", "考核人員", "組別"),
    ("K1", "王委員", "第1組"),
    ("K2", "李委員", ""),
]


def _points(paper: Paper, seed: str, total: int) -> None:
    chance = Random(seed)
    for leaf, score in scores(paper.rubric, total, chance).items():
        answer(paper, paper.rubric.leaf_by_id[leaf], score, chance)
    paper.enter(assessor="研考小組", date="105年7月5日")


def _all_95(paper: Paper, seed: str, total: int) -> None:
    for leaf in paper.rubric.leaves:
        paper.enter(leaf.id, score=95)
    paper.enter(assessor="考核小組", date="106年12月5日")


def _steps(paper: Paper, seed: str, total: int) -> None:
    for leaf in paper.rubric.leaves:
        paper.enter(leaf.id, status="已完成", done="依計畫辦理。", proof="附件1")
    paper.enter(assessor="秘書室", date="102年6月25日")


@dataclass(frozen=True)
class Case:
    round: str
    fill: Callable[[Paper, str, int], None]
    wrong: tuple[str, Any]
    """What is entered once that has to be corrected."""
    base: int = 0
    """The first unit's total; each next one has three points less."""
    matters: Mapping[str, object] = field(default_factory=dict)
    lists: Mapping[str, Rows] = field(default_factory=dict)
    flags: Mapping[str, Any] = field(default_factory=dict)


CASES = {
    "wra-105": Case(
        "105年度上半年",
        _points,
        ("score", 9999),
        930,
        {"考核種類": "自行"},
        {},
        {"assessors": "self"},
    ),
    "khb-106": Case(
        "106年度7月至12月", _all_95, ("score", "良好"), 0, {}, {}, {"assessors": "self"}
    ),
    "hccg-105": Case(
        "105年度", _points, ("score", -1), 900, {"考核種類": "考核小組"}, {"考核人員": MEMBERS}
    ),
    "kpw-102": Case("102年6月", _steps, ("status", "快好了"), 0, {}, {}, {"assessors": "self"}),
}


def totals(plan: Plan, case: Case) -> dict[tuple[str, str], int]:
    """What each assessor gives each unit."""
    return {
        (unit.code, who.key): case.base - 3 * at - 2 * place
        for at, unit in enumerate(plan.units)
        for place, who in enumerate(plan.assessors)
        if who.assesses(unit)
    }


def expected(plan: Plan, case: Case, unit: str) -> float | None:
    """The unit's result, counted by hand."""
    if plan.rubric.is_checklist:
        return None
    if case.fill is _all_95:
        return 95 * len(plan.rubric.leaves)
    given = [Decimal(total) for (code, _), total in totals(plan, case).items() if code == unit]
    return float(sum(given) / len(given))


@pytest.fixture(params=CASES)
def id(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_whole_way(svcq: Run, id: str, tmp_path: Path) -> None:
    case, folder = CASES[id], Path("本年度 考核資料")
    assert svcq("new", folder, "--like", id, "--round", case.round).code == 0
    edit(folder, {"聯絡人": "王大明", **case.matters}, 受考核單位=units_of(id), **case.lists)
    opened = svcq_excel.open_folder(folder)
    plan = opened.plan()

    issued = svcq("-C", folder, "generate", "--json").document["forms"]
    given = totals(plan, case)
    assert {(each["unit"], each["assessor"]) for each in issued} == set(given)
    first, last = issued[0], issued[-1]
    for form in issued:
        paper = Paper(Path(form["path"]), plan.rubric)
        whose = form["unit"], form["assessor"]
        case.fill(paper, " ".join(whose), given[whose])
        if form is first:
            key, value = case.wrong
            paper.enter(plan.rubric.leaves[0].id, **{key: value})
        if form is first or form is not last:  # of the last, nothing comes yet
            paper.save(folder / "收件" / Path(form["path"]).name)

    checked = svcq("-C", folder, "check", "--json")
    assert checked.code == 1 and checked.document["summary"]["needs_correction"] == 1

    (returned,) = svcq("-C", folder, "return", "--json").document["forms"]
    assert (returned["unit"], returned["assessor"]) == (first["unit"], first["assessor"])
    whose = first["unit"], first["assessor"]
    paper = Paper(Path(returned["path"]), plan.rubric)
    case.fill(paper, " ".join(whose), given[whose])
    paper.save(folder / "收件" / "更正後.xlsx")
    if last is not first:
        paper = Paper(Path(last["path"]), plan.rubric)
        case.fill(paper, "last", given[last["unit"], last["assessor"]])
        paper.save(folder / "收件" / "最後一份.xlsx")

    merged = svcq("-C", folder, "merge", "--json")
    assert merged.code in {0, 1}, merged.err
    assert merged.document["round"] == case.round
    for unit in merged.document["units"]:
        assert unit["status"] == "accepted"
        assert unit["total"] == expected(plan, case, unit["unit"])
    assert _as_with_flags(merged.document, id, case, folder, tmp_path)
    said = {v["code"] for file in merged.document["files"] for v in file["violations"]}
    assert not {code for code in said if code.startswith("seal")}

    assert svcq("-C", folder, "lock").code == 0
    assert svcq("-C", folder, "merge").code == 2
    assert svcq("verify", folder, "--json").document == {"same": True, "differences": []}
    (archive,) = (folder / "封存").glob("*.zip")
    shutil.move(archive, tmp_path / "帶走.zip")
    shutil.rmtree(folder)
    assert svcq("verify", tmp_path / "帶走.zip").code == 0


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


def _as_with_flags(own: Any, id: str, case: Case, folder: Path, tmp_path: Path) -> bool:
    """The same inbox elsewhere, and all that the plan says as flags."""
    shutil.copytree(folder / "收件", tmp_path / "收件")
    lists = {}
    for name, rows in {
        "units": units_of(id),
        **{"members": case.lists.get("考核人員", ())},
    }.items():
        lists[name] = tmp_path / f"{name}.csv"
        lists[name].write_text("\n".join(",".join(map(str, row)) for row in rows), "utf-8")
    flags = dict(case.flags) or {"assessors": lists["members"]}
    plan = svcq_excel.define(id, lists["units"], case.round, **flags)
    written = svcq_excel.merge(plan, tmp_path / "收件", tmp_path / "別處.xlsx")
    other: Any = written.told.document
    keys = ("rubric", "round", "summary", "units")
    return bool([own[key] for key in keys] == [other[key] for key in keys])
