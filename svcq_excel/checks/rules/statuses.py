"""What a step of a checklist is answered with: a status, and what was done and proves it."""

from __future__ import annotations

from collections.abc import Iterator

from svcq_excel.checks.answers import CheckedForm
from svcq_excel.checks.examples import edit
from svcq_excel.checks.numerals import shorten
from svcq_excel.checks.rule import StatusRule
from svcq_excel.checks.violation import Violation
from svcq_excel.rubric.node import AT_WORK, DONE, STATUSES

_CLAUSE = "自行檢核表：每一執行步驟的辦理狀態、辦理情形及佐證資料"
_STEP = "A3.1"
_CHOICE = "、".join(STATUSES)
_OPEN = STATUSES[2]


class StatusMissing(StatusRule):
    code = "status-missing"
    severity = "error"
    title = "未選辦理狀態"
    clause = _CLAUSE
    bad = edit(_STEP, score="")
    good = edit(_STEP, score=_OPEN, done="", proof="")

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        for answer in form.answers:
            if answer.entry.score.blank:
                todo = f"請用選單選取{_CHOICE}其中之一"
                yield self.at(answer, "未選辦理狀態", "", todo)


class StatusUnknown(StatusRule):
    code = "status-unknown"
    severity = "error"
    title = "辦理狀態無法判讀"
    clause = _CLAUSE
    bad = edit(_STEP, score="做完了")
    good = edit(_STEP, score="　已 完成")

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        for answer in form.answers:
            cell = answer.entry.score
            if not cell.blank and not answer.status:
                found = f"辦理狀態填為「{shorten(cell.error or str(cell.value))}」"
                yield self.at(answer, found, f"辦理狀態只有{_CHOICE}", "請用選單選取其中之一")


class DoneMissing(StatusRule):
    code = "done-missing"
    severity = "warning"
    title = "未填辦理情形"
    clause = _CLAUSE
    requires = ("text-not-readable",)
    bad = edit(_STEP, score=AT_WORK, done="")
    good = edit(_STEP, score=_OPEN, done="")

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        for answer in form.answers:
            if answer.status in {DONE, AT_WORK} and not answer.said("done"):
                found = f"選為「{answer.status}」，但未填辦理情形"
                cell = answer.entry.others.get("done")
                yield self.at(answer, found, "", "請補充說明辦理情形", cell)


class ProofMissing(StatusRule):
    code = "proof-missing"
    severity = "notice"
    title = "已完成而未列佐證資料"
    clause = _CLAUSE
    requires = ("text-not-readable",)
    bad = edit(_STEP, proof="")
    good = edit(_STEP, score=AT_WORK, proof="")

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        for answer in form.answers:
            if answer.status == DONE and not answer.said("proof"):
                found = f"選為「{DONE}」，但未列佐證資料"
                todo = "如有佐證資料，請補列其名稱或編號"
                yield self.at(answer, found, "", todo, answer.entry.others.get("proof"))
