"""The whole chain: define, issue, collect, check, conclude, send back."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from svcq_excel.checks.batch import CheckedFile, Saved, check_file, compare, rounds_of, settle
from svcq_excel.checks.catalogue import common_mistakes
from svcq_excel.definition import DefinitionError, Problem, SeveralRoundsError
from svcq_excel.form import issuing
from svcq_excel.form.identity import INDEX
from svcq_excel.form.issuing import Issued
from svcq_excel.inbox.dates import saved_at
from svcq_excel.inbox.files import find
from svcq_excel.inbox.receiving import Received, receive
from svcq_excel.plan.assessors import Assessor, assessor_kind, read_assessors
from svcq_excel.plan.plan import Plan
from svcq_excel.plan.rounds import in_round
from svcq_excel.plan.rulings import read_rulings
from svcq_excel.plan.units import read_units
from svcq_excel.results.model import FileResult, Outcome
from svcq_excel.results.totals import conclude as results_of
from svcq_excel.returns.correcting import return_forms
from svcq_excel.rubric.model import Kind
from svcq_excel.rubric.shipped import load

__all__ = ["INDEX", "Issued", "assess", "define", "issue", "return_forms", "review"]

Progress = Callable[[int, int], None]


def define(
    rubric: str,
    units: Path,
    round: str | None = None,
    assessors: str | None = None,
    rulings: Path | None = None,
) -> Plan:
    """The plan of a run; raises DefinitionError with all that is wrong."""
    plan = Plan(in_round(load(rubric), round), read_units(units), round or None)
    if assessors:
        plan = replace(plan, assessors=read_assessors(assessors))
    if rulings:
        decided = read_rulings(rulings, plan.rubric, plan.units)
        plan = replace(plan, rulings=decided)
    return plan


def issue(
    plan: Plan,
    assessors: Sequence[Assessor],
    out: Path,
    progress: Progress = lambda done, of: None,
) -> tuple[Issued, ...]:
    """The blank forms in a folder; raises DefinitionError and OutputBlockedError."""
    mistakes = () if plan.rubric.is_checklist else common_mistakes()  # those are made with scores
    return issuing.issue(plan, assessors, out, progress, mistakes)


def assess(
    plan: Plan,
    inbox: Iterable[Path],
    output: Path | None = None,
    progress: Progress = lambda done, of: None,
) -> Outcome:
    """What came back, checked and concluded. Raises SeveralRoundsError."""
    return conclude(*review(plan, inbox, progress), output)


def review(
    plan: Plan, inbox: Iterable[Path], progress: Progress = lambda done, of: None
) -> tuple[Plan, tuple[CheckedFile, ...]]:
    """What came back, checked, and which of it counts; the plan with the round it is of.

    Raises DefinitionError for a checklist, whose answers no rule looks at yet.
    """
    if plan.rubric.is_checklist:
        fault = "檢核表收回後的檢核與彙整尚未提供", "目前可用 svcq generate 產製表件"
        raise DefinitionError([Problem(plan.rubric.id, *fault)])
    files = [check_file(received, plan) for received in collect(plan, inbox, progress)]
    if not plan.round:
        rounds = rounds_of(files)
        if len(rounds) > 1:
            raise SeveralRoundsError(rounds)
        plan = replace(plan, round=rounds[0] if rounds else plan.rubric.default_round)
    return plan, compare(settle(files, _saved), plan)


def collect(plan: Plan, inbox: Iterable[Path], progress: Progress) -> Iterator[Received]:
    """Every file of the inbox, read into facts one after the other."""
    found = find(inbox)
    for done, file in enumerate(found, 1):
        yield receive(file, plan.rubric)
        progress(done, len(found))


def conclude(plan: Plan, files: Sequence[CheckedFile], output: Path | None) -> Outcome:
    """The round's outcome: units in their order, files in theirs."""
    right = {_whose(file) for file in files if file.sure_whose}
    corrections = {
        _whose(file)
        for file in files
        if file.status == "needs-correction" and (file.sure_whose or _whose(file) not in right)
    }
    submissions = [file.submission for file in files if file.submission]
    units = results_of(plan.rubric, plan.units, submissions, corrections, plan.rulings)
    results = tuple(_result(file, output) for file in files)
    round = plan.round or plan.rubric.default_round
    return Outcome(plan.rubric, round, units, results, plan.assessors)


def _whose(file: CheckedFile) -> tuple[str, Kind]:
    unit, assessor = (file.identity.unit, file.identity.assessor) if file.identity else ("", "")
    return unit, assessor_kind(assessor)


def _result(file: CheckedFile, output: Path | None) -> FileResult:
    identity = file.identity
    return FileResult(
        path=str(file.path),
        status=file.status,
        unit=identity.unit or None if identity else None,
        assessor=identity.assessor or None if identity else None,
        violations=file.violations,
        reason=file.reason,
        link=_link(file.path, output),
    )


def _link(path: Path, output: Path | None) -> str:
    if output is None:
        return ""
    try:
        return os.path.relpath(path, output.parent)
    except ValueError:  # on another drive
        return str(path.resolve())


def _saved(path: Path) -> Saved:
    try:
        data = path.read_bytes()
        return Saved(*saved_at(path, data), sha256(data).hexdigest())
    except OSError:  # gone since it was read
        return Saved(datetime.fromtimestamp(0, UTC), "檔案已不在原處", str(path))
