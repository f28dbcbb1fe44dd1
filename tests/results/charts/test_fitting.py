"""Labels of charts: none is wider than its place, and what is cut is cut in its middle."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.form.layout import metrics
from svcq_excel.results.charts.fitting import cut, lines, tick_step, ticks
from svcq_excel.results.charts.model import Axis
from tests.results.samples import ANYTHING


@given(ANYTHING, st.floats(2, 40))
def test_a_label_is_never_wider_than_its_place(text: str, ems: float) -> None:
    assert metrics.ems(cut(text, ems)) <= ems


@given(ANYTHING, st.floats(2, 40), st.integers(1, 3))
def test_no_line_of_a_label_is_wider_than_its_place(text: str, ems: float, most: int) -> None:
    found = lines(text, ems, most)
    assert len(found) <= most
    assert all(metrics.ems(line) <= ems for line in found)


def test_names_that_differ_at_their_end_differ_when_they_are_cut() -> None:
    stem = "A0{0} 經濟部水利署所屬機關第{0}河川局"
    assert cut(stem.format(1), 12) == "A01 經濟部…關第1河川局"
    assert cut("第一河川局", 5) == "第一河川局"


def test_no_line_begins_with_what_belongs_to_the_one_before() -> None:
    assert lines("辦理服務規劃創新整合情形（100分）", 12, 2) == [
        "辦理服務規劃創新整合情形",
        "（100分）",
    ]
    assert lines("（" * 9, 4, 9) == ["（（（（", "（（（（", "（"]


@given(
    st.fractions(-1000, 1000, max_denominator=60),
    st.fractions(Fraction(1, 100), 100_000, max_denominator=100),
    st.booleans(),
)
def test_an_axis_has_a_few_round_figures(least: Fraction, span: Fraction, whole: bool) -> None:
    axis = Axis("", least, least + span, whole=whole)
    found = ticks(axis)
    assert len(found) <= 11
    assert whole or len(found) >= 2
    assert all(least <= each <= least + span for each in found)
    assert not whole or tick_step(axis).denominator == 1
