"""Areas of cells: what lies in them, and which are merged, so that only the first cell is seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from svcq_excel.workbooks.bounds import MAX_AREAS, MAX_COLUMNS, MAX_ROWS

CellPlace = tuple[int, int]
"""The row and the column of a cell, from 0."""
Area = tuple[int, int, int, int]
"""First and last row, first and last column, from 0."""

ALL: Area = (0, MAX_ROWS, 0, MAX_COLUMNS)

_LARGE = 500
"""Cells of a merge that are not listed one by one."""


def within(place: CellPlace, area: Area) -> bool:
    top, bottom, left, right = area
    return top <= place[0] <= bottom and left <= place[1] <= right


class Merges:
    """The merged cells of a sheet: only the first cell of each is seen."""

    def __init__(self, areas: Sequence[Area] | None) -> None:
        """None of more than can be looked at."""
        self._are_known = areas is not None and len(areas) <= MAX_AREAS
        self._last: dict[CellPlace, CellPlace] = {}
        self._first: dict[CellPlace, CellPlace] = {}
        self._large: list[Area] = []
        for area in areas or () if self._are_known else ():
            top, bottom, left, right = area
            self._last.setdefault((top, left), (bottom, right))
            if (bottom - top + 1) * (right - left + 1) > _LARGE:
                self._large.append(area)
                continue
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    if (row, column) != (top, left):
                        self._first.setdefault((row, column), (top, left))

    def first(self, place: CellPlace) -> CellPlace:
        """The cell that is seen where this one stands; itself, mostly."""
        if not self._are_known:
            return (-1, -1)  # nobody merges so many: each is told
        found = self._first.get(place, place)
        if found == place and self._large:
            large = ((area[0], area[2]) for area in self._large if within(place, area))
            return next((first for first in large if first != place), place)
        return found

    def are_seen(self, places: Iterable[CellPlace]) -> bool:
        """Whether each of these is known to be seen where it stands."""
        return self._are_known and not self._large and self._first.keys().isdisjoint(places)

    def last(self, place: CellPlace) -> CellPlace:
        """The last of the cells over which a cell reaches."""
        return self._last.get(place, place)


@lru_cache(maxsize=8)  # the forms of a round agree in them
def merges_of(areas: tuple[Area, ...]) -> Merges:
    return Merges(areas)
