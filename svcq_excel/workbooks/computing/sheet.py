"""The formulas of one sheet, computed anew: exactly, as people do, and in doubles, as programs do.

The two differ where a fraction is cut: INT((0.1+0.7)*10) is 8 to people and LibreOffice, to Excel
it is 7.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from svcq_excel.workbooks.computing.elsewhere import elsewhere
from svcq_excel.workbooks.computing.expression import (
    Area,
    Call,
    NotComputedError,
    Spelled,
    Tree,
    tree_of,
)
from svcq_excel.workbooks.computing.functions import (
    OF_MANY,
    OF_ONE,
    OPERATORS,
    ROUNDING,
    SIGNS,
    DivisionError,
    Number,
    exact,
    kept,
    rounded,
)
from svcq_excel.workbooks.look import CellPlace, Look
from svcq_excel.workbooks.workbook import Rows, Value

_MOST_STEPS, _DEEPEST = 5_000, 150
_TOLERANCE = 1e-9
NO_NUMBER = "#DIV/0!"

Computed = float | str
"""A number, or an error value; `volatile` or `external` where it hangs on more than the sheet; ""
where it cannot be computed here."""
_Result = Number | str | bool | None
"""None for a blank cell."""


class _ElsewhereError(Exception):
    """On the way there was a formula that hangs on more than the sheet."""


def agree(one: float, other: float) -> bool:
    """Whether two numbers are one, but for what doubles cannot tell."""
    return math.isclose(one, other, rel_tol=_TOLERANCE, abs_tol=_TOLERANCE)


def computed(name: str, rows: Rows, look: Look, row: int, column: int) -> Computed:
    """What the formula in a cell of a sheet computes to; of two ways to compute the one that agrees
    with what is stored."""
    stored = rows[row][column]
    exactly = _Walk(name, rows, look, exact).outcome(row, column)
    if not isinstance(stored, int | float) or _is_it(exactly, stored):
        return exactly
    in_doubles = _Walk(name, rows, look, float).outcome(row, column)
    return in_doubles if _is_it(in_doubles, stored) else exactly


def _is_it(found: Computed, stored: float) -> bool:
    return isinstance(found, float) and agree(found, stored)


class _Walk:
    """One way through the formulas of a sheet, each computed once."""

    def __init__(self, name: str, rows: Rows, look: Look, make: Callable[[float], Number]) -> None:
        self.name, self.rows, self.look, self.make = name, rows, look, make
        self.formulas = look.formulas()
        self.known: dict[CellPlace, _Result] = {}
        self.open: set[CellPlace] = set()
        self.steps = 0

    def outcome(self, row: int, column: int) -> Computed:
        try:
            found = self.at(row, column, 0)
            return float(found) if isinstance(found, Fraction | float) else ""
        except _ElsewhereError as error:
            return str(error)
        except DivisionError:
            return NO_NUMBER
        except (NotComputedError, OverflowError):
            return ""

    def at(self, row: int, column: int, depth: int) -> _Result:
        """What a cell holds."""
        place = row, column
        if place in self.known:
            return self.known[place]
        self.step(depth)
        if place not in self.formulas:
            return self.read(row, column)
        if place in self.open:
            raise NotComputedError("goes round in circles")
        formula = self.look.formula_text(row, column)
        if kind := elsewhere(formula):
            raise _ElsewhereError(kind)
        if not formula:
            raise NotComputedError("not spelled")
        self.open.add(place)
        self.known[place] = found = self.value(tree_of(formula), depth + 1)
        self.open.discard(place)
        return found

    def read(self, row: int, column: int) -> _Result:
        inside = row < len(self.rows) and column < len(self.rows[row])
        value: Value = self.rows[row][column] if inside else ""
        if value == "":
            if self.look.error(row, column):
                raise NotComputedError("an error value")
            return None
        if isinstance(value, bool | str):
            return value
        if isinstance(value, int | float):
            return self.make(float(value))
        raise NotComputedError("a date")

    def value(self, tree: Tree, depth: int) -> _Result:
        self.step(depth)
        match tree:
            case Spelled(value, is_number):
                return self.make(float(value)) if is_number else value
            case Area():
                if not tree.is_cell:
                    raise NotComputedError("an area in place of a number")
                self.own(tree)
                return self.at(tree.top, tree.left, depth)
            case Call(name, arguments):
                return self.call(name, arguments, depth + 1)

    def number(self, tree: Tree, depth: int) -> Number:
        """A blank is 0; of truths and texts programs make numbers each in its way."""
        found = self.value(tree, depth)
        if found is None:
            return self.make(0.0)
        if isinstance(found, bool | str):
            raise NotComputedError("no number")
        return found

    def call(self, name: str, arguments: Sequence[Tree], depth: int) -> _Result:
        count = len(arguments)
        if name in OPERATORS:
            one, other = (self.number(each, depth) for each in arguments)
            return kept(OPERATORS[name](one, other))
        if name in SIGNS:
            return kept(SIGNS[name](self.number(arguments[0], depth)))
        if name in OF_MANY and arguments:
            return kept(OF_MANY[name]([n for each in arguments for n in self.numbers(each, depth)]))
        if name in OF_ONE and count == 1:
            return kept(OF_ONE[name](self.number(arguments[0], depth)))
        if name in ROUNDING and (count == 2 or (count == 1 and name == "TRUNC")):
            digits = self.number(arguments[1], depth) if count == 2 else 0
            return rounded(self.number(arguments[0], depth), digits, ROUNDING[name])
        if name in {"=", "<>", "<", ">", "<=", ">="}:
            return self.compared(name, arguments, depth)
        if name == "IF" and count in {2, 3}:
            if self.truth(arguments[0], depth):
                return self.value(arguments[1], depth)
            return self.value(arguments[2], depth) if count == 3 else False
        if name in {"AND", "OR"} and arguments:
            truths = [self.truth(each, depth) for each in arguments]
            return all(truths) if name == "AND" else any(truths)
        if name == "NOT" and count == 1:
            return not self.truth(arguments[0], depth)
        raise NotComputedError(name)

    def numbers(self, tree: Tree, depth: int) -> Iterator[Number]:
        """Those in an area; texts and blanks there are none."""
        if not isinstance(tree, Area):
            yield self.number(tree, depth)
            return
        self.own(tree)
        for row in range(tree.top, min(tree.bottom + 1, max(len(self.rows), tree.top + 1))):
            for column in range(tree.left, tree.right + 1):
                found = self.at(row, column, depth)
                if isinstance(found, bool):
                    raise NotComputedError("a truth, which some programs count")
                if isinstance(found, Fraction | float):
                    yield found

    def truth(self, tree: Tree, depth: int) -> bool:
        found = self.value(tree, depth)
        if isinstance(found, str):
            raise NotComputedError("a text in place of a truth")
        return bool(found)

    def compared(self, name: str, arguments: Sequence[Tree], depth: int) -> bool:
        one, other = (self.value(each, depth) for each in arguments)
        one, other = _beside(one, other), _beside(other, one)
        if name in {"=", "<>"}:
            return (type(one) is type(other) and one == other) is (name == "=")
        if not isinstance(one, Fraction | float) or not isinstance(other, Fraction | float):
            raise NotComputedError("an order of texts")
        return {"<": one < other, ">": one > other, "<=": one <= other, ">=": one >= other}[name]

    def own(self, area: Area) -> None:
        """Only the sheet's own cells are at hand."""
        if area.sheet and area.sheet != self.name:
            raise NotComputedError("another sheet")

    def step(self, depth: int) -> None:
        self.steps += 1
        if self.steps > _MOST_STEPS or depth > _DEEPEST:
            raise NotComputedError("too much")


def _beside(value: _Result, other: _Result) -> _Result:
    """A blank beside a text is an empty one, beside a number 0; texts are equal in any case."""
    if value is None:
        return "" if isinstance(other, str) or other is None else type(other)(0)
    return value.casefold() if isinstance(value, str) else value
