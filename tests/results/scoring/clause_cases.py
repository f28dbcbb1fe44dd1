"""A rubric of two items and a few units, on which one clause is tried at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from svcq_excel.checks.submission import Submission
from svcq_excel.plan.rulings import NONE, Rulings
from svcq_excel.plan.units import Unit
from svcq_excel.results.model import Outcome, UnitResult
from svcq_excel.results.scoring.totals import conclude
from svcq_excel.rubric.model import Clauses, Grade, Node, Reward, Rubric
from svcq_excel.text.roc_dates import WrittenDate

FIRST, SECOND = Decimal(60), Decimal(40)
UNITS = tuple(
    Unit(code, f"單位{code}", group)
    for code, group in (("A", "一"), ("B", "一"), ("C", "一"), ("D", "二"), ("E", "二"))
)


def rubric(rewards: Sequence[Reward] = (), **clauses: object) -> Rubric:
    """Items of 60 and 40 points; 甲 from 80, 乙 from 70, 丙 below."""
    return Rubric(
        format=1,
        id="clauses",
        title="條款考核",
        agency="主辦機關",
        year=105,
        levels=("項目",),
        item_level="項目",
        kinds={"committee": "考核小組", "self": "自行"},
        form_title="評分表",
        table_title="統計表",
        grades=tuple(
            Grade(name=name, min=Decimal(least))
            for name, least in (("甲", 80), ("乙", 70), ("丙", 0))
        ),
        rewards=tuple(rewards),
        clauses=Clauses.model_validate(clauses),
        tree=(Node(id="X", name="流程", cap=FIRST), Node(id="Y", name="創新", cap=SECOND)),
    )


def form(unit: str, first: object, second: object, assessor: str = "甲委員") -> Submission:
    scores = {"X": Decimal(str(first)), "Y": Decimal(str(second))}
    return Submission(unit, "committee", assessor, scores, WrittenDate(2016, 9, 10), assessor)


def concluded(
    rubric: Rubric, forms: Sequence[Submission], decided: Rulings = NONE
) -> Mapping[str, UnitResult]:
    found = conclude(rubric, UNITS, forms, (), decided)
    return {result.unit.code: result for result in found if result.total is not None}


def outcome(rubric: Rubric, forms: Sequence[Submission], decided: Rulings = NONE) -> Outcome:
    results = conclude(rubric, UNITS, forms, (), decided)
    return Outcome(rubric, "105年度", results, (), rulings=decided)


def ranks(results: Mapping[str, UnitResult]) -> dict[str, int | None]:
    return {code: result.rank for code, result in results.items()}
