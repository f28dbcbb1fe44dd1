"""The columns of the sheet 評分表, of widths that suit the paper it is printed on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import NamedTuple

from svcq_excel.form.layout.grid import KEYS
from svcq_excel.form.layout.heads import best_edges, head_wants
from svcq_excel.form.layout.paper import LANDSCAPE, PORTRAIT, Paper
from svcq_excel.rubric.model import Direction, Rubric

_LABEL_COLUMNS = 3  # levels below these stand as a title row over their bands
_LEAST_WORDING_PX = 200
"""Fourteen characters a line: with fewer the wording falls to pieces."""
_LEAST_PERCENT = 90
"""Nine points: what is read with ease on paper."""
_SLIVER_PX, _NUDGE_PX = 40, 4


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet; `key` stands in the row `#keys`."""

    key: str
    title: str
    pixels: int


class _Shape(NamedTuple):
    """A column on either paper."""

    key: str
    title: str
    landscape: int
    portrait: int

    def on(self, direction: Direction) -> Column:
        pixels = self.portrait if direction == PORTRAIT.direction else self.landscape
        return Column(self.key, self.title, pixels)


_RANGE = _Shape("range", "級距", 76, 70)
_GROWTH = (
    _Shape("this_year", "本年度", 60, 54),
    _Shape("last_year", "上年度", 60, 54),
    _Shape("growth", "成長率", 58, 54),
)
_MEASURE, _BAND = _Shape("measure", "佐證數據", 68, 66), _Shape("band", "適用級距", 76, 70)
_SCORED = (
    _Shape("score", "得分", 52, 52),
    _Shape("note", "備註", 84, 68),
    _Shape("check", "檢核", 92, 92),
)
_STATUS = (
    _Shape("due", "查核期限", 66, 66),
    _Shape("status", "辦理狀態", 68, 66),
    _Shape("done", "辦理情形", 170, 130),
    _Shape("proof", "佐證資料", 96, 76),
    _Shape("note", "備註", 60, 52),
    _Shape("check", "檢核", 80, 80),
)
_LEVELS: Mapping[int, Sequence[tuple[int, int]]] = {
    1: ((180, 112),),
    2: ((110, 84), (150, 100)),
    3: ((88, 72), (94, 78), (104, 84)),
}
"""The widths of the labels' columns on either paper, by how many there are."""
_STEPS = ((150, 104), (66, 62))
"""The same of a checklist's two: the second holds the steps' numbers."""


def paper_of(rubric: Rubric) -> Paper:
    """As the definition says; where it does not, upright if the columns have room enough then
    without being printed too small, else across."""
    upright = _upright(rubric)
    natural = upright if upright.percent >= _LEAST_PERCENT else LANDSCAPE
    return {None: natural, "portrait": upright, "landscape": LANDSCAPE}[rubric.form_direction]


def scaled(columns: Sequence[Column], paper: Paper) -> tuple[Column, ...]:
    """The columns of another sheet of the form, which were meant for paper across."""
    return tuple(
        column
        if column.key == KEYS
        else replace(column, pixels=column.pixels * paper.across_px // LANDSCAPE.across_px)
        for column in columns
    )


def columns_of(rubric: Rubric) -> tuple[Column, ...]:
    """Those that the rubric has a use for."""
    paper = paper_of(rubric)
    left, right = _beside(rubric, paper.direction)
    texts = [
        Column(f"text{i}" if i > 1 else "text", "" if i > 1 else rubric.text_title, pixels)
        for i, pixels in enumerate(_pieces(rubric, left, right, paper.width_px), 1)
    ]
    return (Column(KEYS, "", 20), *left, *texts, *right)


def _upright(rubric: Rubric) -> Paper:
    """Printed smaller where the columns need more than the paper has."""
    left, right = _beside(rubric, PORTRAIT.direction)
    least = sum(column.pixels for column in (*left, *right)) + _LEAST_WORDING_PX
    return replace(PORTRAIT, percent=min(100, PORTRAIT.across_px * 100 // least))


def _beside(rubric: Rubric, direction: Direction) -> tuple[list[Column], list[Column]]:
    """The columns on the left and on the right of the wording."""
    deepest = max(depth for depth, _ in rubric.walk())
    names = rubric.levels[1 : min(deepest, _LABEL_COLUMNS) + 1]
    is_steps = rubric.is_checklist and len(names) == len(_STEPS)
    widths = _STEPS if is_steps else _LEVELS.get(len(names), ())
    banded = any(leaf.bands for leaf in rubric.leaves)
    left = [
        *(_Shape(f"level{i}", names[i - 1], *both) for i, both in enumerate(widths, 1)),
        *([_RANGE] if banded else []),
    ]
    scored = [
        *(_GROWTH if any(leaf.growth for leaf in rubric.leaves) else ()),
        *([_MEASURE] if any(leaf.measure for leaf in rubric.leaves) else []),
        *([_BAND] if banded else []),
        *_SCORED,
    ]
    right = _STATUS if rubric.is_checklist else scored
    return [each.on(direction) for each in left], [each.on(direction) for each in right]


def _pieces(
    rubric: Rubric, left: Sequence[Column], right: Sequence[Column], width: int
) -> list[int]:
    """The widths of the columns that hold the wording: it is cut where the head wants an edge."""
    edges = [0, *accumulate(column.pixels for column in left)]
    after = [width, *accumulate((-column.pixels for column in right[::-1]), initial=width)]
    free = range(edges[-1] + _SLIVER_PX, after[-1] - _SLIVER_PX + 1, _NUDGE_PX)
    wants = head_wants(rubric, width)
    cuts = set(best_edges(sorted({*edges, *after, *free}), wants)) & set(free)
    return [b - a for a, b in pairwise([edges[-1], *sorted(cuts), after[-1]])]


def head_spans(rubric: Rubric, columns: Sequence[Column]) -> list[tuple[int, int]]:
    """Six spans of columns, (label, value) three times, of widths that show both best."""
    edges = [0, *accumulate(column.pixels for column in columns[1:])]
    at = [edges.index(edge) + 1 for edge in best_edges(edges, head_wants(rubric, edges[-1]))]
    return [(a, b - 1) for a, b in pairwise(at)]
