"""What operators and functions do to numbers, exactly or in binary doubles: each takes both."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from svcq_excel.workbooks.computing.expression import NotComputedError

Number = Fraction | float
_MOST_BITS, _MOST_POWER, _MOST_DIGITS = 4_000, 64, 15


class DivisionError(Exception):
    """What office programs show as #DIV/0!."""


def exact(number: float) -> Fraction:
    """As it is spelled in decimals, which is what was meant."""
    if not math.isfinite(number):
        raise NotComputedError("infinite")
    return Fraction(Decimal(repr(number)))


def kept(number: Number) -> Number:
    """A number that is not too long to go on with."""
    if isinstance(number, Fraction):
        if max(number.numerator.bit_length(), number.denominator.bit_length()) > _MOST_BITS:
            raise NotComputedError("too long")
    elif not math.isfinite(number):
        raise NotComputedError("infinite")
    return number


def divided(one: Number, other: Number) -> Number:
    if not other:
        raise DivisionError
    return one / other


def power(base: Number, exponent: Number) -> Number:
    if not base and float(exponent) <= 0:
        raise NotComputedError("0^0")
    whole = int(exponent) == exponent and abs(int(exponent)) <= _MOST_POWER
    if isinstance(base, Fraction) and whole:
        return base ** int(exponent)
    try:
        found = float(base) ** float(exponent)
    except (OverflowError, ZeroDivisionError) as error:
        raise NotComputedError("overflow") from error
    if isinstance(found, complex):
        raise NotComputedError("no real number")
    return exact(found) if isinstance(base, Fraction) else found


def rounded(number: Number, digits: Number, cut: Callable[[Fraction], int]) -> Number:
    """To so many decimals, the rest cut so: away from zero what is negative, too."""
    places = int(digits)
    if abs(places) > _MOST_DIGITS:
        raise NotComputedError("digits")
    scale = Fraction(10) ** places
    plain = number if isinstance(number, Fraction) else exact(number)
    found = cut(abs(plain) * scale) / scale * (-1 if plain < 0 else 1)
    return found if isinstance(number, Fraction) else float(found)


def _nearest(number: Fraction) -> int:
    return math.floor(number + Fraction(1, 2))


def _average(numbers: Sequence[Number]) -> Number:
    return divided(_sum(numbers), len(numbers))


def _sum(numbers: Sequence[Number]) -> Number:
    total: Number = 0.0 if any(isinstance(each, float) for each in numbers) else Fraction(0)
    for each in numbers:
        total += each
    return total


OPERATORS: Mapping[str, Callable[[Number, Number], Number]] = {
    "+": lambda one, other: one + other,
    "-": lambda one, other: one - other,
    "*": lambda one, other: one * other,
    "/": divided,
    "^": power,
}
SIGNS: Mapping[str, Callable[[Number], Number]] = {
    "+_": lambda number: number,
    "-_": lambda number: -number,
    "%": lambda number: number / 100,
}
OF_MANY: Mapping[str, Callable[[Sequence[Number]], Number]] = {
    "SUM": _sum,
    "MAX": lambda numbers: max(numbers, default=Fraction(0)),
    "MIN": lambda numbers: min(numbers, default=Fraction(0)),
    "AVERAGE": _average,
}
"""Of all numbers in their arguments; what else stands in areas is left out."""
OF_ONE: Mapping[str, Callable[[Number], Number]] = {
    "ABS": lambda number: -number if float(number) < 0 else number,
    "INT": lambda number: number - number % 1,
}
ROUNDING: Mapping[str, Callable[[Fraction], int]] = {
    "ROUND": _nearest,
    "ROUNDUP": math.ceil,
    "ROUNDDOWN": math.floor,
    "TRUNC": math.floor,
}
"""To a number of decimals, which TRUNC need not name."""
