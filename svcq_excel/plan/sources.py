"""All that a run was given, by a call or a plan file, and the one place where it is read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime
from os import PathLike
from pathlib import Path
from typing import ParamSpec, TypeVar

from svcq_excel.definition import DefinitionError, Problem
from svcq_excel.plan import assessors as assessors_list
from svcq_excel.plan import units as units_list
from svcq_excel.plan.carried import read_carried
from svcq_excel.plan.contact import Contact
from svcq_excel.plan.decisions import read_decisions
from svcq_excel.plan.plan import Plan
from svcq_excel.plan.plan_clauses import PlanClauses
from svcq_excel.plan.roster import Listed
from svcq_excel.plan.rulings import NONE, read_rulings
from svcq_excel.plan.units import Unit
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.shipped import load, path_of
from svcq_excel.text.mail_addresses import addresses_in
from svcq_excel.text.roc_dates import parse_deadline

AnyPath = str | PathLike[str]
_ALWAYS = ("clauses", "correction_deadline", "contact", "phone", "email")

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sources:
    """As it was given; None for what was not."""

    rubric: AnyPath | None = None
    """The id of one that ships, or a file."""
    units: AnyPath | None = None
    round: str | None = None
    """考核期別; where it is not given, the forms shall tell."""
    deadline: str | None = None
    """The last moment at which a form is in time, as people write it: 105年7月31日."""
    correction_deadline: str | None = None
    """The same of correction forms; where it is not given, each has its notice's."""
    assessors: AnyPath | None = None
    """self, hq, or the list of a committee's members."""
    rulings: AnyPath | None = None
    decisions: AnyPath | None = None
    carried: AnyPath | None = None
    """The results of the round before."""
    contact: str | None = None
    phone: str | None = None
    email: str | None = None
    office_address: str | None = None
    """Whence the office itself forwards mails, beside `email`."""
    clauses: PlanClauses | None = None

    @property
    def inputs(self) -> tuple[Path, ...]:
        """The files that are named; ids and words name none."""
        lists = (self.units, self.assessors, self.rulings, self.decisions, self.carried)
        rubric = path_of(str(self.rubric)) if self.rubric is not None else None
        named = [Path(each) for each in (rubric, *lists) if each is not None]
        return tuple(path for path in named if path.is_file())

    def over(self, below: Sources, only: Collection[str] | None = None) -> Sources:
        """With what is given below, a plan file's, wherever nothing is given here.

        `only` names what is taken from there; clauses, contact and the deadline of corrections
        always are.
        """
        names = {field.name for field in fields(self)} if only is None else {*only, *_ALWAYS}
        missing = [name for name in names if getattr(self, name) is None]
        return replace(self, **{name: getattr(below, name) for name in missing})

    def read(self) -> Plan:
        """The plan of a run. Raises DefinitionError with all that is wrong, not only the first."""
        problems = [*_no_addresses(self.office_address or "")]

        def told(read: Callable[P, T], *given: P.args, **more: P.kwargs) -> T | None:
            try:
                return read(*given, **more)
            except DefinitionError as error:
                problems.extend(error.problems)
                return None

        rubric = told(_rubric, self.rubric)
        listed = told(_units, self.units)
        units = listed.entries if listed else ()
        if rubric and self.clauses:
            rubric = told(self.clauses.applied, rubric)
        due = told(_due, self.deadline, "繳交期限")
        corrected = told(_due, self.correction_deadline, "補正期限")
        who = told(assessors_list.read_list, str(self.assessors), units) if self.assessors else None
        if rubric and who:
            told(assessors_list.verify_kinds, rubric, who.entries)
        decisions = told(read_decisions, Path(self.decisions)) if self.decisions else ()
        rulings, carried = None, None
        if rubric and units:  # without them nobody can say what is wrong with these
            known = rubric, units
            rulings = told(read_rulings, Path(self.rulings), *known) if self.rulings else NONE
            carried = told(read_carried, Path(self.carried), *known) if self.carried else {}
        if problems or not rubric or not units or rulings is None or carried is None:
            raise DefinitionError(problems)
        plan = Plan(
            rubric,
            units,
            None,
            due,
            corrected,
            decisions or (),
            who.entries if who else (),
            rulings,
            carried,
            Contact(self.contact or "", self.phone or "", self.email or ""),
            tuple(doubt for each in (listed, who) if each for doubt in each.doubts),
            self.office_address or "",
            self.inputs,
        )
        round = " ".join((self.round or "").split())
        return plan.of_round(round) if round else plan


def _rubric(given: AnyPath | None) -> Rubric:
    if given is None:
        raise DefinitionError([Problem("rubric", "沒有指定評分表定義", "請給內附代號或定義檔")])
    return load(str(given))


def _units(given: AnyPath | None) -> Listed[Unit]:
    if given is None:
        raise DefinitionError([Problem("units", "沒有指定受考核單位名單", "請給名單的檔案")])
    return units_list.read_list(Path(given))


def _due(text: str | None, name: str) -> datetime | None:
    due = parse_deadline(text) if text else None
    if text and not due:
        fix = "請寫成 105年7月31日 或 105/7/31 17:00"
        raise DefinitionError([Problem(name, f"「{text}」不是日期", fix)])
    return due


def _no_addresses(text: str) -> Iterator[Problem]:
    good, bad = addresses_in(text)
    for piece in bad or ([text] if text and not good else []):
        said = f"本機關信箱「{piece}」不是電子郵件地址"
        yield Problem("office_address", said, "請更正，例如 name@example.gov.tw")
