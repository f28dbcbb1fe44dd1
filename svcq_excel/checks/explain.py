"""What a rule looks for, and what people see where it is broken: its examples, executed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from svcq_excel.checks.answers import CheckedForm, Delivery
from svcq_excel.checks.batch import check_file
from svcq_excel.checks.catalogue import catalogue
from svcq_excel.checks.examples import (
    OTHER_UNIT,
    ROUND,
    SEAL_KEY,
    UNIT,
    clean_facts,
    rubric_for,
)
from svcq_excel.checks.rule import (
    BatchRule,
    DeliveryRule,
    Example,
    FileRule,
    FormRule,
    Rule,
    UnitRule,
)
from svcq_excel.checks.runner import check
from svcq_excel.checks.settling import compare
from svcq_excel.checks.violation import SEVERITY_MEANINGS, SEVERITY_WORDS, Violation
from svcq_excel.inbox.finding import FoundFile
from svcq_excel.inbox.reading import FileReading
from svcq_excel.inbox.receiving import Received
from svcq_excel.plan.plan import Plan


@dataclass(frozen=True, slots=True)
class Explained:
    """A rule, the rules it stands with, and what it finds in its own examples."""

    rule: Rule
    requires: tuple[Rule, ...]
    accompanied_by: tuple[Rule, ...]
    bad: tuple[Violation, ...]
    good: tuple[Violation, ...] | None
    """Nothing, if the rule is right; None where what was found is but an example of the words."""

    def in_words(self) -> Iterator[tuple[str, str]]:
        """What people are told of it, each part with its label."""
        severity = self.rule.severity
        yield "類別", f"{SEVERITY_WORDS[severity]}（{SEVERITY_MEANINGS[severity]}）"
        yield "依據", self.rule.clause
        if self.requires:
            yield "前提", f"沒有{_titles(self.requires)}等問題，才檢查這一項"
        if self.accompanied_by:
            yield "伴隨", f"通常同時有{_titles(self.accompanied_by)}的問題"
        yield "訊息範例", self.bad[0].message
        if self.good is not None:
            found = "".join(violation.message for violation in self.good)
            yield "正確時", found or "不會出現"


def explain(rule: Rule) -> Explained:
    """The rule with its examples executed on forms of the rubric that it is shown on."""
    bad, good = _outcomes(rule)
    by_code = {each.code: each for each in catalogue()}
    requires = tuple(by_code[code] for code in rule.requires)
    accompanied_by = tuple(by_code[code] for code in rule.accompanied_by)
    return Explained(rule, requires, accompanied_by, bad, good)


def nearest(code: str) -> list[str]:
    """The codes that somebody may have meant."""
    codes = [rule.code for rule in catalogue()]
    within = [each for each in codes if code and code in each]
    return within or get_close_matches(code, codes, n=3, cutoff=0.5)


def _titles(rules: Iterable[Rule]) -> str:
    return "、".join(f"「{rule.title}」" for rule in rules)


def _outcomes(rule: Rule) -> tuple[tuple[Violation, ...], tuple[Violation, ...] | None]:
    match rule:
        case FileRule() | UnitRule():
            return (rule.find(rule.example),), None
        case DeliveryRule():
            return _found_in(rule, rule.came_badly), _found_in(rule, rule.came_well)
        case FormRule():
            kind = type(rule)  # a function in a class would be a method of its instance
            return _found(rule, [kind.bad]), _found(rule, [kind.good])
        case BatchRule():
            return _found(rule, rule.bad), _found(rule, rule.good)
    raise TypeError(rule)


def _found_in(rule: Rule, delivery: Delivery) -> tuple[Violation, ...]:
    """What the rule finds in a clean form that came so."""
    rubric = rubric_for(rule)
    form = CheckedForm(clean_facts(rubric), rubric, {UNIT.code: UNIT}, ROUND, delivery)
    return tuple(v for v in check(form) if v.code == rule.code)


def _found(rule: Rule, examples: Iterable[Example]) -> tuple[Violation, ...]:
    """What the rule finds in forms made so of a clean one, checked as files of one inbox are."""
    plan = Plan(rubric_for(rule), (UNIT, OTHER_UNIT), ROUND, seal_key=SEAL_KEY)
    clean = clean_facts(plan.rubric)
    readings = [FileReading(content=example(clean)) for example in examples]
    files = [check_file(Received(FoundFile(Path()), each), plan) for each in readings]
    return tuple(v for file in compare(files, plan) for v in file.violations if v.code == rule.code)
