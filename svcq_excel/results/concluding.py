"""From checked files to the round's outcome: what each became, and what each unit came to."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from svcq_excel.checks.batch import CheckedFile
from svcq_excel.inbox.handed_in_when import dated, sent_in_words
from svcq_excel.inbox.receiving import Received
from svcq_excel.plan.assessors import assessor_kind
from svcq_excel.plan.plan import Plan
from svcq_excel.results.frames import FramedOutcome
from svcq_excel.results.model import FileResult
from svcq_excel.results.scoring import checklist, totals
from svcq_excel.rubric.model import Kind


def conclude(plan: Plan, files: Sequence[CheckedFile], output: Path | None = None) -> FramedOutcome:
    """Units in their order, files in theirs; links lead to them from where the output lies."""
    right = {_whose(file) for file in files if _is_sure(file)}
    corrections = {
        _whose(file)
        for file in files
        if file.status == "needs-correction" and (_is_sure(file) or _whose(file) not in right)
        if plan.rubric.assesses_by(_whose(file)[1])  # of another it says nothing about the unit
    }
    submissions = [file.submission for file in files if file.submission]
    if plan.rubric.is_checklist:
        units = checklist.conclude(plan, submissions, corrections)
    else:
        units = totals.conclude(plan.rubric, plan.units, submissions, corrections, plan.rulings)
    results = tuple(_result(file, output) for file in files)
    round = plan.round or plan.rubric.default_round
    return FramedOutcome(plan.rubric, round, units, results, plan.assessors)


def _is_sure(file: CheckedFile) -> bool:
    return file.sure_whose and file.known_assessor


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
