"""What rules say in their examples, and what they find together: in one form, side by side."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from svcq_excel.checks.answers import CheckedForm, Delivery
from svcq_excel.checks.batch import CheckedFile, check_file
from svcq_excel.checks.catalogue import catalogue
from svcq_excel.checks.examples import (
    OTHER_UNIT,
    ROUND,
    SEAL_KEY,
    UNIT,
    clean_facts,
    rubric_for,
)
from svcq_excel.checks.rule import BatchRule, DeliveryRule, Example, FileRule, FormRule, Rule
from svcq_excel.checks.runner import check
from svcq_excel.checks.settling import compare
from svcq_excel.checks.violation import Violation
from svcq_excel.form.facts import FormFacts
from svcq_excel.plan.plan import Plan
from svcq_excel.rubric.model import Rubric
from tests.receiving import facts_received

FORM_RULES = [rule for rule in catalogue() if isinstance(rule, FormRule)]
BATCH_RULES = [rule for rule in catalogue() if isinstance(rule, BatchRule)]
DELIVERY_RULES = [rule for rule in FORM_RULES if isinstance(rule, DeliveryRule)]
FILE_RULES = [rule for rule in catalogue() if isinstance(rule, FileRule)]
REFERENCES = pytest.mark.parametrize(
    "rubric",
    tuple({r.id: r for r in map(rubric_for, FORM_RULES)}.values()),
    ids=lambda rubric: rubric.id,
)
UNITS = {UNIT.code: UNIT, OTHER_UNIT.code: OTHER_UNIT}


def code_of(rule: Rule) -> str:
    return rule.code


def found_in(rubric: Rubric, facts: FormFacts) -> tuple[Violation, ...]:
    return check(CheckedForm(facts, rubric, UNITS, ROUND, seal_key=SEAL_KEY))


def delivered(rubric: Rubric, delivery: Delivery) -> tuple[Violation, ...]:
    return check(CheckedForm(clean_facts(rubric), rubric, UNITS, ROUND, delivery))


def example_of(rule: Rule, which: str) -> Example:
    example: Example = getattr(type(rule), which)  # of the class: in it, a function is a method
    return example


def side_by_side(rubric: Rubric, examples: tuple[Example, ...]) -> tuple[CheckedFile, ...]:
    plan = Plan(rubric, tuple(UNITS.values()), ROUND)
    facts = [example(clean_facts(rubric)) for example in examples]
    received = [facts_received(f"{i}.xlsx", each, rubric) for i, each in enumerate(facts)]
    return compare([check_file(each, plan) for each in received], plan)


@pytest.mark.parametrize("rule", BATCH_RULES, ids=code_of)
def test_forms_side_by_side_give_a_batch_rules_code_and_no_other(
    rule: BatchRule, rubric: Rubric
) -> None:
    bad = side_by_side(rubric, type(rule).bad)
    good = side_by_side(rubric, type(rule).good)
    assert {v.code for file in bad for v in file.violations} == {rule.code, *rule.accompanied_by}
    assert rule.code not in {v.code for file in good for v in file.violations}


@pytest.mark.parametrize("rule", DELIVERY_RULES, ids=code_of)
def test_how_a_form_came_gives_a_rules_code_and_no_other(
    rule: DeliveryRule, rubric: Rubric
) -> None:
    assert [v.code for v in delivered(rubric, type(rule).came_badly)] == [rule.code]
    assert delivered(rubric, type(rule).came_well) == ()


def all_findings(rubric: Rubric) -> list[Violation]:
    own = [rule for rule in FORM_RULES if rubric_for(rule) == rubric]
    found = [v for rule in own for v in found_in(rubric, bad(rule, rubric))]
    found += [v for rule in DELIVERY_RULES for v in delivered(rubric, type(rule).came_badly)]
    together = [rule for rule in BATCH_RULES if rubric_for(rule) == rubric]
    files = [file for rule in together for file in side_by_side(rubric, type(rule).bad)]
    found += [violation for file in files for violation in file.violations]
    return found + [rule.find(rule.example) for rule in FILE_RULES]


def bad(rule: Rule, rubric: Rubric) -> FormFacts:
    return example_of(rule, "bad")(clean_facts(rubric))


@REFERENCES
def test_every_message_is_one_chinese_sentence(rubric: Rubric) -> None:
    for violation in all_findings(rubric):
        message = violation.message
        spoken = re.sub("「[^」]*」|〔[^〕]*〕", "", message)
        assert message.endswith("。"), message
        assert spoken.count("。") == 1, message
        assert "\n" not in message and "  " not in message, message
        assert re.search("[\u4e00-\u9fff]{3}", spoken), message
        inner = r"None|Decimal|nan|\b[a-z]+_[a-z]+\b|；；|。；|\d\.0\b"
        assert not re.search(inner, message), message


@REFERENCES
def test_every_message_says_where(rubric: Rubric) -> None:
    for violation in all_findings(rubric):
        message = violation.message
        if violation.cell:
            assert f"〔{violation.sheet} {violation.cell}〕" in message
        if violation.criterion:
            assert violation.criterion in rubric.nodes
            assert f"「{violation.criterion_name}」" in message
            assert violation.criterion_name == rubric.nodes[violation.criterion].name


@REFERENCES
def test_every_message_says_what_to_do(rubric: Rubric) -> None:
    for violation in all_findings(rubric):
        assert violation.todo
        assert violation.message.endswith(f"{violation.todo}。")


def test_all_faults_of_a_form_are_told_at_once_in_the_forms_order(rubric: Rubric) -> None:
    facts = clean_facts(rubric)
    entries = {
        id: (entry._replace(score=entry.score._replace(value="九十五")),)
        for id, (entry,) in facts.entries.items()
    }
    found = found_in(rubric, replace(facts, entries=entries))
    told = [v.criterion for v in found if v.code == "score-not-a-number"]
    assert told == [leaf.id for leaf in rubric.leaves]


def test_a_form_of_another_assessment_gives_that_and_nothing_else(rubric: Rubric) -> None:
    facts = clean_facts(rubric)
    stranger = replace(facts.identity, rubric="khb-106", unit="Z9", digest="0")
    assert [v.code for v in found_in(rubric, replace(facts, identity=stranger))] == ["other-rubric"]
    empty = replace(facts, identity=stranger, entries={}, marks=())
    assert [v.code for v in found_in(rubric, empty)] == ["other-rubric"]
