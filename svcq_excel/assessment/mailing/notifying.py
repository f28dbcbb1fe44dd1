"""通知結果: each unit's own scores, grade and what to improve, and how to appeal; nobody else's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from svcq_excel.assessment.mailing.announcing import NO_ADDRESS
from svcq_excel.assessment.mailing.post import Post, Unwritten, Writer, by, listed
from svcq_excel.letters.letter import Attachment
from svcq_excel.results.awaiting import PROVISIONAL, status_word
from svcq_excel.results.model import KINDS, Outcome, UnitResult
from svcq_excel.returns.letter import until
from svcq_excel.rubric.exact import shown
from svcq_excel.rubric.model import Rubric, number

_REMARKS = {"strengths": "優點", "weaknesses": "缺點", "suggestions": "建議改進事項"}


@dataclass(frozen=True, slots=True)
class Telling:
    """What the plan lets units know."""

    ranks: bool = False
    """名次 too."""
    appeal_by: str = ""
    appeal_how: str = ""

    @property
    def appeal(self) -> str:
        """How and until when, as a sentence goes on; "" where nothing was said."""
        if not (self.appeal_by or self.appeal_how):
            return ""
        when = by(until(self.appeal_by) or self.appeal_by) if self.appeal_by else ""
        return f"請{when}{self.appeal_how or '提出申復'}"


def notified(
    writer: Writer,
    outcome: Outcome,
    telling: Telling,
    sheet: Callable[[UnitResult], Attachment | None] = lambda result: None,
) -> Post:
    """`sheet` makes what is attached to a unit's letter: its own result alone."""
    letters, without = [], []
    for unit in writer.plan.units:
        results = [each for each in outcome.units if each.unit.code == unit.code]
        result = min(results, key=lambda each: KINDS.index(each.kind), default=None)
        if result is None or result.status != "accepted":
            word = status_word(result) if result else "沒有結果"
            without.append(Unwritten(unit, f"考核結果尚未確定（{word}）"))
            continue
        if result.provisional and telling.ranks:
            without.append(Unwritten(unit, f"名次為{PROVISIONAL}，其他單位的結果尚未確定"))
            continue
        attached = sheet(result)
        fields = dict(_fields(outcome, result, telling))
        letter = writer.letter(unit, fields, [attached] if attached else ())
        if letter.to:
            letters.append(letter)
        else:
            without.append(Unwritten(unit, NO_ADDRESS))
    return Post(tuple(letters), tuple(without))


def _fields(outcome: Outcome, result: UnitResult, telling: Telling) -> Iterator[tuple[str, str]]:
    rubric = outcome.rubric
    total = result.total
    full = f"（滿分 {number(rubric.full_total)} 分）"
    bounds = (grade.min for grade in rubric.grades)
    yield "總分", f"{shown(total, *bounds)} 分{full}" if total is not None else ""
    yield "等第", result.grade or ""
    within = "組內" if rubric.clauses.ranking.within == "group" and result.unit.group else ""
    ranked = telling.ranks and result.rank
    yield "名次", f"{within}第 {result.rank} 名" if ranked else ""
    yield "各項得分", listed(_items(rubric, result))
    yield "改進事項", listed(_improvements(rubric, result))
    yield "申復說明", telling.appeal


def _items(rubric: Rubric, result: UnitResult) -> Iterator[str]:
    for item in rubric.items:
        if (score := result.items.get(item.id)) is not None:
            yield f"{item.name}：{shown(score)} 分（配分 {number(item.cap)} 分）"


def _improvements(rubric: Rubric, result: UnitResult) -> Iterator[str]:
    for item in rubric.items:
        for key, word in _REMARKS.items():
            if text := result.remarks.get(item.id, {}).get(key):
                yield f"{item.name}（{word}）：{text}"
    if result.comments:
        yield result.comments
