"""A clean form's facts, and the edits by which each rule shows a good and a bad example."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from svcq_excel.checks.rule import Example, Rule
from svcq_excel.form.facts import Cell, Entry, FormFacts, Mark
from svcq_excel.form.identity import FORM_SHEET, FORMAT, Identity, sealed
from svcq_excel.form.layout.grid import entry_keys
from svcq_excel.form.layout.layout import Layout, lay_out
from svcq_excel.form.reading.key_places import places_of
from svcq_excel.plan.assessors import assessor_kind
from svcq_excel.plan.rounds import in_round
from svcq_excel.plan.units import Unit
from svcq_excel.rubric.model import Node, Rubric
from svcq_excel.rubric.node import DONE
from svcq_excel.rubric.shipped import load
from svcq_excel.seal_key import SealKey
from svcq_excel.workbooks.workbook import Value

UNIT, OTHER_UNIT = (
    Unit("A01", "第一河川局", email="river1@example.gov.tw"),
    Unit("A02", "第二河川局"),
)
ROUND = "105年度上半年"
SEAL_KEY = SealKey(bytes(32))
"""With which the clean form is sealed."""


@cache
def _reference() -> Rubric:
    return load("wra-105")


@cache
def _shown_on(id: str) -> Rubric:
    rubric = load(id)
    return in_round(rubric, f"{rubric.year}年6月")


def rubric_for(rule: Rule) -> Rubric:
    """The rubric of the forms that a rule's examples are edits of."""
    return _shown_on(rule.shown_on)


def clean_facts(rubric: Rubric) -> FormFacts:
    """The facts of a form of `UNIT` in which everything is as it should be."""
    layout, places = lay_out(rubric), places_of(rubric)
    identity = Identity(FORMAT, rubric.id, rubric.digest, ROUND, UNIT.code, UNIT.name, "self")
    marks = tuple(Mark(where, UNIT.code, UNIT.name) for where in ("隱藏工作表", "表首"))
    entries = {
        leaf.id: (_entry(layout, leaf, i, places.leaves[leaf.id].wording),)
        for i, leaf in enumerate(rubric.leaves)
    }
    seals = (sealed(identity, SEAL_KEY).seal,)
    return FormFacts(identity, marks, entries, title=rubric.title_of_form("self"), seals=seals)


def _entry(layout: Layout, leaf: Node, i: int, wording: tuple[str, ...]) -> Entry:
    band = leaf.bands[0] if leaf.bands else None
    low = band.min if band else leaf.cap // 2
    score = min(low + i % 3, leaf.cap)
    filled: dict[str, Value] = {"score": float(score), "note": ""}
    if band and leaf.picks_band:
        filled["band"] = band.label
    limit = leaf.measure.limit(band) if band and leaf.measure else None
    if limit is not None:
        filled["measure"] = float(limit)
    if leaf.due:
        filled |= {"status": DONE, "done": "已依計畫辦理", "proof": "附件"}
    cells = {
        key: Cell(FORM_SHEET, box.row, box.column, filled.get(key, ""))
        for (id, key), box in layout.entries.items()
        if id == leaf.id
    }
    return Entry(
        leaf.id,
        cells[layout.main],
        cells.get("band"),
        cells.get("measure"),
        cells.get("note"),
        wording,
        {key: cells[key] for key in entry_keys(leaf) if key not in (*Entry._fields, "status")},
    )


def edit(leaf: str, **values: Value) -> Example:
    """Other entries in a leaf's row."""

    def apply(facts: FormFacts) -> FormFacts:
        entry = facts.entries[leaf][0]
        own = {key: value for key, value in values.items() if key not in entry.others}
        cells = {key: getattr(entry, key)._replace(value=value) for key, value in own.items()}
        others = {
            key: cell._replace(value=values.get(key, cell.value))
            for key, cell in entry.others.items()
        }
        return _with(facts, leaf, entry._replace(**cells, others=others))

    return apply


def score_cell(leaf: str, cell: Cell) -> Example:
    """Another score cell in a leaf's row: its value and how it came about, not its place."""

    def apply(facts: FormFacts) -> FormFacts:
        entry = facts.entries[leaf][0]
        old = entry.score
        moved = cell._replace(sheet=old.sheet, row=old.row, column=old.column)
        return _with(facts, leaf, entry._replace(score=moved))

    return apply


def removed(leaf: str) -> Example:
    return lambda facts: replace(
        facts, entries={id: rows for id, rows in facts.entries.items() if id != leaf}
    )


def doubled(leaf: str) -> Example:
    return lambda facts: replace(facts, entries={**facts.entries, leaf: facts.entries[leaf] * 2})


def hidden(leaf: str) -> Example:
    return lambda facts: replace(facts, hidden=facts.hidden | {leaf})


def hidden_sheet(facts: FormFacts) -> FormFacts:
    return replace(facts, is_shown=False)


def unprotected(facts: FormFacts) -> FormFacts:
    return replace(facts, protected=False)


def reworded(leaf: str, old: str, new: str) -> Example:
    def apply(facts: FormFacts) -> FormFacts:
        entry = facts.entries[leaf][0]
        wording = tuple(text.replace(old, new) for text in entry.wording)
        return _with(facts, leaf, entry._replace(wording=wording))

    return apply


def shows(node: str, value: Value, formula: bool = False) -> Example:
    """A sum shown in the form, typed over or as a formula's stored result."""
    cell = Cell(FORM_SHEET, 1, 8, value, formula)
    return lambda facts: replace(facts, shown={**facts.shown, node: cell})


def stamped(**identity: str) -> Example:
    """A form that was issued so: another identity, in all marks alike."""

    def apply(facts: FormFacts) -> FormFacts:
        changed = replace(facts.identity, **identity)
        marks = tuple(Mark(m.where, changed.unit, changed.unit_name) for m in facts.marks)
        title = _reference().title_of_form(assessor_kind(changed.assessor))
        seals = (sealed(changed, SEAL_KEY).seal,)
        return replace(facts, identity=changed, marks=marks, title=title, seals=seals)

    return apply


def marked(where: str, unit: str, unit_name: str) -> Example:
    """One mark that says something else than the others."""
    return lambda facts: replace(facts, marks=(*facts.marks, Mark(where, unit, unit_name)))


def full_marks(facts: FormFacts) -> FormFacts:
    """Every score at its cap, which the bands and measures of the clean form support."""
    for leaf in _reference().leaves:
        facts = edit(leaf.id, score=float(leaf.cap))(facts)
    return facts


def lowest_tops(facts: FormFacts) -> FormFacts:
    """Every score that has bands at the top of its lowest band."""
    for leaf in _reference().leaves:
        if leaf.bands:
            low = leaf.bands[-1]
            band = {"band": low.label} if leaf.picks_band else {}
            facts = edit(leaf.id, score=float(low.max), **band)(facts)
    return facts


def dated(value: Value) -> Example:
    """Another 考核日期."""

    def apply(facts: FormFacts) -> FormFacts:
        box = lay_out(_reference()).entries["", "date"]
        return replace(facts, date=Cell(FORM_SHEET, box.row, box.column, value))

    return apply


def together(*examples: Example) -> Example:
    """One example after the other."""

    def apply(facts: FormFacts) -> FormFacts:
        for example in examples:
            facts = example(facts)
        return facts

    return apply


def same(facts: FormFacts) -> FormFacts:
    """The clean form as it is."""
    return facts


def _with(facts: FormFacts, leaf: str, entry: Entry) -> FormFacts:
    return replace(facts, entries={**facts.entries, leaf: (entry,)})
