"""A second look into a workbook, at what its values do not tell: formulas, errors, percents.

python-calamine gives "" for an error value and for a formula without a stored result, and says
nothing of formulas, number formats and document properties. What cannot be read is as if nothing
were there: no look raises for what a file holds.
"""

from __future__ import annotations

from svcq_excel.form.closer_look import CloserBook, CloserLook, Place
from svcq_excel.form.closer_ods import OdsBook
from svcq_excel.form.closer_xls import XlsBook
from svcq_excel.form.closer_xlsx import XlsxBook
from svcq_excel.form.workbook import Family

__all__ = [
    "CloserBook",
    "CloserLook",
    "Place",
    "closer_book",
    "custom_properties",
    "look_closer",
]


def look_closer(data: bytes, family: Family, sheet: str) -> CloserLook:
    """What stands on the worksheet of this name beyond its values."""
    return closer_book(data, family).sheet(sheet)


def custom_properties(data: bytes, family: Family) -> dict[str, str]:
    """The document properties that are not the office program's own, by name."""
    return closer_book(data, family).properties()


def closer_book(data: bytes, family: Family) -> CloserBook:
    """The workbook, opened once for several looks; of an .xlsb nothing is seen."""
    match family:
        case "xlsx":
            return XlsxBook(data)
        case "ods":
            return OdsBook(data)
        case "xls":
            return XlsBook(data)
        case "xlsb":
            return CloserBook()
