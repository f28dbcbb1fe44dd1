"""What lists say of a file: whose it is, who filled it in, and why it counts or does not."""

from __future__ import annotations

from svcq_excel.plan.assessors import HQ, SELF
from svcq_excel.plan.dates import TAIPEI
from svcq_excel.plan.decisions import BY_DECISION
from svcq_excel.results.counts import present_severities
from svcq_excel.results.model import FileResult, Outcome


def unit_of(outcome: Outcome, file: FileResult) -> str:
    """The unit's code, and its name where the units file has it."""
    code = file.unit or ""
    return f"{code} {outcome.unit_names.get(code, '')}".strip()


def assessor_of(outcome: Outcome, file: FileResult) -> str:
    """考核人員: a committee's member as the form names it, else the kind of assessment."""
    fixed = {each.key: outcome.rubric.kind_word(each.kind) for each in (SELF, HQ)}
    return fixed.get(file.assessor or "", file.assessor or "")


def why(file: FileResult) -> str:
    """Why it counts or does not; of a file that nobody can use, what to do about it."""
    if file.reason:
        return file.reason
    if file.status == "rejected" and file.violations:
        first = file.violations[0]
        return "；".join(part for part in (first.found, first.todo) if part) + "。"
    return present_severities(file.violations)


def received(file: FileResult) -> str:
    """When it was handed in, as ISO 8601 writes it, by the clock in Taipei."""
    return file.dated.astimezone(TAIPEI).isoformat(timespec="seconds") if file.dated else ""


def decided(file: FileResult) -> bool:
    """Whether a person's decision adopted or excluded it."""
    return file.reason.startswith(BY_DECISION)
