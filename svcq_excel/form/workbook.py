"""An opened workbook: its sheets' values, read when asked for, and a closer look at them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

from svcq_excel.form.closer_look import CloserBook
from svcq_excel.form.facts import Value

Family = Literal["xlsx", "xlsb", "xls", "ods"]
Rows = Sequence[Sequence[Value]]


class Workbook(Protocol):
    """What the form's reader needs of a workbook; the inbox opens them."""

    @property
    def closer(self) -> CloserBook:
        """For a second look at what values do not tell."""
        ...

    @property
    def sheet_names(self) -> Sequence[str]: ...
    def rows(self, sheet: str) -> Rows:
        """The values of a sheet from A1 on; a blank is ""."""
        ...
