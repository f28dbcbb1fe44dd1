"""繳交情形: whether each unit's form and documents came, in which files, and what is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from svcq_excel.checks.violation import SEVERITY_WORDS
from svcq_excel.inbox.handed_in_when import HandIn
from svcq_excel.results.awaiting import awaited, status_word, tones_with
from svcq_excel.results.model import FileResult, Outcome, UnitResult
from svcq_excel.results.page.links import OPEN, file_link
from svcq_excel.results.page.listing import ListColumn, filtered, widths
from svcq_excel.results.page.sheet import Book, Content, Sheet
from svcq_excel.results.page.styles import STATUS_TONES
from svcq_excel.results.wording import count, heading, seeming_forms, units_by_status
from svcq_excel.rubric.model import Document
from svcq_excel.text.roc_dates import roc, roc_moment
from svcq_excel.text.visible import visible

_UNIT = (
    ListColumn("編號", 60, "centred"),
    ListColumn("受考核單位名稱", 150),
)
_GROUP = ListColumn("組別", 60, "centred")
_STATUS = ListColumn("情形", 72, "centred", STATUS_TONES)
_CAME = (
    ListColumn("考核人員", 72, "centred"),
    _STATUS,
    ListColumn("寄出或最後存檔", 116, "centred"),
    ListColumn("依據", 110),
)
_LATE = ListColumn("是否逾期", 66, "centred", {"逾期": "wrong", "補正逾期": "wrong"})
_FILES = (
    ListColumn(SEVERITY_WORDS["error"], 60, "centred"),
    ListColumn(SEVERITY_WORDS["warning"], 60, "centred"),
    ListColumn("檔案", 220),
    ListColumn(OPEN, 50, "link"),
)
_REMARK = ListColumn("說明", 212)
_CONTACT, _EMAIL = ListColumn("承辦人", 72, "centred"), ListColumn("電子郵件", 170)
_WHERE_THERE_ARE = (_GROUP, _LATE, _CONTACT, _EMAIL)


def write_hand_ins(book: Book, name: str, outcome: Outcome) -> None:
    """Adds the sheet: the units in their order, and how many of them are where.

    What no unit has, and what was not asked for, takes no column.
    """
    status = replace(_STATUS, tones=tones_with(STATUS_TONES, outcome.units))
    rows = [_cells(outcome, result) for result in outcome.units]
    asked = [column for column, _ in rows[0]] if rows else []
    contents = [[content for _, content in row] for row in rows]
    kept = [
        at
        for at, column in enumerate(asked)
        if column not in _WHERE_THERE_ARE or any(row[at] for row in contents)
    ]
    columns = [status if asked[at] is _STATUS else asked[at] for at in kept]
    sheet = Sheet(book, name, widths(columns))
    sheet.title(heading(outcome, "繳交情形"))
    told = [[row[at] for at in kept] for row in contents]
    filtered(sheet, columns, told, 2, units_by_status(outcome))


def _cells(outcome: Outcome, result: UnitResult) -> list[tuple[ListColumn, Content]]:
    """A unit's row, each content with its column."""
    unit = result.unit
    files = outcome.files_of(result)
    found = [violation for file in files for violation in file.violations]
    came = _last([each for file in files for each in file.hand_ins if not each.correction])
    documents = [
        (ListColumn(each.name, 120), _document(outcome, result, each))
        for each in outcome.rubric.documents
    ]
    kind, status = outcome.rubric.kind_word(result.kind), status_word(result)
    when = _when(came) if came else None
    return [
        *zip(_UNIT, (unit.code, unit.name), strict=True),
        (_GROUP, unit.group),
        *zip(_CAME, (kind, status, when, came.dated.evidence if came else None), strict=True),
        (_LATE, _lateness(files)),
        *zip(
            _FILES,
            (
                count(found, "error"),
                count(found, "warning"),
                "\n".join(visible(file.path) for file in files),
                file_link(files[0]) if len(files) == 1 else None,
            ),
            strict=True,
        ),
        *documents,
        (_REMARK, _remark(outcome, result, files)),
        (_CONTACT, unit.contact),
        (_EMAIL, unit.email),
    ]


def _last(hand_ins: Sequence[HandIn]) -> HandIn | None:
    """Of several assessors' forms the one that came last."""
    return max(hand_ins, key=lambda each: each.dated.at, default=None)


def _when(hand_in: HandIn) -> str:
    return f"{roc_moment(hand_in.dated.at, hand_in.due)} {hand_in.dated.what}"


def _lateness(files: Sequence[FileResult]) -> str:
    due = [each for file in files for each in file.hand_ins if each.due]
    if not due:
        return ""
    if any(each.late and not each.correction for each in due):
        return "逾期"
    return "補正逾期" if any(each.late for each in due) else "期限內"


def _document(outcome: Outcome, result: UnitResult, document: Document) -> str:
    """What the form says of a document, and what came; nothing where there is neither."""
    told = dict.fromkeys(form.documents.get(document.id, "") for form in result.forms)
    came = [each for each in outcome.documents_of(result.unit) if each.document == document]
    said = "、".join(filter(None, told))
    received = "；".join(each.length or "已收到" for each in came)
    parts = (f"表填：{said}" if said else "", f"收件：{received}" if received else "")
    return "\n".join(filter(None, parts))


def _remark(outcome: Outcome, result: UnitResult, files: Sequence[FileResult]) -> str:
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
    if result.expected == 0:
        return "考核人員都不計評分" if result.absent else "名單上沒有考核這個單位的人員"
    if files and all(file.status == "blank" for file in files):
        return f"只收到空白的{word}，請催繳"
    return "收到的檔案無法採用，請重送" if files else f"尚未收到{word}"


def _accepted(result: UnitResult, files: Sequence[FileResult]) -> str:
    who = "、".join(result.assessors)
    when = f"考核日期 {roc(result.assessed)}" if result.assessed else ""
    last = _last([each for file in files for each in file.hand_ins if each.correction])
    answered = f"已補正，{_when(last)}" if last else ""
    return "，".join(part for part in (who, when, answered) if part)


def _of_other_rounds(files: Sequence[FileResult]) -> str:
    """The rounds that came, where no form to be corrected is of the one asked for."""
    rounds = [file.other_round for file in files if file.status == "needs-correction"]
    return "、".join(dict.fromkeys(rounds)) if all(rounds) else ""
