"""What is entered as a score: there, a number, in range."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from svcq_excel.checks.answers import Answer, CheckedForm
from svcq_excel.checks.examples import edit, score_cell
from svcq_excel.checks.numerals import shorten
from svcq_excel.checks.rule import ScoreRule
from svcq_excel.checks.violation import Violation
from svcq_excel.form.facts import Cell
from svcq_excel.rubric.model import Node, Rubric, number

_SCORE = "考核項目及評分表：各項配分"
_LEAF, _CAP = "A1.1.1.1", 120


def _range(rubric: Rubric, leaf: Node) -> str:
    kind = "整數" if rubric.step == 1 else f"數字，以 {number(rubric.step)} 分為單位"
    return f"請填 0 至 {number(leaf.cap)} 的{kind}"


class ScoreMissing(ScoreRule):
    code = "score-missing"
    severity = "error"
    title = "得分未填"
    clause = _SCORE
    warned_of = "漏填得分。未達任何級距的項目也要填 0。"
    bad = edit(_LEAF, score="")
    good = edit(_LEAF, score=0.0, band="")

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        for answer in form.answers:
            if answer.blank and not answer.entry.score.formula:
                todo = _range(form.rubric, answer.leaf)
                yield self.at(answer, "未填得分", "", f"{todo}；未達任何級距請填 0")


class ScoreNotComputed(ScoreRule):
    code = "score-not-computed"
    severity = "error"
    title = "得分公式沒有計算結果"
    clause = _SCORE
    asked_anew = "本檔未帶入公式，請改填數字"
    bad = score_cell(_LEAF, Cell("", 0, 0, "", formula=True))
    good = score_cell(_LEAF, Cell("", 0, 0, 90.0, formula=True))

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        for answer in form.answers:
            if answer.blank and answer.entry.score.formula:
                todo = "請改填數字，或以 Excel 開啟重新計算後存檔"
                yield self.at(answer, "得分是公式，但檔案內沒有計算結果", "", todo)


class ScoreNotANumber(ScoreRule):
    code = "score-not-a-number"
    severity = "error"
    title = "得分不是數字"
    clause = _SCORE
    warned_of = "得分填成「九十五」、「約95」或「95-100」等文字。"
    bad = edit(_LEAF, score="九十五")
    good = edit(_LEAF, score=95.0)

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        for answer in form.answers:
            if fault := answer.score.fault:
                example = number(min(answer.leaf.cap or Decimal(0), Decimal(95)))
                todo = f"{_range(form.rubric, answer.leaf)}，例如 {example}"
                yield self.at(answer, f"得分是{fault}", "得分須為一個數字", todo)


class ScoreNormalised(ScoreRule):
    code = "score-normalised"
    severity = "notice"
    title = "得分以文字填寫，已判讀為數字"
    clause = _SCORE
    requires = ("score-not-a-number",)
    bad = edit(_LEAF, score="９５分")
    good = edit(_LEAF, score=95.0)

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        for answer in form.answers:
            if answer.score.normalised and answer.points is not None:
                typed = shorten(str(answer.entry.score.value))
                found = f"得分以文字「{typed}」填寫，判讀為 {number(answer.points)} 分"
                yield self.at(answer, found, "", "如判讀無誤，不必處理")


class ScoreNegative(ScoreRule):
    code = "score-negative"
    severity = "error"
    title = "得分小於 0"
    clause = _SCORE
    bad = edit(_LEAF, score=-1.0, band="")
    good = edit(_LEAF, score=0.0, band="")

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        for answer in form.answers:
            if answer.points is not None and answer.points < 0:
                found = f"得分 {number(answer.points)} 小於 0"
                yield self.at(answer, found, _allowed(answer), _range(form.rubric, answer.leaf))


class ScoreAboveCap(ScoreRule):
    code = "score-above-cap"
    severity = "error"
    title = "得分超過滿分"
    clause = _SCORE
    warned_of = "得分超過該項滿分。"
    bad = edit(_LEAF, score=_CAP + 1.0, band="")
    good = edit(_LEAF, score=float(_CAP))

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        for answer in form.answers:
            if answer.points is not None and answer.points > answer.leaf.cap:
                found = f"得分 {number(answer.points)} 超過滿分"
                yield self.at(answer, found, _allowed(answer), _range(form.rubric, answer.leaf))


class ScoreStep(ScoreRule):
    code = "score-step"
    severity = "error"
    title = "得分小於給分單位"
    clause = _SCORE
    requires = ("score-negative", "score-above-cap")
    bad = edit(_LEAF, score=90.5)
    good = edit(_LEAF, score=90.0)

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        step = form.rubric.step
        for answer in form.answers:
            if answer.points is not None and answer.points % step:
                found = f"得分 {number(answer.points)} 的小數過細"
                allowed = "得分須為整數" if step == 1 else f"得分以 {number(step)} 分為單位"
                yield self.at(answer, found, allowed, _range(form.rubric, answer.leaf))


class SubtotalAboveCap(ScoreRule):
    code = "subtotal-above-cap"
    severity = "error"
    title = "小計超過滿分"
    clause = _SCORE
    # Caps add up, so a sum exceeds its cap only together with a leaf that does.
    accompanied_by = ("score-above-cap",)
    bad = edit(_LEAF, score=_CAP + 200.0, band="")
    good = edit(_LEAF, score=float(_CAP))

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        # Which spares most forms the walk through the tree.
        if any(a.points is not None and a.points > a.leaf.cap for a in form.answers):
            for node in form.rubric.tree:
                yield from self.below(form, node)

    def below(self, form: CheckedForm, node: Node) -> Iterator[Violation]:
        """The lowest nodes that exceed their cap; of a single leaf its own rule tells enough."""
        lower = [violation for child in node.children for violation in self.below(form, child)]
        yield from lower
        # A sum above it may well be within its cap, by what other items leave of theirs.
        if not lower and len(node.leaves) > 1 and form.sums[node.id] > node.cap:
            yield self.violation(
                f"各項得分合計 {number(form.sums[node.id])} 超過滿分",
                f"滿分 {number(node.cap)} 分",
                "請檢查其下各項得分",
                criterion=node.id,
                name=node.name,
                value=float(form.sums[node.id]),
            )


def _allowed(answer: Answer) -> str:
    return f"本項滿分 {number(answer.leaf.cap)} 分"
