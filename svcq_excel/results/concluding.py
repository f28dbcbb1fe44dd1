"""From checked files to the round's outcome: what each became, and what each unit came to."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from svcq_excel.checks.batch import CheckedFile
from svcq_excel.checks.deciding import on_no_file
from svcq_excel.inbox.handed_in_when import dated, sent_in_words
from svcq_excel.inbox.receiving import Received
from svcq_excel.plan.assessors import assessor_kind, place_of
from svcq_excel.plan.plan import Plan
from svcq_excel.results.frames import FramedOutcome
from svcq_excel.results.model import FileResult
from svcq_excel.results.noticing import noticed
from svcq_excel.results.scoring import checklist, totals
from svcq_excel.results.scoring.changing import changed


def conclude(plan: Plan, files: Sequence[CheckedFile], output: Path | None = None) -> FramedOutcome:
    """Units in their order, files in theirs; links lead to them from where the output lies."""
    handed_in = (file.submission for file in files if file.submission)
    submissions = sorted(handed_in, key=lambda form: place_of(form.assessor, plan.assessors))
    corrections = set(_corrections(plan, files))
    round = plan.round or plan.rubric.default_round
    changes = [each for each in plan.score_changes if each.is_of(round)]
    counted = changed(submissions, changes, plan.units, plan.expected)
    if plan.rubric.is_checklist:
        units = checklist.conclude(plan, counted.forms, corrections)
    else:
        lists = (plan.rulings, plan.expected)
        units = totals.conclude(plan.rubric, plan.units, counted.forms, corrections, *lists)
        units = tuple(counted.shown_in(units))
        units = noticed(plan.rubric, units, plan.rulings, counted.unmade)
    results = tuple(_result(plan, file, output) for file in files)
    came = {file.identity.assessor for file in files if file.identity and file.of_this_round}
    unused = on_no_file(files, plan.on_files)
    unmatched = (*plan.rulings.unmatched, *counted.unmatched(units), *unused)
    unmatched = (*unmatched, *plan.expected.unmatched(plan.units, came))
    told = plan.assessors, unmatched, plan.lockings, plan.previous, plan.rulings
    return FramedOutcome(plan.rubric, round, units, results, *told)


def _corrections(plan: Plan, files: Sequence[CheckedFile]) -> Iterator[tuple[str, str]]:
    """Units and assessors of which a form has to be corrected.

    A form that may be another unit's, or is of another round, only says so where nothing better
    came; of a kind or a member that the assessment has not it says nothing about the unit. Where
    no list names the members, one whose form does not say whose it is may be any of them.
    """
    members = bool(plan.expected.members)
    sure = {_whose(file, members) for file in files if file.counts and _is_sure(file)}
    for file in files:
        unit, assessor = whose = _whose(file, members)
        if (
            file.status == "needs-correction"
            and plan.rubric.assesses_by(assessor_kind(assessor))
            and (_is_sure(file) or whose not in sure)
        ):
            yield unit, file.identity.assessor if file.identity else ""


def _is_sure(file: CheckedFile) -> bool:
    return file.sure_whose and file.known_assessor


def _whose(file: CheckedFile, members: bool) -> tuple[str, str]:
    """The unit, and the assessor; of a committee without a list all members as one."""
    unit, assessor = (file.identity.unit, file.identity.assessor) if file.identity else ("", "")
    kind = assessor_kind(assessor)
    return unit, assessor if members or kind != "committee" else kind


def _result(plan: Plan, file: CheckedFile, output: Path | None) -> FileResult:
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
        set_aside=file.set_aside,
        hand_ins=file.hand_ins,
        likely=file.likely.code if file.likely else None,
        reason=file.reason,
        link="" if reading.inside else _link(received.found.path, output),
        size=reading.size,
        sha256=reading.sha256,
        dated=came.at,
        evidence=came.evidence,
        program=reading.origin.program,
        sender=_sender(received),
        fault=reading.fault,
        differences=file.differences,
        sure_whose=file.sure_whose,
        other_round=file.other_round(plan),
        document=file.document,
    )


def _sender(received: Received) -> str:
    """Of the mail that counts; beside it who forwarded that, and what the mails in it say."""
    if not (mails := received.mails):
        return ""
    beside = [f"由 {mail.sender} 轉寄" for mail in received.forwarded]
    for mail in mails[1:]:
        said = mail.sender or "寄件人不明", sent_in_words(mail) or "寄件時間不明"
        beside.append(f"所附郵件：{'，'.join(said)}")
    return f"{mails[0].sender or '不明'}（{'；'.join(beside)}）" if beside else mails[0].sender


def _link(path: Path, output: Path | None) -> str:
    if output is None:
        return ""
    try:
        return Path(os.path.relpath(path, output.parent)).as_posix()
    except ValueError:  # on another drive, where only a path of this machine leads
        return ""
