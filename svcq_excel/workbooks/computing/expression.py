"""The tree of a formula: what it does, in the order in which office programs do it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

_LONGEST, _DEEPEST = 2_000, 40
_BINDS = {
    **dict.fromkeys(("=", "<>", "<", ">", "<=", ">="), 1),
    "&": 2,
    **dict.fromkeys("+-", 3),
    **dict.fromkeys("*/", 4),
    "^": 5,
}
_AREA = re.compile(
    r"(?:\$?(?P<sheet>'(?:[^']|'')+'|[^!.:'\[\]]+)[!.])?"
    r"\$?(?P<left>[A-Z]{1,3})\$?(?P<top>[0-9]{1,7})"
    r"(?::\$?(?P<right>[A-Z]{1,3})\$?(?P<bottom>[0-9]{1,7}))?",
    re.IGNORECASE,
)


class NotComputedError(Exception):
    """What a formula says cannot be computed here."""


class Spelled(NamedTuple):
    """A number as it is spelled, a text, or a truth."""

    value: str | bool
    is_number: bool = False


class Area(NamedTuple):
    """Cells of a sheet, rows and columns from 0; "" for the formula's own sheet."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int
    is_cell: bool


class Call(NamedTuple):
    """A function or an operator, and what it is applied to."""

    name: str
    arguments: tuple[Tree, ...]


Tree = Spelled | Area | Call


@lru_cache(maxsize=1024)
def tree_of(formula: str) -> Tree:
    """The tree of =80+5. Raises NotComputedError for what is more than arithmetic."""
    from openpyxl.formula import Tokenizer  # only forms with formulas need it
    from openpyxl.formula.tokenizer import TokenizerError

    if len(formula) > _LONGEST:
        raise NotComputedError("too long")
    try:
        tokens = Tokenizer(formula).items
    except (TokenizerError, IndexError) as error:
        raise NotComputedError("no formula") from error
    kept = [(t.value, t.type, t.subtype) for t in tokens if t.type != "WHITE-SPACE"]
    parser = _Parser(kept)
    tree = parser.expression(0, 0)
    if parser.rest:
        raise NotComputedError("more than an expression")
    return tree


_Token = tuple[str, str, str]


class _Parser:
    def __init__(self, tokens: Sequence[_Token]) -> None:
        self.rest = list(reversed(tokens))

    def next(self) -> _Token:
        if not self.rest:
            raise NotComputedError("ends too soon")
        return self.rest.pop()

    def expression(self, binds: int, depth: int) -> Tree:
        """All that binds more tightly than this; operators of one rank go from left to right."""
        left = self.operand(depth)
        while self.rest:
            value, kind, _ = self.rest[-1]
            if kind != "OPERATOR-INFIX" or _BINDS.get(value, 0) <= binds:
                break
            self.rest.pop()
            left = Call(value, (left, self.expression(_BINDS[value], depth + 1)))
        return left

    def operand(self, depth: int) -> Tree:
        """A sign binds more tightly than a power: -2^2 is 4."""
        if depth > _DEEPEST:
            raise NotComputedError("too deep")
        value, kind, subtype = self.next()
        found: Tree
        if kind == "OPERATOR-PREFIX":
            return Call(f"{value}_", (self.operand(depth + 1),))
        if kind == "OPERAND":
            found = _operand(value, subtype)
        elif kind == "PAREN" and subtype == "OPEN":
            found = self.expression(0, depth + 1)
            self.closed()
        elif kind == "FUNC" and subtype == "OPEN":
            found = Call(value.rstrip("(").strip().upper(), tuple(self.arguments(depth + 1)))
        else:
            raise NotComputedError(value)
        while self.rest and self.rest[-1][1] == "OPERATOR-POSTFIX":
            found = Call(self.rest.pop()[0], (found,))
        return found

    def arguments(self, depth: int) -> Sequence[Tree]:
        """Up to the closing bracket; .ods parts them with ; instead of a comma."""
        if self.rest and self.rest[-1][2] == "CLOSE":
            self.rest.pop()
            return []
        found = [self.expression(0, depth)]
        while self.rest and self.rest[-1][1] == "SEP":
            self.rest.pop()
            found.append(self.expression(0, depth))
        self.closed()
        return found

    def closed(self) -> None:
        if self.next()[2] != "CLOSE":
            raise NotComputedError("not closed")


def _operand(value: str, subtype: str) -> Tree:
    if subtype == "NUMBER":
        return Spelled(value, is_number=True)
    if subtype == "TEXT":
        return Spelled(value[1:-1].replace('""', '"'))
    if subtype == "LOGICAL":
        return Spelled(value.upper() == "TRUE")
    found = _AREA.fullmatch(value) if subtype == "RANGE" else None
    if not found:
        raise NotComputedError(value)
    top, left = int(found["top"]) - 1, _column(found["left"])
    bottom = int(found["bottom"]) - 1 if found["bottom"] else top
    right = _column(found["right"]) if found["right"] else left
    sheet = (found["sheet"] or "").strip("'").replace("''", "'")
    rows, columns = sorted((top, bottom)), sorted((left, right))
    return Area(sheet, rows[0], columns[0], rows[1], columns[1], not found["bottom"])


def _column(letters: str) -> int:
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column - 1
