"""Labels that fit their place: cut or broken into lines by how wide their letters are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from svcq_excel.form.layout import metrics
from svcq_excel.results.charts.model import Axis
from svcq_excel.rubric.exact import shown
from svcq_excel.text.visible import visible

CUT = "…"
_PIECES = re.compile("[（「『(]*[^（「『(][，。、；：！？」』）)分]*|[（「『(]+")
"""What a line does not begin or end with stays with its neighbour."""
_NARROWEST, _NOISE = 0.5, 1e-9
_STEPS = (1, 2, 5)
_MOST_TICKS = 10


_ems = lru_cache(maxsize=8192)(metrics.ems)


def cut(text: str, ems: float) -> str:
    """A text of one line, its middle left out where it is too wide: names differ at their ends."""
    text = visible(text)
    if len(text) <= ems / _NARROWEST and _ems(text) <= ems:
        return text
    room, head, tail = ems - _ems(CUT) - _NOISE, 0, 0
    while head + tail < len(text):
        longer = tail < head
        char = text[-tail - 1] if longer else text[head]
        room -= _ems(char)
        if room < 0:
            break
        head, tail = (head, tail + 1) if longer else (head + 1, tail)
    return f"{text[:head]}{CUT}{text[len(text) - tail :]}"


def lines(text: str, ems: float, most: int) -> list[str]:
    """A text in lines none of which is wider, cut where they would be more than so many."""
    text = visible(text)
    room = ems * most
    while len(found := list(_broken(cut(text, room), ems))) > most:
        room -= 1
    return found


def _broken(text: str, ems: float) -> Iterator[str]:
    line = ""
    pieces = _PIECES.findall(text)
    for piece in pieces if max(map(_ems, pieces), default=0) <= ems else text:
        if line and _ems(line) + _ems(piece) > ems:
            yield line.rstrip()
            line = piece.lstrip()
        else:
            line += piece
    yield line


def width(text: str) -> float:
    """Of the widest line, in ems."""
    return max(map(_ems, text.split("\n")))


def tick_step(axis: Axis) -> Fraction:
    """The distance of the figures on an axis: 1, 2 or 5 of some power of ten."""
    span, least = axis.most - axis.least, Fraction(1 if axis.whole else 0)
    power = Fraction(1)
    while power * _STEPS[-1] * _MOST_TICKS < span:
        power *= 10
    while power > span / _MOST_TICKS and not axis.whole:
        power /= 10
    fitting = (
        step * times
        for times in (power, power * 10)
        for step in _STEPS
        if step * times * _MOST_TICKS >= span and step * times >= least
    )
    return next(fitting)


def ticks(axis: Axis) -> list[Fraction]:
    """The figures that stand on an axis."""
    step = tick_step(axis)
    first = -(-axis.least // step)
    return [step * at for at in range(first, int(axis.most // step) + 1)]


def figure(value: Fraction, axis: Axis) -> str:
    """A figure as it stands beside its bar."""
    return f"{shown(value * 100)}%" if axis.percent else shown(value)
