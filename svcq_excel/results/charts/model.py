"""A chart as figures and words: what it shows, and the same as a text for who cannot see it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Shape = Literal["columns", "stacked", "spans", "lines"]
"""Bars beside one another, bars on top of one another, from a lowest to a highest figure with a
mark between them (three series: lowest, mark, highest), or a line a series from one category to
the next."""


@dataclass(frozen=True, slots=True)
class Series:
    """A figure for every category; None where there is none, which is not drawn as nothing."""

    name: str
    values: tuple[Fraction | None, ...]


@dataclass(frozen=True, slots=True)
class Bound:
    """A line across the whole chart: 優 900 分."""

    name: str
    value: Fraction


@dataclass(frozen=True, slots=True)
class Axis:
    """What figures are told on, from least to most; `percent` of shares."""

    title: str
    least: Fraction
    most: Fraction
    percent: bool = False
    whole: bool = False
    """Whether all of it is counted in whole numbers."""


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart; its alternative text says in words what is to be seen."""

    title: str
    shape: Shape
    over: str
    """What the categories are: 受考核單位."""
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    axis: Axis
    alternative: str
    bounds: tuple[Bound, ...] = ()
    lying: bool = False
    """Bars from left to right on a sheet, where the categories are long texts."""
    note: str = ""
    """What is not shown, and why."""

    @property
    def figures(self) -> list[Fraction]:
        """All that there are."""
        return [value for each in self.series for value in each.values if value is not None]
