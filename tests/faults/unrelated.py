"""Workbooks that have nothing to do with the assessment, as they lie in offices by the hundred."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import BytesIO
from itertools import product
from random import Random

import openpyxl
import xlsxwriter
from openpyxl.chart import BarChart, Reference
from openpyxl.worksheet.worksheet import Worksheet

from svcq_excel.form.identity import FORM_SHEET, HIDDEN_SHEET, REMARKS_SHEET
from tests.faults.bombs import table
from tests.faults.forms import RUBRIC
from tests.paper.texts import INVITATION, NOTES, REMARKS

Row = tuple[object, ...]
Kind = Callable[[Random], list[Row]]

_NAMES = ("王小明", "陳怡君", "林志偉", "黃淑芬", "堃喆")


def accounts(chance: Random) -> list[Row]:
    heads = ("科目", "預算數", "執行數", "執行率")
    rows = [
        (f"業務費{n}", 1000 * n, chance.randrange(1000 * n + 1), f"=C{n}/B{n}")
        for n in range(1, 30)
    ]
    return [heads, *rows]


def attendance(chance: Random) -> list[Row]:
    days = [date(2016, 7, 1) + timedelta(day) for day in range(31)]
    return [("姓名", *days), *((name, *chance.choices("VXO", k=31)) for name in _NAMES)]


def addresses(chance: Random) -> list[Row]:
    return [
        ("編號", "機關名稱", "電話"),
        *((f"A{n:02}", f"第{n}河川局", "04-2250") for n in range(1, 11)),
    ]


def marks(chance: Random) -> list[Row]:
    """Looks like a form from afar: numbers, names and scores."""
    heads = ("編號", "評核項目", "配分", "得分", "備註", "score", "band", "measure")
    return [
        heads,
        *((n, f"項目{n}", 100, chance.randrange(101), "", 1, "", 2) for n in range(1, 26)),
    ]


def minutes(chance: Random) -> list[Row]:
    return [*map(tuple, INVITATION), *((text,) for texts in NOTES.values() for text in texts)]


def opinions(chance: Random) -> list[Row]:
    return [("優點", "缺點", "建議"), *(tuple(texts) for texts in REMARKS.values())]


def criteria(chance: Random) -> list[Row]:
    """Talks of the very criteria, as the announcement of an assessment does."""
    return [(leaf.name, int(leaf.cap), "") for leaf in RUBRIC.leaves]


def bands(chance: Random) -> list[Row]:
    return [(leaf.name, band.label, band.text) for leaf in RUBRIC.leaves for band in leaf.bands]


def codes(chance: Random) -> list[Row]:
    """Lists the criteria's codes, as a register does."""
    return [("#", "代號"), *((leaf.id, leaf.name) for leaf in RUBRIC.leaves)]


def nothing(chance: Random) -> list[Row]:
    return []


def numbers(chance: Random) -> list[Row]:
    return [tuple(chance.random() for _ in range(12)) for _ in range(chance.randrange(1, 200))]


KINDS: tuple[Kind, ...] = (
    *(accounts, attendance, addresses, marks, minutes, opinions),
    *(criteria, bands, codes, nothing, numbers),
)
SHEETS = ("工作表1", FORM_SHEET, REMARKS_SHEET, HIDDEN_SHEET, "115年度")


def by_openpyxl(rows: list[Row], sheet: str) -> bytes:
    book = openpyxl.Workbook()
    (page,) = book.worksheets
    page.title = sheet
    for row in rows:
        page.append(list(row))
    if len(rows) > 5:
        _adorn(page)
    return _saved(book.save)


def by_xlsxwriter(rows: list[Row], sheet: str) -> bytes:
    def save(stream: BytesIO) -> None:
        with xlsxwriter.Workbook(stream, {"default_date_format": "yyyy/mm/dd"}) as book:
            page = book.add_worksheet(sheet)
            for at, row in enumerate(rows):
                page.write_row(at, 0, row)
            book.set_properties({"title": "評分表", "company": "經濟部水利署"})

    return _saved(save)


def as_ods(rows: list[Row], sheet: str) -> bytes:
    cells = (
        "".join(
            '<table:table-cell office:value-type="string"><text:p>'
            f"{str(value).replace('<', '')}</text:p></table:table-cell>"
            for value in row
        )
        for row in rows
    )
    return table("".join(f"<table:table-row>{row}</table:table-row>" for row in cells))


WRITERS = {"openpyxl.xlsx": by_openpyxl, "xlsxwriter.xlsx": by_xlsxwriter, ".ods": as_ods}


def workbooks() -> Iterator[tuple[str, bytes]]:
    """Every kind of content under every name of a sheet, by one writer or another."""
    writers = list(WRITERS.items())
    for at, (kind, sheet) in enumerate(product(KINDS, SHEETS)):
        for ending, write in (writers[at % 3], writers[(at + 1) % 3]):
            yield f"{kind.__name__}-{sheet}-{ending}", write(kind(Random(at)), sheet)


def _adorn(page: Worksheet) -> None:
    page.merge_cells("A1:B1")
    page.column_dimensions["A"].hidden = True
    page.protection.enable()
    chart = BarChart()
    chart.add_data(Reference(page, min_col=2, min_row=1, max_row=5))
    page.add_chart(chart, "H2")


def _saved(save: Callable[[BytesIO], object]) -> bytes:
    stream = BytesIO()
    save(stream)
    return stream.getvalue()
