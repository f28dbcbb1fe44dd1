"""Aids to judgement: nothing is wrong, but a person may want to look."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from decimal import Decimal
from typing import ClassVar

from svcq_excel.checks.answers import CheckedForm
from svcq_excel.checks.examples import edit, full_marks, lowest_tops, same, together
from svcq_excel.checks.rule import ScoreRule
from svcq_excel.checks.violation import Violation
from svcq_excel.rubric.model import number

_UNSOUND = (
    "criterion-missing",
    "criterion-repeated",
    "score-missing",
    "score-not-computed",
    "score-not-a-number",
    "score-negative",
    "score-above-cap",
    "score-step",
)


_FULL = {"A1.1.2": 100, "A2.3.1": 30, "B2.1.1.1": 30, "B2.1.1.2": 10, "C1.1": 50}
_FULL |= {"C1.2": 30, "C1.3": 20, "D1.1": 30, "D1.2": 40, "D1.3": 30}
_half_full = together(*(edit(leaf, score=float(cap)) for leaf, cap in _FULL.items()))


class _Aid(ScoreRule):
    """Looks at the scores of a whole form, where all of them are there."""

    severity = "notice"
    clause = "審閱提示，不影響得分"
    requires: ClassVar[tuple[str, ...]] = _UNSOUND

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        if form.complete:
            yield from self.look(form)

    @abstractmethod
    def look(self, form: CheckedForm) -> Iterator[Violation]: ...


class UniformScores(_Aid):
    code = "uniform-scores"
    title = "各項得分比例完全相同"
    bad = full_marks
    good = same

    def look(self, form: CheckedForm) -> Iterator[Violation]:
        caps, points = form.rubric.leaf_by_id, form.points
        id, first = next(iter(points.items()))
        full = caps[id].cap
        if len(points) > 2 and all(p * full == first * caps[id].cap for id, p in points.items()):
            percent = number((first / full * 100).quantize(Decimal("0.1")))
            found = f"{len(points)} 項得分都是該項滿分的 {percent}%"
            yield self.violation(found, "", "請確認是否逐項評定")


class AllBandTops(_Aid):
    code = "all-band-tops"
    title = "得分都是所屬級距的最高分"
    requires = (*_UNSOUND, "uniform-scores")
    bad = lowest_tops
    good = together(lowest_tops, edit("A2.3.1", score=29.0))

    def look(self, form: CheckedForm) -> Iterator[Violation]:
        """A score of 0 claims no band."""
        claims = [a for a in form.answers if a.leaf.bands and a.points]
        enough = len(claims) >= form.rubric.judgement.fewest_leaves
        if enough and all(a.points in {band.max for band in a.leaf.bands} for a in claims):
            found = f"設有級距而得分的 {len(claims)} 項，得分都是所屬級距的最高分"
            yield self.violation(found, "", "請確認是否在級距內逐項評定")


class FullScoreWithoutNote(_Aid):
    """A few full scores need no word, nor do those that a figure proves; half of the rest do."""

    code = "full-score-without-note"
    title = "多項得滿分而未填備註"
    requires = (*_UNSOUND, "uniform-scores")
    bad = _half_full
    good = together(_half_full, edit("D1.3", note="另附成果報告"))

    def look(self, form: CheckedForm) -> Iterator[Violation]:
        judged = [a for a in form.answers if not a.leaf.measure]
        full = [a.entry for a in judged if a.points == a.leaf.cap]
        bare = [entry.score for entry in full if entry.note is None or entry.note.blank]
        bounds, count = form.rubric.judgement, len(bare)
        if count >= bounds.fewest_leaves and count >= bounds.full_share * len(judged):
            cells = "、".join(cell.address for cell in bare)
            found = f"不需佐證數據的 {len(judged)} 項中，{count} 項得滿分而未填備註（{cells}）"
            todo = "請確認得滿分的理由，必要時請單位補充說明"
            yield self.violation(found, "", todo, cell=bare[0], value=count)
