r"""Text on its way to people: what cannot be seen is spelled out, and a cell never gets too much.

Controls, ends of lines, marks that turn the direction of writing, halves of characters and
noncharacters become \x1b, \u202e and so on. Nothing is lost, and nothing that a workbook cannot
hold reaches it.
"""

from __future__ import annotations

import re

from svcq_excel.text.unseen import (
    CONTROLS_OUTSIDE_CELLS,
    HALVES,
    LINE_ENDS,
    NONCHARACTERS,
    TURNING,
)

CELL_LIMIT = 32_767
"""UTF-16 code units that a cell holds."""

_UNSEEN = CONTROLS_OUTSIDE_CELLS + LINE_ENDS + TURNING + HALVES + NONCHARACTERS
_IN_A_CELL = re.compile(f"[{_UNSEEN}]")
_ON_A_LINE = re.compile(rf"[\t\n{_UNSEEN}]|\\(?=x[0-9a-f]{{2}}|u[0-9a-f]{{4}})")


def visible(text: str) -> str:
    """The text on one line; a backslash that would look like such a code is spelled out, too."""
    return _ON_A_LINE.sub(_spelled, text)


def printable(text: str) -> str:
    """The text as a cell can hold it; what had to be cut is said at its end."""
    text = _IN_A_CELL.sub(_spelled, text.replace("\r\n", "\n").replace("\r", "\n"))
    units = text.encode("utf-16-le")
    if len(units) <= 2 * CELL_LIMIT:
        return text
    mark = f"…（原文共{len(text)}字，超過儲存格上限，以下略）"
    return units[: 2 * (CELL_LIMIT - len(mark))].decode("utf-16-le", errors="ignore") + mark


def _spelled(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
