"""A second look into a workbook, at what its values do not tell: formulas, errors, percents.

python-calamine gives "" for an error value and for a formula without a stored result, and says
nothing of formulas, number formats and document properties. What cannot be read is as if nothing
were there: no look raises for what a file holds.
"""

from __future__ import annotations

from svcq_excel.workbooks.look import Book
from svcq_excel.workbooks.workbook import Family
from svcq_excel.workbooks.zip_parts import Parts


def closer_book(parts: Parts, family: Family) -> Book:
    """The workbook, opened once for several looks; what a format is read by is imported when a file
    of it comes."""
    match family:
        case "xlsx":
            from svcq_excel.workbooks.openxml.xlsx import XlsxBook

            return XlsxBook(parts)
        case "xlsb":
            from svcq_excel.workbooks.openxml.xlsb.book import XlsbBook

            return XlsbBook(parts)
        case "ods":
            from svcq_excel.workbooks.opendocument.ods import OdsBook

            return OdsBook(parts)
        case "xls":
            from svcq_excel.workbooks.xls.book import XlsBook

            return XlsBook(parts.data)
