"""Both voices of a formula pass over the noise of binary fractions, and come to the same."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from svcq_excel.form.facts import Cell
from svcq_excel.form.formulas.expressions import Expression, entered, finer_than, total
from svcq_excel.form.identity import FORM_SHEET

TENTHS = [tenths / 10 for tenths in range(1, 100)]


def to_half_up(value: float, places: int) -> float:
    """As office programs do: by the digits that a number shows."""
    return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def in_floats(expression: Expression, numbers: Mapping[str, float]) -> Any:
    """What a program makes of the text that computes in binary fractions, and no better."""
    known = {"ABS": abs, "ROUND": to_half_up, **numbers}
    return eval(expression.excel, {"__builtins__": {}}, known)


def computed(expression: Expression, numbers: Mapping[str, float]) -> Any:
    """What we store beside it."""
    cells = {at: Cell(FORM_SHEET, 0, 0, value) for at, value in numbers.items()}
    return expression.compute(cells)


def test_a_sum_of_tenths_is_computed_exactly() -> None:
    both = total(["A1", "A2"])
    for tenths, first in enumerate(TENTHS, 1):
        for more, second in enumerate(TENTHS, 1):
            found = computed(both, {"A1": first, "A2": second})
            assert found == Decimal(tenths + more) / 10


@pytest.mark.parametrize("voice", [in_floats, computed])
def test_what_a_formula_makes_of_tenths_is_no_finer_than_a_tenth(voice: Any) -> None:
    finer = finer_than(entered("A1"), Decimal("0.1"))
    for first in TENTHS:
        for second in TENTHS:  # 0.1 + 0.2 is 0.30000000000000004
            assert not voice(finer, {"A1": first + second})
            assert voice(finer, {"A1": first + second + 0.05})


def test_a_rate_is_rounded_alike_by_both_voices() -> None:
    this, last = entered("A1"), entered("A2")
    rate = ((this - last).grouped() / last).rounded(4)
    for before in range(1, 30):
        for now in range(60):
            years = {"A1": float(now), "A2": float(before)}
            assert in_floats(rate, years) == float(computed(rate, years)), years
