"""Checklists for the tests: forms of kpw-102 issued, filled in at a desk, and assessed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from svcq_excel.pipeline import define, issue
from svcq_excel.plan.assessors import SELF
from svcq_excel.plan.plan import Plan
from tests.paper.filled_form import Entry, Paper

Answers = Mapping[str, Mapping[str, Entry]]
"""By step id, what is entered in its row, by key."""

UNITS = {"P1": "新建工程處", "P2": "養護工程處", "P3": "秘書室"}
DONE: Mapping[str, Entry] = {"status": "已完成", "done": "已依計畫辦理", "proof": "附件一"}


def plan_of(
    folder: Path,
    round: str | None,
    codes: tuple[str, ...] = ("P1",),
    carried: Path | None = None,
) -> Plan:
    rows = "".join(f"{code},{UNITS[code]}\n" for code in codes)
    (folder / "units.csv").write_text(f"編號,受考核單位名稱\n{rows}", "utf-8")
    return define("kpw-102", folder / "units.csv", round, carried=carried)


def handed_in(plan: Plan, folder: Path, answers: Mapping[str, Answers]) -> Path:
    """The folder with the forms of these units: every step done but for what is given by code."""
    inbox = folder / f"inbox {plan.round}"
    inbox.mkdir()
    for form in issue(plan, [SELF], folder / f"blank {plan.round}"):
        code = form.unit.code
        if code in answers:
            rubric = plan.rubric_of(code)
            paper = Paper(form.path, rubric)
            for leaf in rubric.leaves:
                paper.enter(leaf.id, **answers[code].get(leaf.id, DONE))
            paper.enter(assessor="承辦人", date="102年6月20日")
            paper.save(inbox / f"{code}.xlsx")
    return inbox
