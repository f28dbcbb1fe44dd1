"""The whole chain: define, issue, check, merge, send back. Each step writes what it makes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import replace as _changed
from functools import partial
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from svcq_excel.checks.batch import CheckedFile, check_file
from svcq_excel.checks.catalogue import common_mistakes
from svcq_excel.checks.counting.round_meant import round_meant
from svcq_excel.checks.settling import compare, settle
from svcq_excel.inbox.collecting import collect
from svcq_excel.inbox.finding import FoundFile, find, lies_in
from svcq_excel.inbox.fingerprints import Fingerprints
from svcq_excel.inbox.memory import Memory
from svcq_excel.placing import moved_of, write_together
from svcq_excel.plan.assessors import Assessor, read_assessors
from svcq_excel.plan.decisions import decisions_beside, read_decisions
from svcq_excel.plan.plan import Plan
from svcq_excel.plan.plan_file import read_plan_file
from svcq_excel.plan.sources import AnyPath, Sources
from svcq_excel.replacing import verify_outputs
from svcq_excel.rerun import (
    RECEIPTS,
    Outputs,
    Written,
    inputs_digest,
    keep,
    told_before,
    told_of,
    was_written,
    with_older,
)
from svcq_excel.results.concluding import conclude
from svcq_excel.results.frames import FramedOutcome
from svcq_excel.store import Store
from svcq_excel.text.roc_dates import roc_deadline

if TYPE_CHECKING:
    from svcq_excel.issuing.issuing import Issued
    from svcq_excel.plan.forms_meant import Format
    from svcq_excel.returns.correcting import SentBack

# What writes is imported when it is asked for: a run that finds nothing changed writes nothing.
REPORT = "檢核結果.xlsx"

Progress = Callable[[int, int], None]
Inbox = AnyPath | Iterable[AnyPath]


def _silent(done: int, of: int) -> None:
    """Nobody watches."""


def define(
    rubric: Sources | AnyPath | None = None,
    units: AnyPath | None = None,
    round: str | None = None,
    plan_file: AnyPath | None = None,
    **more: Any,
) -> Plan:
    """The plan of a run: from Sources, or from what they are made of and a plan file below it.

    Raises DefinitionError with all that is wrong.
    """
    given = rubric if isinstance(rubric, Sources) else Sources(rubric, units, round, **more)
    if not plan_file:
        return given.read()
    return given.over(read_plan_file(Path(plan_file))).read().read_from(Path(plan_file))


def issue(
    plan: Plan,
    assessors: str | Sequence[Assessor],
    out: AnyPath,
    progress: Progress = _silent,
    formats: Sequence[Format] = ("xlsx",),
    replace: bool = False,
    drafts: Sequence[Path] = (),
) -> tuple[Issued, ...]:
    """The blank forms in a folder, and the outlines of documents beside them (see outlines_of);
    their index leads to the drafts of letters in these folders.

    `assessors` are self, hq, or a list's file where they are not known yet. Raises DefinitionError
    and OutputBlockedError.
    """
    from svcq_excel.issuing import issuing

    mistakes = () if plan.rubric.is_checklist else common_mistakes()  # those are made with scores
    who = read_assessors(assessors, plan.units) if isinstance(assessors, str) else assessors
    return issuing.issue(plan, who, Path(out), progress, mistakes, formats, replace, drafts)


def check(
    plan: Plan,
    inbox: Inbox,
    out: AnyPath | None = None,
    progress: Progress = _silent,
    fresh: bool = False,
    replace: bool = False,
) -> Written:
    """What came back, checked; with the report and the list of what came in a folder.

    Raises RoundError, DefinitionError and OutputBlockedError.
    """
    if out is None:
        outcome = assess(plan, inbox, None, progress, fresh)
        return Written(told_of(outcome), {}, False, lambda: outcome)
    folder = Path(out)
    outputs = Outputs(folder / REPORT, folder / RECEIPTS, concluded=False)
    return _written(plan, inbox, outputs, progress, fresh, replace)


def merge(
    plan: Plan,
    inbox: Inbox,
    out: AnyPath,
    progress: Progress = _silent,
    fresh: bool = False,
    data: AnyPath | None = None,
    replace: bool = False,
) -> Written:
    """The same, concluded: the statistics workbook; the units' sheets, the list of what came and
    the plan's copies beside it; and the tables for programs in the folder `data`."""
    outputs = Outputs.of_merge(Path(out), plan, Path(data) if data is not None else None)
    return _written(plan, inbox, outputs, progress, fresh, replace)


def send_back(
    plan: Plan,
    inbox: Inbox,
    out: AnyPath,
    deadline: str = "",
    progress: Progress = _silent,
    apart: bool = False,
) -> SentBack:
    """A correction form in a folder for each form that has errors; `deadline` is for those, the
    plan's where none is given; `apart`, each time has a folder in it: 第2次. What lies there stays.
    Raises RoundError, DefinitionError and OutputBlockedError."""
    from svcq_excel.returns.correcting import return_forms

    folder = Path(out)
    inbox = _paths(inbox)
    plan, files = review(_with_decisions_beside(plan, folder, inbox), inbox, progress)
    due = plan.correction_deadline
    until = deadline or (roc_deadline(due) if due else "")
    return return_forms(plan, files, folder, until, progress, not lies_in(folder, inbox), apart)


def _written(
    plan: Plan, inbox: Inbox, outputs: Outputs, progress: Progress, fresh: bool, replace: bool
) -> Written:
    """Does it and writes it, or finds that nothing has changed."""
    output, inbox = outputs.workbook, _paths(inbox)
    plan = _with_decisions_beside(plan, output.parent, inbox)
    memory = _memory(output, inbox)
    with closing(Store(memory, only_read=True)) as store:
        known = partial(was_written, store)
        verify_outputs(outputs.paths, plan.inputs, inbox, replace, known)
    prints = Fingerprints()
    with closing(Store(memory)) as store:
        digest = inputs_digest(plan, inbox, outputs.lasting, prints)
        told = None if fresh else told_before(store, output, digest, outputs.paths)
        if told:
            told = with_older(store, outputs, told)
            return Written(told, {}, True, lambda: assess(plan, inbox, output, progress))
    outcome = assess(plan, inbox, output, progress, fresh, prints)
    lacking: list[str] = []
    placed = write_together(outputs.made(outcome, lacking.append))
    moved = moved_of(placed)
    told = told_of(outcome, list(placed.values()), lacking)
    with closing(Store(memory)) as store:
        if not moved:
            keep(store, output, digest, told)
        told = with_older(store, outputs, told)
    return Written(told, moved, False, lambda: outcome)


def _with_decisions_beside(plan: Plan, folder: Path, inbox: Sequence[Path]) -> Plan:
    """Where no decisions were given, those that lie beside the outputs, unless a stranger may have
    laid them there."""
    beside = None if plan.decisions or lies_in(folder, inbox) else decisions_beside(folder)
    if beside is None:
        return plan
    return _changed(plan, decisions=read_decisions(beside)).read_from(beside)


def _memory(output: Path | None, inbox: Sequence[Path]) -> Path | None:
    """The folder where runs remember: beside the outputs, and never where strangers' files lie."""
    return None if output is None or lies_in(output.parent, inbox) else output.parent


def _paths(inbox: Inbox) -> tuple[Path, ...]:
    return (Path(inbox),) if isinstance(inbox, str | PathLike) else tuple(map(Path, inbox))


def assess(
    plan: Plan,
    inbox: Inbox,
    output: Path | None = None,
    progress: Progress = _silent,
    fresh: bool = False,
    prints: Fingerprints | None = None,
) -> FramedOutcome:
    """What came back, checked and concluded. Raises RoundError and DefinitionError."""
    inbox = _paths(inbox)
    memory = _memory(output, inbox)
    return conclude(*review(plan, inbox, progress, memory, fresh, prints), output)


def review(
    plan: Plan,
    inbox: Inbox,
    progress: Progress = _silent,
    memory: Path | None = None,
    fresh: bool = False,
    prints: Fingerprints | None = None,
) -> tuple[Plan, tuple[CheckedFile, ...]]:
    """What came back, checked, and which of it counts; the plan with the round it is of.

    What was read is remembered in the folder `memory`, and read anew where `fresh` asks for it.
    Raises RoundError where the forms are of several rounds and none was named, or where none of
    them is of the one that was; DefinitionError where nothing is due in the round.
    """
    found, whole, prints = find(_paths(inbox)), plan.rubric, prints or Fingerprints()
    with closing(Store(memory)) as store:
        files = _checked(found, plan, progress, Memory(store, whole, fresh), prints)
        round = round_meant(files, plan)
        if not plan.round:
            plan = plan.of_round(round)
            # A checklist's forms hold what is due in their round.
            if plan.rubric.form_key != whole.form_key:
                files = _checked(found, plan, progress, Memory(store, plan.rubric, fresh), prints)
    return plan, compare(settle(files, plan), plan)


def _checked(
    found: Sequence[FoundFile],
    plan: Plan,
    progress: Progress,
    memory: Memory,
    prints: Fingerprints,
) -> list[CheckedFile]:
    received = collect(found, plan.rubric, memory, progress, prints)
    return [check_file(each, plan) for each in received]
