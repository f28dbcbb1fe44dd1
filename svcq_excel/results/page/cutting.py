"""Texts longer than a row can show, cut into pieces that each fit one."""

from __future__ import annotations

from bisect import bisect_right

from svcq_excel.form.layout import metrics

_PIECE_LIMIT = 4_000
"""More characters than the widest and highest cell shows."""


def pieces(text: str, pixels: int, size_pt: float, most_pt: float) -> list[str]:
    """The whole text, in pieces that each fit a cell of this width and height."""

    def height(end: int) -> float:
        return metrics.height(text[:end], pixels, size_pt)

    found = []
    while len(text) > _PIECE_LIMIT or height(len(text)) > most_pt:
        end = bisect_right(range(min(len(text), _PIECE_LIMIT) + 1), most_pt, key=height) - 1
        found.append(text[: max(end, 1)])
        text = text[max(end, 1) :]
    return [*found, text]
