"""How a definition's workbook looks, of one family with the forms; and how high its rows are."""

from __future__ import annotations

from math import ceil
from typing import Any
from unicodedata import east_asian_width

from svcq_excel.palette import (
    ASIDE_INK,
    BAR,
    ENTRY,
    FONT,
    INK,
    LINE,
    OPEN,
    OPEN_INK,
    PALE,
    SIZE_PT,
    WRONG,
    WRONG_INK,
)

_GRID: dict[str, Any] = {
    "font_name": FONT,
    "font_size": SIZE_PT,
    "valign": "vcenter",
    "text_wrap": True,
    "border": 1,
    "border_color": LINE,
}
_SHADES = (
    {"bg_color": BAR, "font_color": INK, "bold": True, "font_size": 12},
    {"bg_color": "E9EFF8", "font_color": INK, "bold": True},
    {"bg_color": PALE},
    {"bg_color": "FAFBFD"},
)
"""From the top level down; what is deeper, and every leaf, is white."""
LEAF = len(_SHADES)

HEAD = {**_GRID, "align": "center", "bold": True, "bg_color": INK, "font_color": "FFFFFF"}
BAND = {**_GRID, "font_color": "000000"}
NAMED = {**_GRID, "bold": True, "bg_color": PALE}
ENTERED = {**_GRID, "bg_color": ENTRY}
ASIDE = {**_GRID, "font_color": ASIDE_INK}
SUM = {**_GRID, "bold": True, "top": 6, "bg_color": BAR, "font_color": INK}
CENTRED: dict[str, Any] = {"align": "center"}
TYPED: dict[str, Any] = {"num_format": "@"}
"""As text, so that no program makes a formula of what begins with =, or a date of 3-5."""
PERCENT: dict[str, Any] = {"num_format": "0.##%"}
COMPUTED: dict[str, Any] = {
    "num_format": "General;-General;",
    "font_color": ASIDE_INK,
    "bold": False,
}
MISMATCH: dict[str, Any] = {"bg_color": OPEN, "font_color": OPEN_INK, "bold": True}
TO_LOOK_AT: dict[str, Any] = {"bg_color": WRONG, "font_color": WRONG_INK, "bold": True}
"""What was taken over, and may not hold any more."""

_DIGIT_PX, _HALF_PX, _MARGIN_PX = 8, 6.8, 8
_LINE_PT, _LEAST_PT, _MOST_PT = 14.5, 22.0, 400.0


def level_look(depth: int, is_leaf: bool) -> dict[str, Any]:
    """The row of a node."""
    shade = {"bold": True} if is_leaf else _SHADES[min(depth, LEAF - 1)]
    return {**_GRID, **shade}


def row_height(texts: list[tuple[str, float]]) -> float:
    """In points, for texts in columns so many digits wide."""
    lines = max((_lines(text, width) for text, width in texts), default=1)
    return min(max(lines * _LINE_PT + 6, _LEAST_PT), _MOST_PT)


def _lines(text: str, width: float) -> int:
    room = max(width * _DIGIT_PX - _MARGIN_PX, 2 * _HALF_PX)
    return sum(max(ceil(_pixels(line) / room), 1) for line in text.split("\n"))


def _pixels(text: str) -> float:
    return sum(_HALF_PX * (2 if east_asian_width(char) in "WFA" else 1) for char in text)
