"""Made-up rounds for comparisons: some units' scores, the outcome, and its statistics workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

from openpyxl import load_workbook

from svcq_excel.checks.answers import Status
from svcq_excel.checks.submission import Submission
from svcq_excel.plan.plan import Plan
from svcq_excel.plan.previous.model import PreviousResults
from svcq_excel.plan.previous.reading import read_results
from svcq_excel.plan.units import Unit
from svcq_excel.results.model import Outcome
from svcq_excel.results.scoring import checklist, totals
from svcq_excel.results.workbook import write_statistics
from svcq_excel.rubric.model import Kind, Rubric
from svcq_excel.rubric.node import STATUSES
from svcq_excel.rubric.shipped import load
from svcq_excel.text.roc_dates import WrittenDate

KINDS: Mapping[str, Sequence[Kind]] = {
    "wra-105": ("hq", "self"),
    "hccg-105": ("committee", "self"),
    "khb-106": ("self",),
    "kpw-102": ("self",),
}
MEMBERS = ("委員甲", "委員乙", "委員丙")


@cache
def rubric(id: str) -> Rubric:
    return load(id)


def units(count: int, grouped: bool = False) -> tuple[Unit, ...]:
    return tuple(
        Unit(f"A{n:03}", f"第{n}河川局", f"第{n % 2 + 1}組" if grouped else "")
        for n in range(1, count + 1)
    )


def outcome_of(
    id: str,
    round: str,
    there: Sequence[Unit],
    seed: int,
    missing: Sequence[str] = (),
    definition: Rubric | None = None,
    previous: Sequence[PreviousResults] = (),
) -> Outcome:
    """All units but those that are missing handed in, by chance well or badly."""
    whole, chance = definition or rubric(id), Random(f"{id} {round} {seed}")
    came = [unit for unit in there if unit.code not in missing]
    if whole.is_checklist:
        plan = Plan(whole, tuple(there)).of_round(round)
        forms = [_answered(plan.rubric, unit, chance) for unit in came]
        return Outcome(
            plan.rubric, round, checklist.conclude(plan, forms), (), previous=tuple(previous)
        )
    forms = [
        _scored(whole, unit, kind, who, chance)
        for kind in KINDS[id]
        for unit in came
        for who in (MEMBERS if kind == "committee" else (kind,))
    ]
    results = totals.conclude(whole, tuple(there), forms, ())
    return Outcome(whole, round, results, (), previous=tuple(previous))


def _scored(whole: Rubric, unit: Unit, kind: Kind, who: str, chance: Random) -> Submission:
    good = chance.uniform(0.5, 1)
    scores = {leaf.id: Decimal(int(float(leaf.cap) * good)) for leaf in whole.leaves}
    day = WrittenDate(2016, 9, 10)
    return Submission(unit.code, kind, who, scores, assessed=day, assessor_name=who)


def _answered(whole: Rubric, unit: Unit, chance: Random) -> Submission:
    words = {leaf.id: chance.choice(STATUSES) for leaf in whole.leaves}
    steps = {id: Status(word, "已依計畫辦理", "") for id, word in words.items()}
    return Submission(unit.code, "self", "self", {}, statuses=steps)


def saved(outcome: Outcome, folder: Path, name: str = "前期.xlsx") -> Path:
    path = folder / name
    path.write_bytes(write_statistics(outcome))
    return path


def read_back(outcome: Outcome, folder: Path, name: str = "前期.xlsx") -> PreviousResults:
    return read_results(saved(outcome, folder, name))


def with_cells(path: Path, sheet: str, cells: Mapping[str, Any], formulas: bool = False) -> Path:
    """A copy in which a person typed into cells: values alone, as a spreadsheet program that keeps
    results has them, or with formulas whose results are lost."""
    book = load_workbook(BytesIO(path.read_bytes()), data_only=not formulas)
    for at, value in cells.items():
        book[sheet][at].value = value
    other = path.with_name(f"改過_{path.name}")
    book.save(other)
    return other


def with_caps(id: str, caps: Mapping[str, int]) -> Rubric:
    """The definition with other caps of single leaves; of what is above them, too."""
    whole = rubric(id)

    def changed(node: Any) -> Any:
        if node.is_leaf:
            cap = Decimal(caps.get(node.id, node.cap))
            return type(node).model_construct(**{**dict(node), "cap": cap})
        below = tuple(changed(child) for child in node.children)
        cap = sum((child.cap for child in below), Decimal(0))
        return type(node).model_construct(**{**dict(node), "children": below, "cap": cap})

    tree = tuple(changed(top) for top in whole.tree)
    full = sum((top.cap for top in tree), Decimal(0))
    return type(whole).model_construct(**{**dict(whole), "tree": tree, "full_score": full})


def renamed(there: Sequence[Unit], names: Mapping[str, str]) -> tuple[Unit, ...]:
    return tuple(replace(unit, name=names.get(unit.code, unit.name)) for unit in there)
