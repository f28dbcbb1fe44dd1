"""Where the cells of .xlsx stand; those that do not say it stand each after the one before.

Every office program writes addresses; some libraries leave them out, as the format allows (ECMA-376
part 1, 18.3.1.4 and 18.3.1.73).
"""

from __future__ import annotations

import re
from functools import lru_cache

from svcq_excel.workbooks.bounds import MAX_COLUMNS
from svcq_excel.workbooks.look import CellPlace, address

_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")
_LETTERS = re.compile(rb"([A-Z]{1,3})[0-9]{1,7}")
_WHERE = re.compile(rb"""\sr\s*=\s*["']([A-Z]{0,3}[0-9]{1,7})["']""")
_TAG = rb"<(%b(?:row|c))(?=[\s/>])([^<>]{0,1000}+)>"


@lru_cache(maxsize=8192)  # the forms of a round have most tags in common
def place_of(tag: bytes) -> CellPlace | None:
    """Where the cell with this tag stands, if it says so."""
    found = _REFERENCE.search(tag)
    return (int(found[2]) - 1, column_of(found[1])) if found else None


def addressed(cells: bytes, prefix: bytes) -> bytes:
    """The rows and cells of a sheet, each with its address."""
    row = column = -1

    def said(tag: re.Match[bytes]) -> bytes:
        nonlocal row, column
        where = _WHERE.search(tag[2])
        if tag[1].endswith(b"row"):
            row, column = int(where[1]) - 1 if where and where[1].isdigit() else row + 1, -1
            place = b"%d" % (row + 1)
        else:
            letters = _LETTERS.fullmatch(where[1]) if where else None
            column = column_of(letters[1]) if letters else column + 1
            place = where[1] if where else address(max(row, 0), column).encode("ascii")
        known = where or column >= MAX_COLUMNS  # beyond them nothing is looked for
        return tag[0] if known else b'<%b r="%b"%b>' % (tag[1], place, tag[2])

    return re.sub(_TAG % prefix, said, cells)


def column_of(letters: bytes) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return column - 1
