"""Bands and the measures that decide them."""

from __future__ import annotations

from collections.abc import Iterator

from svcq_excel.checks.answers import Answer, CheckedForm
from svcq_excel.checks.examples import edit
from svcq_excel.checks.rule import ScoreRule
from svcq_excel.checks.violation import Violation
from svcq_excel.rubric.model import Node, number

_BANDS = "考核項目及評分表：評分參考標準之級距"
_BAD_SCORE = ("score-negative", "score-above-cap", "score-step")
_PICKED, _MEASURED = "A1.1.1.1", "A2.2.1.2"


def _ranges(leaf: Node) -> str:
    return "、".join(band.label for band in leaf.bands)


class ScoreOutsideBands(ScoreRule):
    code = "score-outside-bands"
    severity = "error"
    title = "得分不在任何級距內"
    clause = _BANDS
    requires = ("score-negative", "score-above-cap")
    # Bands leave no gap between scores in the rubric's step: only a finer one falls between.
    accompanied_by = ("score-step",)
    bad = edit(_PICKED, score=80.5, band="")
    good = edit(_PICKED, score=80.0, band="41-80分")

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        for answer in form.answers:
            points, leaf = answer.points, answer.leaf
            if points and leaf.bands and leaf.band_of(points) is None:
                found = f"得分 {number(points)} 不在任何級距內"
                yield self.at(answer, found, f"級距為 {_ranges(leaf)}", "請改填級距內的分數或 0")


class BandMissing(ScoreRule):
    code = "band-missing"
    severity = "warning"
    title = "未選適用級距"
    clause = _BANDS
    requires = (*_BAD_SCORE, "score-outside-bands")
    bad = edit(_PICKED, band="")
    good = edit(_PICKED, score=0.0, band="")

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        for answer in form.answers:
            if answer.leaf.picks_band and answer.points and not answer.picked.text:
                own = answer.leaf.band_of(answer.points)
                found = f"得分 {number(answer.points)}，但未選適用級距"
                allowed = f"該分數屬 {own.label} 級距" if own else ""
                yield self.at(answer, found, allowed, "請選取適用級距", answer.entry.band)


class BandMismatch(ScoreRule):
    code = "band-mismatch"
    severity = "error"
    title = "得分不在所選級距內"
    clause = _BANDS
    warned_of = "得分不在所選級距的範圍內。"
    requires = (*_BAD_SCORE, "score-outside-bands")
    bad = edit(_PICKED, score=95.0, band="41-80分")
    good = edit(_PICKED, score=75.0, band="41-80分")

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        for answer in form.answers:
            points, band = answer.points, answer.picked.band
            if points is None or not answer.leaf.picks_band or not answer.picked.text:
                continue
            if band is None:
                found = f"適用級距填為「{answer.picked.text}」，不是本項的級距"
                allowed = f"級距為 {_ranges(answer.leaf)}"
                yield self.at(answer, found, allowed, "請用選單選取", answer.entry.band)
            elif points not in band:
                found = f"得分 {number(points)} 不在所選級距 {band.label} 內"
                own = answer.leaf.band_of(points)
                allowed = f"該分數屬 {own.label} 級距" if own else "未達級距時，級距請留空"
                yield self.at(answer, found, allowed, "請更正得分或重選級距")


class BandNormalised(ScoreRule):
    code = "band-normalised"
    severity = "notice"
    title = "適用級距的寫法與選單不同，已判讀"
    clause = _BANDS
    requires = ("band-mismatch",)
    bad = edit(_PICKED, score=75.0, band="４１～８０分")
    good = edit(_PICKED, score=75.0, band=" 41-80 分")

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        for answer in form.answers:
            picked = answer.picked
            if picked.normalised and picked.band:
                found = f"適用級距填為「{picked.text}」，判讀為 {picked.band.label}"
                yield self.at(answer, found, "", "如判讀無誤，不必處理", answer.entry.band)


class MeasureMissing(ScoreRule):
    code = "measure-missing"
    severity = "error"
    title = "佐證數據未填"
    clause = _BANDS
    warned_of = "有得分而未填佐證數據。"
    requires = _BAD_SCORE
    bad = edit(_MEASURED, measure="")
    good = edit(_MEASURED, measure="", score=0.0)

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        for answer in form.answers:
            cell = answer.entry.measure
            if not answer.leaf.measure or not answer.points or answer.measure.fault:
                continue
            if answer.measure.number is None:
                found = (
                    f"得分 {number(answer.points)}，但未填佐證數據（{answer.leaf.measure.label}）"
                )
                yield self.at(answer, found, _thresholds(answer.leaf), "請補填佐證數據", cell)


class MeasureNotANumber(ScoreRule):
    code = "measure-not-a-number"
    severity = "error"
    title = "佐證數據無法判讀"
    clause = _BANDS
    warned_of = "百分比填成 0.88，分不清是 88% 還是 0.88%。"
    bad = edit(_MEASURED, measure="約九成")
    good = edit(_MEASURED, measure="90分")

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        for answer in form.answers:
            measure = answer.leaf.measure
            if not measure or not (fault := self.fault(answer)):
                continue
            example = "88 或 88%" if measure.is_percentage else "數字"
            todo = f"請填 {example}，單位為 {measure.unit}"
            found = f"佐證數據（{measure.label}）是{fault}"
            yield self.at(answer, found, "", todo, answer.entry.measure)

    @staticmethod
    def fault(answer: Answer) -> str:
        value, measure = answer.measure.number, answer.leaf.measure
        if value is None or measure is None:
            return answer.measure.fault
        if value < 0:
            return f" {number(value)}，小於 0"
        if measure.max is not None and value > measure.max:
            return f" {number(value)}，超過 {number(measure.max)}"
        return ""


class MeasureBandMismatch(ScoreRule):
    code = "measure-band-mismatch"
    severity = "error"
    title = "得分高於佐證數據可得的級距"
    clause = _BANDS
    warned_of = "得分高於佐證數據可採的級距。"
    requires = (*_BAD_SCORE, "measure-not-a-number")
    bad = edit(_MEASURED, score=18.0, measure=85.0)
    good = edit(_MEASURED, score=15.0, measure=85.0)

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        for answer in form.answers:
            points, figure = answer.points, answer.measure.number
            if not points or figure is None or not answer.leaf.measure:
                continue
            band = answer.leaf.supported(figure)
            if points > (band.max if band else 0):
                unit = answer.leaf.measure.unit
                only = "只有" if answer.leaf.measure.better == "higher" else "為"
                found = f"得分 {number(points)}，但佐證數據{only} {number(figure)} {unit}"
                none = f"{answer.leaf.measure.short_of_all}，只能得 0 分"
                top = f"最高可得 {number(band.max)} 分" if band else none
                todo = "請更正得分或佐證數據"
                yield self.at(answer, found, f"依佐證數據{top}", todo)


def _thresholds(leaf: Node) -> str:
    measure = leaf.measure
    if measure is None:
        return ""
    must = "須達" if measure.better == "higher" else "不得超過"
    limits = ((band, measure.limit(band)) for band in leaf.bands)
    return "、".join(
        f"{band.label}{must} {number(limit)} {measure.unit}"
        for band, limit in limits
        if limit is not None
    )
