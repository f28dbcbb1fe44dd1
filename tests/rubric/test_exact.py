"""Figures are rounded once, from what they are; a sentence never shows one beyond its bound."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.rubric.exact import Way, decimal, rounded, shown
from svcq_excel.rubric.node import json_number

MODES: dict[Way, str] = {"half-up": ROUND_HALF_UP, "down": ROUND_DOWN, "up": ROUND_UP}
ends = st.decimals(-1_000_000, 1_000_000, places=5)
fractions = st.fractions(-1_000_000, 1_000_000, max_denominator=5_110)


@given(ends, st.integers(0, 4), st.sampled_from([*MODES]))
def test_what_ends_is_rounded_as_decimals_are(value: Decimal, places: int, way: Way) -> None:
    assert rounded(value, places, way) == value.quantize(Decimal(1).scaleb(-places), MODES[way])


@given(fractions, st.integers(0, 4))
def test_rounding_is_to_the_nearest_and_the_ways_lie_around_it(
    value: Fraction, places: int
) -> None:
    unit = Fraction(1, 10**places)
    assert (rounded(value, places) / unit).denominator == 1
    assert abs(rounded(value, places) - value) <= unit / 2
    down, up = abs(rounded(value, places, "down")), abs(rounded(value, places, "up"))
    assert down <= abs(value) <= up
    assert up - down in (0, unit)


@given(st.integers(-50_000, 50_000), st.integers(0, 4))
def test_a_half_goes_away_from_nothing(steps: int, places: int) -> None:
    unit = Fraction(1, 10**places)
    half = steps * unit + unit / 2 * (1 if steps >= 0 else -1)
    assert abs(rounded(half, places)) == abs(half) + unit / 2


@given(ends)
def test_what_ends_is_the_same_as_a_decimal_and_in_json(value: Decimal) -> None:
    exact = Fraction(value)
    assert decimal(exact) == exact == value
    assert Decimal(repr(json_number(exact))) == value


@given(fractions)
def test_of_what_does_not_end_the_closest_is_told(value: Fraction) -> None:
    assert abs(Fraction(decimal(value)) - value) <= abs(value) / 10**27
    assert json_number(value) == value.numerator / value.denominator


@pytest.mark.parametrize(
    ("value", "bounds", "text"),
    [
        (Fraction(55), (), "55"),
        (Fraction(110, 3), (), "36.67"),
        (Fraction("54.996"), (), "55"),
        (Fraction("54.996"), (55,), "54.996"),
        (Fraction("54.99996"), (55,), "54.99996"),
        (Fraction("899.5"), (900,), "899.5"),
        (Fraction(55) - Fraction(1, 3000), (55,), "54.9997"),
        (Fraction("-0.125"), (), "-0.13"),
        (Fraction(1000), (900,), "1000"),
    ],
)
def test_a_sentence_shows_two_decimals_unless_they_lie(
    value: Fraction, bounds: tuple[int, ...], text: str
) -> None:
    assert shown(value, *map(Decimal, bounds)) == text


@given(fractions, ends)
def test_what_is_shown_is_on_its_own_side_of_a_bound(value: Fraction, bound: Decimal) -> None:
    assert (Fraction(shown(value, bound)) >= bound) == (value >= bound)
