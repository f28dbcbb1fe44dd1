"""Rounds of any size for all four rubrics: names from two letters to sixty, some units whose form
has to be corrected or did not come, remarks short and long; signatures are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache

from svcq_excel.checks.answers import Status
from svcq_excel.checks.submission import Submission
from svcq_excel.plan.plan import Plan
from svcq_excel.plan.units import Unit
from svcq_excel.results.model import FileResult, Outcome
from svcq_excel.results.scoring import checklist, totals
from svcq_excel.rubric.model import Kind, Rubric
from svcq_excel.rubric.node import STATUSES
from svcq_excel.rubric.shipped import load
from svcq_excel.text.roc_dates import WrittenDate

RUBRICS = ("wra-105", "khb-106", "hccg-105", "kpw-102")
SIZES = (1, 14, 30, 60, 300)
SIGNATURES = ("承辦人", "科長", "首長")

_LENGTHS = (5, 7, 2, 12, 60, 9, 24)
_NAME = (
    "經濟部水利署所屬機關暨各縣市政府合署辦公聯合服務中心（含流域整體改善與調適規劃工"
    "務所）及其附屬設施管理維護聯絡處第一辦公室"
)
_REMARK = "民眾等候時間較長，宜增設叫號及分流措施，並於網站（首頁）公告尖峰時段。"
_MEMBERS = ("委員甲", "委員乙", "委員丙")


def units_of(count: int, groups: int = 0) -> tuple[Unit, ...]:
    return tuple(
        Unit(
            f"A{at:03}",
            f"{at}{_NAME}"[: _LENGTHS[at % len(_LENGTHS)]],
            f"第{at % groups + 1}組" if groups else "",
        )
        for at in range(1, count + 1)
    )


@cache
def round_of(id: str, count: int) -> Outcome:
    """Of seven units the fourth has to correct its form, and the sixth sent none."""
    rubric = load(id).model_copy(update={"signatures": SIGNATURES})
    units = units_of(count, 3 if id == "hccg-105" else 0)
    kinds: tuple[Kind, ...] = ("committee", "self") if id == "hccg-105" else ("self",)
    kinds = ("hq",) if id == "wra-105" else kinds
    forms = [form for at, unit in enumerate(units) for form in _forms(rubric, unit, at, kinds)]
    wrong = {(unit.code, kinds[0]) for at, unit in enumerate(units) if at % 7 == 3}
    plan = Plan(rubric, units, rubric.default_round)
    results = (
        checklist.conclude(plan, forms, wrong)
        if rubric.is_checklist
        else totals.conclude(rubric, units, forms, wrong)
    )
    return Outcome(rubric, rubric.default_round, results, tuple(map(_file, forms)))


def _forms(rubric: Rubric, unit: Unit, at: int, kinds: tuple[Kind, ...]) -> Iterator[Submission]:
    if at % 7 in (3, 5):
        return
    for kind in kinds:
        for who in _MEMBERS if kind == "committee" else (kind,):
            yield _form(rubric, unit, at, kind, who)


def _form(rubric: Rubric, unit: Unit, at: int, kind: Kind, who: str) -> Submission:
    shift = at + sum(map(ord, who))
    remark = _REMARK * (1 + at % 3)
    return Submission(
        unit=unit.code,
        kind=kind,
        assessor=who,
        scores={
            leaf.id: Decimal(leaf.cap * (60 + (shift * 7 + 3 * i) % 41) // 100)
            for i, leaf in enumerate(rubric.leaves)
            if not rubric.is_checklist
        },
        statuses={
            leaf.id: Status(STATUSES[(shift + i) % len(STATUSES)], remark, f"附件{i}")
            for i, leaf in enumerate(rubric.leaves)
            if rubric.is_checklist
        },
        assessed=WrittenDate(2016, 9, 10),
        assessor_name=who,
        called=who,
        remarks={item.id: {"suggestions": remark} for item in rubric.items[:: at % 4 + 1]},
    )


def _file(form: Submission) -> FileResult:
    name = f"收件/{form.unit}_{form.assessor}_考核評分表（補正後）.xlsx"
    sent = datetime(2016, 9, 12, 9, 30, tzinfo=UTC)
    return FileResult(
        name, "accepted", form.unit, form.assessor, (), "", name, sha256="ab" * 32, dated=sent
    )
