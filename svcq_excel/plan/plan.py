"""What one run works with: the rubric, the units, and the round where it is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

from svcq_excel.definition import Problem
from svcq_excel.lockings import Locking
from svcq_excel.plan.assessors import Assessor
from svcq_excel.plan.copies import NONE as NO_COPIES
from svcq_excel.plan.copies import Copies
from svcq_excel.plan.decisions import Absence, Decision
from svcq_excel.plan.expected import Expected
from svcq_excel.plan.forms_meant import Format
from svcq_excel.plan.previous.model import PreviousResults
from svcq_excel.plan.rounds import due_in, in_round, round_key
from svcq_excel.plan.rulings import NONE, Rulings
from svcq_excel.plan.score_changes import ScoreChange
from svcq_excel.plan.units import Unit
from svcq_excel.rubric.model import Rubric
from svcq_excel.seal_key import SealKey
from svcq_excel.text.mail_addresses import is_among


@dataclass(frozen=True, slots=True)
class Contact:
    """聯絡人, 聯絡電話, 聯絡電子郵件; what was not given is ""."""

    name: str = ""
    phone: str = ""
    email: str = ""


NOBODY = Contact()


@dataclass(frozen=True)
class Plan:
    rubric: Rubric = field(hash=False)
    """Of a checklist in a round, every step that some unit's form holds."""
    units: tuple[Unit, ...]
    round: str | None = None
    """考核期別; None where the forms shall tell."""
    deadline: datetime | None = None
    """The last moment at which a form is in time."""
    correction_deadline: datetime | None = None
    """The same of correction forms; None where each has its notice's."""
    decisions: tuple[Decision | Absence, ...] = ()
    assessors: tuple[Assessor, ...] = ()
    """Who is expected to assess, where that was given: mostly the committee's members."""
    rulings: Rulings = NONE
    carried: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    """By unit code, the steps of a checklist that were open in an earlier round."""
    contact: Contact = NOBODY
    """Whom letters and notices name."""
    doubts: tuple[Problem, ...] = ()
    """What a person should look at in the lists that were given; nothing forbids their use."""
    office_address: str = ""
    """Whence the office forwards mails that it got, beside the contact's address."""
    inputs: tuple[Path, ...] = field(default=(), compare=False, repr=False)
    """The files that it was read from: no output takes the place of one."""
    formats: tuple[Format, ...] = ()
    """表件格式 of the blank forms; none where nobody said."""
    copies: Copies = NO_COPIES
    """What is made beside the statistics workbook."""
    other_rounds: tuple[str, ...] = ()
    """Rounds that share the inbox with this one: their forms are not meant here."""
    score_changes: tuple[ScoreChange, ...] = ()
    """In the order in which they were made."""
    previous: tuple[PreviousResults, ...] = field(default=(), hash=False)
    """What earlier rounds came to, the earliest first."""
    checklist: Rubric | None = field(default=None, hash=False, repr=False)
    """The whole of it, of which `rubric` is what stands on forms of the round."""
    lockings: tuple[Locking, ...] = ()
    """The results of the round that were frozen before, the first one first."""
    seal_key: SealKey | None = None
    """With which forms are sealed; None where they bear no seals."""

    @cached_property
    def by_code(self) -> dict[str, Unit]:
        return {unit.code: unit for unit in self.units}

    @cached_property
    def expected(self) -> Expected:
        absences = (each for each in self.decisions if isinstance(each, Absence))
        return Expected(self.assessors, tuple(absences))

    @property
    def on_files(self) -> tuple[Decision, ...]:
        """The decisions on single files."""
        return tuple(each for each in self.decisions if isinstance(each, Decision))

    def is_the_office(self, address: str) -> bool:
        """Whether a mail from this address is the office's own."""
        return is_among(address, f"{self.contact.email};{self.office_address}")

    def other_round_of(self, round: str) -> str:
        """Of the rounds that share the inbox, the one that a form of this round is of, where that
        is not the one that is meant."""
        key = round_key(round) if self.round and self.other_rounds else ""
        return next((each for each in self.other_rounds if round_key(each) == key), "")

    def read_from(self, *files: Path) -> Plan:
        """The same plan, which these files have told a part of."""
        return replace(self, inputs=(*self.inputs, *files))

    def is_of_another_round(self, round: str) -> bool:
        """Whether forms that say this round are not of the plan's."""
        return round_key(round) != round_key(self.round or self.rubric.default_round)

    def of_round(self, round: str) -> Plan:
        """The same plan where the forms have told the round."""
        carried = tuple(dict.fromkeys(step for steps in self.carried.values() for step in steps))
        whole = self.checklist or self.rubric
        return replace(self, rubric=in_round(whole, round, carried), checklist=whole, round=round)

    def rubric_of(self, unit: str) -> Rubric:
        """What the form of the unit with this code holds."""
        steps = self.carried.get(unit, ())
        if self.carried and steps not in self._rubrics:
            self._rubrics[steps] = in_round(self.rubric, self.round, steps)
        return self._rubrics.get(steps, self.rubric)

    def carried_to(self, unit: str) -> tuple[str, ...]:
        """The steps on the form of the unit with this code that are not due in its round."""
        return self.not_due(self.carried.get(unit, ()))

    def not_due(self, steps: Iterable[str]) -> tuple[str, ...]:
        """Those among these steps of the checklist, in its order."""
        whole = self.checklist or self.rubric
        beyond = {*steps}
        if beyond:
            beyond -= due_in(whole, self.round)
        return tuple(id for id in whole.leaf_by_id if id in beyond) if beyond else ()

    @cached_property
    def _rubrics(self) -> dict[tuple[str, ...], Rubric]:
        """By the steps that are carried over: units that have the same share one."""
        return {}
