"""Formulas whose results come from elsewhere than the sheet: the clock, chance, other files."""

from __future__ import annotations

import re
from typing import Literal

Elsewhere = Literal["", "volatile", "external"]

_TEXT = re.compile(r'"[^"]*"')
_VOLATILE = re.compile(
    r"(?<![\w.])(?:NOW|TODAY|RAND|RANDBETWEEN(?:\.NV)?|RAND\.NV|RANDARRAY|INDIRECT|OFFSET|CELL|INFO)"
    r"\s*\(",
    re.IGNORECASE,
)
_EXTERNAL = re.compile(
    r"(?<![\w.])(?:WEBSERVICE|DDE|RTD|CALL|REGISTER\.ID|SQL\.REQUEST|IMAGE|STOCKHISTORY|CUBE\w*)\s*\("
    r"|\[[^\[\]]*\][^\[\]!,;()+*/]*!|[a-z]+://|\bfile:|\||#\$",
    re.IGNORECASE,
)


def elsewhere(formula: str) -> Elsewhere:
    """What a formula's result hangs on besides the workbook, if anything."""
    bare = _TEXT.sub('""', formula)
    return "external" if _EXTERNAL.search(bare) else "volatile" if _VOLATILE.search(bare) else ""
