"""How many of what, in words: units, files and violations of a round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from svcq_excel.checks.violation import SEVERITY_WORDS, Severity, Violation
from svcq_excel.results.model import FILE_STATUS_WORDS, UNIT_STATUS_WORDS, Outcome


def units_by_status(outcome: Outcome) -> str:
    counts = Counter(unit.status for unit in outcome.units)
    parts = "、".join(f"{word} {counts[key]}" for key, word in UNIT_STATUS_WORDS.items())
    return f"單位 {len(outcome.units)}：{parts}"


def files_by_status(outcome: Outcome) -> str:
    """The sum that accounts for every file."""
    counts = Counter(file.status for file in outcome.files)
    parts = " + ".join(f"{word} {counts[key]}" for key, word in FILE_STATUS_WORDS.items())
    return f"檔案數 {len(outcome.files)} = {parts}"


def violations_by_severity(violations: Iterable[Violation]) -> str:
    counts = Counter(violation.severity for violation in violations)
    return "，".join(f"{word} {counts[key]} 項" for key, word in SEVERITY_WORDS.items())


def present_severities(violations: Iterable[Violation]) -> str:
    """The same without what there is none of."""
    counts = Counter(violation.severity for violation in violations)
    return "，".join(
        f"{word} {counts[key]} 項" for key, word in SEVERITY_WORDS.items() if counts[key]
    )


def count(violations: Iterable[Violation], severity: Severity) -> int | None:
    """How many; a blank reads more easily than a 0."""
    return sum(violation.severity == severity for violation in violations) or None
