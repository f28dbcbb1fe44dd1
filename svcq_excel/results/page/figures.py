"""Figures of a table: whether all of them show decimals, and how much room each of them needs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from math import ceil

from svcq_excel.form.layout import metrics
from svcq_excel.results.page.styles import FRACTIONS, LOOKS, TOGETHER, size_of
from svcq_excel.rubric.exact import Figure, decimal, rounded
from svcq_excel.rubric.model import number

_MARGINS_PX = 12
_PX_PER_PT = 96 / 72
_PLACES = re.compile(r"0(\.0+)?(#*)(%?)")


def with_decimals(figures: Iterable[tuple[str, Figure]]) -> set[str]:
    """The looks that show decimals: where one figure of a table has them, all of it have."""
    fractions = {look for look, figure in figures if figure != int(figure)}
    if fractions & TOGETHER:
        fractions |= TOGETHER
    return fractions


@lru_cache(maxsize=4096)  # most figures of a table stand there often
def room(figure: Figure, look: str) -> int:
    """The pixels of the narrowest column in which the figure is seen with its decimals."""
    pattern = FRACTIONS.get(look) or str(LOOKS[look].get("num_format", "0.00"))
    ems = metrics.ems(shown(figure, pattern))
    return ceil(ems * size_of(look) * _PX_PER_PT) + _MARGINS_PX


def shown(figure: Figure, pattern: str) -> str:
    """What a number format makes of a figure: the formats that stand in `styles`, no others."""
    positive, *others = pattern.split(";")
    part = others[0] if figure < 0 and others else positive
    part = others[1] if not figure and len(others) > 1 else part
    found = _PLACES.search(part)
    if not found:
        return number(decimal(figure))
    places, more, percent = found.groups()
    exact = Fraction(figure) * (100 if percent else 1)
    exact = abs(exact) if others else exact
    whole = more or not places
    digits = number(decimal(exact)) if whole else f"{decimal(rounded(exact)):.2f}"
    return f"{part[: found.start()]}{digits}{percent}{part[found.end() :]}".replace('"', "")
