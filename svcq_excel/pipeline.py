"""The whole chain: define, issue, collect, check, conclude, send back."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from svcq_excel.checks.batch import CheckedFile, check_file, rounds_of
from svcq_excel.checks.catalogue import common_mistakes
from svcq_excel.checks.settling import compare, settle
from svcq_excel.definition import SeveralRoundsError
from svcq_excel.form.identity import INDEX
from svcq_excel.inbox.collecting import collect, fingerprints
from svcq_excel.inbox.finding import FoundFile, find
from svcq_excel.inbox.handed_in_when import dated
from svcq_excel.inbox.memory import Memory
from svcq_excel.issuing import issuing
from svcq_excel.issuing.issuing import Issued, Outline, outlines_of
from svcq_excel.issuing.stamper import Format
from svcq_excel.plan.assessors import Assessor, assessor_kind, read_assessors
from svcq_excel.plan.carried import read_carried
from svcq_excel.plan.decisions import read_decisions
from svcq_excel.plan.plan import Plan
from svcq_excel.plan.plan_file import PlanFile
from svcq_excel.plan.rulings import NONE, read_rulings
from svcq_excel.plan.units import read_units
from svcq_excel.results.model import FileResult, Outcome
from svcq_excel.results.scoring.checklist import conclude as steps_of
from svcq_excel.results.scoring.totals import conclude as results_of
from svcq_excel.returns.correcting import return_forms
from svcq_excel.rubric.model import Kind
from svcq_excel.rubric.shipped import load
from svcq_excel.store import Store, program

__all__ = [
    "INDEX",
    "Issued",
    "Outline",
    "assess",
    "define",
    "issue",
    "outlines_of",
    "return_forms",
    "review",
]

Progress = Callable[[int, int], None]


def define(
    rubric: str,
    units: Path,
    round: str | None = None,
    deadline: datetime | None = None,
    decisions: Path | None = None,
    assessors: str | None = None,
    rulings: Path | None = None,
    carried: Path | None = None,
    plan_file: PlanFile | None = None,
) -> Plan:
    """The plan of a run, with a plan file's clauses; raises DefinitionError with all that is
    wrong."""
    known, listed = load(rubric), read_units(units)
    known = plan_file.applied(known) if plan_file else known
    plan = Plan(
        known,
        listed,
        None,
        deadline,
        read_decisions(decisions) if decisions else (),
        read_assessors(assessors) if assessors else (),
        read_rulings(rulings, known, listed) if rulings else NONE,
        read_carried(carried, known, listed) if carried else {},
    )
    return plan.of_round(round) if round else plan


def issue(
    plan: Plan,
    assessors: Sequence[Assessor],
    out: Path,
    progress: Progress = lambda done, of: None,
    formats: Sequence[Format] = ("xlsx",),
) -> tuple[Issued, ...]:
    """The blank forms in a folder, and the outlines of documents beside them (see outlines_of).

    Raises DefinitionError and OutputBlockedError.
    """
    mistakes = () if plan.rubric.is_checklist else common_mistakes()  # those are made with scores
    return issuing.issue(plan, assessors, out, progress, mistakes, formats)


def assess(
    plan: Plan,
    inbox: Iterable[Path],
    output: Path | None = None,
    progress: Progress = lambda done, of: None,
    fresh: bool = False,
) -> Outcome:
    """What came back, checked and concluded. Raises SeveralRoundsError and DefinitionError."""
    memory = output.parent if output else None
    return conclude(*review(plan, inbox, progress, memory, fresh), output)


def inputs_digest(plan: Plan, inbox: Iterable[Path], output: Path) -> str:
    """What a run's outcome follows from, in short: equal for two runs that must end alike."""
    whole = repr([program(), Path.cwd(), output.resolve(), plan, fingerprints(find(inbox))])
    return sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


def review(
    plan: Plan,
    inbox: Iterable[Path],
    progress: Progress = lambda done, of: None,
    memory: Path | None = None,
    fresh: bool = False,
) -> tuple[Plan, tuple[CheckedFile, ...]]:
    """What came back, checked, and which of it counts; the plan with the round it is of.

    What was read is remembered in the folder `memory`, and read anew where `fresh` asks for it.
    Raises SeveralRoundsError, and DefinitionError where nothing is due in the round.
    """
    found, whole = find(inbox), plan.rubric
    with closing(Store(memory)) as store:
        files = _checked(found, plan, progress, Memory(store, whole, fresh))
        if not plan.round:
            rounds = rounds_of(files)
            if len(rounds) > 1:
                raise SeveralRoundsError(rounds)
            plan = plan.of_round(rounds[0] if rounds else whole.default_round)
            # A checklist's forms hold what is due in their round.
            if plan.rubric.form_key != whole.form_key:
                files = _checked(found, plan, progress, Memory(store, plan.rubric, fresh))
    return plan, compare(settle(files, plan), plan)


def _checked(
    found: Sequence[FoundFile], plan: Plan, progress: Progress, memory: Memory
) -> list[CheckedFile]:
    return [check_file(each, plan) for each in collect(found, plan.rubric, memory, progress)]


def conclude(plan: Plan, files: Sequence[CheckedFile], output: Path | None) -> Outcome:
    """The round's outcome: units in their order, files in theirs."""
    right = {_whose(file) for file in files if file.sure_whose}
    corrections = {
        _whose(file)
        for file in files
        if file.status == "needs-correction" and (file.sure_whose or _whose(file) not in right)
    }
    submissions = [file.submission for file in files if file.submission]
    if plan.rubric.is_checklist:
        units = steps_of(plan, submissions, corrections)
    else:
        units = results_of(plan.rubric, plan.units, submissions, corrections, plan.rulings)
    results = tuple(_result(file, output) for file in files)
    round = plan.round or plan.rubric.default_round
    return Outcome(plan.rubric, round, units, results, plan.assessors)


def _whose(file: CheckedFile) -> tuple[str, Kind]:
    unit, assessor = (file.identity.unit, file.identity.assessor) if file.identity else ("", "")
    return unit, assessor_kind(assessor)


def _result(file: CheckedFile, output: Path | None) -> FileResult:
    identity, received = file.identity, file.received
    reading = received.reading
    handed_in = file.document.unit if file.document else None
    whose = identity.unit if identity else handed_in.code if handed_in else ""
    came = dated(received)
    return FileResult(
        path=received.listed,
        status=file.status,
        unit=whose or None,
        assessor=identity.assessor or None if identity else None,
        violations=file.violations,
        reason=file.reason,
        link="" if reading.inside else _link(received.found.path, output),
        size=reading.size,
        sha256=reading.sha256,
        dated=came.at,
        evidence=came.evidence,
        program=reading.origin.program,
        sender=reading.sender,
        fault=reading.fault,
        differences=file.differences,
        document=file.document,
        sure_whose=file.sure_whose,
    )


def _link(path: Path, output: Path | None) -> str:
    if output is None:
        return ""
    try:
        return os.path.relpath(path, output.parent)
    except ValueError:  # on another drive
        return str(path.resolve())
