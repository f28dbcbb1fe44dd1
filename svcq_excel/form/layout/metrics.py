"""How much room a text takes in 標楷體: spreadsheets do not grow merged rows, so we measure."""

from __future__ import annotations

import re
from functools import lru_cache
from math import ceil
from unicodedata import east_asian_width

LINE = 1.32
"""Line pitch of 標楷體 in Excel, in ems; LibreOffice's is smaller, so nothing is cut there."""

PIXEL_PT = 0.75
_PADDING_PX = 8
_PADDING_PT = 6
_PX_PER_PT = 96 / 72
_SAFETY = 0.97

# 標楷體 (DFKai-SB) sets every ASCII character half an em wide; its stand-in TW-Kai is
# proportional, and these are the characters it sets wider. A line must fit in both.
_WIDE_IN_TW_KAI = {
    **dict.fromkeys("/\\", 0.64),
    **dict.fromkeys("-AGHKNQRUVXYw~+<=>", 0.78),
    **dict.fromkeys('CDMOW%&m"', 0.8),
    **dict.fromkeys("#@", 1.0),
}

_OPENING = "（「『《〈【〔(["
_CLOSING = "，。、；：？！）」』》〉】〕)].,;:!?%％"
_UNBREAKABLE = re.compile(
    rf"\n|[{re.escape(_OPENING)}]*(?:[A-Za-z0-9./_@-]+|.)[{re.escape(_CLOSING)}]*"
)


def ems(text: str) -> float:
    """The width of one line of text, in ems."""
    return sum(
        1.0 if east_asian_width(char) in "WFA" else _WIDE_IN_TW_KAI.get(char, 0.52) for char in text
    )


def line_count(text: str, width: float) -> int:
    """The number of lines a text wraps to in a width of so many ems.

    Punctuation keeps to the character it belongs to (避頭尾), words and numbers stay whole.
    """
    lines, used = 1, 0.0
    for piece in _UNBREAKABLE.findall(text):
        if piece == "\n":
            lines, used = lines + 1, 0.0
            continue
        room = ems(piece)
        if used and used + room > width:
            lines, used = lines + 1, 0.0
        while room > width:
            lines, room = lines + 1, room - width
        used += room
    return lines


def whole_pixels(points: float) -> float:
    """The height that programs make of one, but never a lower one."""
    return ceil(round(points / PIXEL_PT, 3)) * PIXEL_PT


@lru_cache(maxsize=4096)
def height(text: str, width_px: int, size_pt: float) -> float:
    """The row height in points that shows a text whole in a cell of this width."""
    width = (width_px - _PADDING_PX) / (size_pt * _PX_PER_PT) * _SAFETY
    return line_count(text, max(width, 1.0)) * size_pt * LINE + _PADDING_PT
