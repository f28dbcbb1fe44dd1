"""A whole workbook of results: its sheets, how it is called, and the mark that it is ours."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO

import xlsxwriter

from svcq_excel.form.identity import OUTPUT_PROPERTY
from svcq_excel.palette import WORKBOOK_OPTIONS
from svcq_excel.results.page.sheet import Book
from svcq_excel.results.page.streaming import StreamedSheet, poured
from svcq_excel.rubric.model import Rubric
from svcq_excel.text.made_on import made_on

Fill = Callable[[Book], Iterable[StreamedSheet]]
"""Adds a workbook's sheets; gives those whose rows are written last."""


def bound(title: str, rubric: Rubric, fill: Fill) -> bytes:
    """The workbook's bytes (.xlsx); what is equal gives equal bytes."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, WORKBOOK_OPTIONS) as workbook:
        made = made_on(rubric.year)
        workbook.set_properties({"title": title, "author": rubric.agency, "created": made})
        workbook.set_custom_property(OUTPUT_PROPERTY, "results", "text")
        streamed = list(fill(Book(workbook)))
    return poured(stream.getvalue(), streamed)
