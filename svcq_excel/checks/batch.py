"""The batch as a whole: each file checked and condensed, then which of them count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from svcq_excel.checks.catalogue import batch_rules, file_rules
from svcq_excel.checks.form import Form
from svcq_excel.checks.runner import check
from svcq_excel.checks.submission import Submission, submission_of
from svcq_excel.checks.violation import Violation
from svcq_excel.form.facts import FormFacts, Unreadable
from svcq_excel.form.identity import Identity
from svcq_excel.inbox.receiving import Received
from svcq_excel.plan.plan import Plan

FileStatus = Literal["accepted", "needs-correction", "superseded", "rejected", "ignored"]


@dataclass(frozen=True, slots=True)
class Saved:
    """When a file was last saved, what says so, and what tells its content from another's."""

    at: datetime
    evidence: str
    digest: str


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file of the inbox, what is wrong with it, and what it hands in."""

    path: Path
    status: FileStatus
    identity: Identity | None = None
    submission: Submission | None = None
    facts: FormFacts | None = None
    """What was entered, kept of forms that have to be corrected."""
    violations: tuple[Violation, ...] = ()
    reason: str = ""

    @property
    def has_errors(self) -> bool:
        return any(violation.severity == "error" for violation in self.violations)

    @property
    def of_this_round(self) -> bool:
        return self.identity is not None and not self._has("other-rubric")

    @property
    def sure_whose(self) -> bool:
        """Whether it is for this round, and all its marks name one unit."""
        return self.of_this_round and not self._has("identity-conflict")

    def _has(self, code: str) -> bool:
        return any(violation.code == code for violation in self.violations)


def check_file(received: Received, plan: Plan) -> CheckedFile:
    """One file, checked by itself."""
    path, content = received.found.path, received.content
    if content is None:
        return CheckedFile(path, "ignored", reason=received.found.ignored)
    if isinstance(content, Unreadable):
        return _rejected(received, content)
    if not content.is_form and content.identity.rubric in {"", plan.rubric.id}:
        return _rejected(received, Unreadable("unknown-form", "評分表的工作表已不在活頁簿內"))
    form = Form(content, plan.rubric, plan.by_code, plan.round)
    violations = check(form)
    checked = CheckedFile(path, "accepted", content.identity, violations=violations)
    if checked.has_errors:
        return replace(checked, status="needs-correction", facts=content)
    return replace(checked, submission=submission_of(form))


def _rejected(received: Received, content: Unreadable) -> CheckedFile:
    violation = file_rules()[content.code].find(content.found)
    return CheckedFile(received.found.path, "rejected", violations=(violation,))


def rounds_of(files: Iterable[CheckedFile]) -> tuple[str, ...]:
    """The rounds that the forms of this assessment name, each once."""
    named = (file.identity.round for file in files if file.identity and file.of_this_round)
    return tuple(sorted({round for round in named if round}))


def settle(files: Sequence[CheckedFile], saved: Callable[[Path], Saved]) -> tuple[CheckedFile, ...]:
    """Of several forms of one unit and assessor the one saved last counts, the others do not.

    One that bears the marks of two units takes no one's place: it may be the other unit's.
    """
    groups: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for at, file in enumerate(files):
        if file.identity and file.sure_whose and file.identity.unit:
            groups[file.identity.unit, file.identity.assessor].append(at)
    settled = list(files)
    for several in groups.values():
        if len(several) > 1:
            _supersede(settled, several, saved)
    return tuple(settled)


def _supersede(
    files: list[CheckedFile], several: Sequence[int], saved: Callable[[Path], Saved]
) -> None:
    dates = {at: saved(files[at].path) for at in several}
    last = max(several, key=lambda at: (dates[at].at, str(files[at].path)))
    counts = files[last]
    for at in several:
        if at == last:
            continue
        reason = _why(counts.path.name, dates[last], dates[at])
        warning = file_rules()["duplicate-submission"].find(f"同一單位另有一份表件，{reason}")
        files[at] = replace(
            files[at],
            status="superseded",
            submission=None,
            facts=None,
            violations=(warning, *files[at].violations),
            reason=reason,
        )


def _why(name: str, last: Saved, other: Saved) -> str:
    if other.digest == last.digest:
        return f"與「{name}」內容相同"
    if other.at == last.at:
        return f"與「{name}」存檔時間相同（依{last.evidence}），暫以該檔為準"
    return f"「{name}」較晚存檔（依{last.evidence}），以該檔為準"


def compare(files: Sequence[CheckedFile], plan: Plan) -> tuple[CheckedFile, ...]:
    """What shows only where the forms that count lie side by side, before what each has itself."""
    compared = list(files)
    for rule in batch_rules():
        counted = [
            (at, file.submission)
            for at, file in enumerate(files)
            if file.submission and all(v.code not in rule.requires for v in file.violations)
        ]
        for found, violation in rule.find([form for _, form in counted], plan):
            file = compared[counted[found][0]]
            compared[counted[found][0]] = replace(file, violations=(violation, *file.violations))
    return tuple(compared)
