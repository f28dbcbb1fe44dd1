"""One sheet being written: heads with notes, cells, pick lists, and how it prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter

from svcq_excel.palette import SIZE_PT
from svcq_excel.rubric.sheets.pages.looks import CENTRED, HEAD, MISMATCH, TYPED, row_height
from svcq_excel.rubric.sheets.values import Shown

MORE_ROWS = 200
"""Rows below the last one in which pick lists and sums go on to work."""
_MOST_IN_PICK_LIST = 255
_A3 = 8
_A4 = 9


class Page:
    """A sheet of `book`, filled row by row; columns are (head, note, width)."""

    def __init__(
        self,
        book: xlsxwriter.Workbook,
        name: str,
        columns: Sequence[tuple[str, str, float]],
        frozen: int = 0,
        wide: bool = False,
    ) -> None:
        self.sheet = book.add_worksheet(name)
        self._book = book
        self._widths = [width for _, _, width in columns]
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self.row = 0
        """The last row that was written, from 0."""
        self._texts: list[tuple[str, float]] = []
        for at, (head, note, width) in enumerate(columns):
            self.sheet.set_column(at, at, width)
            self.sheet.write_string(0, at, head, self._format(HEAD))
            if note:
                self.note(at, note)
        self.sheet.set_row(0, row_height([(head, width) for head, _, width in columns]) + 8)
        self.sheet.freeze_panes(1, frozen)
        self.sheet.repeat_rows(0)
        self.sheet.set_landscape()
        self.sheet.set_paper(_A3 if wide else _A4)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(0.4, 0.4, 0.5, 0.6)
        self.sheet.set_footer("&L&A&R第 &P 頁，共 &N 頁")

    def next_row(self) -> int:
        """Begins another row."""
        self._finish_row()
        self.row += 1
        return self.row

    def note(self, column: int, text: str) -> None:
        """Explains a cell of the row to whoever points at it."""
        size = {"width": 300, "height": 30 + 20 * (len(text) // 18 + 1)}
        look = {"font_name": "新細明體", "font_size": 10, "author": ""}
        self.sheet.write_comment(self.row, column, text, {**size, **look})

    def put(self, column: int, value: Shown | None, look: Mapping[str, Any]) -> None:
        """Writes a value, or none, into the row."""
        if value is None or value == "":
            self.sheet.write_blank(self.row, column, None, self._format({**look, **TYPED}))
        elif isinstance(value, Decimal):
            form = self._format({**look, **({} if "align" in look else CENTRED)})
            self.sheet.write_number(self.row, column, float(value), form)
        else:
            size = look.get("font_size", SIZE_PT) / SIZE_PT
            self._texts.append((value, self._widths[column] / size))
            self.sheet.write_string(self.row, column, value, self._format({**look, **TYPED}))

    def put_blank_number(self, column: int, look: Mapping[str, Any]) -> None:
        """A cell that waits for a number."""
        self.sheet.write_blank(self.row, column, None, self._format({**look, **CENTRED}))

    def formula(self, column: int, formula: str, result: Shown, look: Mapping[str, Any]) -> None:
        stored = float(result) if isinstance(result, Decimal) else result
        self.sheet.write_formula(self.row, column, formula, self._format(look), stored)

    def merge(self, first: int, last: int, column: int, text: str, look: Mapping[str, Any]) -> None:
        """One cell over several rows that are written already."""
        self.sheet.merge_range(first, column, last, column, text, self._format(look))

    def offer(self, column: int, choices: Sequence[str], first: int = 1, last: int = 0) -> None:
        """A pick list, where one can hold all the choices."""
        if any("," in choice for choice in choices):
            return
        if len(",".join(choices).encode("utf-16-le")) // 2 > _MOST_IN_PICK_LIST:
            return
        rule = {
            "validate": "list",
            "source": list(choices),
            "error_title": "請由清單選擇",
            "error_message": "請選擇：" + "、".join(choices)[:200],
            "error_type": "warning",
        }
        last = last or self.row + MORE_ROWS
        self.sheet.data_validation(first, column, last, column, rule)

    def highlight_filled(self, column: int) -> None:
        """Colours cells of a column that say something."""
        area = (1, column, self.row + MORE_ROWS, column)
        first = f"{chr(ord('A') + column)}2"
        rule = {"type": "formula", "criteria": f"=LEN({first})>0", "format": self._format(MISMATCH)}
        self.sheet.conditional_format(*area, rule)

    def finish(self) -> None:
        """After the last row."""
        self._finish_row()
        last = len(self._widths) - 1
        area = f"A1:{chr(ord('A') + last)}{self.row + MORE_ROWS}"
        self.sheet.ignore_errors({"number_stored_as_text": area, "formula_differs": area})
        self.sheet.print_area(0, 0, self.row, last)

    def _finish_row(self) -> None:
        if self.row:
            self.sheet.set_row(self.row, row_height(self._texts))
        self._texts = []

    def _format(self, look: Mapping[str, Any]) -> Any:
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(dict(look))
        return self._formats[key]
