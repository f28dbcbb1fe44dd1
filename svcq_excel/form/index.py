"""The index of a round's blank forms (表件清單): which file goes to whom."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Protocol

import xlsxwriter

from svcq_excel.form.identity import OUTPUT_PROPERTY
from svcq_excel.form.styles import CREATED, FORMATS, WORKBOOK_OPTIONS, column_width
from svcq_excel.plan.assessors import Assessor
from svcq_excel.plan.plan import Plan
from svcq_excel.plan.units import Unit

_COLUMNS: tuple[tuple[str, int], ...] = (
    ("編號", 80),
    ("受考核單位名稱", 220),
    ("組別", 90),
    ("考核人員", 110),
    ("承辦人", 110),
    ("電子郵件", 240),
    ("檔名", 420),
)


class Listed(Protocol):
    @property
    def unit(self) -> Unit: ...
    @property
    def assessor(self) -> Assessor: ...
    @property
    def path(self) -> Path: ...


def index_of(plan: Plan, forms: Sequence[Listed]) -> bytes:
    """A workbook with one row a form."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, WORKBOOK_OPTIONS) as workbook:
        workbook.set_properties({"title": "表件清單", "created": CREATED})
        workbook.set_custom_property(OUTPUT_PROPERTY, "index", "text")
        sheet = workbook.add_worksheet("表件清單")
        head = workbook.add_format(FORMATS["column_head"])
        text = workbook.add_format(FORMATS["band_text"])
        for i, (title, pixels) in enumerate(_COLUMNS):
            sheet.set_column(i, i, column_width(pixels))
            sheet.write_string(0, i, title, head)
        for row, form in enumerate(forms, 1):
            unit, kind = form.unit, form.assessor.kind
            who = form.assessor.name or plan.rubric.kinds.get(kind, "")
            cells = (
                unit.code,
                unit.name,
                unit.group,
                who,
                unit.contact,
                unit.email,
                form.path.name,
            )
            for i, value in enumerate(cells):
                sheet.write_string(row, i, value, text)
        sheet.autofilter(0, 0, len(forms), len(_COLUMNS) - 1)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    return stream.getvalue()
