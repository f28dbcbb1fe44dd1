"""Renders one form with XlsxWriter: every box of the layout, with its looks, locks and helps."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from svcq_excel.form.formulas.advice import DOUBT, OPEN, RIGHT
from svcq_excel.form.formulas.expressions import Entries
from svcq_excel.form.formulas.form_formulas import formulas_of
from svcq_excel.form.identity import (
    FORM_SHEET,
    GUIDE_SHEET,
    HIDDEN_SHEET,
    PROPERTY_PREFIX,
    REMARKS_SHEET,
    Identity,
    fits_property,
)
from svcq_excel.form.layout.columns import Column
from svcq_excel.form.layout.filled import lay_out_with
from svcq_excel.form.layout.fitting import width
from svcq_excel.form.layout.grid import KEYS as KEYS_MARK
from svcq_excel.form.layout.grid import TOP_ROWS, Box, Role
from svcq_excel.form.layout.layout import Layout
from svcq_excel.form.layout.paper import PORTRAIT
from svcq_excel.form.layout.remarks import HEADS_ROW, item_rows
from svcq_excel.form.layout.remarks import columns_for as remarks_columns
from svcq_excel.form.styles import FORM_OPTIONS, FORMATS, column_width
from svcq_excel.form.writing.entries import FormSheet, Looks, write_entry
from svcq_excel.form.writing.guide_sheet import columns_on as guide_columns
from svcq_excel.form.writing.guide_sheet import write_guide
from svcq_excel.form.writing.head_looks import title_look, unit_name_look
from svcq_excel.form.writing.locks import lock_explicitly
from svcq_excel.form.writing.notice_sheet import NOTICE_SHEET, write_notice
from svcq_excel.form.writing.notice_sheet import columns_on as notice_columns
from svcq_excel.form.writing.prefilled import Filled, Notice
from svcq_excel.form.writing.remarks_sheet import write_remarks
from svcq_excel.form.writing.unmarked import leave_unmarked
from svcq_excel.form.writing.validations import prompt, validation
from svcq_excel.new_workbook import new_workbook
from svcq_excel.palette import FONT
from svcq_excel.rubric.model import Rubric
from svcq_excel.text.made_on import made_on

_PROTECTION = {"format_rows": True, "format_columns": True}
BLANK = Filled()
_FOOTER = f'&L&"{FONT}"&9&F&R&"{FONT}"&9第 &P 頁，共 &N 頁'


def render(
    rubric: Rubric,
    identity: Identity,
    title: str,
    filled: Filled = BLANK,
    mistakes: Sequence[str] = (),
) -> bytes:
    """The bytes of a form (.xlsx) with this identity and title, blank or with entries in it.

    `mistakes` are the common ones that 填寫說明 warns of.
    """
    stream = BytesIO()
    with new_workbook(stream, FORM_OPTIONS) as workbook:
        _Writer(workbook, rubric, identity, title, filled, mistakes).write()
    return lock_explicitly(stream.getvalue())


class _Writer:
    def __init__(
        self,
        workbook: xlsxwriter.Workbook,
        rubric: Rubric,
        identity: Identity,
        title: str,
        filled: Filled,
        mistakes: Sequence[str],
    ) -> None:
        self.workbook, self.rubric, self.identity, self.title = workbook, rubric, identity, title
        self.filled, self.flags, self.mistakes = filled, filled.flags, mistakes
        self.layout: Layout = lay_out_with(rubric, filled.texts)
        looks = {
            **FORMATS,
            "title": title_look(self.layout),
            "unit_name": unit_name_look(self.layout, identity.unit_name),
        }
        self.formats = {name: workbook.add_format(look) for name, look in looks.items()}
        self.items = item_rows(rubric, filled.remark_texts)
        self.looks = Looks(workbook.add_format)
        self.formulas = formulas_of(self.layout)
        self.computed_from: Entries = {
            box.address: cell
            for place, cell in filled.entries.items()
            if (box := self.layout.entries.get(place))
        }
        self.shown = {"title": title, "unit": identity.unit, "unit_name": identity.unit_name}

    def write(self) -> None:
        agency, made = self.rubric.agency, made_on(self.rubric.year)
        self.workbook.set_properties({"title": self.title, "author": agency, "created": made})
        further = [pair for pair in self.filled.more_marks if fits_property(pair[1])]
        for key, value in (*self.identity.properties(), *further):
            self.workbook.set_custom_property(PROPERTY_PREFIX + key, value, "text")
        if self.filled.notice:
            self.notice_sheet(self.filled.notice)
        self.form_sheet()
        if self.items:
            self.remarks_sheet()
        self.guide_sheet()
        self.hidden_sheet()

    # -- 評分表 -------------------------------------------------------------------------------

    def form_sheet(self) -> None:
        sheet, layout = self.workbook.add_worksheet(FORM_SHEET, FormSheet), self.layout
        self.set_columns(sheet, layout.columns)
        keys_row = next(row for row, key in layout.keys.items() if key == KEYS_MARK)
        for row, height in enumerate(layout.heights):
            if row == keys_row:
                sheet.set_row(row, None, None, {"hidden": True})
            else:
                sheet.set_row(row, height)
        for row, key in layout.keys.items():
            sheet.write_string(row, 0, key, self.formats["hidden"])
        for i, column in enumerate(layout.columns[1:], 1):
            sheet.write_string(keys_row, i, column.key, self.formats["hidden"])
        for box in layout.boxes:
            self.box(sheet, box)
        self.colours(sheet)
        sheet.repeat_rows(TOP_ROWS - 1)
        sheet.freeze_panes(TOP_ROWS, 0)
        sheet.set_h_pagebreaks(list(layout.breaks))
        self.finish(sheet, len(layout.heights), len(layout.columns), TOP_ROWS - 1)
        first = layout.entries["", "assessor"]
        sheet.set_selection(first.row, first.column, first.last_row, first.last_column)
        if not self.filled.notice:
            sheet.activate()

    def box(self, sheet: Worksheet, box: Box) -> None:
        look = self.formats[box.what]
        if (box.row, box.column) != (box.last_row, box.last_column):
            sheet.merge_range(box.row, box.column, box.last_row, box.last_column, "", look)
        if box.role in {Role.TOTAL, Role.ADVICE}:
            formula = self.formulas[box.address]
            result = formula.compute(self.computed_from)
            value = float(result) if isinstance(result, Decimal) else result
            sheet.write_formula(box.row, box.column, f"={formula.excel}", look, value)
        elif box.role is Role.INPUT:
            place = box.place
            cell, flag = self.filled.entries.get(place), self.flags.get(place)
            pixels = width(self.layout.columns, box.column, box.last_column)
            write_entry(sheet, box, pixels, cell, flag, self.looks)
            area = (box.row, box.column, box.last_row, box.last_column)
            options = validation(self.rubric, box.what, box.node)
            sheet.data_validation(*area, {**options, **prompt(self.rubric, box.what, box.node)})
        else:
            text = self.shown.get(box.what, box.text)
            sheet.write_string(box.row, box.column, text, look)

    def colours(self, sheet: Worksheet) -> None:
        """Colour that agrees with the words in 檢核, there and on the entry 得分."""
        check, score = self.layout.column("check"), self.layout.column(self.layout.main)
        first, last = TOP_ROWS, len(self.layout.heights) - 1
        cell = f"${xl_col_to_name(check)}{first + 1}"
        rules = (
            (f'=LEFT({cell},{len(RIGHT)})="{RIGHT}"', "good"),
            (f'=LEFT({cell},{len(DOUBT)})="{DOUBT}"', "ask"),
            (f'=AND(LEN({cell})>0,{cell}<>"{OPEN}")', "wrong"),
        )
        for column in (score, check):
            for criteria, look in rules:
                sheet.conditional_format(
                    first,
                    column,
                    last,
                    column,
                    {
                        "type": "formula",
                        "criteria": criteria,
                        "format": self.formats[look],
                        "stop_if_true": True,
                    },
                )

    # -- the other sheets ---------------------------------------------------------------------

    def remarks_sheet(self) -> None:
        sheet = self.workbook.add_worksheet(REMARKS_SHEET)
        columns = remarks_columns(self.rubric, self.filled.remark_texts)
        self.set_columns(sheet, columns)
        given = self.items, self.filled, self.formats, self.looks
        rows = write_remarks(sheet, self.rubric, columns, *given)
        self.finish(sheet, rows, len(columns), HEADS_ROW)

    def guide_sheet(self) -> None:
        sheet = self.workbook.add_worksheet(GUIDE_SHEET)
        columns = guide_columns(self.layout.paper)
        self.set_columns(sheet, columns)
        rows = write_guide(sheet, self.rubric, columns, self.mistakes, self.formats)
        self.finish(sheet, rows, len(columns), None)
        sheet.fit_to_pages(1, 1)

    def notice_sheet(self, notice: Notice) -> None:
        sheet = self.workbook.add_worksheet(NOTICE_SHEET)
        columns = notice_columns(self.layout.paper)
        self.set_columns(sheet, columns)
        rows = write_notice(sheet, notice, self.layout, self.items, self.formats)
        self.finish(sheet, rows, len(columns), None)
        sheet.activate()

    def hidden_sheet(self) -> None:
        sheet = self.workbook.add_worksheet(HIDDEN_SHEET)
        sheet.set_column(0, 1, 20)
        for row, pair in enumerate((*self.identity.pairs(), *self.filled.more_marks)):
            for column, text in enumerate(pair):
                sheet.write_string(row, column, text, self.formats["hidden"])
        sheet.protect("")
        sheet.hide()

    def set_columns(self, sheet: Worksheet, columns: Sequence[Column]) -> None:
        """Widths; and all that lies outside the form is locked, to the last column."""
        outside = self.formats["outside"]
        leave_unmarked(sheet, columns)
        for i, column in enumerate(columns):
            hidden = {"hidden": True} if column.key == KEYS_MARK else {}
            sheet.set_column(i, i, column_width(column.pixels), outside, hidden)
        sheet.set_column(len(columns), len(columns), None, outside)  # and on: see locks

    def finish(self, sheet: Worksheet, rows: int, columns: int, heads: int | None) -> None:
        """Protection, page set-up and the names by which screen readers find the heads."""
        sheet.protect("", _PROTECTION)
        if self.layout.paper.direction != PORTRAIT.direction:
            sheet.set_landscape()
        sheet.set_paper(9)
        side = self.layout.paper.side_in
        sheet.set_margins(side, side, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.set_footer(_FOOTER)
        sheet.hide_gridlines(2)
        sheet.print_area(0, 1, rows - 1, columns - 1)
        if heads is not None:
            area = f"$B${heads + 1}:${xl_col_to_name(columns - 1)}${heads + 1}"
            self.workbook.define_name(f"'{sheet.name}'!ColumnTitle", f"='{sheet.name}'!{area}")
