"""What a closer look can tell of a worksheet and a workbook; here, that nothing was seen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from struct import pack, unpack
from typing import Literal

from svcq_excel.text.number_formats import shown_as
from svcq_excel.workbooks.areas import CellPlace as CellPlace
from svcq_excel.workbooks.bounds import MAX_ROWS
from svcq_excel.workbooks.thinned import T, Thinned
from svcq_excel.workbooks.veils import Veil

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

    def formula_text(self, row: int, column: int) -> str:
        """The formula in a cell as people see it, =A1+1; "" where the format does not spell it."""
        return ""

    def error(self, row: int, column: int) -> str:
        """The error value in a cell, such as #REF!, or ""."""
        return ""

    def percent(self, row: int, column: int) -> bool:
        """Whether the number in a cell is shown as a percentage."""
        return False

    def negative(self, row: int, column: int) -> float | None:
        """The number below 0 that is stored in a cell, which the reader gives as no date at all
        where the cell is formatted as one: before 1900 it knows none."""
        return None

    def rows_hidden(self) -> frozenset[int]:
        """The rows that are hidden or filtered out."""
        return frozenset()

    def protected(self) -> bool:
        """Whether the sheet is protected; taken for granted where it cannot be seen."""
        return True

    def veils(self, cells: Mapping[CellPlace, object]) -> Iterable[Veil]:
        """Why a person may see something else in cells with these values than what they hold."""
        return ()


class Book:
    """All that is known of one workbook's format; this one sees nothing."""

    suffixes: frozenset[str] = frozenset()
    """How the names of such files end, templates and those with macros too."""
    checksummed = True
    """Whether the format tells when a bit was flipped on the way."""

    most_rows = MAX_ROWS
    """Beyond these nothing is looked for."""

    def sheet(self, name: str) -> Look:
        """The look at the first worksheet of this name."""
        return Look()

    def shown(self, name: str, rows: Sequence[Sequence[object]]) -> dict[CellPlace, str]:
        """What the cells of a sheet that hold these numbers show, where that is something else."""
        return {}

    def reaches_far(self, name: str) -> bool:
        """Whether values on a worksheet stand beyond most_rows or MAX_COLUMNS: those between
        are too many to read. False where the reader itself can be asked."""
        return False

    def hides(self, name: str) -> bool:
        """Whether a worksheet is hidden in a way that the reader of values does not see."""
        return False

    def properties(self) -> dict[str, str]:
        """The custom document properties; a value that is no text as the file spells it."""
        return {}

    def saved_by(self) -> tuple[str, datetime | None]:
        """The program that saved the workbook, and when, as the file says."""
        return "", None

    def oddities(self) -> Iterator[Oddity]:
        """What is unusual in it: told, but never run, followed or fetched."""
        return iter(())

    def differs(self) -> str:
        """Why programs would not agree on what the file holds, in words for people; "" where they
        do."""
        return ""

    def differs_on(self, name: str) -> str:
        """The same of one worksheet."""
        return ""

    def is_encrypted(self) -> bool:
        """Whether the workbook says so itself; one that is wholly encrypted is none yet."""
        return False

    def places(self) -> Sequence[str | int]:
        """Where in the file each worksheet lies: in a part, at a byte."""
        return ()

    def read_ahead(self) -> None:
        """Unpacks what values come from besides the sheets, so that damage there is noticed."""

    def for_calamine(self) -> bytes:
        """The bytes that the reader of values gets: the file's, or a copy that it can read."""
        return b""

    def thinned(self, name: str) -> Thinned | None:
        """What is known of a worksheet that the reader does not get whole; None of any other."""
        return None

    def last(self, name: str, end: CellPlace | None) -> CellPlace | None:
        """The last row and column of a worksheet, given those of what the reader got of it."""
        thinned = self.thinned(name)
        return thinned.last(end) if thinned else end

    def whole(self, name: str, rows: list[list[T]]) -> list[list[T]]:
        """The values of a worksheet, given those of what the reader got of it."""
        thinned = self.thinned(name)
        return thinned.whole(rows) if thinned else rows

    def mended(self) -> bytes | None:
        """Another copy, for when the reader refused the first; None where there is none."""
        return None


Appearance = Callable[[Mapping[CellPlace, object]], Iterable[Veil]]
"""Why cells with these values are seen otherwise."""


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
    negatives: Mapping[CellPlace, float] = field(default_factory=dict)
    is_twice: bool = False
    """Whether a cell did not come after the one before it."""

    appearance: Appearance | None = None

    def protected(self) -> bool:
        return self.is_protected

    def veils(self, cells: Mapping[CellPlace, object]) -> Iterable[Veil]:
        return self.appearance(cells) if self.appearance else ()

    def formulas(self) -> frozenset[CellPlace]:
        return self.formula_cells

    def error(self, row: int, column: int) -> str:
        return self.errors.get((row, column), "")

    def percent(self, row: int, column: int) -> bool:
        return (row, column) in self.percents

    def negative(self, row: int, column: int) -> float | None:
        return self.negatives.get((row, column))

    def rows_hidden(self) -> frozenset[int]:
        return self.hidden


def percent_formats(custom: Mapping[int, str]) -> frozenset[int]:
    """The ids of the number formats that show a percentage, from a workbook's own format codes."""
    codes = {**_BUILT_IN_PERCENTS, **custom}
    return frozenset(id for id, code in codes.items() if _is_percent(code[:_LONGEST_CODE]))


def shown_in(
    formats: Mapping[CellPlace, str], rows: Sequence[Sequence[object]]
) -> dict[CellPlace, str]:
    """What the cells of a sheet show in their formats, where that is not the number itself."""
    found = {}
    for (row, column), code in formats.items():
        value = rows[row][column] if row < len(rows) and column < len(rows[row]) else ""
        number = value if isinstance(value, int | float) and not isinstance(value, bool) else -1
        if text := shown_as(float(number), code):
            found[row, column] = text
    return found


def from_rk(stored: int) -> float:
    """A number as .xls and .xlsb store it in four bytes ([MS-XLS] 2.5.122)."""
    if stored & 2:
        number = float((stored ^ 0x80000000) - 0x80000000 >> 2)
    else:
        number = unpack("<d", pack("<Q", (stored & 0xFFFFFFFC) << 32))[0]
    return number / 100 if stored & 1 else number


def _is_percent(code: str) -> bool:
    return "%" in _NO_PLACEHOLDER.sub("", code)


def address(row: int, column: int) -> str:
    """A1 style, from a row and a column that count from 0."""
    letters, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(65 + digit) + letters
    return f"{letters}{row + 1}"
