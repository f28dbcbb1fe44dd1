"""An outcome as a few lines of text: what to correct, who is missing, how many of what."""

from __future__ import annotations

from collections.abc import Iterator

from svcq_excel.checks.violation import SEVERITY_WORDS
from svcq_excel.results.counts import files_by_status, units_by_status
from svcq_excel.results.model import FILE_STATUS_WORDS, Outcome


def details(outcome: Outcome) -> Iterator[str]:
    """Each file about which there is something to say, with its violations below it."""
    for file in outcome.files:
        if not file.violations:
            continue
        whose = f"{file.unit} {outcome.unit_names.get(file.unit, '')}　" if file.unit else ""
        yield f"{whose}{file.path}（{FILE_STATUS_WORDS[file.status]}）"
        for violation in file.violations:
            word = SEVERITY_WORDS[violation.severity]
            yield f"  {word}　{violation.message}〔{violation.code}〕"
    for unit in outcome.units:
        if unit.status == "missing":
            yield f"{unit.unit.code} {unit.unit.name}　未繳"


def summary(outcome: Outcome) -> Iterator[str]:
    """The round in two lines of figures."""
    yield f"{outcome.rubric.title}　{outcome.round}"
    yield units_by_status(outcome)
    yield files_by_status(outcome)
