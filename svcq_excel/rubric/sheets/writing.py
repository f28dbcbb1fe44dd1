"""Writes a definition as the sheets of a workbook, which people go on to edit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO

import xlsxwriter

from svcq_excel.new_workbook import new_workbook
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.sheets.pages.item_sheets import PlanRow, write_clauses, write_items
from svcq_excel.rubric.sheets.pages.list_sheets import write_documents, write_grades, write_rewards
from svcq_excel.rubric.sheets.pages.tree_sheet import write_tree
from svcq_excel.text.made_on import made_on


def definition_sheets(
    book: xlsxwriter.Workbook,
    rubric: Rubric,
    plan_rows: Sequence[PlanRow] = (),
    after_plan: Callable[[], None] = lambda: None,
) -> None:
    """Adds the sheets of a definition to a workbook; `plan_rows` are more rows of 計畫, and
    `after_plan` writes what follows it."""
    write_items(book, rubric, plan_rows)
    after_plan()
    write_tree(book, rubric)
    write_grades(book, rubric)
    write_rewards(book, rubric)
    write_clauses(book, rubric)
    write_documents(book, rubric)


def definition_workbook(rubric: Rubric) -> bytes:
    """A workbook (.xlsx) of the definition alone; an equal rubric gives equal bytes."""
    stream = BytesIO()
    with new_workbook(stream) as book:
        made = made_on(rubric.year)
        book.set_properties({"title": rubric.title, "author": rubric.agency, "created": made})
        definition_sheets(book, rubric)
    return stream.getvalue()
