"""The layout of a form in which texts stand already: as the blank one, with room for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from svcq_excel.form.layout.fitting import MAX_ROW_PT, needed, text_height, width
from svcq_excel.form.layout.grid import Role, entry_keys
from svcq_excel.form.layout.layout import Builder, Layout, lay_out
from svcq_excel.form.layout.pages import INSIDE_TEXT
from svcq_excel.rubric.model import Node, Rubric


def lay_out_with(rubric: Rubric, texts: Mapping[tuple[str, str], str]) -> Layout:
    """The layout of a form with these texts, by the places of their entries.

    Where they need more room, rows are higher than in the blank form, and of a leaf there are more
    where the ones that it has cannot be high enough; everything else stands as it stands there.
    """
    blank = lay_out(rubric)
    for place, text in texts.items():
        if (box := blank.entries.get(place)) and text:
            rows = blank.heights[box.row : box.last_row + 1]
            if needed(replace(box, text=text), blank.columns, rubric) > sum(rows):
                return _Filled(rubric, texts).build()
    return blank


class _Filled(Builder):
    """Puts the texts into the boxes of entries, and below a leaf the rows that they need."""

    def __init__(self, rubric: Rubric, entered: Mapping[tuple[str, str], str]) -> None:
        super().__init__(rubric)
        self.entered = entered

    def box(
        self,
        what: str,
        role: Role,
        rows: tuple[int, int],
        columns: tuple[int, int],
        text: str = "",
        node: Node | None = None,
    ) -> None:
        if role is Role.INPUT:
            text = self.entered.get((node.id if node else "", what), "")
        super().box(what, role, rows, columns, text, node)

    def entries(self, leaf: Node, rows: tuple[int, int]) -> None:
        widths = {column.key: column.pixels for column in self.columns}
        texts = {what: self.entered.get((leaf.id, what), "") for what in entry_keys(leaf)}
        need = max(text_height(what, text, widths[what]) for what, text in texts.items())
        added = self.rows_for(need - (rows[1] - rows[0] + 1) * MAX_ROW_PT)
        for i, box in enumerate(self.boxes):
            if box.node is leaf and box.last_row == rows[1]:
                self.boxes[i] = replace(box, last_row=rows[1] + added)
        super().entries(leaf, (rows[0], rows[1] + added))

    def comments(self, title: str) -> None:
        super().comments(title)
        box = self.boxes[-1]
        pixels = width(self.columns, box.column, box.last_column)
        added = self.rows_for(text_height(box.what, box.text, pixels) - MAX_ROW_PT)
        self.boxes[-1] = replace(box, last_row=box.last_row + added)

    def rows_for(self, lacking: float) -> int:
        """Adds rows that may grow by so many points; returns how many."""
        count = max(0, int(-(-lacking // MAX_ROW_PT)))
        for _ in range(count):
            self.row(0, page=INSIDE_TEXT)
        return count
