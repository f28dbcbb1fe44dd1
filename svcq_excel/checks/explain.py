"""What a rule looks for, and what people see where it is broken: its examples, executed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from svcq_excel.checks.batch import check_file, compare
from svcq_excel.checks.catalogue import catalogue
from svcq_excel.checks.examples import OTHER_UNIT, ROUND, UNIT, clean_facts
from svcq_excel.checks.rule import BatchRule, Example, FileRule, FormRule, Rule
from svcq_excel.checks.violation import Violation
from svcq_excel.inbox.files import Found
from svcq_excel.inbox.receiving import Received
from svcq_excel.plan.plan import Plan
from svcq_excel.rubric.shipped import load


@dataclass(frozen=True, slots=True)
class Explained:
    """A rule, the rules that must have passed before, and what its own examples show."""

    rule: Rule
    requires: tuple[Rule, ...]
    bad: tuple[Violation, ...]
    """What it finds in its bad example."""
    good: tuple[Violation, ...]
    """What it finds in its good one: nothing."""


def explain(rule: Rule) -> Explained:
    """The rule with its examples executed on a form of wra-105."""
    bad, good = _examples(rule)
    if isinstance(rule, FileRule):
        found: tuple[Violation, ...] = (rule.find(rule.example),)
    else:
        found = _found(rule, bad)
    requires = tuple(each for each in catalogue() if each.code in rule.requires)
    return Explained(rule, requires, found, _found(rule, good))


def nearest(code: str) -> list[str]:
    """The codes that somebody may have meant."""
    codes = [rule.code for rule in catalogue()]
    within = [each for each in codes if code and code in each]
    return within or get_close_matches(code, codes, n=3, cutoff=0.5)


def _examples(rule: Rule) -> tuple[Iterable[Example], Iterable[Example]]:
    match rule:
        case FormRule():
            kind = type(rule)  # a function in a class would be a method of its instance
            return (kind.bad,), (kind.good,)
        case BatchRule():
            return rule.bad, rule.good
    return (), ()


def _found(rule: Rule, examples: Iterable[Example]) -> tuple[Violation, ...]:
    """What the rule finds in forms made so of a clean one, checked as files of one inbox are."""
    plan = Plan(load("wra-105"), (UNIT, OTHER_UNIT), ROUND)
    clean = clean_facts(plan.rubric)
    received = (Received(Found(Path()), example(clean)) for example in examples)
    files = compare([check_file(each, plan) for each in received], plan)
    return tuple(v for file in files for v in file.violations if v.code == rule.code)
