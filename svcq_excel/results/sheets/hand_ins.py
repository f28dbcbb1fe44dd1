"""繳交情形: whether each unit's form and documents came, in which files, and what is left."""

from __future__ import annotations

from dataclasses import replace

from svcq_excel.checks.violation import SEVERITY_WORDS
from svcq_excel.results.awaiting import status_word, tones_with
from svcq_excel.results.handing_in import last, lateness, remark, when
from svcq_excel.results.model import Outcome, UnitResult
from svcq_excel.results.page.links import OPEN, file_link
from svcq_excel.results.page.listing import ListColumn, filtered, widths
from svcq_excel.results.page.sheet import Book, Content, Sheet
from svcq_excel.results.page.styles import STATUS_TONES
from svcq_excel.results.wording import count, heading, units_by_status
from svcq_excel.rubric.model import Document
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
    sheet = Sheet(book, name, widths(columns), frozen_columns=2)
    sheet.title(heading(outcome, "繳交情形"))
    told = [[row[at] for at in kept] for row in contents]
    filtered(sheet, columns, told, units_by_status(outcome))


def _cells(outcome: Outcome, result: UnitResult) -> list[tuple[ListColumn, Content]]:
    """A unit's row, each content with its column."""
    unit = result.unit
    files = outcome.files_of(result)
    found = [violation for file in files for violation in file.violations]
    came = last([each for file in files for each in file.hand_ins if not each.correction])
    documents = [
        (ListColumn(each.name, 120), _document(outcome, result, each))
        for each in outcome.rubric.documents
    ]
    kind, status = outcome.rubric.kind_word(result.kind), status_word(result)
    moment = when(came) if came else None
    return [
        *zip(_UNIT, (unit.code, unit.name), strict=True),
        (_GROUP, unit.group),
        *zip(_CAME, (kind, status, moment, came.dated.evidence if came else None), strict=True),
        (_LATE, lateness(files)),
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
        (_REMARK, remark(outcome, result, files)),
        (_CONTACT, unit.contact),
        (_EMAIL, unit.email),
    ]


def _document(outcome: Outcome, result: UnitResult, document: Document) -> str:
    """What the form says of a document, and what came; nothing where there is neither."""
    told = dict.fromkeys(form.documents.get(document.id, "") for form in result.forms)
    came = [each for each in outcome.documents_of(result.unit) if each.document == document]
    said = "、".join(filter(None, told))
    received = "；".join(each.length or "已收到" for each in came)
    parts = (f"表填：{said}" if said else "", f"收件：{received}" if received else "")
    return "\n".join(filter(None, parts))
