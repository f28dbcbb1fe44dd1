"""A committee's round comes to the same whatever program saved its forms, in whichever format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

from svcq_excel.pipeline import assess, define, issue
from svcq_excel.plan.assessors import SELF, read_assessors
from svcq_excel.results.outcome_json import as_json

from .filled_form import Paper
from .filling import scores

Convert = Callable[[Sequence[Path], str, Path], list[Path]]

UNITS = "編號,受考核單位名稱,組別\nA1,衛生局,甲組\nA2,第二衛生所,甲組\nB1,稅務局,乙組\n"
MEMBERS, STRANGER = ("委員甲", "歐陽震華・依斯坦大", "𠮷委員（外聘）"), "路人"
ABSENT = f"考核人員,受考核單位,決定,理由,決定人\n{MEMBERS[2]},A2,迴避,三親等內親屬,秘書室\n"
RULINGS = "編號,複評結果,複評日期\nB1,通過,105年11月3日\n"
TOTALS = {"A1": (905, 801, 798), "A2": (799, 800, 120), "B1": (640, 655, 661)}
RUBRIC = "hccg-105"


def listed(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Filled in as openpyxl saves them: all of A1; of A2 one lacks and one withdrew; of B1 one is
    to be corrected; somebody whom nobody expects; and a unit's own."""
    folder = tmp_path_factory.mktemp("desk")
    units = listed(folder, "units.csv", UNITS)
    known = "\n".join(("考核人員", *MEMBERS))
    listed(folder, "members.csv", known)
    everybody = listed(folder, "all.csv", f"{known}\n{STRANGER}")
    listed(folder, "decided.csv", ABSENT)
    listed(folder, "rulings.csv", RULINGS)
    plan = define(RUBRIC, units)
    (folder / "filled").mkdir()
    for form in issue(plan, [*read_assessors(str(everybody)), SELF], folder / "blank"):
        unit, who = form.unit.code, form.assessor.key
        if (unit, who) == ("A2", MEMBERS[1]) or (who == "self" and unit != "A1"):
            continue
        paper = Paper(form.path, plan.rubric)
        total = TOTALS[unit][MEMBERS.index(who)] if who in MEMBERS else 300
        for leaf, score in scores(plan.rubric, total, Random(total)).items():
            paper.enter(leaf, score=score)
        if (unit, who) == ("B1", MEMBERS[0]):
            paper.enter(plan.rubric.leaves[0].id, score="六十上下")
        paper.enter(assessor=form.assessor.name, date="105年10月5日", comments=f"{who}：請改善")
        paper.remark(plan.rubric.items[0].id, strengths="親切", suggestions=f"{who}的建議")
        paper.save(folder / "filled" / f"{len([*(folder / 'filled').iterdir()])}.xlsx")
    return folder


def units_of(desk: Path, inbox: Path) -> tuple[Any, list[Any], Any]:
    """What the JSON document tells of units, each file's own findings, and the texts."""
    plan = define(
        RUBRIC,
        desk / "units.csv",
        assessors=desk / "members.csv",
        rulings=desk / "rulings.csv",
        decisions=desk / "decided.csv",
    )
    outcome = assess(plan, [inbox])
    document: Any = as_json(outcome, None)
    files = sorted(
        (f["unit"], f["assessor"], f["status"], sorted(v["code"] for v in f["violations"]))
        for f in document["files"]
    )
    texts = [
        (u.unit.code, u.kind, u.comments, u.remarks, u.grounds, u.changes) for u in outcome.units
    ]
    return document["units"], files, texts


def test_the_round_has_everything_that_may_become_of_a_committee(desk: Path) -> None:
    units, files, _ = units_of(desk, desk / "filled")
    told = {(u["unit"], u["kind"]): (u["status"], u["total"], u["forms"]) for u in units}
    assert told["A1", "committee"] == (
        "accepted",
        pytest.approx((905 + 801 + 798) / 3, abs=1e-4),
        {"expected": 3, "counted": 3},
    )
    assert told["A2", "committee"] == ("incomplete", None, {"expected": 2, "counted": 1})
    assert told["B1", "committee"][:2] == ("needs-correction", None)
    assert told["A1", "self"][:2] == ("accepted", 300)
    strangers = [codes for _, who, _, codes in files if who == STRANGER]
    assert len(strangers) == 3 and all("unknown-assessor" in codes for codes in strangers)


@pytest.mark.office
@pytest.mark.parametrize("to", ["xlsx", "ods", "xls"])
def test_libreoffice_s_forms_come_to_the_same(
    to: str, desk: Path, office: Convert, tmp_path: Path
) -> None:
    saved = tmp_path / "saved"
    office(sorted((desk / "filled").iterdir()), to, saved)
    assert len([*saved.iterdir()]) == len([*(desk / "filled").iterdir()])
    assert units_of(desk, saved) == units_of(desk, desk / "filled")
