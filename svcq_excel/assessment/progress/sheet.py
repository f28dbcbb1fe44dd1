"""進度.xlsx: a small workbook of one sheet, where each unit stands and whom to phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

from svcq_excel.assessment.next_steps import STEPS, next_steps
from svcq_excel.assessment.progress.counting import counted
from svcq_excel.assessment.progress.lines import letters_of
from svcq_excel.assessment.standing import NOT_CORRECTED, OVERDUE, Standing, UnitStanding
from svcq_excel.form.identity import OUTPUT_PROPERTY
from svcq_excel.new_workbook import new_workbook
from svcq_excel.results.page.excel import ExcelBook
from svcq_excel.results.page.listing import ListColumn, filtered, widths
from svcq_excel.results.page.sheet import Book, Content, Sheet
from svcq_excel.results.page.styles import STATUS_TONES
from svcq_excel.text.made_on import made_on
from svcq_excel.text.roc_dates import TAIPEI, roc_deadline, roc_moment

NAME = "進度"

_LATE = dict.fromkeys((OVERDUE, NOT_CORRECTED, "逾期", "補正逾期"), "wrong")
_STATUS = ListColumn("情形", 76, "centred", STATUS_TONES)
_COLUMNS = (
    ListColumn("組別", 60, "centred"),
    ListColumn("編號", 56, "centred"),
    ListColumn("受考核單位名稱", 150),
    ListColumn("考核類別", 72, "centred"),
    _STATUS,
    ListColumn("是否逾期", 76, "centred", _LATE),
    ListColumn("寄出或最後存檔", 190, "centred"),
    ListColumn("說明", 230),
    ListColumn("信件", 150),
    ListColumn("承辦人", 84, "centred"),
    ListColumn("電話", 100, "centred"),
    ListColumn("電子郵件", 180),
)
_ALWAYS = ("編號", "受考核單位名稱", "情形", "說明")
"""Other columns stand only where something is in them; the kind only where there are several."""


def progress_sheet(now: Standing) -> bytes:
    """The workbook's bytes (.xlsx); equal standings give equal bytes."""
    stream = BytesIO()
    with new_workbook(stream) as workbook:
        workbook.set_properties({"title": f"{now.title}{NAME}", "created": made_on(now.year)})
        workbook.set_custom_property(OUTPUT_PROPERTY, "results", "text")
        _fill(ExcelBook(workbook), now)
    return stream.getvalue()


def _fill(book: Book, now: Standing) -> None:
    rows = [_row(now, each) for units in now.by_group.values() for each in units]
    kept = [
        at
        for at, column in enumerate(_COLUMNS)
        if column.title in _ALWAYS
        or (column.title == "考核類別" and now.kinds > 1)
        or (column.title != "考核類別" and any(row[at] for row in rows))
    ]
    lacking = {each.word for each in now.of_status("incomplete")}
    tones = {**STATUS_TONES, **dict.fromkeys(sorted(lacking), "ask")}
    columns = [
        replace(c, tones=tones) if c is _STATUS else c for c in (_COLUMNS[at] for at in kept)
    ]
    named = next(at for at, column in enumerate(columns) if column.title == "受考核單位名稱")
    sheet = Sheet(book, NAME, widths(columns), frozen_columns=named + 1)
    sheet.title(f"{now.title}{NAME}（{now.round}）")
    for line in _above(now):
        sheet.across(line, "line")
    filtered(sheet, columns, ([row[at] for at in kept] for row in rows))


def _above(now: Standing) -> Sequence[str]:
    due = (
        f"繳交期限 {roc_deadline(now.deadline)}{'（已過）' if now.overdue else ''}　　"
        if now.deadline
        else ""
    )
    came = now.last_received
    until = f"　　最近一件 {roc_moment(came.astimezone(TAIPEI))}" if came else ""
    steps = [f"下一步 {at}. {said}" for at, said in enumerate(next_steps(now), 1)]
    return [f"{due}目前步驟：{STEPS[now.step]}{until}", counted(now.units), *steps]


def _row(now: Standing, each: UnitStanding) -> Sequence[Content]:
    unit = each.unit
    return (
        unit.group,
        unit.code,
        unit.name,
        each.kind_word,
        each.word,
        each.lateness,
        each.when,
        each.remark,
        letters_of(now, each),
        unit.contact,
        unit.phone,
        unit.email,
    )
