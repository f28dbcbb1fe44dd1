"""Formulas in place of figures: their stored results are what they compute to, or it is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from svcq_excel.checks.answers import Answer, CheckedForm
from svcq_excel.checks.examples import edit, score_cell
from svcq_excel.checks.numerals import shorten
from svcq_excel.checks.rule import FormRule, ScoreRule
from svcq_excel.checks.violation import Violation
from svcq_excel.form.facts import Cell
from svcq_excel.rubric.model import number
from svcq_excel.workbooks.computing.elsewhere import elsewhere
from svcq_excel.workbooks.computing.sheet import agree
from svcq_excel.workbooks.workbook import Value

_CLAUSE = "計分依據：計入的數字須與開啟檔案重新計算所得相同"
_LEAF = "A1.1.1.1"
_LONGEST = 100
_WORDS = {"measure": "佐證數據", "this_year": "本年度", "last_year": "上年度", "growth": "成長率"}
_ELSEWHERE = {
    "volatile": "會隨時間、亂數或其他儲存格的位置變動",
    "external": "取自其他檔案或網路",
}
_TODO = "請改填數字"


class _Figure(NamedTuple):
    """A cell with a formula that counts, and its word."""

    answer: Answer
    cell: Cell
    word: str

    @property
    def said(self) -> str:
        return f"{self.word}是公式{spelled(self.cell)}"


def spelled(cell: Cell) -> str:
    """The formula as people see it, where that is known."""
    return f"「{shorten(cell.formula_text, _LONGEST)}」" if cell.formula_text else ""


def _formula(text: str, computed: float | str, value: float = 90.0) -> Cell:
    return Cell("", 0, 0, value, formula=True, formula_text=text, computed=computed)


class FormulaDisagrees(FormRule):
    code = "formula-disagrees"
    severity = "error"
    title = "公式的結果與檔案所存不符"
    clause = _CLAUSE
    asked_anew = "本檔未帶入公式，請改填數字"
    bad = score_cell(_LEAF, _formula("=80+5", 85.0))
    good = score_cell(_LEAF, _formula("=80+10", 90.0))

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        for figure in _figures(form):
            answer, cell, _ = figure
            wanted, stored = cell.computed, cell.value
            if wanted == "" or wanted in _ELSEWHERE or _same(wanted, stored):
                continue
            should = Cell("", 0, 0, wanted).text
            found = f"{figure.said}，應為 {should}，檔案所存的結果卻是 {cell.text}"
            yield self.at(answer, found, "", _TODO, cell)


class FormulaFromElsewhere(FormRule):
    code = "formula-from-elsewhere"
    severity = "error"
    title = "公式的結果不固定，或取自其他檔案"
    clause = _CLAUSE
    asked_anew = "本檔未帶入公式，請改填數字"
    bad = score_cell(_LEAF, _formula("=RANDBETWEEN(80,90)", "volatile"))
    good = score_cell(_LEAF, _formula("=80+10", 90.0))

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        date = form.facts.date
        if date and date.formula and elsewhere(date.formula_text):
            why = _ELSEWHERE[elsewhere(date.formula_text)]
            found = f"考核日期是公式{spelled(date)}，其結果{why}"
            yield self.violation(found, "", "請改填日期", cell=date, entry="date")
        for figure in _figures(form):
            if kind := _ELSEWHERE.get(str(figure.cell.computed)):
                found = f"{figure.said}，其結果{kind}"
                yield self.at(figure.answer, found, "", _TODO, figure.cell)


class FormulaNotChecked(FormRule):
    code = "formula-not-checked"
    severity = "warning"
    title = "公式無法驗算"
    clause = _CLAUSE
    asked_anew = "本檔未帶入公式，請改填數字"
    requires = ("score-not-computed", "score-not-a-number")
    accompanied_by = ("formula-in-score",)
    bad = score_cell(_LEAF, _formula("=VLOOKUP(1,A1:B2,2)", ""))
    good = score_cell(_LEAF, _formula("=80+10", 90.0))

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        for figure in _figures(form):
            if figure.cell.computed == "" and not figure.cell.blank:
                found = f"{figure.said}，無法驗算，採檔案所存的結果 {figure.cell.text}"
                todo = "請開啟檔案確認結果無誤，必要時請單位改填數字"
                yield self.at(figure.answer, found, "", todo, figure.cell)


class FormulaInScore(ScoreRule):
    code = "formula-in-score"
    severity = "notice"
    title = "得分以公式填寫"
    clause = "考核項目及評分表：各項配分"
    requires = (
        "score-not-computed",
        "score-not-a-number",
        "formula-disagrees",
        "formula-from-elsewhere",
    )
    bad = score_cell(_LEAF, _formula("=80+10", 90.0))
    good = edit(_LEAF, score=90.0)

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        for answer in form.answers:
            if answer.entry.score.formula:
                formula = spelled(answer.entry.score)
                found = f"得分以公式{formula}填寫，採其計算結果 {_points(answer)}"
                yield self.at(answer, found, "", "請確認結果無誤，必要時改填數字")


def _same(wanted: float | str, stored: Value) -> bool:
    if not isinstance(wanted, float) or not isinstance(stored, int | float):
        return False
    return not isinstance(stored, bool) and agree(wanted, float(stored))


def _figures(form: CheckedForm) -> Iterator[_Figure]:
    """Every cell with a formula from which a figure or a status is taken; not an error value, nor
    one without a result, which have their own rules."""
    for answer in form.computed:
        entry = answer.entry
        main = "辦理狀態" if answer.leaf.due else "得分"
        cells = {main: entry.score, _WORDS["measure"]: entry.measure}
        cells |= {_WORDS[key]: cell for key, cell in entry.others.items() if key in _WORDS}
        for word, cell in cells.items():
            if cell and cell.formula and not cell.error and not cell.blank:
                yield _Figure(answer, cell, word)


def _points(answer: Answer) -> str:
    return f"{number(answer.points)} 分" if answer.points is not None else "（無法判讀）"
