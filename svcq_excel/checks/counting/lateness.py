"""逾期: whether a unit's first form came in time, and its correction by the notice's deadline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from svcq_excel.checks.batch import CheckedFile
from svcq_excel.checks.catalogue import file_rules
from svcq_excel.inbox.handed_in_when import HandIn, comparable, dated, dates
from svcq_excel.plan.plan import Plan
from svcq_excel.text.roc_dates import roc_moment


def with_hand_in(forms: Mapping[int, CheckedFile], plan: Plan) -> dict[int, CheckedFile]:
    """The forms of one unit and assessor, the one that counts with when it was handed in.

    The first form with entries decides, whichever counts; a correction form has the deadline that
    was given for corrections, or that its own notice named.
    """
    ((at, counts),) = ((at, file) for at, file in forms.items() if file.counts)
    originals = [file for file in forms.values() if not file.corrects]
    hand_ins = []
    if originals:
        known = comparable([dates(file.received) for file in originals])
        first = min(zip(known, originals, strict=True), key=lambda pair: pair[0].at)[1]
        hand_ins.append(HandIn(first.name, dated(first.received), plan.deadline))
    if counts.corrects:
        due = plan.correction_deadline or counts.correct_by
        hand_ins.append(HandIn(counts.name, dated(counts.received), due, correction=True))
    late = [each for each in hand_ins if each.late]
    found = tuple(file_rules()["late-submission"].find(_found(each, counts)) for each in late)
    told = replace(counts, hand_ins=tuple(hand_ins), violations=(*found, *counts.violations))
    return {**forms, at: told}


def _found(hand_in: HandIn, counts: CheckedFile) -> str:
    came, due = hand_in.dated, hand_in.due
    which = "補正表件" if hand_in.correction else f"首次繳交的「{hand_in.name}」"
    which = "" if hand_in.name == counts.name and not hand_in.correction else which
    word = "補正期限" if hand_in.correction else "期限"
    until = f"，{word}為 {roc_moment(due, came.at)}" if due else ""
    return f"{which}於 {roc_moment(came.at, due)} {came.what}（依{came.evidence}）{until}"
