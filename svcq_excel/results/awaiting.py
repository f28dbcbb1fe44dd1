"""Words for what a result rests on and still waits for: 尚缺 2 份, of how many forms, 暫定."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from svcq_excel.results.model import UNIT_STATUS_WORDS, Outcome, UnitResult
from svcq_excel.rubric.model import Kind

PROVISIONAL = "暫定"
_NAMED = 6
"""Units that a sentence names; of more it says how many."""


def status_word(result: UnitResult) -> str:
    """What stands in the place of a total."""
    if result.status == "incomplete":
        return f"{UNIT_STATUS_WORDS['incomplete']} {len(result.outstanding)} 份"
    return UNIT_STATUS_WORDS[result.status]


def tones_with(tones: Mapping[str, str], results: Iterable[UnitResult]) -> dict[str, str]:
    """The colours of words, with those that say how many forms lack."""
    said = {status_word(result) for result in results if result.status == "incomplete"}
    return {**tones, **dict.fromkeys(sorted(said), "ask")}


def outstanding_in_words(result: UnitResult) -> str:
    """Whose forms are awaited, each with its own state: 委員乙（待補正）、委員丙（未繳）."""
    each = (f"{one.called}（{UNIT_STATUS_WORDS[one.status]}）" for one in result.outstanding)
    return "、".join(each)


def awaited(result: UnitResult) -> str:
    """The same as a sentence that also says what came; "" where no committee is awaited."""
    if result.status == "accepted" or not result.outstanding:
        return ""
    came = f"已收 {len(result.forms)} 份，" if result.forms else ""
    return f"{came}尚缺 {len(result.outstanding)} 份：{outstanding_in_words(result)}"


def nobody(result: UnitResult) -> str:
    """Why no form is to come, where nobody on the list is left to assess the unit; else ""."""
    if result.expected != 0:
        return ""
    return "考核人員都不計評分" if result.absent else "名單上沒有考核這個單位的人員"


def forms_counted(result: UnitResult) -> int | str | None:
    """Of how many forms a committee's total is made, or how many of those expected are there."""
    counted = len(result.forms)
    if result.kind != "committee" or not (result.expected or counted):
        return None
    return counted if result.expected in (None, counted) else f"{counted}／{result.expected}"


def without_list(results: Sequence[UnitResult], where: str = "「份數」欄") -> str:
    """What is to be said beside totals of a committee whose members no list names, and where it is
    told of how many forms each is made."""
    if any(result.kind == "committee" and result.expected is None for result in results):
        return f"※未提供考核人員名單，以已收到的評分表計算，各單位的份數見{where}。"
    return ""


ELSEWHERE = "「考核人員評分」"
"""Where the tables say so that have no column for it."""


def provisional_notes(outcome: Outcome) -> Iterator[str]:
    """For each kind that has any, whom the ranks and rewards of the others wait for."""
    for kind in outcome.kinds:
        word = f"{outcome.rubric.kind_word(kind)}：" if len(outcome.kinds) > 1 else ""
        fields = _open_fields(outcome, kind)
        named = "；".join(f"{group}{_named(still)}" for group, still in fields.items() if still)
        others = "同組其他單位" if _by_group(outcome) else "其他單位"
        if named:
            yield f"※{word}{named}，{others}{_what(outcome, kind)}。"
        elif fields:
            yield f"※{word}{_APART}"


def provisional_note(outcome: Outcome, kind: Kind) -> str:
    """The same below a table in whose rows stands what each unit waits for."""
    fields = _open_fields(outcome, kind)
    groups = "、".join(group for group, still in fields.items() if group and still)
    if any(fields.values()):
        others = "該組" if groups else "其他單位"
        still = "尚有單位未繳、待補正或尚缺評分"
        return f"※{groups}{still}，{others}{_what(outcome, kind)}。"
    return f"※{_APART}" if fields else ""


_APART = "各單位的考核人員不盡相同，評分未齊，暫無序位。"
"""Where no list says who is expected, and not everybody has assessed every unit."""


def _what(outcome: Outcome, kind: Kind) -> str:
    rewards = any(reward.kind == kind for reward in outcome.rubric.rewards)
    if any(result.rank for result in outcome.of_kind(kind) if result.provisional):
        return f"的名次{'及獎懲' if rewards else ''}均為{PROVISIONAL}"
    return "暫無序位"


def _named(still: Sequence[UnitResult]) -> str:
    named = "、".join(f"{each.unit.name}（{status_word(each)}）" for each in still[:_NAMED])
    more = f"等 {len(still)} 個單位" if len(still) > _NAMED else ""
    return f"尚有{named}{more}"


def _by_group(outcome: Outcome) -> bool:
    within = outcome.rubric.clauses.ranking.within
    return within == "group" and any(result.unit.group for result in outcome.units)


def _open_fields(outcome: Outcome, kind: Kind) -> dict[str, list[UnitResult]]:
    """By group, if there are any, the units that those wait for whose ranks are provisional."""
    groups: defaultdict[str, list[UnitResult]] = defaultdict(list)
    by_group = _by_group(outcome)
    for result in outcome.of_kind(kind):
        groups[result.unit.group if by_group else ""].append(result)
    return {
        group: [result for result in field if result.status != "accepted"]
        for group, field in groups.items()
        if any(result.provisional for result in field)
    }
