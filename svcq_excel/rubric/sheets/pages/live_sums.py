"""Formulas of 評分項目 that add up the caps of a level's rows, wherever rows are inserted."""

from __future__ import annotations

from collections.abc import Sequence


def below(levels: Sequence[str], depth: int, level: str, cap: str, last: int) -> str:
    """The caps of the next level down to the next row of this level or of one above.

    `level` and `cap` are the letters of the columns, `last` is the last row that is looked at.
    """
    levels_ = f"${level}$1:${level}${last}"
    caps = f"${cap}$1:${cap}${last}"
    rest = f"INDEX({levels_},ROW()+1):${level}${last}"
    ends = (
        f"IFERROR(MATCH({_quoted(name)},{rest},0),{last}-ROW()+1)" for name in levels[: depth + 1]
    )
    rows = f"(MIN({','.join(ends)})-1)"
    areas = (f"INDEX({area},ROW()+1):INDEX({area},ROW()+{rows})" for area in (levels_, caps))
    among, summed = areas
    child = _quoted(f"={levels[depth + 1]}")
    return f"=IF({rows}<1,0,SUMIF({among},{child},{summed}))"


def of_first_level(first_level: str, level: str, cap: str, last: int) -> str:
    """The caps of the first level above this row."""
    areas = (f"${column}$1:INDEX(${column}$1:${column}${last},ROW()-1)" for column in (level, cap))
    among, summed = areas
    return f"=SUMIF({among},{_quoted(f'={first_level}')},{summed})"


def mismatch(cap: str, below: str, row: int) -> str:
    """What the rows below lack, or have too much, in words."""
    own, sum = f"{cap}{row}", f"{below}{row}"
    apart = f"ROUND({own}-{sum},4)"
    return (
        f'=IF(OR({sum}=0,{own}="",NOT(ISNUMBER({own}))),"",IF({apart}=0,"",'
        f'IF({apart}>0,"尚差 "&{apart}&" 分","超出 "&-{apart}&" 分")))'
    )


def _quoted(text: str) -> str:
    """A text in a formula that looks for exactly it: ~ * ? mean themselves."""
    for char in "~*?":
        text = text.replace(char, f"~{char}")
    return '"' + text.replace('"', '""') + '"'
