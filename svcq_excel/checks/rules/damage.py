"""Scores that slipped into other rows, and files in which a number changed on its way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from svcq_excel.checks.answers import Answer, CheckedForm
from svcq_excel.checks.examples import shows
from svcq_excel.checks.numerals import read_number, shorten
from svcq_excel.checks.rule import Example, ScoreRule
from svcq_excel.checks.rules.altered import number_shown
from svcq_excel.checks.violation import Violation
from svcq_excel.form.facts import Cell, FormFacts
from svcq_excel.form.layout.heads import total_label
from svcq_excel.form.reading.identity_marks import plain
from svcq_excel.rubric.model import number
from svcq_excel.workbooks.workbook import Value

_DAMAGED = (
    "檔案可能在傳送途中損壞，請以 Excel 或 LibreOffice 開啟原檔，"
    "確認各項得分後另存為 .xlsx 重新寄送"
)
_OTHERWISE = (
    "表上所見的合計與計入的得分不同，請以 Excel 或 LibreOffice 開啟，確認各項得分並重新計算後存檔"
)
_ROUNDING = Decimal("1e-9")
"""How far apart the sums of binary and of decimal fractions may be."""
_SCORE = "考核項目及評分表：每一評分細項一個得分"


def _below_first(value: Value) -> Example:
    """Something in the column of the scores, one row below the first."""

    def apply(facts: FormFacts) -> FormFacts:
        score = next(iter(facts.entries.values()))[0].score
        cell = Cell(score.sheet, score.row + 1, score.column, value)
        return replace(facts, misplaced=(cell,))

    return apply


class ScoreMisplaced(ScoreRule):
    """A block of scores that was pasted some rows off lies partly where no score is asked for:
    below the first row of a merged cell, where it cannot be seen, beside a heading, in a sum."""

    code = "score-misplaced"
    severity = "error"
    title = "得分填在其他列"
    clause = _SCORE
    asked_anew = "本檔未帶入該格的數字，請逐項確認得分"
    bad = _below_first(95.0)
    good = _below_first("同上")

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        # A row that lost its key is told as missing, with whatever stands in it.
        if len(form.facts.entries) < len(form.rubric.leaves):
            return
        todo = "請取消合併儲存格查看，刪除多出的數字，並逐項確認得分；或改用原表件填寫"
        for cell in form.facts.misplaced:
            if _is_figure(cell):
                found = f"附近不填得分的這一格有「{shorten(plain(cell.value))}」"
                yield self.at(_above(form, cell), f"{found}，得分可能貼錯列", "", todo, cell)
        for cell, before in _sums_like_scores(form):
            found = f"附近的小計被改為「{shorten(plain(cell.value))}」"
            yield self.at(before, f"{found}，得分可能貼錯列", "", todo, cell)


def _is_figure(cell: Cell) -> bool:
    text = str(cell.value)
    return read_number(cell).number is not None or any(char.isdigit() for char in text)


def _above(form: CheckedForm, cell: Cell) -> Answer:
    """The leaf in whose block a cell stands, or after which."""
    above = [answer for answer in form.answers if answer.entry.score.row <= cell.row]
    return max(above or form.answers[:1], key=lambda answer: answer.entry.score.row)


def _sums_like_scores(form: CheckedForm) -> Iterator[tuple[Cell, Answer]]:
    """Sums in the column of the scores that a score was typed over, and the leaf before each."""
    figures = {id: cell for id, cell in form.facts.shown.items() if _is_typed_figure(cell)}
    if not figures:
        return
    answers = {answer.leaf.id: answer for answer in form.answers}
    tops = [(node.id, node.leaves) for node in form.rubric.tree]
    for (_, before), (id, own) in pairwise([("", tops[0][1]), *tops]):
        if (cell := figures.get(id)) is None:
            continue
        typed = number_shown(cell)
        most = max(before[-1].cap, own[0].cap)
        if typed is not None and typed != form.sums[id] and typed <= most:
            yield cell, answers[before[-1].id]


def _is_typed_figure(cell: Cell) -> bool:
    return not (cell.formula or cell.blank or isinstance(cell.value, str))


def _off_by(points: float) -> Example:
    """An .xls with a stored total that is so far from the sum of its scores."""

    def apply(facts: FormFacts) -> FormFacts:
        scores = [entry.score.value for entry, *_ in facts.entries.values()]
        total = sum(score for score in scores if isinstance(score, float))
        return replace(shows("", total + points, formula=True)(facts), checksummed=False)

    return apply


class SumsDisagree(ScoreRule):
    """In .xls nothing else tells that a bit of a score was flipped. What an office program saved
    last, shows the sum of what people saw there; elsewhere such a sum was only not computed anew.
    """

    code = "sums-disagree"
    severity = "error"
    title = "得分與檔案所存的合計不符"
    requires = ("criterion-missing", "criterion-repeated", "criterion-mistaken", "score-misplaced")
    asked_anew = "前次的檔案所存的合計與得分不符，請在本檔逐項確認得分"
    clause = "收件作業：檔案須完整無損"
    bad = _off_by(64.0)
    good = _off_by(0.0)

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        # A date or TRUE is counted by some programs, and goes back anyway.
        if any(answer.score.fault for answer in form.answers) or not _trusts_sums(form):
            return
        todo = _DAMAGED if not form.facts.checksummed else _OTHERWISE
        sums = _computed(form)
        for node_id, cell in form.facts.shown.items():
            stored = number_shown(cell) if cell.formula else None
            expected = sums.get(node_id, Decimal(0))
            if stored is not None and abs(stored - expected) > _ROUNDING:
                node = form.rubric.nodes.get(node_id)
                yield self.violation(
                    f"檔案所存的合計是 {number(stored)}，各項得分相加卻是 {number(expected)}",
                    "",
                    todo,
                    cell=cell,
                    criterion=node_id or None,
                    name=node.name if node else total_label(form.rubric),
                )


def _trusts_sums(form: CheckedForm) -> bool:
    """Whether the stored sums are those of the entries; one that still shows what was printed on
    the blank form was computed by nobody."""
    if not form.facts.checksummed:
        return True
    sums = (cell for cell in form.facts.shown.values() if cell.formula)
    return form.delivery.recomputes and any(map(number_shown, sums))


def _computed(form: CheckedForm) -> Mapping[str, Decimal]:
    """What an office program makes of each node's scores: a text counts nothing in a sum."""
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for answer in form.answers:
        if answer.points and type(answer.entry.score.value) in {int, float}:
            for node in form.rubric.above[answer.leaf.id]:
                sums[node] += answer.points
    return sums
