"""Formulas with two voices: as an office program reads them, and as we compute them ourselves.

What stands in a form as a formula has its result stored beside it. Both come from one expression,
so that previews, which only show stored results, say what the office program will say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from svcq_excel.form.facts import Cell
from svcq_excel.rubric.model import number

Entries = Mapping[str, Cell]
"""What is entered, by A1 address; an address that is not there is blank."""

_ARGUMENTS = 200  # Excel allows 255 in one call
_LITERAL = 120  # characters; Excel allows 255 in one text, of which rare ones count twice


@dataclass(frozen=True, slots=True)
class Expression:
    """`excel` is the text without the equals sign, `compute` what it comes to."""

    excel: str
    compute: Callable[[Entries], Any]

    def __lt__(self, other: Expression | Decimal | int) -> Expression:
        return _binary(self, "<", other, lambda a, b: a < b)

    def __gt__(self, other: Expression | Decimal | int) -> Expression:
        return _binary(self, ">", other, lambda a, b: a > b)

    def __le__(self, other: Expression | Decimal | int) -> Expression:
        return _binary(self, "<=", other, lambda a, b: a <= b)

    def __ge__(self, other: Expression | Decimal | int) -> Expression:
        return _binary(self, ">=", other, lambda a, b: a >= b)

    def __sub__(self, other: Expression) -> Expression:
        return _binary(self, "-", other, lambda a, b: a - b)

    def __add__(self, other: Expression) -> Expression:
        return _binary(self, "+", other, lambda a, b: a + b)

    def __truediv__(self, other: Expression) -> Expression:
        return _binary(self, "/", other, lambda a, b: a / b)

    def grouped(self) -> Expression:
        """In brackets."""
        return Expression(f"({self.excel})", self.compute)

    def rounded(self, places: int) -> Expression:
        step = Decimal(1).scaleb(-places)
        return Expression(
            f"ROUND({self.excel},{places})",
            lambda e: self.compute(e).quantize(step, ROUND_HALF_UP),
        )

    def is_equal(self, other: str | int) -> Expression:
        return _binary(self, "=", other, lambda a, b: a == b)

    def joined(self, other: Expression | str) -> Expression:
        """Text after text; a number reads as people write it."""
        right = _expression(other)
        return Expression(
            f"{self.excel}&{right.excel}",
            lambda e: _as_text(self.compute(e)) + _as_text(right.compute(e)),
        )


def constant(value: str | Decimal | int) -> Expression:
    if isinstance(value, str):
        pieces = [value[i : i + _LITERAL] for i in range(0, len(value), _LITERAL)] or [""]
        quoted = (piece.replace('"', '""').replace("\n", '"&CHAR(10)&"') for piece in pieces)
        return Expression("&".join(f'"{piece}"' for piece in quoted), lambda _: value)
    exact = Decimal(value)
    return Expression(number(exact), lambda _: exact)


def entered(address: str) -> Expression:
    """A number that was entered; only to be asked where `is_number` holds."""
    return Expression(address, lambda e: _number(e.get(address)) or Decimal(0))


def is_blank(address: str) -> Expression:
    return Expression(f'TRIM({address})=""', lambda e: address not in e or e[address].blank)


def is_text(address: str, text: str) -> Expression:
    def compute(entries: Entries) -> bool:
        value = entries[address].value if address in entries else ""
        return isinstance(value, str) and value.strip().casefold() == text.casefold()

    return Expression(f"TRIM({address})={constant(text).excel}", compute)


def is_error(address: str) -> Expression:
    return Expression(f"ISERROR({address})", lambda e: address in e and bool(e[address].error))


def is_number(address: str) -> Expression:
    """LibreOffice, unlike Excel, takes a truth value for a number."""
    return Expression(
        f"AND(ISNUMBER({address}),NOT(ISLOGICAL({address})))",
        lambda e: _number(e.get(address)) is not None,
    )


def is_percent(address: str) -> Expression:
    """Whether the cell's format is a percentage.

    Excel for the web and Google Sheets cannot tell; there what a percentage would be is one, so
    that 88% is right everywhere.
    """
    asked = f'CELL("format",{address})'
    guess = f"AND({address}>0,{address}<=1)"
    return Expression(
        f'IF(ISERROR({asked}),{guess},LEFT({asked},1)="P")',
        lambda e: address in e and e[address].percent,
    )


def when(
    branches: Iterable[tuple[Expression, Expression | str]], otherwise: Expression | str
) -> Expression:
    """IF(a,x,IF(b,y,otherwise)): the first branch that holds."""
    result = _expression(otherwise)
    for condition, value in reversed(list(branches)):
        result = _choice(condition, _expression(value), result)
    return result


def both(*parts: Expression) -> Expression:
    text = f"AND({','.join(part.excel for part in parts)})"
    return Expression(text, lambda e: all(part.compute(e) for part in parts))


def either(*parts: Expression) -> Expression:
    text = f"OR({','.join(part.excel for part in parts)})"
    return Expression(text, lambda e: any(part.compute(e) for part in parts))


def negated(part: Expression) -> Expression:
    return Expression(f"NOT({part.excel})", lambda e: not part.compute(e))


def times(part: Expression, factor: int, only_if: Expression) -> Expression:
    return Expression(
        f"({part.excel}*IF({only_if.excel},{factor},1))",
        lambda e: part.compute(e) * (factor if only_if.compute(e) else 1),
    )


def finer_than(part: Expression, step: Decimal) -> Expression:
    """Whether a number is no multiple of the step, binary fractions' noise aside."""
    text, each = part.excel, number(step)

    def compute(entries: Entries) -> bool:
        steps: Decimal = part.compute(entries) / step
        return abs(steps - steps.to_integral_value(ROUND_HALF_UP)) > Decimal("0.000001")

    return Expression(f"ABS({text}/{each}-ROUND({text}/{each},0))>0.000001", compute)


def total(addresses: Sequence[str]) -> Expression:
    """The sum of the numbers in these cells; texts count nothing."""
    return Expression(
        _spread("SUM", addresses),
        lambda e: sum((_number(e.get(at)) or Decimal(0) for at in addresses), Decimal(0)),
    )


def filled(addresses: Sequence[str]) -> Expression:
    """How many of these cells are not blank."""
    return Expression(
        _spread("COUNTA", addresses),
        lambda e: Decimal(sum(at in e and not e[at].blank for at in addresses)),
    )


def _spread(function: str, addresses: Sequence[str]) -> str:
    parts = [addresses[i : i + _ARGUMENTS] for i in range(0, len(addresses), _ARGUMENTS)]
    calls = [f"{function}({','.join(part)})" for part in parts]
    return calls[0] if len(calls) == 1 else f"({'+'.join(calls)})"


def _choice(condition: Expression, yes: Expression, no: Expression) -> Expression:
    return Expression(
        f"IF({condition.excel},{yes.excel},{no.excel})",
        lambda e: yes.compute(e) if condition.compute(e) else no.compute(e),
    )


def _binary(
    left: Expression, sign: str, other: object, compute: Callable[[Any, Any], object]
) -> Expression:
    right = _expression(other)
    return Expression(
        f"{left.excel}{sign}{right.excel}", lambda e: compute(left.compute(e), right.compute(e))
    )


def _expression(value: object) -> Expression:
    if isinstance(value, Expression):
        return value
    assert isinstance(value, str | Decimal | int)
    return constant(value)


def _number(cell: Cell | None) -> Decimal | None:
    """A stored number; a date is one too, and far beyond any cap."""
    value = cell.value if cell and not cell.error else ""
    if isinstance(value, bool | str):
        return None
    if isinstance(value, float | int):
        return Decimal(repr(value))
    return _A_DATE


_A_DATE = Decimal(42_000)


def _as_text(value: object) -> str:
    return number(value) if isinstance(value, Decimal) else str(value)
