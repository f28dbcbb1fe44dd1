"""All that a run was given, by a call or a plan file, and the one place where it is read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import ParamSpec, TypeVar

from svcq_excel.definition import DefinitionError, Problem, problem_of
from svcq_excel.plan.carried import read_carried
from svcq_excel.plan.copies import NONE as NO_COPIES
from svcq_excel.plan.copies import copies_meant
from svcq_excel.plan.decisions import read_decisions
from svcq_excel.plan.forms_meant import assessors_meant, formats_meant, on_paper
from svcq_excel.plan.given import AnyPath as AnyPath
from svcq_excel.plan.given import (
    List,
    assessors_given,
    list_at,
    moment_given,
    no_addresses,
    rubric_given,
    units_given,
)
from svcq_excel.plan.lists.list_file import file_of
from svcq_excel.plan.matters import Mailing
from svcq_excel.plan.plan import Contact, Plan
from svcq_excel.plan.plan_clauses import PlanClauses
from svcq_excel.plan.previous.reading import previous_of
from svcq_excel.plan.rounds import PlannedRound, round_key
from svcq_excel.plan.rulings import NONE, read_rulings
from svcq_excel.plan.score_changes import read_score_changes
from svcq_excel.rubric.shipped import path_of
from svcq_excel.seal_key import SealKey

_ALWAYS = (
    *("clauses", "correction_deadline", "contact", "phone", "email"),
    *("kinds", "format", "form_direction", "rounds", "problems", "doubts", "seal_key", "mailing"),
    "announced",
)

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sources:
    """As it was given; None for what was not."""

    rubric: AnyPath | None = None
    """The id of one that ships, or a file."""
    units: List | None = None
    round: str | None = None
    """考核期別; where it is not given, the forms shall tell."""
    deadline: str | None = None
    """The last moment at which a form is in time, as people write it: 105年7月31日."""
    correction_deadline: str | None = None
    """The same of correction forms; where it is not given, each has its notice's."""
    assessors: List | None = None
    """self, hq, or the list of a committee's members."""
    rulings: List | None = None
    score_changes: List | None = None
    """成績調整: scores that were changed by decision."""
    decisions: List | None = None
    carried: AnyPath | None = None
    """The results of the round before."""
    previous: tuple[AnyPath, ...] | None = None
    """Results of earlier rounds, with which these are compared."""
    found_results: tuple[Path, ...] | None = None
    """The same where nobody named them: they lie in the folder. What is wrong with them is told
    and hinders nothing."""
    contact: str | None = None
    phone: str | None = None
    email: str | None = None
    office_address: str | None = None
    """Whence the office itself forwards mails, beside `email`."""
    kinds: str | None = None
    """考核種類: which forms there are, in words; where it is not given, the list's members'."""
    format: str | None = None
    """表件格式 of the blank forms."""
    copies: str | None = None
    """另存格式: what is made beside the statistics workbook, in words."""
    public: str | None = None
    """公告版: 是 where one is made."""
    announced: str | None = None
    """公告內容: what that tells of each unit, in words."""
    form_direction: str | None = None
    """表件方向: how the forms are printed, upright or across."""
    clauses: PlanClauses | None = None
    rounds: tuple[PlannedRound, ...] | None = None
    """Those that share a plan; `round` says which of them is meant."""
    problems: tuple[Problem, ...] | None = None
    """What was found wrong where all this was said: it is told with all else."""
    doubts: tuple[Problem, ...] | None = None
    """What a person should look at there, though nothing forbids its use."""
    mailing: Mailing | None = None
    """How letters go out to the units."""
    seal_key: SealKey | None = None
    """With which the forms of a folder are sealed; a plan workbook's alone."""

    @property
    def inputs(self) -> tuple[Path, ...]:
        """The files that are named; ids and words name none."""
        rubric = path_of(str(self.rubric)) if self.rubric is not None else None
        lists = (self.units, self.assessors, self.rulings, self.score_changes, self.decisions)
        earlier = (*(self.previous or ()), *(self.found_results or ()))
        every = (rubric, *lists, self.carried, *earlier)
        named = [file_of(list_at(each)) for each in every if each is not None]
        return tuple(path for path in dict.fromkeys(named) if path.is_file())

    def over(self, below: Sources, only: Collection[str] | None = None) -> Sources:
        """With what is given below, a plan file's, wherever nothing is given here; copies that are
        asked for here are made beside those of the plan.

        `only` names what is taken from there; clauses, contact and the deadline of corrections
        always are.
        """
        names = {field.name for field in fields(self)} if only is None else {*only, *_ALWAYS}
        missing = [name for name in names if getattr(self, name) is None]
        if self.assessors is not None:  # who is named says of which kinds
            missing = [name for name in missing if name != "kinds"]
        told = {name: getattr(below, name) for name in missing}
        if self.copies and below.copies and "copies" in names:
            told["copies"] = f"{self.copies}、{below.copies}"
        return replace(self, **told)

    @property
    def _mine(self) -> PlannedRound | None:
        """Of the plan's rounds, the one that is meant."""
        key = round_key(self.round) if self.round else None
        return next((each for each in self.rounds or () if round_key(each.name) == key), None)

    def of_its_round(self) -> Sources:
        """With the deadlines that the plan has for its round, where none are given."""
        mine = self._mine
        if not mine:
            return self
        given = Sources(deadline=mine.deadline, correction_deadline=mine.correction_deadline)
        its = self.over(given)
        return self if its == self else its

    def _no_round(self) -> Iterator[Problem]:
        if self.rounds and len(self.rounds) > 1 and not self.round:
            names = [each.name for each in self.rounds]
            message = f"列有 {len(names)} 個期別（{'、'.join(names)}），沒有指定現在辦理哪一期"
            fix = "請加一列，項目填「本次期別」，值填其中一期，或以 --round 指定"
            yield problem_of(names[0], "期別", message, fix)

    def read(self) -> Plan:
        """The plan of a run. Raises DefinitionError with all that is wrong, not only the first."""
        if self.rounds and (its := self.of_its_round()) is not self:
            return its.read()
        problems = [
            *(self.problems or ()),
            *self._no_round(),
            *no_addresses(self.office_address or ""),
        ]

        def told(read: Callable[P, T], *given: P.args, **more: P.kwargs) -> T | None:
            try:
                return read(*given, **more)
            except DefinitionError as error:
                problems.extend(error.problems)
                return None

        rubric = told(rubric_given, self.rubric)
        listed = told(units_given, self.units)
        units = listed.entries if listed else ()
        if rubric and self.clauses:
            rubric = told(self.clauses.applied, rubric)
        if rubric and self.form_direction:
            rubric = told(on_paper, rubric, self.form_direction)
        due = told(moment_given, self.deadline, "繳交期限")
        corrected = told(moment_given, self.correction_deadline, "補正期限")
        formats = told(formats_meant, self.format)
        copies = told(copies_meant, self.copies, self.public, self.announced)
        who = told(assessors_given, self.assessors, units)
        named = who.entries if who else ()
        if rubric:
            named = told(assessors_meant, rubric, self.kinds, named if who else None) or ()
        decisions = told(read_decisions, list_at(self.decisions)) if self.decisions else ()
        rulings, carried = None, None
        changes, previous = None, None
        if rubric and self.score_changes:
            changes = told(read_score_changes, list_at(self.score_changes), rubric)
        if rubric and units:  # without them nobody can say what is wrong with these
            known = rubric, units
            rulings = told(read_rulings, list_at(self.rulings), *known) if self.rulings else NONE
            carried = told(read_carried, Path(self.carried), *known) if self.carried else {}
            earlier = map(Path, self.previous or ()), self.found_results or ()
            previous = told(previous_of, *earlier, *known)
        if problems or not rubric or not units or rulings is None or carried is None:
            raise DefinitionError(problems)
        results, of_results = previous or ((), ())
        plan = Plan(
            rubric,
            units,
            None,
            due,
            corrected,
            decisions or (),
            named,
            rulings,
            carried,
            Contact(self.contact or "", self.phone or "", self.email or ""),
            (
                *(self.doubts or ()),
                *of_results,
                *(doubt for each in (listed, who) if each for doubt in each.doubts),
            ),
            self.office_address or "",
            self.inputs,
            formats=formats or (),
            other_rounds=tuple(each.name for each in self.rounds or () if each is not self._mine),
            seal_key=self.seal_key,
            score_changes=changes or (),
            copies=copies or NO_COPIES,
            previous=results,
        )
        round = " ".join((self.round or "").split())
        return plan.of_round(round) if round else plan
