"""Keeps Excel's green corners off what is meant as it stands: codes, dates, texts of digits."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from svcq_excel.form.layout.columns import Column
from svcq_excel.form.layout.grid import TOP_ROWS
from svcq_excel.form.styles import FORMULA_MARKS, TEXT_MARKS

_FIGURES = {"score", "measure", "this_year", "last_year"}
"""Columns below whose heads a number that is stored as text has to be seen."""
_LAST_ROW = 1_048_575


def leave_unmarked(sheet: Worksheet, columns: Sequence[Column]) -> None:
    """Of a sheet of these columns."""
    spared = (
        xl_range(0, at, TOP_ROWS - 1 if column.key in _FIGURES else _LAST_ROW, at)
        for at, column in enumerate(columns)
    )
    whole = xl_range(0, 0, _LAST_ROW, len(columns) - 1)
    texts = dict.fromkeys(TEXT_MARKS, " ".join(spared))
    sheet.ignore_errors(texts | dict.fromkeys(FORMULA_MARKS, whole))
