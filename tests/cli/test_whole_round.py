"""The whole year in one folder, for each of the four: made, filled in, issued, handed in, sent
back, corrected, concluded, changed after an appeal, frozen, and the next year made like it; the
results are those that a call with flags has, and those counted apart."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import svcq_excel
from svcq_excel.plan.plan import Plan
from svcq_excel.rubric.node import Node
from tests.cli.conftest import Run
from tests.cli.counted_apart import compare, entries_in
from tests.cli.year_cases import CASES, Case, all_95
from tests.paper.filled_form import Paper
from tests.plan.planning import edit, units_of

PLAN = "考核計畫.xlsx"


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
    if case.fill is all_95:
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
    opened, as_edited = svcq_excel.open_folder(folder), (folder / PLAN).read_bytes()
    plan = opened.plan()
    assert _step(svcq, folder) == "issue"

    issued = svcq("-C", folder, "generate", "--json").document["forms"]
    assert _step(svcq, folder) == "collect"
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

    assert _step(svcq, folder) == ("correct" if last is first else "collect")
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

    assert _step(svcq, folder) == "conclude"
    merged = svcq("-C", folder, "merge", "--json")
    assert merged.code in {0, 1}, merged.err
    assert _step(svcq, folder) == "lock"
    assert merged.document["round"] == case.round
    for unit in merged.document["units"]:
        assert unit["status"] == "accepted"
        assert unit["total"] == expected(plan, case, unit["unit"])
    assert _as_with_flags(merged.document, id, case, folder, tmp_path)
    said = {v["code"] for file in merged.document["files"] for v in file["violations"]}
    assert not {code for code in said if code.startswith("seal")}
    assert (folder / PLAN).read_bytes() == as_edited

    came = entries_in(folder / "收件", superseded=Path(first["path"]).name)
    compare(merged.document, came)
    if not plan.rubric.is_checklist:
        came = _appealed(folder, plan, came, first["unit"])
        as_edited = (folder / PLAN).read_bytes()
        assert _step(svcq, folder) == "conclude", "the result is not what the plan says any more"
        again = svcq("-C", folder, "merge", "--json").document
        compare(again, came)
        assert [unit["unit"] for unit in again["units"] if unit.get("changes")] == [first["unit"]]

    assert svcq("-C", folder, "lock").code == 0
    assert svcq("-C", folder, "merge").code == 2
    assert svcq("verify", folder, "--json").document == {"same": True, "differences": []}
    _next_year(svcq, id, case, folder, first)
    assert (folder / PLAN).read_bytes() == as_edited
    (archive,) = (folder / "封存").glob("*.zip")
    shutil.move(archive, tmp_path / "帶走.zip")
    shutil.rmtree(folder)
    assert svcq("verify", tmp_path / "帶走.zip").code == 0


def _step(svcq: Run, folder: Path) -> str:
    return str(svcq("-C", folder, "status", "--json").document["step"])


def _appealed(folder: Path, plan: Plan, came: pd.DataFrame, unit: str) -> pd.DataFrame:
    """成績調整 gives a unit one point less on a leaf that it has a form of; what comes of it."""
    at, assessor, leaf, value = next(
        (at, assessor, leaf, value)
        for at, whose, assessor, leaf, value in came.itertuples()
        if whose == unit and _of_one_band(plan.rubric.leaf_by_id[leaf], value)
    )
    heads = (
        "編號",
        "考核種類",
        "考核人員",
        "代號",
        "原得分",
        "調整後得分",
        "理由",
        "核定人",
        "日期",
    )
    whose = ("自行", "") if assessor == "self" else ("考核小組", assessor)
    row = (unit, *whose, leaf, value, value - 1, "申復案", "王局長", date(2017, 12, 20))
    edit(folder, {}, 成績調整=[heads, row])
    changed = came.copy()
    changed.loc[at, "value"] = value - 1
    return changed


def _of_one_band(leaf: Node, value: int) -> bool:
    return value > 0 and leaf.band_of(Decimal(value)) == leaf.band_of(Decimal(value - 1))


def _next_year(svcq: Run, id: str, case: Case, last: Path, form: Any) -> None:
    """Made like this year's: its lists, none of its decisions; forms of this year are not its."""
    folder, before = Path("明年度 考核資料"), svcq_excel.open_folder(last).plan()
    year = before.rubric.year
    assert svcq("new", folder, "--like", last, "--year", year + 1).code == 0
    now = svcq_excel.open_folder(folder).plan()
    assert (now.units, now.assessors) == (before.units, before.assessors)
    assert not now.score_changes and not now.decisions and not now.rulings.rows
    assert (now.rubric.year, now.round) == (year + 1, case.round.replace(str(year), str(year + 1)))
    issued = svcq("-C", folder, "generate", "--json").document["forms"]
    assert form["unit"] in {each["unit"] for each in issued}
    shutil.copy(last / "收件" / "更正後.xlsx", folder / "收件")
    document = svcq("-C", folder, "check", "--json").document
    assert document["summary"]["accepted"] == 0
    assert [v["code"] for v in document["files"][0]["violations"]] == ["other-rubric"]


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
