"""Values of a definition as cells show them, and what is taken from a cell for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from svcq_excel.rubric.node import number
from svcq_excel.rubric.sheets.cells import Cell, folded

Shown = str | Decimal
RETYPE = "請將此格設為「文字」格式後重新輸入"


class WrongError(Exception):
    """A cell holds what its column does not take: what it is, and what to do."""

    def __init__(self, message: str, fix: str) -> None:
        self.message, self.fix = message, fix
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class ValueKind:
    """One kind of value: from the model to a cell, and from a cell to the model."""

    shown: Callable[[Any], Shown]
    taken: Callable[[Cell], object]
    choices: tuple[str, ...] = ()
    """What a pick list offers."""
    stand_in: object = "？"
    """What is read on with where a cell is wrong, so that the other faults are found, too."""


def text_of(cell: Cell) -> str:
    if cell.fault:
        raise WrongError(f"「{_short(cell.text)}」{cell.fault}", RETYPE)
    return cell.text


def _code(cell: Cell) -> str:
    return folded(text_of(cell))


def _number(cell: Cell) -> str:
    if cell.number is None:
        raise WrongError(f"「{_short(cell.text)}」不是數字", "請只寫數字")
    return number(cell.number * 100 if cell.is_percent else cell.number)


def _whole(cell: Cell) -> str:
    text = _number(cell)
    if not text.lstrip("-").isdigit():
        raise WrongError(f"「{text}」不是整數", "請只寫整數")
    return text


def _share(cell: Cell) -> str:
    if cell.number is None:
        raise WrongError(f"「{_short(cell.text)}」不是百分比", "請寫百分比，例如 10%")
    if cell.number > 1:
        raise WrongError(f"「{_short(cell.text)}」超過 100%", "請寫百分比，例如 10%")
    return number(cell.number)


def _names(cell: Cell) -> list[str]:
    return parted(text_of(cell))


def _wholes(cell: Cell, unit: str) -> list[str]:
    pieces = [cell.text] if cell.number is not None else parted(text_of(cell))
    found = [folded(piece).removeprefix("第").removesuffix(unit) for piece in pieces]
    for piece in found:
        if not piece.isdecimal():
            raise WrongError(
                f"「{_short(cell.text)}」不是數字", f"請寫數字，以「、」分開：1、2{unit}"
            )
    return found


def words(said: Mapping[str, str], also: Mapping[str, str] | None = None) -> ValueKind:
    """A value that is one of several words; `also` are other words for them."""
    known = {folded(word): key for key, word in said.items()}
    known |= {folded(word): key for word, key in (also or {}).items()}
    offered = tuple(said.values())

    def taken(cell: Cell) -> str:
        meant = known.get(folded(text_of(cell)))
        if meant is None:
            fix = f"請改為{listed(offered)}之一"
            raise WrongError(f"「{_short(cell.text)}」不在可用的值之中", fix)
        return meant

    return ValueKind(lambda value: said[value], taken, offered, next(iter(said)))


def titled(blanks: Mapping[str, str]) -> ValueKind:
    """A title with blanks, which have other names in a workbook."""

    def swapped(text: str, names: Iterable[tuple[str, str]]) -> str:
        for name, other in names:
            text = text.replace(f"{{{name}}}", f"{{{other}}}")
        return text

    back = [(word, key) for key, word in blanks.items()]
    return ValueKind(
        lambda value: swapped(value, blanks.items()), lambda cell: swapped(text_of(cell), back)
    )


TEXT = ValueKind(str, text_of)
CODE = ValueKind(str, _code)
NUMBER = ValueKind(lambda value: value, _number, stand_in="1000000")
WHOLE = ValueKind(Decimal, _whole, stand_in="1")
SHARE = ValueKind(lambda value: value, _share, stand_in="0.1")
RANKS = ValueKind(
    lambda value: "、".join(map(str, value)), lambda cell: _wholes(cell, "名"), stand_in=[]
)
MONTHS = ValueKind(
    lambda value: "、".join(f"{month}月" for month in value),
    lambda cell: _wholes(cell, "月"),
    stand_in=["1"],
)

_SEPARATED = re.compile(r"[ \t]*(?:「((?:[^」]|」」)*)」|([^、,，;；\n]*))[ \t]*(?:[、,，;；\n]|$)")
_NEEDS_QUOTES = re.compile(r"[、,，;；\n「」]|^\s|\s$")


def joined(items: Iterable[str]) -> str:
    """Several names in one cell; one that holds a separator itself stands in 「」."""
    return "、".join(
        f"「{item.replace('」', '」」')}」" if not item or _NEEDS_QUOTES.search(item) else item
        for item in items
    )


def parted(text: str) -> list[str]:
    """The names that stand in one cell."""
    found = []
    at, end = 0, len(text)
    while at < end:
        piece = _SEPARATED.match(text, at)
        assert piece  # anything up to a separator matches
        quoted, plain = piece.groups()
        if quoted is not None:
            found.append(quoted.replace("」」", "」"))
        elif plain.strip():
            found.append(plain.strip())
        at = max(piece.end(), at + 1)
    return found


NAMES = ValueKind(joined, _names, stand_in=[])


def listed(words: Iterable[str]) -> str:
    return "、".join(f"「{word}」" for word in words)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 20 else line[:20] + "…"
