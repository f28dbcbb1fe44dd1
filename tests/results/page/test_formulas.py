"""Live totals round what is noise of binary fractions away before they round as the rubric says."""

from __future__ import annotations

import math
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest

from svcq_excel.results.page.formulas import total
from tests.results.scoring.clause_cases import rubric

WAYS = {"half-up": ROUND_HALF_UP, "down": ROUND_DOWN, "up": ROUND_UP}
TENTHS = [Decimal(tenths) / 10 for tenths in range(1, 100)]


def to_half_up(value: float, places: int) -> float:
    """As office programs do: by the digits that a number shows."""
    return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def in_floats(formula: str, cells: list[float]) -> float:
    """What a program makes of a formula that computes in binary fractions, and no better."""
    known: dict[str, Any] = {
        "SUM": lambda values: values[0] + values[1],
        "ROUND": to_half_up,
        "ROUNDDOWN": lambda value, places: math.floor(value * 10**places) / 10**places,
        "ROUNDUP": lambda value, places: math.ceil(value * 10**places) / 10**places,
        "cells": cells,
    }
    return float(eval(formula.removeprefix("="), {"__builtins__": {}}, known))


@pytest.mark.parametrize("method", WAYS)
def test_a_sum_of_tenths_is_exact_however_it_is_rounded(method: str) -> None:
    plan = rubric(rounding={"places": 1, "method": method})
    for first in TENTHS:
        for second in TENTHS:
            value = (first + second).quantize(Decimal("0.1"), WAYS[method])
            made = total(plan, "SUM(cells)", [Fraction(first), Fraction(second)], Fraction(value))
            found = in_floats(made.text, [float(first), float(second)])
            assert found == float(value), (first, second, made.text)
