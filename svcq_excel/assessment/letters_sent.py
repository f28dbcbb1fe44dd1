"""Which letters went out to each unit, and when: as the record of the sending has it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from svcq_excel.letters.journal import Sent, State, sent_in
from svcq_excel.letters.letter import OCCASIONS
from svcq_excel.text.roc_dates import roc_moment

STATE_WORDS: dict[State, str] = {
    "sent": "已寄出",
    "begun": "狀況不明",
    "refused": "未寄達",
    "failed": "未寄達",
}


def sent_by_unit(letters: Path) -> Mapping[str, tuple[Sent, ...]]:
    """By the unit's code, the last attempt at each letter, in the order in which they were made."""
    last = {each.key: each for each in sent_in(letters)}
    by_unit: defaultdict[str, tuple[Sent, ...]] = defaultdict(tuple)
    for each in sorted(last.values(), key=lambda each: each.number):
        by_unit[each.unit] += (each,)
    return by_unit


def told(sent: Iterable[Sent]) -> str:
    """105年7月20日 10:00「催請繳交」已寄出；…"""
    words = {str(occasion): word for occasion, word in OCCASIONS.items()}
    return "；".join(
        f"{roc_moment(each.at)}「{words.get(each.occasion, each.occasion)}」"
        f"{STATE_WORDS[each.state]}"
        for each in sent
    )
