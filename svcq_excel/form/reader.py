"""Reads a returned form back into facts: by keys, wherever they have moved to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from svcq_excel.form.facts import OWN_OUTPUT, Cell, Entry, FormFacts, Mark, Unreadable
from svcq_excel.form.grid import ASSESSOR_ROW, COMMENTS_ROW, KEYS, UNIT_ROW, entry_keys
from svcq_excel.form.identity import FORM_SHEET, GUIDE_SHEET, HIDDEN_SHEET, OUTPUT_PROPERTY
from svcq_excel.form.marks import VISIBLE, identity_from, mark, plain, written_marks
from svcq_excel.form.places import LeafPlace, places_of
from svcq_excel.form.remarks import REMARKS
from svcq_excel.form.workbook import Rows, Workbook
from svcq_excel.rubric.model import Growth, Measure, Node, Rubric

_CODE, _ASSESSOR, _DATE, _PROGRESS, _TOTAL = "編號", "考核人員", "考核日期", "填寫情形", "總分"


@dataclass(frozen=True, slots=True)
class _Keyed:
    """A sheet with a row `#keys`: where its rows and columns are, by key."""

    name: str
    rows: Rows
    key_column: int
    columns: Mapping[str, int]
    marks: tuple[tuple[str, int], ...]
    """Key and row of every row below `#keys` or above it that has a key, in order."""
    row_of: Mapping[str, int]
    """The first row of each key."""

    def cell(self, row: int, column: int) -> Cell:
        return Cell(self.name, row, column, self.rows[row][column])

    def filled(self, row: int) -> Iterator[Cell]:
        """The cells of a row in which something stands, but for its key."""
        for column, value in enumerate(self.rows[row]):
            if value != "" and column != self.key_column:
                cell = Cell(self.name, row, column, value)
                if not cell.blank:
                    yield cell


def read_form(workbook: Workbook, rubric: Rubric) -> FormFacts | Unreadable:
    """The facts of a form; of a form of another rubric, no more than its marks."""
    names = [name for name in workbook.sheet_names if name not in {GUIDE_SHEET, HIDDEN_SHEET}]
    keyed = [sheet for name in names if (sheet := _keyed(name, workbook.rows(name)))]
    forms = [sheet for sheet in keyed if {"score", "status"} & {*sheet.columns}]
    written = list(written_marks(workbook))
    if not forms and not written:
        if OUTPUT_PROPERTY in workbook.closer.properties():
            return Unreadable(OWN_OUTPUT, "本系統產出的清單或統計表，不是評分表")
        return Unreadable("unknown-form", "活頁簿內沒有本系統產製的評分表")
    marks = [mark(where, pairs) for where, pairs in written]
    identity = identity_from(written[0][1] if written else {})
    if not forms or (identity.rubric and identity.rubric != rubric.id):
        return FormFacts(identity, tuple(marks), is_form=bool(forms))
    form = next((sheet for sheet in forms if sheet.name == FORM_SHEET), forms[0])
    head = dict(_head(form, rubric))
    if _CODE in head or rubric.unit_label in head:
        shown = [head[label].value if label in head else "" for label in (_CODE, rubric.unit_label)]
        marks.append(Mark(VISIBLE, plain(shown[0]), plain(shown[1])))
    body = _Body(workbook, rubric, form)
    return FormFacts(
        identity=identity,
        marks=tuple(marks),
        entries=body.entries(),
        shown=body.shown(head.get(_TOTAL)),
        assessor=head.get(_ASSESSOR),
        date=head.get(_DATE),
        comments=_comments(form),
        remarks=_remarks(keyed, rubric),
        copies=tuple(sheet.name for sheet in forms if sheet is not form),
        hidden=body.hidden(),
        protected=body.look.protected(),
    )


def _keyed(name: str, rows: Rows) -> _Keyed | None:
    for row in rows:
        if KEYS in row:
            column = row.index(KEYS)
            columns = {key: i for i, key in enumerate(row) if key and isinstance(key, str)}
            keys = [(row[column], i) for i, row in enumerate(rows)]
            marks = tuple([(key.strip(), i) for key, i in keys if key and isinstance(key, str)])
            return _Keyed(name, rows, column, columns, marks, dict(reversed(marks)))
    return None


def _head(form: _Keyed, rubric: Rubric) -> Iterator[tuple[str, Cell]]:
    """The cells beside the labels of the head block, by label; blank ones are left out."""
    labels = {_CODE, rubric.unit_label, _ASSESSOR, _DATE, _PROGRESS}
    for key in (UNIT_ROW, ASSESSOR_ROW):
        if (row := form.row_of.get(key)) is None:
            continue
        label = ""
        for cell in form.filled(row):
            text = cell.value.strip(" 　：:") if isinstance(cell.value, str) else cell.value
            if text in labels or (isinstance(text, str) and text.startswith(_TOTAL)):
                label = str(text)[:2] if str(text).startswith(_TOTAL) else str(text)
            elif label:
                yield label, cell
                label = ""


def _comments(form: _Keyed) -> Cell | None:
    row = form.row_of.get(COMMENTS_ROW)
    return None if row is None else next(form.filled(row), None)


def _remarks(keyed: list[_Keyed], rubric: Rubric) -> dict[str, dict[str, Cell]]:
    sheet = next((sheet for sheet in keyed if "strengths" in sheet.columns), None)
    if sheet is None:
        return {}
    found: dict[str, dict[str, Cell]] = {}
    items = {item.id for item in rubric.items}
    columns = [(key, sheet.columns[key]) for key in REMARKS if key in sheet.columns]
    for id, row in sheet.marks:
        values = sheet.rows[row]
        cells = {
            key: cell
            for key, column in columns
            if values[column] != "" and not (cell := sheet.cell(row, column)).blank
        }
        if id in items and cells:
            found.setdefault(id, {}).update(cells)
    return found


class _Body:
    """The rows of the leaves, and the sums shown beside them."""

    def __init__(self, workbook: Workbook, rubric: Rubric, form: _Keyed) -> None:
        self.rubric, self.form = rubric, form
        self.places = places_of(rubric)
        self.look = workbook.closer.sheet(form.name)
        self.formulas = self.look.formulas()

    def entries(self) -> dict[str, tuple[Entry, ...]]:
        leaves = self.rubric.leaf_by_id
        found: dict[str, tuple[Entry, ...]] = {}
        ends = [row for _, row in self.form.marks[1:]] + [len(self.form.rows)]
        for (key, row), end in zip(self.form.marks, ends, strict=True):
            if leaf := leaves.get(key):
                found[key] = (*found.get(key, ()), self.entry(leaf, row, end))
        return found

    def entry(self, leaf: Node, row: int, end: int) -> Entry:
        columns = self.form.columns
        return Entry(
            leaf.id,
            self.seen(row, columns[entry_keys(leaf)[0]]),
            self.plain(row, columns.get("band")) if leaf.picks_band else None,
            self.measure(leaf.measure, row, columns.get("measure")) if leaf.measure else None,
            self.plain(row, columns.get("note")),
            self.wording(self.places.leaves[leaf.id], row, end),
            {
                key: self.figure(row, columns[key], leaf.growth)
                for key in entry_keys(leaf)
                if key not in (*Entry._fields, "status") and key in columns
            },
        )

    def hidden(self) -> frozenset[str]:
        rows = self.look.rows_hidden()
        return frozenset(
            key for key, row in self.form.marks if row in rows and key in self.rubric.leaf_by_id
        )

    def plain(self, row: int, column: int | None) -> Cell | None:
        return None if column is None else self.form.cell(row, column)

    def seen(self, row: int, column: int) -> Cell:
        """A cell, with what its value alone does not tell."""
        form, value = self.form, self.form.rows[row][column]
        formula = (row, column) in self.formulas
        error = self.look.error(row, column) if formula or value == "" else ""
        return Cell(form.name, row, column, value, formula, error)

    def measure(self, measure: Measure, row: int, column: int | None) -> Cell | None:
        return None if column is None else self.figure(row, column, measure)

    def figure(self, row: int, column: int, about: Measure | Growth | None) -> Cell:
        """A number whose unit may be %, which the cell's format may say."""
        cell = self.seen(row, column)
        if about and about.is_percentage and isinstance(cell.value, float | int):
            return cell._replace(percent=self.look.percent(row, column))
        return cell

    def wording(self, place: LeafPlace, row: int, end: int) -> tuple[str, ...]:
        """The labels in a leaf's block; what a formula says is no label."""
        known, formulas = self.form.columns, self.formulas
        columns = [known[key] for key in place.columns if key in known]
        return tuple(
            [
                text if isinstance(text, str) else plain(text)
                for at, values in enumerate(self.form.rows[row:end], row)
                for column in columns
                if (text := values[column]) != "" and (at, column) not in formulas
            ]
        )

    def shown(self, total: Cell | None) -> dict[str, Cell]:
        """The sums, each at the row and the column that its keys lead to."""
        form, formulas, rows = self.form, self.formulas, self.form.row_of
        found = {"": (total.row, total.column)} if total else {}
        for place in self.places.sums:
            row, column = rows.get(place.row_key), form.columns.get(place.column_key)
            if row is not None and column is not None:
                found[place.node] = (row, column)
        return {
            node: Cell(form.name, *at, form.rows[at[0]][at[1]], at in formulas)
            for node, at in found.items()
        }
