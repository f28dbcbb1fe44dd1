"""Sheets of which the reader of values gets only those rows that it has not told of before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

from svcq_excel.workbooks.areas import CellPlace

T = TypeVar("T")
Values = Sequence[Any]
"""Those of a row, up to the last one that is not blank."""


class Thinned(Protocol):
    """What is known of such a sheet."""

    def last(self, end: CellPlace | None) -> CellPlace | None:
        """The last row and column, given those of what the reader got."""
        ...

    def whole(self, rows: list[list[T]]) -> list[list[T]]:
        """The values of all rows, given those of what the reader got."""
        ...


def trimmed(values: Values) -> Values:
    """The values without the blanks behind them."""
    last = next((at for at in range(len(values), 0, -1) if values[at - 1] != ""), 0)
    return tuple(values[:last])
