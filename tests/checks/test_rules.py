"""Each rule's own examples: the bad one is found, by its code alone, and the good one is not."""

from __future__ import annotations

import re
from dataclasses import replace
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from svcq_excel.checks import rules
from svcq_excel.checks.answers import CheckedForm
from svcq_excel.checks.catalogue import catalogue, file_rules, form_rules
from svcq_excel.checks.examples import ROUND, SEAL_KEY, UNIT, clean_facts, rubric_for, shows
from svcq_excel.checks.rule import DeliveryRule, Example, FormRule
from svcq_excel.checks.runner import check
from svcq_excel.checks.violation import Violation
from svcq_excel.rubric.model import Rubric

CONTRACT = Path(__file__).parents[3] / "shared" / "CONTRACT.md"

OF_CONTENTS = [rule for rule in form_rules() if not isinstance(rule, DeliveryRule)]
REFERENCES = tuple({r.id: r for r in map(rubric_for, OF_CONTENTS)}.values())
RULES = pytest.mark.parametrize("rule", OF_CONTENTS, ids=lambda rule: rule.code)


def found(rubric: Rubric, example: Example) -> tuple[Violation, ...]:
    facts = example(clean_facts(rubric))
    return check(CheckedForm(facts, rubric, {UNIT.code: UNIT}, ROUND, seal_key=SEAL_KEY))


def bad(rule: FormRule) -> Example:
    return type(rule).bad  # a function in a class is a method of its instances


@pytest.mark.parametrize("rubric", REFERENCES, ids=lambda rubric: rubric.id)
def test_a_clean_form_has_no_violation(rubric: Rubric) -> None:
    assert found(rubric, lambda facts: facts) == ()


@pytest.mark.parametrize("rubric", REFERENCES, ids=lambda rubric: rubric.id)
def test_a_form_is_judged_by_rules_on_what_is_entered_in_it(rubric: Rubric) -> None:
    """Of a blank one every step or every score is missing, and nothing else is said."""
    facts = clean_facts(rubric)
    blank = {
        id: (entry._replace(score=entry.score._replace(value="")),)
        for id, (entry,) in facts.entries.items()
    }
    codes = [violation.code for violation in found(rubric, lambda _: replace(facts, entries=blank))]
    assert codes == ["status-missing" if rubric.is_checklist else "score-missing"] * len(blank)


@RULES
def test_the_bad_example_is_found_by_this_code_alone(rule: FormRule) -> None:
    codes = {violation.code for violation in found(rubric_for(rule), bad(rule))}
    assert codes == {rule.code, *rule.accompanied_by}


@RULES
def test_the_good_example_is_not_found(rule: FormRule) -> None:
    codes = {violation.code for violation in found(rubric_for(rule), type(rule).good)}
    assert rule.code not in codes


@RULES
def test_a_violation_bears_the_code_and_severity_of_its_rule(rule: FormRule) -> None:
    own = [v for v in found(rubric_for(rule), bad(rule)) if v.code == rule.code]
    assert {v.severity for v in own} == {rule.severity}


def assert_is_one_sentence(message: str) -> None:
    assert message.endswith("。")
    assert message.count("。") == 1
    assert not re.search(r"[。；，、：（][。；，、：）]|  |\s$|None|^\s", message)
    assert "\n" not in message


@RULES
def test_a_message_is_one_sentence_that_names_its_place(rule: FormRule) -> None:
    rubric = rubric_for(rule)
    for violation in found(rubric, bad(rule)):
        assert_is_one_sentence(violation.message)
        if violation.cell:
            assert f"〔{violation.sheet} {violation.cell}〕" in violation.message
        if violation.criterion:
            assert f"「{rubric.nodes[violation.criterion].name}」" in violation.message


_OF_ENTRIES = ("score-", "band-", "measure-", "formula-", "status-", "done-", "proof-")


@RULES
def test_a_fault_of_an_entry_has_its_criterion_and_its_cell(rule: FormRule) -> None:
    rubric = rubric_for(rule)
    if rule.code.startswith(_OF_ENTRIES):
        for violation in found(rubric, bad(rule)):
            assert violation.criterion in rubric.leaf_by_id
            assert violation.cell
            assert violation.sheet == "評分表"


def test_what_people_typed_is_quoted_whatever_it_ends_with(rubric: Rubric) -> None:
    (violation,) = found(rubric, shows("A1", "合格。"))
    assert "「合格。」；" in violation.message


def test_a_sum_typed_over_by_thousands_of_digits_takes_no_time(rubric: Rubric) -> None:
    """Where digits are looked for without a bound, the time grows with their number cubed."""
    (violation,) = found(rubric, shows("", "1" * 30_000 + "x"))
    assert violation.code == "total-altered"


@pytest.mark.parametrize("code", sorted(file_rules()))
def test_a_message_on_a_file_is_one_sentence_that_says_what_to_do(code: str) -> None:
    rule = file_rules()[code]
    for violation in (rule.find("檔案如此"), *(rule.find("檔案如此", why) for why in rule.todos)):
        assert_is_one_sentence(violation.message)
        assert violation.message.startswith("檔案如此；")
        assert "請" in violation.todo


def test_codes_are_unique_and_every_rule_says_what_it_is_and_rests_on() -> None:
    codes = [rule.code for rule in catalogue()]
    assert len(codes) == len(set(codes))
    assert all(rule.title and rule.clause for rule in catalogue())


def test_what_a_rule_requires_is_a_rule_over_forms_and_goes_in_no_circle() -> None:
    requires = {rule.code: rule.requires for rule in form_rules()}
    assert {code for needed in requires.values() for code in needed} <= set(requires)
    TopologicalSorter(requires).prepare()  # raises CycleError


def test_a_rule_looks_after_those_that_it_requires() -> None:
    order = [rule.code for rule in form_rules()]
    for rule in form_rules():
        assert all(order.index(code) < order.index(rule.code) for code in rule.requires)


@pytest.mark.skipif(not CONTRACT.is_file(), reason="the contract does not stand beside the project")
def test_every_code_of_the_contract_exists_with_its_severity() -> None:
    rows = re.findall(
        r"^\| `([a-z-]+)` \| (error|warning|notice) \|", CONTRACT.read_text("utf-8"), re.MULTILINE
    )
    assert len(rows) >= 28
    ours = {rule.code: rule.severity for rule in catalogue()}
    assert {code: ours.get(code) for code, _ in rows} == dict(rows)


def test_every_file_of_rules_is_in_the_catalogue_and_every_rule_once() -> None:
    folder = {path.stem for path in Path(rules.__file__).parent.glob("*.py")} - {"__init__"}
    assert {type(rule).__module__.rpartition(".")[2] for rule in catalogue()} == folder
    codes = [rule.code for rule in catalogue()]
    assert len(codes) == len(set(codes))
