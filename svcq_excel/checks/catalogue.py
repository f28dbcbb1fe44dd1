"""All rules: a new one needs nothing but its class, a new file of them its name here."""

from __future__ import annotations

from functools import cache
from graphlib import TopologicalSorter

from svcq_excel.checks.rule import BatchRule, FileRule, FormRule, Rule, UnitRule
from svcq_excel.checks.rules import (
    altered,
    appearance,
    assessors,
    bands,
    damage,
    delivery,
    files,
    formulas,
    growths,
    head,
    identity,
    judgement,
    mistaken,
    scores,
    seals,
    side_by_side,
    statuses,
    texts,
    units,
)
from svcq_excel.workbooks.workbook import Reason

# By name: a frozen or zipped program has no folder in which they could be looked for.
_FILES = (
    altered,
    appearance,
    assessors,
    bands,
    damage,
    delivery,
    files,
    formulas,
    growths,
    head,
    identity,
    judgement,
    mistaken,
    scores,
    seals,
    side_by_side,
    statuses,
    texts,
    units,
)


@cache
def catalogue() -> tuple[Rule, ...]:
    """Every rule once, in the order of its file and class."""
    return tuple(
        rule() for file in _FILES for rule in Rule.registered if rule.__module__ == file.__name__
    )


@cache
def titles() -> dict[str, str]:
    """What rules are called, by code: people are told titles."""
    return {rule.code: rule.title for rule in catalogue()}


@cache
def form_rules() -> tuple[FormRule, ...]:
    """The rules over a form, each after those that it requires to have passed."""
    by_code = {rule.code: rule for rule in catalogue() if isinstance(rule, FormRule)}
    graph = {code: rule.requires for code, rule in by_code.items()}
    return tuple(by_code[code] for code in TopologicalSorter(graph).static_order())


@cache
def rules_over(checklist: bool, ours: bool) -> tuple[FormRule, ...]:
    """Those of them that look at anything on a form: of a checklist or of what is scored; on one of
    another assessment entries mean nothing."""
    concerned = (rule for rule in form_rules() if rule.concerns(checklist))
    return tuple(rule for rule in concerned if ours or not rule.of_entries)


def common_mistakes() -> tuple[str, ...]:
    """What the form's 填寫說明 warns of."""
    return tuple(rule.warned_of for rule in catalogue() if rule.warned_of)


@cache
def file_rules() -> dict[str, FileRule]:
    """The rules over files, by code."""
    return {rule.code: rule for rule in catalogue() if isinstance(rule, FileRule)}


@cache
def rule_for(reason: Reason) -> FileRule:
    """The rule that answers why a file could not be read."""
    return next(rule for rule in file_rules().values() if reason in rule.todos)


@cache
def unit_rules() -> dict[str, UnitRule]:
    """The rules over units' results, by code."""
    return {rule.code: rule for rule in catalogue() if isinstance(rule, UnitRule)}


@cache
def batch_rules() -> tuple[BatchRule, ...]:
    """The rules over the forms of a round side by side."""
    return tuple(rule for rule in catalogue() if isinstance(rule, BatchRule))
