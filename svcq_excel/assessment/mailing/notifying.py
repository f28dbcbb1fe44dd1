"""通知結果: each unit's own scores, grade and what to improve, and how to appeal; nobody else's."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from svcq_excel.assessment.mailing.others import ANOTHER, Others
from svcq_excel.assessment.mailing.post import Post, Unwritten, Writer, by, listed
from svcq_excel.checks.submission import Submission
from svcq_excel.letters.letter import Attachment, Letter
from svcq_excel.results.accounts.withheld import without_members
from svcq_excel.results.awaiting import PROVISIONAL, status_word
from svcq_excel.results.model import KINDS, FileResult, Outcome, UnitResult
from svcq_excel.returns.letter import until
from svcq_excel.rubric.exact import shown
from svcq_excel.rubric.model import Rubric, number

_OF_ITS_PLACE = re.compile(r"第\d+名|序位")
"""In the grounds of a result, what tells its rank."""
_OVERALL = "整體意見"
_NOTHING = {"", "無", "-", "—", "－", "／", "/"}
"""What people write where they have nothing to say."""
_REMARKS = {"strengths": "優點", "weaknesses": "缺點", "suggestions": "建議改進事項"}


@dataclass(frozen=True, slots=True)
class Telling:
    """What the plan lets units know."""

    ranks: bool = False
    """名次 too."""
    members: bool = False
    """Who the members of a committee are, and what each of them gave, too."""
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
    sheet: Callable[[Outcome, UnitResult], Attachment | None] = lambda outcome, result: None,
) -> Post:
    """`sheet` makes what is attached to a unit's letter, of an outcome that has no other unit's
    results in it and no word about one."""
    made: list[Letter | Unwritten] = []
    notes: list[str] = []
    others = Others(each.unit for each in outcome.units)
    files: defaultdict[str, list[FileResult]] = defaultdict(list)
    for file in outcome.files:
        files[file.unit or ""].append(file)
    for unit in writer.plan.units:
        results = outcome.of_unit.get(unit.code, ())
        result = min(results, key=lambda each: KINDS.index(each.kind), default=None)
        if result is None or result.status != "accepted":
            kind = outcome.rubric.kind_word(result.kind) if result else ""
            kind += "" if outcome.rubric.is_checklist else "考核"
            word = f"{kind}{status_word(result)}" if result else "沒有結果"
            made.append(Unwritten(unit, f"考核結果尚未確定（{word}）"))
            continue
        if result.provisional and telling.ranks:
            made.append(Unwritten(unit, f"名次為{PROVISIONAL}，其他單位的結果尚未確定"))
            continue
        own, hidden = _told(outcome, unit.code, files[unit.code], others, telling)
        if hidden:
            notes.append(f"{unit.code} {unit.name}的評語或說明提到其他單位，信中改為「{ANOTHER}」")
        result = own.of_unit[unit.code][results.index(result)]
        attached = sheet(own, result)
        fields = dict(_fields(own, result, telling))
        made.append(writer.letter(unit, fields, [attached] if attached else ()))
    return Post.of(made, notes)


def _told(
    outcome: Outcome,
    code: str,
    files: Sequence[FileResult],
    others: Others,
    telling: Telling,
) -> tuple[Outcome, bool]:
    """The outcome as one unit may know it, and whether it named another one."""
    known = outcome.of_unit[code]
    if not telling.ranks:
        known = tuple(_without_place(each) for each in known)
    known = tuple(map(_unsigned, known))
    hidden = tuple(map(others.without, known))
    named = hidden != known
    if not telling.members:
        hidden = tuple(without_members(outcome.rubric, each) for each in hidden)
    return replace(outcome, units=hidden, files=tuple(files)), named


def _unsigned(result: UnitResult) -> UnitResult:
    """With what assessors wrote, and not who of them: that is the office's to know."""

    def wrote(of: Callable[[Submission], str]) -> str:
        return "\n".join(dict.fromkeys(filter(None, (of(form).strip() for form in result.forms))))

    remarks = {
        item: {key: wrote(partial(_remark, item=item, key=key)) for key in texts}
        for item, texts in result.remarks.items()
    }
    notes = {leaf: wrote(partial(_note, leaf=leaf)) for leaf in result.notes}
    comments = wrote(lambda form: form.comments)
    return replace(result, comments=comments, remarks=remarks, notes=notes)


def _note(form: Submission, leaf: str) -> str:
    return form.notes.get(leaf, "")


def _remark(form: Submission, item: str, key: str) -> str:
    return form.remarks.get(item, {}).get(key, "")


def _without_place(result: UnitResult) -> UnitResult:
    grounds = tuple(each for each in result.grounds if not _OF_ITS_PLACE.search(each))
    return replace(result, rank=None, tied=False, reward=None, provisional=False, grounds=grounds)


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
    yield "辦理情形", listed(_steps(rubric, result))
    yield "改進事項", listed(_improvements(rubric, result))
    yield "申復說明", telling.appeal


def _items(rubric: Rubric, result: UnitResult) -> Iterator[str]:
    for item in rubric.items:
        if (score := result.items.get(item.id)) is not None:
            yield f"{item.name}：{shown(score)} 分（配分 {number(item.cap)} 分）"


def _steps(rubric: Rubric, result: UnitResult) -> Iterator[str]:
    """Of a checklist, which steps are done, item by item; which are not is told by name."""
    for item in rubric.items if rubric.is_checklist else ():
        steps = [leaf for leaf in item.leaves if leaf.id in result.steps]
        by_word: defaultdict[str, list[str]] = defaultdict(list)
        for leaf in steps:
            by_word[result.steps[leaf.id].word].append(leaf.name)
        counts = "、".join(f"{word} {len(names)} 項" for word, names in by_word.items())
        if counts:
            yield f"{item.name}：{counts}"


def _improvements(rubric: Rubric, result: UnitResult) -> Iterator[str]:
    for item in rubric.items:
        for key, word in _REMARKS.items():
            text = result.remarks.get(item.id, {}).get(key, "")
            if text.strip("。 　") not in _NOTHING:
                yield f"{item.name}（{word}）：{text}"
    if result.comments.strip("。 　") not in _NOTHING:
        yield f"{rubric.comments or _OVERALL}：\n{result.comments}"
