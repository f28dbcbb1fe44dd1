"""Files that add no entry change no unit's result, whatever their dates, order and number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.checks.batch import check_file
from svcq_excel.checks.examples import clean_facts, edit, stamped
from svcq_excel.checks.settling import compare, settle
from svcq_excel.form.entered import in_short
from svcq_excel.form.facts import FormFacts
from svcq_excel.inbox.reading import Mail
from svcq_excel.inbox.receiving import Received
from svcq_excel.plan.plan import Plan
from svcq_excel.plan.units import Unit
from svcq_excel.results.concluding import conclude
from svcq_excel.rubric.shipped import load
from svcq_excel.workbooks.origin import Origin
from tests.receiving import facts_received

RUBRICS = ("wra-105", "khb-106", "hccg-105", "kpw-102")
DAY = datetime(2016, 7, 1, tzinfo=UTC)
DATES = st.fixed_dictionaries(
    {}, optional={kind: st.integers(-9, 9) for kind in ("sent", "modified", "saved")}
)
"""Days before or after the same one, by what says them."""
FORMS = st.lists(
    st.tuples(st.sampled_from(["A01", "A02"]), st.integers(0, 3), DATES),
    min_size=1,
    max_size=5,
    unique_by=lambda form: form[:2],
)
"""Whose they are, which entry they change, and when they were handed in."""
MORE = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.sampled_from(["blank", "copy", "same entries", "untouched correction"]),
        DATES,
        st.integers(0, 9),
    ),
    min_size=1,
    max_size=4,
)
"""Of which form they are made, how, when, and how many days after it."""


def plan_of(rubric: str) -> Plan:
    units = (Unit("A01", "第一河川局"), Unit("A02", "第二河川局"), Unit("A03", "第三河川局"))
    return Plan(load(rubric), units, "某期")


def form(plan: Plan, unit: str, change: int) -> FormFacts:
    """A form of a unit; those of the same change say the same."""
    name = plan.by_code[unit].name
    facts = stamped(unit=unit, unit_name=name, round="某期")(clean_facts(plan.rubric))
    leaf = plan.rubric.leaves[change % len(plan.rubric.leaves)]
    return edit(leaf.id, note=f"第{change}次")(facts) if change else facts


def emptied(facts: FormFacts) -> FormFacts:
    return FormFacts(facts.identity, facts.marks)


def untouched_correction(received: Received, plan: Plan) -> FormFacts:
    facts = received.reading.content
    assert isinstance(facts, FormFacts)
    corrects = received.reading.sha256
    return replace(facts, corrects=corrects, correction=1, printed=in_short(facts))


def results(plan: Plan, files: list[Received]) -> list[tuple[object, ...]]:
    checked = [check_file(file, plan) for file in files]
    outcome = conclude(plan, compare(settle(checked, plan), plan))
    return [
        (unit.unit.code, unit.kind, unit.status, unit.total, unit.items, unit.steps, unit.notes)
        for unit in outcome.units
    ]


def known(days: Mapping[str, int]) -> dict[str, Any]:
    told: dict[str, Any] = {kind: DAY + timedelta(day) for kind, day in days.items()}
    saved, sent = told.pop("saved", None), told.pop("sent", None)
    return {**told, "origin": Origin(saved=saved), "mails": (Mail(sent),) if sent else ()}


@given(rubric=st.sampled_from(RUBRICS), forms=FORMS, more=MORE, random=st.randoms())
def test_files_that_add_no_entry_change_no_units_result(
    rubric: str,
    forms: list[tuple[str, int, dict[str, int]]],
    more: list[tuple[int, str, dict[str, int], int]],
    random: Random,
) -> None:
    """A copy bears no date of a kind that its original lacks, and none that is earlier."""
    plan = plan_of(rubric)
    inbox = [
        facts_received(
            f"無此資料夾/{at}.xlsx", form(plan, unit, change), plan.rubric, **known(days)
        )
        for at, (unit, change, days) in enumerate(forms)
    ]
    expected = results(plan, inbox)
    added = []
    for at, (of, kind, days, later) in enumerate(more):
        original, (_, _, its) = inbox[of % len(inbox)], forms[of % len(inbox)]
        facts = original.reading.content
        assert isinstance(facts, FormFacts)
        copied = known({each: day + later for each, day in its.items() if each in days})
        match kind:
            case "blank":
                facts, said = emptied(facts), known(days)
            case "untouched correction":
                facts, said = untouched_correction(original, plan), known(days)
            case "copy":  # the very bytes, which say themselves when they were saved
                said = {
                    **copied,
                    "sha256": original.reading.sha256,
                    "origin": original.reading.origin,
                }
            case _:
                said = copied
        added.append(facts_received(f"無此/另{at}.xlsx", facts, plan.rubric, **said))
    mixed = [*inbox, *added]
    random.shuffle(mixed)
    assert results(plan, mixed) == expected
