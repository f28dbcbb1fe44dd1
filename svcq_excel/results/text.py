"""Texts on their way into cells: only characters that a workbook can hold, and none too long."""

from __future__ import annotations

import re
from bisect import bisect_right

from svcq_excel.form import metrics
from svcq_excel.plan.units import Unit
from svcq_excel.results.model import Outcome
from svcq_excel.rubric.model import Kind, Rubric

CELL_LIMIT = 32_767
"""UTF-16 code units that a cell holds."""

_PIECE_LIMIT = 4_000
"""More characters than the widest and highest cell shows."""

# What XML 1.0 cannot say: controls other than tab and line feed, and two noncharacters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_KIND_WORDS: dict[Kind, str] = {"hq": "主辦機關", "self": "自行", "committee": "考核小組"}


def printable(text: str) -> str:
    """The text as a cell can hold it; what had to be cut is said at its end."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _SURROGATE.sub("\ufffd", _UNPRINTABLE.sub("", text))
    units = text.encode("utf-16-le")
    if len(units) <= 2 * CELL_LIMIT:
        return text
    mark = f"…（原文共{len(text)}字，超過儲存格上限，以下略）"
    return units[: 2 * (CELL_LIMIT - len(mark))].decode("utf-16-le", errors="ignore") + mark


def pieces(text: str, pixels: int, size_pt: float, most_pt: float) -> list[str]:
    """The whole text, in pieces that each fit a cell of this width and height."""

    def height(end: int) -> float:
        return metrics.height(text[:end], pixels, size_pt)

    found = []
    while len(text) > _PIECE_LIMIT or height(len(text)) > most_pt:
        end = bisect_right(range(min(len(text), _PIECE_LIMIT) + 1), most_pt, key=height) - 1
        found.append(text[: max(end, 1)])
        text = text[max(end, 1) :]
    return [*found, text]


def kind_word(rubric: Rubric, kind: Kind) -> str:
    """本署, 自行: what the rubric's titles call this kind of assessment."""
    return rubric.kinds.get(kind, _KIND_WORDS[kind])


def heading(outcome: Outcome, what: str) -> str:
    """A sheet's title; the round stands there where the rubric's title does not say it all."""
    rubric, round = outcome.rubric, outcome.round
    return f"{rubric.title}{what}" + (f"（{round}）" if round != rubric.default_round else "")


def name_with_code(unit: Unit) -> str:
    return f"{unit.code} {unit.name}"
