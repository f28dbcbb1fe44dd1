"""A whole workbook of results: its sheets, how it is called, and the mark that it is ours."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO

from svcq_excel.form.identity import OUTPUT_PROPERTY
from svcq_excel.new_workbook import new_workbook
from svcq_excel.results.page.excel import ExcelBook
from svcq_excel.results.page.streaming import StreamedSheet, poured
from svcq_excel.rubric.model import Rubric
from svcq_excel.text.made_on import made_on

Fill = Callable[[ExcelBook], Iterable[StreamedSheet]]
"""Adds a workbook's sheets; gives those whose rows are written last."""


def bound(title: str, rubric: Rubric, fill: Fill) -> bytes:
    """The workbook's bytes (.xlsx); what is equal gives equal bytes."""
    stream = BytesIO()
    streamed = _filled(stream, title, rubric, fill)
    return poured(stream.getvalue(), streamed)


def _filled(stream: BytesIO, title: str, rubric: Rubric, fill: Fill) -> list[StreamedSheet]:
    """Writes the workbook and lets go of it; gives the sheets whose rows are still to come."""
    with new_workbook(stream) as workbook:
        made = made_on(rubric.year)
        workbook.set_properties({"title": title, "author": rubric.agency, "created": made})
        workbook.set_custom_property(OUTPUT_PROPERTY, "results", "text")
        streamed = list(fill(ExcelBook(workbook)))
    # The sheets know their workbook as it knows them: apart, all their cells are gone at once.
    workbook.worksheets().clear()
    workbook.sheetnames.clear()
    return streamed
