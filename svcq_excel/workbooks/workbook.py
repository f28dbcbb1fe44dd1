"""An opened workbook: its sheets' values, read when asked for, and a closer look at them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal, Protocol

from svcq_excel.workbooks.look import Book

Value = str | float | int | bool | date | datetime | time | timedelta


Family = Literal["xlsx", "xlsb", "xls", "ods"]
Rows = Sequence[Sequence[Value]]


class Workbook(Protocol):
    """What the form's reader needs of a workbook; the inbox opens them."""

    @property
    def closer(self) -> Book:
        """For a second look at what values do not tell."""
        ...

    @property
    def sheet_names(self) -> Sequence[str]: ...
    def rows(self, sheet: str) -> Rows:
        """The values of a sheet from A1 on; a blank is ""."""
        ...


OWN_OUTPUT = "own-output"
"""In place of a violation's code: the workbook is one of ours, but no form."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a file could not be read as a form: a violation code, and what was found instead."""

    code: str
    found: str
    cause: str = ""
    """What a reader stumbled over, in its own words: for the log, not for people."""
