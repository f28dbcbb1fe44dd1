"""All rules, found by themselves: a new rule needs nothing but its class."""

from __future__ import annotations

from functools import cache
from graphlib import TopologicalSorter
from importlib import import_module
from pkgutil import iter_modules

from svcq_excel.checks import rules
from svcq_excel.checks.rule import BatchRule, FileRule, FormRule, Rule


@cache
def catalogue() -> tuple[Rule, ...]:
    """Every rule once, in the order of its file and class."""
    for module in sorted(module.name for module in iter_modules(rules.__path__)):
        import_module(f"{rules.__name__}.{module}")
    return tuple(rule() for rule in sorted(Rule.registered, key=lambda rule: rule.__module__))


@cache
def form_rules() -> tuple[FormRule, ...]:
    """The rules over a form, each after those that it requires to have passed."""
    by_code = {rule.code: rule for rule in catalogue() if isinstance(rule, FormRule)}
    graph = {code: rule.requires for code, rule in by_code.items()}
    return tuple(by_code[code] for code in TopologicalSorter(graph).static_order())


def common_mistakes() -> tuple[str, ...]:
    """What the form's 填寫說明 warns of."""
    return tuple(rule.warned_of for rule in catalogue() if rule.warned_of)


@cache
def file_rules() -> dict[str, FileRule]:
    """The rules over files, by code."""
    return {rule.code: rule for rule in catalogue() if isinstance(rule, FileRule)}


@cache
def batch_rules() -> tuple[BatchRule, ...]:
    """The rules over the forms of a round side by side."""
    return tuple(rule for rule in catalogue() if isinstance(rule, BatchRule))
