"""What is entered as text: that it can be read as one, and that its sheet came along."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from svcq_excel.checks.answers import CheckedForm
from svcq_excel.checks.examples import same
from svcq_excel.checks.numerals import shorten
from svcq_excel.checks.rule import Example, FormRule, ScoreRule
from svcq_excel.checks.violation import Violation
from svcq_excel.form.facts import Cell, FormFacts
from svcq_excel.form.identity import FORM_SHEET, REMARKS_SHEET
from svcq_excel.form.layout.remarks import REMARKS

_LONGEST = 100
_WORDS = {"note": "備註", "done": "辦理情形", "proof": "佐證資料"}


class _Text(NamedTuple):
    """A cell in which a text belongs: its word, and the criterion or item it is about."""

    word: str
    cell: Cell | None
    criterion: str | None = None
    name: str = ""
    entry: str | None = None


def _signed(value: str, error: str = "", formula: str = "") -> Example:
    """Another 考核人員."""
    cell = Cell(FORM_SHEET, 2, 2, value, bool(formula), error, formula_text=formula)
    return lambda facts: replace(facts, assessor=cell)


class TextNotReadable(FormRule):
    """Of what begins with - + = an office program makes a formula where the cell is no text."""

    code = "text-not-readable"
    severity = "error"
    title = "文字欄填成公式或錯誤值"
    clause = "考核項目及評分表：文字欄以文字填寫"
    warned_of = "文字以「=」、「+」或「-」開頭，被當成公式。"
    asked_anew = "本檔的這一格已設為文字格式，請直接輸入文字"
    bad = _signed("", "#NAME?", "=-王大明")
    good = _signed("-王大明")

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        for text in _texts(form):
            cell = text.cell
            if cell and (cell.error or cell.formula):
                typed = cell.formula or cell.error == "#NAME?"
                todo = "請以文字填寫"
                if typed:
                    todo += "；以「=」、「+」或「-」開頭者，請先輸入半形單引號（'）再輸入文字"
                yield self.violation(
                    f"{text.word}{_said(cell)}",
                    "",
                    todo,
                    cell=cell,
                    criterion=text.criterion,
                    name=text.name,
                    entry=text.entry,
                )


def _said(cell: Cell) -> str:
    spelled = f"「{shorten(cell.formula_text, _LONGEST)}」" if cell.formula_text else ""
    formula = f"是公式{spelled}" if cell.formula else ""
    error = f"是錯誤值 {cell.error}" if cell.error else ""
    if formula and error:
        return f"{formula}，結果{error}"
    return f"{formula or error}，不是文字"


def _texts(form: CheckedForm) -> Iterator[_Text]:
    """Every cell in which a text belongs, but for those that a list to choose from is for: they
    have their own rules, and so has 考核日期, which may be a number."""
    facts, rubric = form.facts, form.rubric
    yield _Text("考核人員", facts.assessor, entry="assessor")
    date = facts.date
    if date and (date.error or date.blank):
        yield _Text("考核日期", date, entry="date")
    for document in rubric.documents:
        yield _Text("", facts.documents.get(document.id), name=document.name)
    for answer in form.answers:
        leaf, entry = answer.leaf, answer.entry
        for key, cell in {"note": entry.note, **entry.others}.items():
            if cell and (cell.formula or cell.error) and key in _WORDS:  # of a form's many notes
                yield _Text(_WORDS[key], cell, leaf.id, leaf.name, key)
    for item in rubric.items:
        for key, cell in facts.remarks.get(item.id, {}).items():
            yield _Text(REMARKS[key], cell, item.id, item.name, key)
    yield _Text(rubric.comments or "評語", facts.comments, entry="comments")


def _without_remarks(facts: FormFacts) -> FormFacts:
    return replace(facts, has_remarks=False)


class RemarksMissing(ScoreRule):
    code = "remarks-missing"
    severity = "warning"
    title = "優缺點及改善事項工作表不見了"
    clause = "收件作業：表件的工作表不得刪除"
    asked_anew = "本檔已補回這張工作表，如有優缺點及改善事項，請填寫"
    bad = _without_remarks
    good = same

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        if not form.facts.has_remarks:
            found = f"檔案內沒有工作表「{REMARKS_SHEET}」，沒有優缺點可以彙整"
            todo = "請向該單位確認；如有填寫，請補送含該工作表的檔案"
            yield self.violation(found, "", todo)
