"""What a closer look can tell of a worksheet and a workbook; here, that nothing was seen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

CellPlace = tuple[int, int]
"""The row and the column of a cell, from 0."""

Oddity = Literal[
    "wrong-extension",
    "junk-around",
    "built-in-password",
    "macros",
    "external-links",
    "dde",
    "connections",
]
"""What is unusual about a file that can be read all the same."""

MAX_ROWS, MAX_COLUMNS = 5_000, 200
"""No form reaches further."""

ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
"""The error values by their codes in .xls and .xlsb."""

_BUILT_IN_PERCENTS = {9: "0%", 10: "0.00%"}
_LONGEST_CODE = 255  # in every office program
_NO_PLACEHOLDER = re.compile(r'"[^"]*"|\[[^\]]*\]|[\\_*].', re.DOTALL)
"""What a number format shows, skips or fills with as it stands: a % there does not multiply."""


class Look:
    """A look at a worksheet; this one saw nothing."""

    def formulas(self) -> frozenset[CellPlace]:
        """The cells with a formula; of an array formula, its first cell."""
        return frozenset()

    def error(self, row: int, column: int) -> str:
        """The error value in a cell, such as #REF!, or ""."""
        return ""

    def percent(self, row: int, column: int) -> bool:
        """Whether the number in a cell is shown as a percentage."""
        return False

    def rows_hidden(self) -> frozenset[int]:
        """The rows that are hidden or filtered out."""
        return frozenset()

    def protected(self) -> bool:
        """Whether the sheet is protected; taken for granted where it cannot be seen."""
        return True


class Book:
    """Looks into one workbook; this one sees nothing."""

    def sheet(self, name: str) -> Look:
        """The look at the first worksheet of this name."""
        return Look()

    def reaches_far(self, name: str) -> bool:
        """Whether values on a worksheet stand beyond MAX_ROWS or MAX_COLUMNS, so that those between
        are too many to read; False where the reader itself can be asked."""
        return False

    def properties(self) -> dict[str, str]:
        """The custom document properties; a value that is no text as the file spells it."""
        return {}


@dataclass(frozen=True, slots=True)
class Seen(Look):
    """A look at a worksheet that was walked from its first to its last cell."""

    formula_cells: frozenset[CellPlace]
    errors: Mapping[CellPlace, str]
    percents: frozenset[CellPlace]
    hidden: frozenset[int]
    is_protected: bool
    is_far: bool = False
    """Whether it was walked no further than a value far out."""

    def protected(self) -> bool:
        return self.is_protected

    def formulas(self) -> frozenset[CellPlace]:
        return self.formula_cells

    def error(self, row: int, column: int) -> str:
        return self.errors.get((row, column), "")

    def percent(self, row: int, column: int) -> bool:
        return (row, column) in self.percents

    def rows_hidden(self) -> frozenset[int]:
        return self.hidden


def percent_formats(custom: Mapping[int, str]) -> frozenset[int]:
    """The ids of the number formats that show a percentage, from a workbook's own format codes."""
    codes = {**_BUILT_IN_PERCENTS, **custom}
    return frozenset(id for id, code in codes.items() if _is_percent(code[:_LONGEST_CODE]))


def _is_percent(code: str) -> bool:
    return "%" in _NO_PLACEHOLDER.sub("", code)


def address(row: int, column: int) -> str:
    """A1 style, from a row and a column that count from 0."""
    letters, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(65 + digit) + letters
    return f"{letters}{row + 1}"
