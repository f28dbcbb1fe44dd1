"""Exact figures: fractions are what is compared; they are rounded once, and shown as decimals."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from typing import Literal

from svcq_excel.rubric.node import number

Figure = Decimal | Fraction
Way = Literal["half-up", "down", "up", "half-even"]

_CLOSE = Context(prec=28, rounding=ROUND_HALF_EVEN)
_PLACES, _MOST_PLACES = 2, 12


def rounded(value: Figure, places: int = _PLACES, way: Way = "half-up") -> Fraction:
    """Up and down are away from nothing and towards it, as in ROUNDUP and ROUNDDOWN."""
    whole, part = divmod(abs(Fraction(value)) * 10**places, 1)
    half = Fraction(1, 2)
    more = {
        "half-up": part >= half,
        "down": False,
        "up": part > 0,
        "half-even": part > half or (part == half and whole % 2 == 1),
    }[way]
    exact = Fraction(whole + more, 10**places)
    return exact if value >= 0 else -exact


def decimal(value: Figure) -> Decimal:
    """As a decimal: the same where it ends, else the closest one of 28 digits."""
    exact = Fraction(value)
    return _CLOSE.divide(Decimal(exact.numerator), Decimal(exact.denominator))


def shown(value: Figure, *bounds: Decimal) -> str:
    """A figure as sentences show it: with the two decimals of the tables at the most.

    There are more only where two would put it on the other side of a bound: 54.996 is below 55.
    """
    for places in range(_PLACES, _MOST_PLACES):
        near = rounded(value, places)
        if all((near >= bound) == (value >= bound) for bound in bounds):
            break
    return number(decimal(near))
