"""What a kind of assessment may be called, in a plan's rows and in its tables alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import get_args

from svcq_excel.rubric.model import Kind, Rubric
from svcq_excel.text.folding import fold

ALL: tuple[Kind, ...] = get_args(Kind)
_WORDS: dict[Kind, Sequence[str]] = {
    "self": (
        "自行考核",
        "自行",
        "自評",
        "自我考核",
        "自行檢核",
        "自行檢測",
        "自行評核",
        "受考核單位自評",
    ),
    "hq": ("主辦機關考核", "主辦機關", "本機關", "本機關考核", "上級考核", "機關考核", "實地考核"),
    "committee": ("考核小組", "考核小組考核", "考核委員", "委員", "小組", "委員考核", "評審小組"),
}
_ENDINGS = ("", "考核", "評分", "評核")


def called(rubric: Rubric, kind: Kind) -> str:
    """A kind as a plan workbook names it: 本署考核."""
    word = rubric.kind_word(kind)
    return word if len(word) > 2 else f"{word}考核"


def kinds_by_word(rubric: Rubric, kinds: Sequence[Kind]) -> dict[str, Kind]:
    """These kinds by all that they may be called, folded; the rubric's own words come first."""
    own = [(word, kind) for kind in kinds for word in _own_words(rubric, kind)]
    usual = [(f"{word}{end}", kind) for kind in kinds for word in _WORDS[kind] for end in _ENDINGS]
    found: dict[str, Kind] = {}
    for word, kind in (*own, *usual):
        found.setdefault(fold(word), kind)
    return found


def _own_words(rubric: Rubric, kind: Kind) -> Iterator[str]:
    yield kind
    if kind in rubric.kinds:
        yield called(rubric, kind)
        yield from (f"{rubric.kind_word(kind)}{end}" for end in _ENDINGS)
