"""A form that counts: one assessor's scores and texts for one unit, read and found sound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from sys import intern
from typing import NamedTuple

from svcq_excel.checks.answers import Answer, CheckedForm, Status, read_figure, text_of
from svcq_excel.checks.numerals import BLANK, NumberReading
from svcq_excel.plan.assessors import assessor_kind
from svcq_excel.rubric.model import Kind
from svcq_excel.text.roc_dates import WrittenDate
from svcq_excel.workbooks.look import address
from svcq_excel.workbooks.workbook import Value


class Entered(NamedTuple):
    """How a leaf was answered, and where it stands in the form."""

    sheet: str
    cell: str
    value: Value
    """The score, or a checklist's status, as it was entered."""
    measure: Decimal | None = None
    band: str = ""
    """The band that was chosen, as it is labelled."""


@dataclass(frozen=True, slots=True)
class Submission:
    """An accepted form; `scores`, or a checklist's `statuses`, has every leaf of the rubric."""

    unit: str
    """The unit's code in the units file."""
    kind: Kind
    assessor: str
    """The assessor's key; tells the members of a committee apart."""
    scores: Mapping[str, Decimal]
    assessed: WrittenDate | None = None
    assessor_name: str = ""
    """考核人員 as signed on the form."""
    called: str = ""
    """What people call the assessor: as the list has it, else as signed, else by the key."""
    comments: str = ""
    remarks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By item id, then by key (strengths, weaknesses, suggestions, progress, remark)."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """備註 by leaf id."""
    growths: Mapping[str, tuple[NumberReading, NumberReading]] = field(default_factory=dict)
    """This year's and last year's figure by leaf id, where either was entered."""

    statuses: Mapping[str, Status] = field(default_factory=dict)
    """How each step of a checklist was answered, by leaf id."""
    entered: Mapping[str, Entered] = field(default_factory=dict)
    """By leaf id; what counts may be another score, by decision."""
    documents: Mapping[str, str] = field(default_factory=dict)
    """已繳 or 未繳 by the id of a document, where the form says so."""

    @property
    def total(self) -> Decimal:
        return sum(self.scores.values(), Decimal(0))


def submission_of(form: CheckedForm) -> Submission:
    """What a form without errors hands in."""
    facts, identity = form.facts, form.facts.identity
    listed = next((each.name for each in form.assessors if each.key == identity.assessor), "")
    signed = text_of(facts.assessor)
    notes = ((answer.leaf.id, text_of(answer.entry.note)) for answer in form.answers)
    return Submission(
        unit=identity.unit,
        kind=assessor_kind(identity.assessor),
        assessor=identity.assessor,
        scores=form.points,
        assessed=form.day.date,
        assessor_name=signed,
        called=listed or signed or identity.assessor,
        comments=text_of(facts.comments),
        remarks={
            item: {key: text_of(cell) for key, cell in cells.items()}
            for item, cells in facts.remarks.items()
        },
        notes={leaf: note for leaf, note in notes if note},
        growths=dict(_growths(form)),
        documents={id: text_of(cell) for id, cell in facts.documents.items()},
        statuses=form.statuses,
        entered={answer.leaf.id: _entered(answer) for answer in form.answers},
    )


def _entered(answer: Answer) -> Entered:
    """Names of sheets and addresses are those of a whole round: each is kept once."""
    cell, band = answer.entry.score, answer.picked.band
    said = cell.value, answer.measure.number, band.label if band else ""
    return Entered(intern(cell.sheet), _address(cell.row, cell.column), *said)


@lru_cache(maxsize=4096)
def _address(row: int, column: int) -> str:
    return intern(address(row, column))


def _growths(form: CheckedForm) -> Iterator[tuple[str, tuple[NumberReading, NumberReading]]]:
    for answer in form.answers:
        if answer.leaf.growth:
            cells, unit = answer.entry.others, answer.leaf.growth.unit
            years = (
                read_figure(cells.get("this_year"), unit),
                read_figure(cells.get("last_year"), unit),
            )
            if years != (BLANK, BLANK):
                yield answer.leaf.id, years
