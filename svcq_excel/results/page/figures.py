"""Figures of a table: whether all of them show decimals, and how much room each of them needs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from math import ceil

from svcq_excel.form.layout import metrics
from svcq_excel.results.page.styles import FRACTIONS, LOOKS, TOGETHER, size_of
from svcq_excel.rubric.model import number

_CENT = Decimal("0.01")
_MARGINS_PX = 12
_PX_PER_PT = 96 / 72
_PLACES = re.compile(r"0(?:\.0+)?(#*)(%?)")


def with_decimals(figures: Iterable[tuple[str, Decimal]]) -> set[str]:
    """The looks that show decimals: where one figure of a table has them, all of it have."""
    fractions = {look for look, figure in figures if figure != figure.to_integral_value()}
    if fractions & TOGETHER:
        fractions |= TOGETHER
    return fractions


@lru_cache(maxsize=4096)  # most figures of a table stand there often
def room(figure: Decimal, look: str) -> int:
    """The pixels of the narrowest column in which the figure is seen with its decimals."""
    pattern = FRACTIONS.get(look) or str(LOOKS[look].get("num_format", "0.00"))
    ems = metrics.ems(shown(figure, pattern))
    return ceil(ems * size_of(look) * _PX_PER_PT) + _MARGINS_PX


def shown(figure: Decimal, pattern: str) -> str:
    """What a number format makes of a figure: the formats that stand in `styles`, no others."""
    positive, *others = pattern.split(";")
    part = others[0] if figure < 0 and others else positive
    part = others[1] if not figure and len(others) > 1 else part
    found = _PLACES.search(part)
    if not found:
        return number(figure)
    figure = abs(figure) if others else figure
    if found[2]:
        figure *= 100
    exact = number(figure) if found[1] else str(figure.quantize(_CENT, ROUND_HALF_UP))
    return f"{part[: found.start()]}{exact}{found[2]}{part[found.end() :]}".replace('"', "")
