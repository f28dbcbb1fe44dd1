"""Sheets of results as PDF where there is no office program: a page that a browser prints."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from svcq_excel.browser.printing import pages_by_heading, printed
from svcq_excel.results.page.sheet import Book
from svcq_excel.results.screen.document import document
from svcq_excel.results.screen.html_book import HtmlBook
from svcq_excel.text.made_on import made_on

Fill = Callable[[Book], object]
"""Adds the sheets."""


def page_to_print(title: str, fill: Fill, pages: Sequence[int] = ()) -> bytes:
    """A page (HTML) of which all is printed."""
    book = HtmlBook()
    book.printed = True
    fill(book)
    return document(title, book, pages=pages)


def pdf_of(title: str, year: int, fill: Fill) -> bytes:
    """What a workbook of these sheets looks like in print. Raises NotPrintedError.

    Printed twice where there are several tables: only then it is known how many pages each has.
    """
    pdf = printed(page_to_print(title, fill), made_on(year))
    return printed(page_to_print(title, fill, pages_by_heading(pdf)), made_on(year))
