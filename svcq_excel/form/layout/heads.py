"""The head of a form: its labels, and where their columns end so that all values can be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from svcq_excel.form.layout import metrics
from svcq_excel.form.layout.grid import ASSESSOR_ROW, UNIT_ROW, Role
from svcq_excel.form.layout.paper import Paper
from svcq_excel.rubric.model import Direction, Kind, Rubric, number

_TITLES_PT, _LEAST_TITLE_PT = (16, 15, 14), 34.0
_LABEL_PX_PER_EM, _PADDING_PX = 13.4, 10
_VALUES = (0.15, 0.25, 0.225)
"""Of the whole: a code or people, a unit's name or a date, a total or what is left to fill in."""
_HEIGHTS: Mapping[Direction, tuple[float, float]] = {"landscape": (32, 26), "portrait": (48, 34)}
"""So that a unit's name of sixty characters, and what is left to fill in, can be read."""
_UNIT_VALUES = (("unit", Role.LABEL), ("unit_name", Role.LABEL), ("total", Role.TOTAL))
_ENTRIES = (("assessor", Role.INPUT), ("date", Role.INPUT), ("progress", Role.ADVICE))
_SHORT = 60.0  # how much worse it is to be too narrow than to be too wide


@dataclass(frozen=True, slots=True)
class Want:
    """How wide a span should be."""

    pixels: float
    dear: float
    """How bad it is to be wider: a label has no use for more room."""


def total_label(rubric: Rubric) -> str:
    """總分 as a form calls it: what it is out of stands with it."""
    return f"總分(滿分{number(rubric.full_score)}分)"


def title_size(rubric: Rubric, pixels: int) -> int:
    """The points in which the longest title of its forms stands on one line, or the least."""
    return next(
        (size for size in _TITLES_PT if _height(rubric, pixels, size) <= size * 2), _TITLES_PT[-1]
    )


def title_height(rubric: Rubric, pixels: int) -> float:
    """The points that the longest title of its forms needs, and a little air."""
    return max(_LEAST_TITLE_PT, _height(rubric, pixels, title_size(rubric, pixels)))


def _height(rubric: Rubric, pixels: int, size: int) -> float:
    kinds = (kind for kind in get_args(Kind) if rubric.assesses_by(kind))
    return max(metrics.height(rubric.title_of_form(kind), pixels, size) for kind in kinds)


def head_labels(rubric: Rubric) -> tuple[tuple[str, str, str], tuple[str, str, str]]:
    """The labels of both rows, with their colons."""
    done = "完成情形" if rubric.is_checklist else total_label(rubric)
    return (
        ("編號：", f"{rubric.unit_label}：", f"{done}："),
        ("考核人員：", "考核日期：", "填寫情形："),
    )


def head_rows(
    rubric: Rubric, paper: Paper
) -> Iterator[tuple[str, float, list[tuple[str, str, Role]]]]:
    """The key and the height of both rows, and three times what is asked, and what answers it."""
    rows = ((UNIT_ROW, _UNIT_VALUES), (ASSESSOR_ROW, _ENTRIES))
    heights = _HEIGHTS[paper.direction]
    for (key, values), labels, height in zip(rows, head_labels(rubric), heights, strict=True):
        fields = [(label, *value) for label, value in zip(labels, values, strict=True)]
        yield key, height, fields


def head_wants(rubric: Rubric, width: int) -> list[Want]:
    """Of six spans, (label, value) three times, in a head of so many pixels."""
    wants = []
    for labels, share in zip(zip(*head_labels(rubric), strict=True), _VALUES, strict=True):
        label = max(map(metrics.ems, labels)) * _LABEL_PX_PER_EM + _PADDING_PX
        wants += [Want(label, 3), Want(share * width, 1)]
    return wants


def best_edges(edges: Sequence[int], wants: Sequence[Want]) -> tuple[int, ...]:
    """Of all edges, in their order, those that part the whole best: one more than there are wants,
    the first and the last among them."""
    found: dict[int, tuple[float, tuple[int, ...]]] = {edges[0]: (0.0, (edges[0],))}
    for left, want in zip(range(len(wants) - 1, -1, -1), wants, strict=True):
        ends = edges[-1:] if not left else edges[:-left]
        found = {
            end: min(
                (cost + _cost(end - at, want), (*cuts, end))
                for at, (cost, cuts) in found.items()
                if at < end
            )
            for end in ends
            if any(at < end for at in found)
        }
    return found[edges[-1]][1]


def _cost(pixels: int, want: Want) -> float:
    off = (pixels - want.pixels) / want.pixels
    return float(off * off * (_SHORT if off < 0 else want.dear))
