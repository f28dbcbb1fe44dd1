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
    @property
    def sheets_shown(self) -> Sequence[str]:
        """Those that are not hidden."""
        ...

    def rows(self, sheet: str) -> Rows:
        """The values of a sheet from A1 on; a blank is ""."""
        ...


Reason = Literal[
    "unreadable",
    "withheld",
    "other-format",
    "packed",
    "signed",
    "sealed",
    "unsafe",
    "locked",
    "rights",
    "two-documents",
    "no-form",
    "own-output",
]
"""Why no form can be read: damaged or something else; a disk that does not
give it; a sheet in a format that nobody here reads; an archive, or a mail with a signature around
it or encrypted, that nobody here can open; beyond the bounds; a password; rights that only some
accounts have; programs would not agree on what it holds; a workbook without a form of ours; one of
ours that is no form."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a file could not be read as a form, and what was found instead."""

    reason: Reason
    found: str
    cause: str = ""
    """What a reader stumbled over, in its own words: for the log, not for people."""
