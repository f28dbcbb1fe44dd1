"""Words for what the results tell: titles, how many of what, whose a file is and why it counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from pathlib import PurePosixPath

from svcq_excel.checks.violation import SEVERITY_WORDS, Severity, Violation
from svcq_excel.inbox.patience import HUNG
from svcq_excel.plan.assessors import HQ, SELF
from svcq_excel.plan.decisions import BY_DECISION
from svcq_excel.plan.kind_words import called
from svcq_excel.plan.rounds import is_whole_year
from svcq_excel.plan.units import Unit
from svcq_excel.results.model import (
    FILE_STATUS_WORDS,
    UNIT_STATUS_WORDS,
    FileResult,
    Outcome,
    UnitResult,
)
from svcq_excel.rubric.exact import rounded
from svcq_excel.rubric.model import Kind, Node, Rubric, number
from svcq_excel.text.roc_dates import TAIPEI
from svcq_excel.text.visible import visible


def units_by_status(outcome: Outcome) -> str:
    """How many units there are and how their forms stand, of several kinds kind by kind."""
    units = {result.unit.code for result in outcome.units}
    if len(outcome.kinds) == 1:
        return f"單位 {len(units)}：{_by_status(outcome.units)}"
    kinds = (
        f"{outcome.rubric.kind_word(kind)}：{_by_status(outcome.of_kind(kind))}"
        for kind in outcome.kinds
    )
    return f"單位 {len(units)}。{'；'.join(kinds)}"


def _by_status(results: Iterable[UnitResult]) -> str:
    counts = Counter(result.status for result in results)
    return "、".join(
        f"{word} {counts[key]}"
        for key, word in UNIT_STATUS_WORDS.items()
        if counts[key] or key != "incomplete"  # there are none but of committees
    )


def read_too_long(outcome: Outcome) -> str:
    """How many files were given up, and what to do; "" where none was."""
    given_up = sum(file.fault == HUNG.cause for file in outcome.files)
    if not given_up:
        return ""
    said = f"有 {given_up:,} 份檔案讀取過久，已停止讀取，其餘檔案照常讀取"
    return f"{said}。這些檔案內容未變時不再重讀；要再讀一次，請加 --fresh"


def files_by_status(outcome: Outcome) -> str:
    """The sum that accounts for every file."""
    counts = Counter(file.status for file in outcome.files)
    parts = [f"{word} {counts[key]}" for key, word in FILE_STATUS_WORDS.items() if counts[key]]
    return f"檔案數 {len(outcome.files)}" + (f" = {' + '.join(parts)}" if parts else "")


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


def heading(outcome: Outcome, what: str) -> str:
    """A sheet's title; the round stands there where the rubric's title does not say it all."""
    rubric, round = outcome.rubric, outcome.round
    return f"{rubric.title}{what}" + (f"（{round}）" if not is_whole_year(round, rubric) else "")


def total_head(rubric: Rubric) -> str:
    """The head of a column of totals: what they are out of stands below the word."""
    return f"總分\n滿分{number(rubric.full_total)}分"


def total_look(rubric: Rubric, total: Fraction | None) -> str:
    """How a total looks: with two decimals, unless they would show another grade's."""
    if total is None or rubric.grade(total) == rubric.grade(rounded(total)):
        return "total"
    return "exact_total"


def head_with_cap(node: Node) -> str:
    """The head of a column of scores: what is scored, and out of what."""
    return f"{node.name}\n{number(node.cap)}分"


def beside(rubric: Rubric, kind: Kind, first: Kind) -> str:
    """How the name of a kind's sheet ends, where it is not the one that stands first."""
    return f"（{rubric.kind_word(kind)}）" if kind != first else ""


def score_changes_of(rubric: Rubric, result: UnitResult) -> list[str]:
    """成績調整, a sentence each."""
    return [each.told(rubric.nodes[each.leaf].name) for each in result.score_changes]


def name_with_code(unit: Unit) -> str:
    return f"{unit.code} {unit.name}"


def result_of(outcome: Outcome, result: UnitResult) -> str:
    """What stands where a file would, if something is about the unit's result."""
    return f"（{called(outcome.rubric, result.kind)}結果）"


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
        told = present_severities(file.violations) if file.hand_ins else ""
        return "；".join(part for part in (file.reason, told) if part)
    if file.status in {"unread", "rejected"} and file.violations:
        first = file.violations[0]
        return "；".join(part for part in (first.found, first.todo) if part) + "。"
    return present_severities(file.violations)


def seeming_forms(outcome: Outcome, result: UnitResult) -> list[str]:
    """What came for a unit that seems to be its form but cannot be read as one; nothing where the
    unit's form was accepted."""
    if result.status == "accepted":
        return []
    word = outcome.form_word
    unread = "所在磁碟未提供內容，尚未讀取"
    return [
        f"收到「{visible(PurePosixPath(file.path).name)}」，可能是這個單位的{word}，"
        + (unread if file.status == "unread" else "但無法讀取")
        for file in outcome.likely_of(result.unit)
    ]


def received(file: FileResult) -> str:
    """When it was handed in, as ISO 8601 writes it, by the clock in Taipei."""
    return file.dated.astimezone(TAIPEI).isoformat(timespec="seconds") if file.dated else ""


def decided(file: FileResult) -> bool:
    """Whether a person's decision adopted or excluded it."""
    return file.reason.startswith(BY_DECISION)
