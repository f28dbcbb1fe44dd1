"""Reads a returned form back into facts: by keys, wherever they have moved to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import chain

from svcq_excel.form.facts import Cell, FormFacts, Mark
from svcq_excel.form.identity import (
    GUIDE_SHEET,
    HIDDEN_SHEET,
    OUTPUT_PROPERTY,
    OUTPUT_WORDS,
)
from svcq_excel.form.layout.grid import COMMENTS_ROW, document_row
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.form.layout.remarks import REMARKS
from svcq_excel.form.reading.copies import holds_answers, is_filled, looks_like_form, meant
from svcq_excel.form.reading.head import ASSESSOR, DATE, TOTAL, date_typed, head_of, identity_shown
from svcq_excel.form.reading.identity_marks import (
    HIDDEN,
    PROPERTIES,
    VISIBLE,
    carried_marked,
    correction_mark,
    identity_from,
    mark,
    seals_in,
    written_marks,
)
from svcq_excel.form.reading.keyed_sheet import Keyed, keyed_sheet
from svcq_excel.form.reading.printed_heads import filled_unkeyed, headed_otherwise
from svcq_excel.form.reading.recovering import NO_FORM, recovered_form, recovered_remarks
from svcq_excel.form.reading.table_body import Body
from svcq_excel.rubric.model import Rubric
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
    tables = {name: recovered_form(name, workbook.rows(name), rubric) for name in unkeyed}
    forms += [table for table in tables.values() if isinstance(table, Keyed)]
    altered = {name: each for name, each in tables.items() if isinstance(each, Unreadable)}
    if not forms:
        if altered:
            return next(iter(altered.values()))
        if written:
            return FormFacts(identity, tuple(marks), is_form=False)
        return Unreadable("no-form", "活頁簿內沒有本系統產製的評分表")
    form = meant(forms, workbook.sheets_shown, rubric)
    copies = [each.name for each in forms if each is not form]
    lookalikes = _lookalikes(workbook, {each.name for each in forms}, rubric)
    lookalikes += [name for name in altered if name not in lookalikes]
    if any(holds_answers(workbook.rows(n)) for n in lookalikes) and not is_filled(form, rubric):
        return NO_FORM  # it was filled in on a sheet that cannot be read
    form = form.looked_at(workbook.closer.sheet(form.name))
    head = head_of(form, rubric)
    reasons = ["" if HIDDEN in written else _NO_HIDDEN, "" if form.has_keys else _NO_KEYS]
    if not written:
        identity, reasons[0] = identity_shown(head, form, rubric)
    if head.names_unit:
        marks.append(Mark(VISIBLE, head.unit, head.unit_name))
    body = Body(rubric, form)
    entries = body.entries()
    shown = body.shown(head.cells.get(TOTAL))
    answers = correction_mark(written.values())
    remarks = _remarks_sheet(workbook, keyed, unkeyed, rubric)
    return FormFacts(
        identity=identity,
        marks=tuple(marks),
        entries=entries,
        shown=shown,
        title=head.title,
        assessor=_text(form, head.cells.get(ASSESSOR)),
        date=date_typed(_text(form, head.cells.get(DATE)), form.look),
        comments=_comments(form),
        documents=dict(_documents(form, rubric)),
        remarks=_remarks(remarks, rubric) if remarks else {},
        has_remarks=remarks is not None or rubric.is_checklist,
        copies=(*copies, *lookalikes),
        is_shown=form.name in workbook.sheets_shown,
        headed=headed_otherwise(form, rubric),
        unkeyed=filled_unkeyed(form, rubric),
        hidden=body.hidden(),
        protected=form.look.protected(),
        misplaced=body.misplaced(entries, shown),
        recovered="；".join(filter(None, reasons)),
        corrects=answers.corrects,
        correction=answers.correction,
        correct_by=answers.correct_by,
        printed=answers.printed,
        seals=seals_in(written.values()),
        steps=(*form.steps, *carried_marked(written.values())) if rubric.is_checklist else (),
        veils=form.veils(entries),
        checksummed=workbook.closer.checksummed,
    )


def _lookalikes(workbook: Workbook, forms: Set[str], rubric: Rubric) -> list[str]:
    """Sheets that people take for the form, besides those that are forms, whatever their names."""
    others = (name for name in workbook.sheet_names if name not in forms)
    return [name for name in others if looks_like_form(workbook.rows(name), rubric)]


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
        for key, column in columns if id in items else ():
            if not sheet.is_empty(row, column):
                cell = sheet.text(row, column)
                if not cell.blank or cell.formula:
                    found.setdefault(id, {})[key] = cell
    return found
