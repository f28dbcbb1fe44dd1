"""How each unit's handing in went, in words: when, whether in time, and what is to be done."""

from __future__ import annotations

from collections.abc import Sequence

from svcq_excel.inbox.handed_in_when import HandIn
from svcq_excel.results.awaiting import awaited, nobody
from svcq_excel.results.model import FileResult, Outcome, UnitResult
from svcq_excel.results.wording import seeming_forms
from svcq_excel.text.roc_dates import roc, roc_moment


def last(hand_ins: Sequence[HandIn]) -> HandIn | None:
    """Of several assessors' forms the one that came last."""
    return max(hand_ins, key=lambda each: each.dated.at, default=None)


def when(hand_in: HandIn) -> str:
    return f"{roc_moment(hand_in.dated.at, hand_in.due)} {hand_in.dated.what}"


def lateness(files: Sequence[FileResult]) -> str:
    due = [each for file in files for each in file.hand_ins if each.due]
    if not due:
        return ""
    if any(each.late and not each.correction for each in due):
        return "逾期"
    return "補正逾期" if any(each.late for each in due) else "期限內"


def remark(outcome: Outcome, result: UnitResult, files: Sequence[FileResult]) -> str:
    decided = [absence.told(key) for key, absence in result.absent.items()]
    state = _state(outcome, result, files)
    parts = [awaited(result), state, *decided, *seeming_forms(outcome, result)]
    return "；".join(filter(None, parts))


def _state(outcome: Outcome, result: UnitResult, files: Sequence[FileResult]) -> str:
    word, status = outcome.form_word, result.status
    if status == "accepted":
        return _accepted(result, files)
    if status == "needs-correction":
        others = _of_other_rounds(files)
        if others:
            return f"收到的是{others}的{word}，請改送{outcome.round}的{word}"
        return f"{word}有應更正事項，請補正後重送"
    if status == "incomplete":
        return "請催繳"
    if said := nobody(result):
        return said
    if files and all(file.status == "blank" for file in files):
        return f"只收到空白的{word}，請催繳"
    return "收到的檔案無法採用，請重送" if files else f"尚未收到{word}"


def _accepted(result: UnitResult, files: Sequence[FileResult]) -> str:
    who = "、".join(result.assessors)
    on = f"考核日期 {roc(result.assessed)}" if result.assessed else ""
    answer = last([each for file in files for each in file.hand_ins if each.correction])
    answered = f"已補正，{when(answer)}" if answer else ""
    return "，".join(part for part in (who, on, answered) if part)


def _of_other_rounds(files: Sequence[FileResult]) -> str:
    """The rounds that came, where no form to be corrected is of the one asked for."""
    rounds = [file.other_round for file in files if file.status == "needs-correction"]
    return "、".join(dict.fromkeys(rounds)) if all(rounds) else ""
