"""Text on its way into a cell: only characters that a workbook can hold, and not too many."""

from __future__ import annotations

import re

CELL_LIMIT = 32_767
"""UTF-16 code units that a cell holds."""

# What XML 1.0 cannot say: controls other than tab and line feed, and two noncharacters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def printable(text: str) -> str:
    """The text as a cell can hold it; what had to be cut is said at its end."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _SURROGATE.sub("\ufffd", _UNPRINTABLE.sub("", text))
    units = text.encode("utf-16-le")
    if len(units) <= 2 * CELL_LIMIT:
        return text
    mark = f"…（原文共{len(text)}字，超過儲存格上限，以下略）"
    return units[: 2 * (CELL_LIMIT - len(mark))].decode("utf-16-le", errors="ignore") + mark
