"""A chart as SVG: whole and well formed, no text over another one or out of the picture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple, get_args
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svcq_excel.form.layout import metrics
from svcq_excel.results.charts.drawn import charts_of
from svcq_excel.results.charts.model import Axis, Bound, Chart, Series, Shape
from svcq_excel.results.charts.svg import EM, WIDTH, svg
from tests.results.demos import DEMOS, outcome_of
from tests.results.samples import ANYTHING

SVG = "{http://www.w3.org/2000/svg}"
SHAPES: tuple[Shape, ...] = get_args(Shape)
VALUES = st.none() | st.fractions(0, 100, max_denominator=7)


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float
    text: str

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def drawn(chart: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(svg(chart, "c1"))


def boxes(picture: ElementTree.Element) -> Iterator[Box]:
    """Where letters stand: as wide as the metrics say, from nine tenths of an em above the foot."""
    for text in picture.iter(f"{SVG}text"):
        said, x, foot = text.text or "", float(text.attrib["x"]), float(text.attrib["y"])
        width = metrics.ems(said) * EM
        left = x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[text.attrib["text-anchor"]]
        yield Box(left, foot - 12, left + width, foot + 2, said)


def assert_readable(chart: Chart) -> None:
    picture = drawn(chart)
    height = float(picture.attrib["viewBox"].split()[3])
    found = list(boxes(picture))
    for box in found:
        assert box.left >= -0.1, box
        assert box.right <= WIDTH + 0.1, box
        assert 0 <= box.top < box.bottom <= height, box
    assert not [pair for pair in combinations(found, 2) if pair[0].meets(pair[1])]


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    names = draw(st.lists(ANYTHING.map(lambda text: text[:60]), min_size=1, max_size=6))
    shape = draw(st.sampled_from(SHAPES))
    count = 3 if shape == "spans" else draw(st.integers(1, 4))
    series = tuple(Series(draw(ANYTHING), tuple(draw(VALUES) for _ in names)) for _ in range(count))
    lines = draw(st.lists(st.fractions(0, 100, max_denominator=3), max_size=6))
    bounds = tuple(Bound(f"等第{at} {line}分", line) for at, line in enumerate(lines))
    axis = Axis(draw(ANYTHING), Fraction(0), Fraction(400 if shape == "stacked" else 100))
    return Chart(draw(ANYTHING), shape, "", tuple(names), series, axis, draw(ANYTHING), bounds)


@settings(deadline=None)
@given(charts())
def test_no_text_lies_over_another_one_or_outside(chart: Chart) -> None:
    assert_readable(chart)


@pytest.mark.parametrize("id", DEMOS)
def test_the_charts_of_the_demos_are_readable(id: str) -> None:
    found = charts_of(outcome_of(id))
    assert found
    for chart in found:
        assert_readable(chart)


def test_a_chart_says_what_it_is_and_what_is_to_be_seen() -> None:
    chart = charts_of(outcome_of("wra-105"))[0]
    picture = drawn(chart)
    assert picture.attrib["role"] == "img"
    named = picture.attrib["aria-labelledby"].split()
    said = {each.attrib["id"]: each.text for each in picture if "id" in each.attrib}
    assert [said[id] for id in named] == [chart.title, chart.alternative]


def test_a_bar_is_as_long_as_its_figure_and_none_stands_for_nothing() -> None:
    series = (Series("得分", (Fraction(100), Fraction(25), None, Fraction(0))),)
    axis = Axis("分", Fraction(0), Fraction(100))
    chart = Chart("", "columns", "", ("甲", "乙", "丙", "丁"), series, axis, "")
    rows = [group for group in drawn(chart) if group.tag == f"{SVG}g"]
    wide = [[float(bar.attrib["width"]) for bar in row.iter(f"{SVG}rect")] for row in rows]
    assert wide[0][0] == pytest.approx(4 * wide[1][0], abs=0.2)
    assert wide[2:] == [[], [0]]


def test_texts_of_units_are_no_marks_and_no_address_is_in_it() -> None:
    nasty = '</desc><script>alert(1)</script>"&\u202e'
    chart = Chart(
        nasty,
        "columns",
        "",
        (nasty,),
        (Series(nasty, (Fraction(Decimal(1)),)),),
        Axis(nasty, Fraction(0), Fraction(1)),
        nasty,
        (Bound(nasty, Fraction(1)),),
    )
    made = svg(chart, "c1")
    assert not list(ElementTree.fromstring(made).iter("script"))
    assert "<script" not in made
    assert "\u202e" not in made
    assert re.findall(r"https?://[^\"]*", made) == ["http://www.w3.org/2000/svg"]


def test_series_differ_without_colour() -> None:
    made = svg(charts_of(outcome_of("kpw-102"))[0], "c1")
    assert len(set(re.findall(r"url\(#c1-p(\d)\)", made))) == 4
    assert not re.findall(r"#[0-9a-f]{6}", made)
