"""The sheet 優缺點及改善事項: a row an item, higher or several where its texts need it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from svcq_excel.form.identity import REMARKS_SHEET
from svcq_excel.form.layout.columns import Column
from svcq_excel.form.layout.grid import KEYS
from svcq_excel.form.layout.remarks import FIRST_ROW, HEADS_ROW, KEYS_ROW, ItemRows
from svcq_excel.form.writing.entries import Looks, write_remark
from svcq_excel.form.writing.prefilled import Filled
from svcq_excel.form.writing.validations import remark_prompt
from svcq_excel.rubric.model import Rubric

_FIRST_TEXT = 2


def write_remarks(
    sheet: Worksheet,
    rubric: Rubric,
    columns: Sequence[Column],
    items: Sequence[ItemRows],
    filled: Filled,
    formats: Mapping[str, Format],
    looks: Looks,
) -> int:
    """Fills the sheet; returns the number of rows."""
    last = len(columns) - 1
    sheet.set_row(0, 34)
    sheet.merge_range(0, 1, 0, last, "", formats["title"])
    sheet.write_string(0, 1, REMARKS_SHEET, formats["title"])
    sheet.set_row(KEYS_ROW, None, None, {"hidden": True})
    sheet.write_string(KEYS_ROW, 0, KEYS, formats["hidden"])
    sheet.set_row(HEADS_ROW, 24)
    for i, column in enumerate(columns[1:], 1):
        sheet.write_string(KEYS_ROW, i, column.key, formats["hidden"])
        title = column.title or rubric.item_level
        sheet.write_string(HEADS_ROW, i, title, formats["column_head"])
    end = FIRST_ROW
    for rows in items:
        end = rows.row + rows.count
        for row in range(rows.row, end):
            sheet.set_row(row, rows.height)
        sheet.write_string(rows.row, 0, rows.item.id, formats["hidden"])
        _merge(sheet, rows, 1, formats["item"])
        sheet.write_string(rows.row, 1, rows.label, formats["item"])
        _texts(sheet, columns, rows, filled, looks)
    sheet.repeat_rows(HEADS_ROW)
    sheet.freeze_panes(FIRST_ROW, _FIRST_TEXT)
    sheet.set_selection(FIRST_ROW, _FIRST_TEXT, FIRST_ROW, _FIRST_TEXT)
    return end


def _texts(
    sheet: Worksheet, columns: Sequence[Column], rows: ItemRows, filled: Filled, looks: Looks
) -> None:
    remarks, flags = filled.remarks.get(rows.item.id, {}), filled.flags
    for i, column in enumerate(columns[_FIRST_TEXT:], _FIRST_TEXT):
        cell, flag = remarks.get(column.key), flags.get((rows.item.id, column.key))
        look = looks.of_text("remark", bool(flag), cell, column.pixels)
        _merge(sheet, rows, i, look)
        write_remark(sheet, (rows.row, i), cell, flag, look)
        area = (rows.row, i, rows.row + rows.count - 1, i)
        sheet.data_validation(*area, remark_prompt(column.title, rows.item.name))


def _merge(sheet: Worksheet, rows: ItemRows, column: int, look: Format) -> None:
    if rows.count > 1:
        sheet.merge_range(rows.row, column, rows.row + rows.count - 1, column, "", look)
