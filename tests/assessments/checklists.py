"""Checklists for the tests: forms of kpw-102 issued, filled in at a desk, and assessed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from openpyxl import load_workbook

from svcq_excel.form.identity import FORM_SHEET, HIDDEN_SHEET
from svcq_excel.pipeline import define, issue
from svcq_excel.plan.assessors import SELF
from svcq_excel.plan.plan import Plan
from tests.paper.filled_form import Entry, Paper

Answers = Mapping[str, Mapping[str, Entry]]
"""By step id, what is entered in its row, by key."""

UNITS = {"P1": "新建工程處", "P2": "養護工程處", "P3": "秘書室"}
DONE: Mapping[str, Entry] = {"status": "已完成", "done": "已依計畫辦理", "proof": "附件一"}


def plan_of(
    folder: Path,
    round: str | None,
    codes: tuple[str, ...] = ("P1",),
    carried: Path | None = None,
) -> Plan:
    rows = "".join(f"{code},{UNITS[code]}\n" for code in codes)
    (folder / "units.csv").write_text(f"編號,受考核單位名稱\n{rows}", "utf-8")
    return define("kpw-102", folder / "units.csv", round, carried=carried)


def handed_in(plan: Plan, folder: Path, answers: Mapping[str, Answers]) -> Path:
    """The folder with the forms of these units: every step done but for what is given by code."""
    inbox = folder / f"inbox {plan.round}"
    inbox.mkdir()
    for form in issue(plan, [SELF], folder / f"blank {plan.round}"):
        code = form.unit.code
        if code in answers:
            rubric = plan.rubric_of(code)
            paper = Paper(form.path, rubric)
            for leaf in rubric.leaves:
                paper.enter(leaf.id, **answers[code].get(leaf.id, DONE))
            paper.enter(assessor="承辦人", date="102年6月20日")
            paper.save(inbox / f"{code}.xlsx")
    return inbox


def steps_on(form: Path) -> list[str]:
    """The ids in the column of keys."""
    sheet = load_workbook(form)[FORM_SHEET]
    keys = [str(row[0].value) for row in sheet.iter_rows() if row[0].value]
    return [key for key in keys if not key.startswith("#")]


def marks_of(form: Path) -> list[tuple[str, str]]:
    """What stands on the hidden sheet."""
    return [(str(key), str(value)) for key, value in load_workbook(form)[HIDDEN_SHEET].values]


def without_row(form: Path, step: str) -> None:
    """The same file, in which a step's key is gone."""
    book = load_workbook(form)
    (cell,) = (row[0] for row in book[FORM_SHEET].iter_rows() if row[0].value == step)
    cell.value = None
    book.save(form)


def without_marks(form: Path) -> None:
    """The same file as it was issued before forms said what they carry."""
    book = load_workbook(form)
    sheet = book[HIDDEN_SHEET]
    for row in sheet.iter_rows():
        if row[0].value in {"carried", "digest"}:
            row[0].value = row[1].value = None
    properties = book.custom_doc_props  # type: ignore[attr-defined]  # the stubs lack it
    for name in ("svcq_carried", "svcq_digest"):
        if name in properties.names:
            del properties[name]
    book.save(form)
