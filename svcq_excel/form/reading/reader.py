"""Reads a returned form back into facts: by keys, wherever they have moved to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from svcq_excel.form.facts import Cell, Entry, FormFacts, Mark
from svcq_excel.form.identity import (
    FORM_SHEET,
    GUIDE_SHEET,
    HIDDEN_SHEET,
    OUTPUT_PROPERTY,
    OUTPUT_WORDS,
)
from svcq_excel.form.layout.grid import COMMENTS_ROW, KEYS, document_row
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.form.layout.pages import CONTINUED
from svcq_excel.form.layout.remarks import REMARKS
from svcq_excel.form.reading.head import ASSESSOR, DATE, TOTAL, date_typed, head_of, identity_shown
from svcq_excel.form.reading.identity_marks import (
    HIDDEN,
    PROPERTIES,
    VISIBLE,
    correction_mark,
    identity_from,
    mark,
    plain,
    written_marks,
)
from svcq_excel.form.reading.key_places import LeafPlace, places_of
from svcq_excel.form.reading.keyed_sheet import HEADS_ROW, Keyed, keyed_sheet
from svcq_excel.form.reading.recovering import recovered_form, recovered_remarks
from svcq_excel.rubric.model import Growth, Measure, Node, Rubric
from svcq_excel.workbooks.workbook import Unreadable, Workbook

_REMARK = "strengths"
_NO_HIDDEN = f"{HIDDEN}已不在，依{PROPERTIES}認定單位"
_NO_KEYS = "鍵值欄已不在，依表格文字逐項比對認定"


def read_form(workbook: Workbook, rubric: Rubric) -> FormFacts | Unreadable:
    """The facts of a form; of a form of another rubric, no more than its marks."""
    names = [name for name in workbook.sheet_names if name not in {GUIDE_SHEET, HIDDEN_SHEET}]
    keyed = [sheet for name in names if (sheet := keyed_sheet(name, workbook.rows(name)))]
    forms = [sheet for sheet in keyed if {"score", "status"} & {*sheet.columns}]
    written = dict(written_marks(workbook))
    marks = [mark(where, pairs) for where, pairs in written.items()]
    identity = identity_from(next(iter(written.values()), {}))
    if identity.rubric and identity.rubric != rubric.id:
        return FormFacts(identity, tuple(marks), is_form=bool(forms))
    if not forms and OUTPUT_PROPERTY in workbook.closer.properties():
        return Unreadable("own-output", OUTPUT_WORDS)
    known = {sheet.name for sheet in keyed if {"score", "status", _REMARK} & {*sheet.columns}}
    unkeyed = [name for name in names if name not in known]
    tables = [recovered_form(name, workbook.rows(name), rubric) for name in unkeyed]
    forms += [table for table in tables if isinstance(table, Keyed)]
    if not forms:
        if altered := next((table for table in tables if isinstance(table, Unreadable)), None):
            return altered
        if written:
            return FormFacts(identity, tuple(marks), is_form=False)
        return Unreadable("no-form", "活頁簿內沒有本系統產製的評分表")
    form = next((sheet for sheet in forms if sheet.name == FORM_SHEET), forms[0])
    form = form.looked_at(workbook.closer.sheet(form.name))
    head = head_of(form, rubric)
    reasons = ["" if HIDDEN in written else _NO_HIDDEN, "" if form.has_keys else _NO_KEYS]
    if not written:
        identity, reasons[0] = identity_shown(head, form, rubric)
    if head.names_unit:
        marks.append(Mark(VISIBLE, head.unit, head.unit_name))
    body = _Body(rubric, form)
    entries = body.entries()
    shown = body.shown(head.cells.get(TOTAL))
    answers = correction_mark(written.values())
    remarks = _remarks_sheet(workbook, keyed, unkeyed, rubric)
    return FormFacts(
        identity=identity,
        marks=tuple(marks),
        entries=entries,
        shown=shown,
        assessor=_text(form, head.cells.get(ASSESSOR)),
        date=date_typed(_text(form, head.cells.get(DATE)), form.look),
        comments=_comments(form),
        documents=dict(_documents(form, rubric)),
        remarks=_remarks(remarks, rubric) if remarks else {},
        has_remarks=remarks is not None or rubric.is_checklist,
        copies=tuple(sheet.name for sheet in forms if sheet.name != form.name),
        hidden=body.hidden(),
        protected=form.look.protected(),
        misplaced=body.misplaced(entries, shown),
        recovered="；".join(filter(None, reasons)),
        corrects=answers.corrects,
        correction=answers.correction,
        correct_by=answers.correct_by,
        printed=answers.printed,
        veils=form.veils(entries),
        checksummed=workbook.closer.checksummed,
    )


def _text(form: Keyed, cell: Cell | None) -> Cell | None:
    return None if cell is None else form.text(cell.row, cell.column)


def _comments(form: Keyed) -> Cell | None:
    row = form.row_of.get(COMMENTS_ROW)
    return None if row is None else _text(form, next(form.filled(row), None))


def _documents(form: Keyed, rubric: Rubric) -> Iterator[tuple[str, Cell]]:
    for document in rubric.documents:
        row = form.row_of.get(document_row(document.id))
        if row is not None:
            cell = form.text(row, form.columns[lay_out(rubric).main])
            if not cell.blank or cell.formula:
                yield document.id, cell


def _remarks_sheet(
    workbook: Workbook, keyed: Sequence[Keyed], unkeyed: Sequence[str], rubric: Rubric
) -> Keyed | None:
    found = (recovered_remarks(name, workbook.rows(name), rubric) for name in unkeyed)
    sheets = chain((sheet for sheet in keyed if _REMARK in sheet.columns), filter(None, found))
    sheet = next(sheets, None)
    return sheet and sheet.looked_at(workbook.closer.sheet(sheet.name))


def _remarks(sheet: Keyed, rubric: Rubric) -> dict[str, dict[str, Cell]]:
    found: dict[str, dict[str, Cell]] = {}
    items = {item.id for item in rubric.items}
    columns = [(key, sheet.columns[key]) for key in REMARKS if key in sheet.columns]
    for id, row in sheet.marks:
        cells = ((key, sheet.text(row, column)) for key, column in columns if id in items)
        filled = {key: cell for key, cell in cells if not cell.blank or cell.formula}
        if filled:
            found.setdefault(id, {}).update(filled)
    return found


class _Body:
    """The rows of the leaves, and the sums shown beside them."""

    def __init__(self, rubric: Rubric, form: Keyed) -> None:
        self.rubric, self.form = rubric, form
        self.places = places_of(rubric)
        self.formulas = form.formulas

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
        growth, text = leaf.growth, self.form.text
        return Entry(
            leaf.id,
            self.form.cell(row, columns[place.main]),
            self.text(row, columns.get("band")) if leaf.picks_band else None,
            self.measure(leaf.measure, row, columns.get("measure")) if leaf.measure else None,
            self.text(row, columns.get("note")),
            self.wording(place, row, end),
            {
                key: self.figure(row, columns[key], growth) if growth else text(row, columns[key])
                for key in place.others
                if key in columns
            },
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
        cells = [
            form.cell(row, at)
            for row, values in enumerate(form.rows[first:], first)
            for at in ([column, *twins] if row not in meant else twins)
            if values[at] != ""
        ]
        return tuple([cell for cell in cells if not cell.blank])

    def text(self, row: int, column: int | None) -> Cell | None:
        return None if column is None else self.form.text(row, column)

    def measure(self, measure: Measure, row: int, column: int | None) -> Cell | None:
        return None if column is None else self.figure(row, column, measure)

    def figure(self, row: int, column: int, about: Measure | Growth) -> Cell:
        """A number whose unit may be %, which the cell's format may say."""
        cell = self.form.cell(row, column)
        if about.is_percentage and isinstance(cell.value, float | int):
            return cell._replace(percent=self.form.look.percent(row, column))
        return cell

    def wording(self, place: LeafPlace, row: int, end: int) -> tuple[str, ...]:
        """The labels in a leaf's block; what a formula says is no label."""
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
        # The same object is compared in no time, which several rules do.
        return place.wording if said == place.wording else said

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
