"""The body of a form's table: the rows of its leaves, and the sums shown beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from svcq_excel.form.facts import Cell, Entry
from svcq_excel.form.layout.grid import COMMENTS_ROW, KEYS, document_row
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.form.layout.pages import CONTINUED
from svcq_excel.form.reading.identity_marks import plain
from svcq_excel.form.reading.key_places import LeafPlace, places_of
from svcq_excel.form.reading.keyed_sheet import HEADS_ROW, Keyed
from svcq_excel.rubric.model import Growth, Measure, Node, Rubric
from svcq_excel.workbooks.workbook import Value


class Body:
    def __init__(self, rubric: Rubric, form: Keyed) -> None:
        self.rubric, self.form = rubric, form
        self.places = places_of(rubric)
        self.formulas = form.formulas
        self.labels = self._labels()

    def entries(self) -> dict[str, tuple[Entry, ...]]:
        leaves = self.rubric.leaf_by_id
        found: dict[str, tuple[Entry, ...]] = {}
        ends = [row for _, row in self.form.marks[1:]] + [len(self.form.rows)]
        for (key, row), end in zip(self.form.marks, ends, strict=True):
            if leaf := leaves.get(key):
                found[key] = (*found.get(key, ()), self.entry(leaf, row, end))
        return found

    def entry(self, leaf: Node, row: int, end: int) -> Entry:
        columns, place = self.form.columns, self.places.leaves[leaf.id]
        return Entry(
            leaf.id,
            self.form.figure(row, columns[place.main]),
            self.text(row, columns.get("band")) if leaf.picks_band else None,
            self.measure(leaf.measure, row, columns.get("measure")) if leaf.measure else None,
            self.text(row, columns.get("note")),
            self.wording(place, row, end),
            self.others(leaf.growth, place, row) if place.others else {},
        )

    def hidden(self) -> frozenset[str]:
        rows = self.form.look.rows_hidden()
        return frozenset(
            key for key, row in self.form.marks if row in rows and key in self.rubric.leaf_by_id
        )

    def misplaced(
        self, entries: Mapping[str, Sequence[Entry]], shown: Mapping[str, Cell]
    ) -> tuple[Cell, ...]:
        """What stands below the heads where scores do, but in no leaf's row; and what stands in
        another column that bears their key."""
        main = lay_out(self.rubric).main
        form, column = self.form, self.form.columns[main]
        meant = {cell.row for cell in shown.values() if cell.column == column}
        meant.update([entry.score.row for several in entries.values() for entry in several])
        meant.add(form.row_of.get(COMMENTS_ROW, 0))
        meant.update(form.row_of.get(document_row(each.id), 0) for each in self.rubric.documents)
        keys = form.row_of.get(KEYS, 0)
        first = max(keys, form.row_of.get(HEADS_ROW, 0)) + 1
        twins = [i for i, key in enumerate(form.rows[keys]) if key == main and i != column]
        filled = [
            (row, at)
            for at in (column, *twins)
            for row, values in enumerate(form.rows[first:], first)
            if values[at] != "" and (row not in meant or at != column)
        ]
        cells = [form.cell(row, at) for row, at in sorted(filled)]
        return tuple([cell for cell in cells if not cell.blank])

    def text(self, row: int, column: int | None) -> Cell | None:
        return None if column is None else self.form.text(row, column)

    def others(self, growth: Growth | None, place: LeafPlace, row: int) -> dict[str, Cell]:
        columns, text = self.form.columns, self.form.text
        return {
            key: self.figure(row, columns[key], growth) if growth else text(row, columns[key])
            for key in place.others
            if key in columns
        }

    def measure(self, measure: Measure, row: int, column: int | None) -> Cell | None:
        return None if column is None else self.figure(row, column, measure)

    def figure(self, row: int, column: int, about: Measure | Growth) -> Cell:
        """A number whose unit may be %, which the cell's format may say."""
        cell = self.form.figure(row, column)
        if about.is_percentage and isinstance(cell.value, float | int):
            return cell._replace(percent=self.form.look.percent(row, column))
        return cell

    def wording(self, place: LeafPlace, row: int, end: int) -> tuple[str, ...]:
        """The labels in a leaf's block; what a formula says is no label."""
        # The same object is compared in no time, which several rules do.
        if self.labels[row:end] == place.block:
            return place.wording
        known, formulas = self.form.columns, self.formulas
        columns = [known[key] for key in place.columns if key in known]
        said = tuple(
            [
                text if isinstance(text, str) else plain(text)
                for at, values in enumerate(self.form.rows[row:end], row)
                for column in columns
                if (text := values[column]) != "" and (at, column) not in formulas
                if not (isinstance(text, str) and text.endswith(CONTINUED))
            ]
        )
        return place.wording if said == place.wording else said

    def _labels(self) -> list[Sequence[Value]]:
        """What stands in the columns of labels, row by row, without what formulas say; nothing
        where these columns stand no longer beside each other."""
        form = self.form
        columns = [form.columns.get(key, -1) for key in self.places.labels]
        first, end = columns[0], columns[0] + len(columns)
        if first < 0 or columns != [*range(first, end)]:
            return []
        labels = [values[first:end] for values in form.rows]
        for row, column in self.formulas:
            at = column - first
            if first <= column < end and row < len(labels) and labels[row][at] != "":
                labels[row] = [*labels[row][:at], "", *labels[row][at + 1 :]]
        return labels

    def shown(self, total: Cell | None) -> dict[str, Cell]:
        """The sums, each at the row and the column that its keys lead to.

        A 0 as the result of a formula that gives a text is none: so LibreOffice saves .xls.
        """
        form, formulas = self.form, self.formulas
        found = {"": total._replace(formula=(total.row, total.column) in formulas)} if total else {}
        for place in self.places.sums:
            row, column = form.row_of.get(place.row_key), form.columns.get(place.column_key)
            if row is not None and column is not None:
                value, formula = form.rows[row][column], (row, column) in formulas
                lost = formula and place.is_text and value == 0
                found[place.node] = Cell(form.name, row, column, "" if lost else value, formula)
        return found
