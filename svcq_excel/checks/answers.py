"""A returned form as the rules see it: each leaf's answer read as numbers, and the sums of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple
from unicodedata import normalize

from svcq_excel.checks.band_texts import BandReading, read_band
from svcq_excel.checks.numerals import BLANK, NumberReading, read_number
from svcq_excel.checks.sealing import Sealing, sealing_of
from svcq_excel.form.facts import Cell, Entry, FormFacts
from svcq_excel.inbox.handed_in_when import Dated
from svcq_excel.inbox.reading import Mail
from svcq_excel.plan.assessors import Assessor
from svcq_excel.plan.units import Unit
from svcq_excel.rubric.model import Node, Rubric
from svcq_excel.rubric.model import number as written
from svcq_excel.rubric.node import PERCENT, STATUSES
from svcq_excel.seal_key import SealKey
from svcq_excel.text.unseen import BLANKS
from svcq_excel.text.written_dates import DateReading, read_date
from svcq_excel.workbooks.look import Oddity


class Status(NamedTuple):
    """How a step of a checklist was answered."""

    word: str
    """One of the four; where no form counts, what stands in their place."""
    done: str = ""
    """辦理情形."""
    proof: str = ""
    """佐證資料."""


class Answer(NamedTuple):
    """One leaf as it was answered."""

    leaf: Node
    entry: Entry
    score: NumberReading
    measure: NumberReading
    picked: BandReading
    """What was entered as 適用級距."""
    points: Decimal | None
    """The score, where it is a number."""
    status: str = ""
    """On a checklist, which of the four it is; "" for none of them."""

    def key_of(self, cell: Cell | None) -> str:
        """Which entry of the row a cell is; the score or status, where none is named."""
        entry, main = self.entry, "status" if self.leaf.due else "score"
        others = {"band": entry.band, "measure": entry.measure, **entry.others}
        return next((key for key, each in others.items() if each and each is cell), main)

    def said(self, key: str) -> str:
        """What was entered as done or proof."""
        return text_of(self.entry.others.get(key))

    @property
    def blank(self) -> bool:
        """Whether no score is there: neither a number nor anything else that can be seen."""
        return self.points is None and not self.score.fault


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a form came."""

    mails: tuple[Mail, ...] = ()
    """The one that it came with, then those attached to that."""
    oddities: tuple[Oddity, ...] = ()
    recomputes: bool = False
    """Whether an office program saved it last, which computes the sums of what was entered."""
    future: tuple[Dated, ...] = ()
    """Its dates that are still to come."""


@dataclass(frozen=True)
class CheckedForm:
    """A form to be checked, and what it is checked against."""

    facts: FormFacts
    rubric: Rubric
    units: Mapping[str, Unit] = field(default_factory=dict)
    """By code."""
    round: str | None = None
    """The round that is being assessed."""
    delivery: Delivery = field(default_factory=Delivery)
    assessors: tuple[Assessor, ...] = ()
    """The committee's members, where their list was given."""
    seal_key: SealKey | None = None

    @property
    def ours(self) -> bool:
        """Whether it is a form of this rubric, so that its entries mean anything."""
        identity = self.facts.identity
        return self.facts.is_form and identity.rubric in {"", self.rubric.id}

    @cached_property
    def sealing(self) -> Sealing:
        return sealing_of(self.facts, self.seal_key)

    @cached_property
    def day(self) -> DateReading:
        """What stands as 考核日期."""
        return read_date(self.facts.date.value) if self.facts.date else DateReading()

    @cached_property
    def answers(self) -> tuple[Answer, ...]:
        """The answers that are there, in the rubric's order; of a doubled row, the first."""
        rows, leaves = self.facts.entries, self.rubric.leaf_by_id
        return tuple([_answer(leaf, rows[id][0]) for id, leaf in leaves.items() if id in rows])

    @cached_property
    def computed(self) -> tuple[Answer, ...]:
        """The answers of which a formula gives something."""
        return tuple([each for each in self.answers if each.entry.is_computed])

    @cached_property
    def points(self) -> dict[str, Decimal]:
        return {a.leaf.id: a.points for a in self.answers if a.points is not None}

    @cached_property
    def sums(self) -> dict[str, Decimal]:
        """What each node's leaves add up to; the total under ""."""
        sums = dict.fromkeys(["", *self.rubric.nodes], Decimal(0))
        for leaf, points in self.points.items():
            for node in self.rubric.above[leaf]:
                sums[node] += points
        return sums

    @cached_property
    def statuses(self) -> dict[str, Status]:
        """Of a checklist, how each step was answered."""
        return {
            a.leaf.id: Status(a.status, a.said("done"), a.said("proof"))
            for a in self.answers
            if a.status
        }

    @property
    def complete(self) -> bool:
        return len(self.points) == len(self.rubric.leaves)


def _answer(leaf: Node, entry: Entry) -> Answer:
    if leaf.due:
        return Answer(leaf, entry, BLANK, BLANK, BandReading(), None, read_status(entry.score))
    measure = read_figure(entry.measure, leaf.measure.unit) if leaf.measure else BLANK
    score = read_number(entry.score)
    return Answer(leaf, entry, score, measure, read_band(entry.band, leaf), score.number)


def read_status(cell: Cell) -> str:
    """The status that a cell says, whatever blanks stand in it."""
    said = normalize("NFKC", str(cell.value))
    word = "".join(char for char in said if char not in BLANKS)
    return word if word in STATUSES else ""


def text_of(cell: Cell | None) -> str:
    return "" if cell is None or cell.blank else cell.text.strip()


def read_figure(cell: Cell | None, unit: str) -> NumberReading:
    """A figure; a percentage is entered as 88 or 88 %, and a bare 0.88 is a question to ask."""
    reading = read_number(cell, (unit.replace("％", "%"),))
    number = reading.number
    if cell is None or number is None or unit not in PERCENT:
        return reading
    if cell.percent:
        return NumberReading(number * 100)
    typed_percent = isinstance(cell.value, str) and cell.value.strip().endswith(PERCENT)
    if 0 < number <= 1 and not typed_percent:
        either = f"{written(number * 100)}% 還是 {written(number)}%"
        return NumberReading(fault=f" {written(number)}，無法確定是 {either}")
    return reading
