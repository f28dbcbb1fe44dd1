"""The head of a form: its labels, and where their columns end so that all values can be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from svcq_excel.form.layout import metrics
from svcq_excel.rubric.model import Rubric, number

_LABEL_PX_PER_EM, _PADDING_PX = 13.4, 10
_VALUES_PX = (150, 250, 225)
"""A code or people, a unit's name or a date, a total or what is left to fill in."""
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


def head_labels(rubric: Rubric) -> tuple[tuple[str, str, str], tuple[str, str, str]]:
    """The labels of both rows, with their colons."""
    done = "完成情形" if rubric.is_checklist else total_label(rubric)
    return (
        ("編號：", f"{rubric.unit_label}：", f"{done}："),
        ("考核人員：", "考核日期：", "填寫情形："),
    )


def head_wants(rubric: Rubric) -> list[Want]:
    """Of six spans: (label, value) three times."""
    wants = []
    for labels, value in zip(zip(*head_labels(rubric), strict=True), _VALUES_PX, strict=True):
        label = max(map(metrics.ems, labels)) * _LABEL_PX_PER_EM + _PADDING_PX
        wants += [Want(label, 3), Want(value, 1)]
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
