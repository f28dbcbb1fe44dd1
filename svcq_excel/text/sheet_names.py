"""Names of sheets as Excel takes them: 31 UTF-16 units, some characters barred, none twice."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import chain, count

from svcq_excel.text.visible import printable

MOST_UNITS = 31
"""UTF-16 code units: a rare character takes two."""

# An apostrophe may stand inside a name, but neither first nor last: a cut may bring it there.
_BARRED = re.compile(r"[\[\]:*?/\\'\t\n]")
_RESERVED = "history"
_NAMELESS = "工作表"
_LONGEST_TAIL = 15


def sheet_name(wanted: str, taken: Collection[str], tail: str = "") -> str:
    """The name that comes nearest to the one wanted and is none of those taken, whatever their
    case; where it has to be cut, a short tail stays whole."""
    names = {_RESERVED, *map(_key, taken)}
    stem, tail = (_BARRED.sub("", printable(text)) for text in (wanted, tail))
    stem = stem if f"{stem}{tail}".strip() else _NAMELESS
    tail = _cut(tail, _LONGEST_TAIL)
    numbered = (f"{tail}_{number}" for number in count(2))
    fitting = (_cut(stem, MOST_UNITS - _units(end)) + end for end in chain([tail], numbered))
    return next(name for name in fitting if _key(name) not in names)


def _cut(text: str, units: int) -> str:
    """As much as fits; no character is cut in two."""
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _key(name: str) -> str:
    return name.casefold()
