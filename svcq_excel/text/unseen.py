r"""Characters that nobody sees, by what they do; ranges as they stand in brackets of an expression.

Who shows a text spells them out, who names a file leaves them out, who reads an entry skips the
blank ones.
"""

from __future__ import annotations

from unicodedata import category

CONTROLS = "\x00-\x1f\x7f-\x9f"
"""Meant for machines; consoles obey them."""
CONTROLS_OUTSIDE_CELLS = "\x00-\x08\x0b-\x1f\x7f-\x9f"
"""Those that no cell holds: tabs and ends of lines may stand in one."""
LINE_ENDS = "\u2028\u2029"
"""Of lines and of paragraphs: what follows seems to be another entry."""
TURNING = "\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""They turn the direction of writing, so that xslx.exe is seen as exe.xlsx."""
HALVES = "\ud800-\udfff"
"""Halves of characters: no file's encoding can hold one."""
NONCHARACTERS = "\ufffe\uffff"
"""XML, and so a workbook, cannot hold them."""

_ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"  # web pages and chats leave them in what is copied
BLANKS = _ZERO_WIDTH + "".join(c for c in map(chr, range(0x3001)) if c.isspace())
"""What stands in a cell that looks empty, and around what was typed; each for itself."""


def is_invisible(char: str) -> bool:
    """Control and format characters, line breaks and lone surrogates: in no code, in no name."""
    return category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
