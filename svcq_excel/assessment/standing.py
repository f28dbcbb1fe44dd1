"""Where an assessment stands: what came of each unit, what is late, whom to phone, what is next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from svcq_excel import pipeline
from svcq_excel.assessment.folder import Folder
from svcq_excel.assessment.letters_sent import sent_by_unit
from svcq_excel.assessment.locking.admitting import chained
from svcq_excel.assessment.planned import no_round, planned_in
from svcq_excel.assessment.results_kept import are_current
from svcq_excel.definition import DefinitionError, Problem, RoundError
from svcq_excel.inbox.fingerprints import Fingerprints
from svcq_excel.letters.journal import Sent
from svcq_excel.plan.expected import Outstanding
from svcq_excel.plan.plan import NOBODY, Contact, Plan
from svcq_excel.plan.sources import Sources
from svcq_excel.plan.units import Unit
from svcq_excel.results.awaiting import status_word
from svcq_excel.results.handing_in import last, lateness, remark, when
from svcq_excel.results.model import FileResult, Outcome, UnitResult, UnitStatus
from svcq_excel.rubric.model import Kind
from svcq_excel.text.roc_dates import roc_moment

Step = Literal["plan", "issue", "collect", "correct", "conclude", "lock"]
"""What an assessment is at, in the order in which it goes."""

SHEET, PAGE = "進度.xlsx", "進度.html"
"""Among the results, what is written of it."""

OVERDUE, NOT_CORRECTED = "已逾期", "補正期限已過"
_LATE = frozenset({OVERDUE, NOT_CORRECTED, "逾期", "補正逾期"})

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """One unit in one kind of assessment."""

    unit: Unit
    kind: Kind
    kind_word: str
    status: UnitStatus
    word: str
    """The status as people read it: 尚缺 2 份."""
    lateness: str = ""
    """期限內, 逾期, 補正逾期, 已逾期 or 補正期限已過; "" where nobody can say."""
    received: datetime | None = None
    """When the last of the files came that make it what it is."""
    when: str = ""
    """The same, and whether it was saved or sent then."""
    remark: str = ""
    """What came, and what there is to do."""
    outstanding: tuple[Outstanding, ...] = ()
    """Of a committee, whose forms are awaited."""
    awaited: bool = True
    """Whether anybody is to hand in a form; else the list of members names nobody for the unit."""

    @property
    def late(self) -> bool:
        return self.lateness in _LATE


@dataclass(frozen=True)
class Standing:
    folder: Folder
    """With the places of the round."""
    step: Step
    title: str
    rubric: str = ""
    round: str = ""
    deadline: datetime | None = None
    overdue: bool = False
    """Whether the deadline has passed."""
    units: tuple[UnitStanding, ...] = ()
    """As results have them: the units in their order, kinds one after the other."""
    problems: tuple[Problem, ...] = ()
    """What is wrong in the plan: nothing else can be said then."""
    doubts: tuple[Problem, ...] = ()
    unusable: int = 0
    """Files that are no form of any unit, and are none of those that are ignored."""
    unread: int = 0
    """Files that a disk withheld."""
    sent_back: bool = False
    """Whether correction forms were made."""
    locked: bool = False
    """Whether the results are frozen."""
    changed: bool = False
    """Whether they would be others now than when they were frozen."""
    contact: Contact = NOBODY
    form_word: str = ""
    year: int = 0

    letters: Mapping[str, tuple[Sent, ...]] = field(default_factory=dict)
    """By the unit's code, what was sent to it."""

    def of_status(self, *statuses: UnitStatus) -> tuple[UnitStanding, ...]:
        return tuple(each for each in self.units if each.status in statuses)

    @property
    def by_group(self) -> dict[str, list[UnitStanding]]:
        """In the order of the units; of several kinds, a unit's stand together."""
        order = {each.unit.code: at for at, each in reversed([*enumerate(self.units)])}
        groups: dict[str, list[UnitStanding]] = {}
        for each in sorted(self.units, key=lambda each: order[each.unit.code]):
            groups.setdefault(each.unit.group, []).append(each)
        return groups

    @property
    def kinds(self) -> int:
        return len({each.kind for each in self.units})

    @property
    def members_awaited(self) -> dict[str, list[UnitStanding]]:
        """By name, the committee's members whose forms are outstanding, and of which units."""
        found: dict[str, list[UnitStanding]] = {}
        for each in self.units:
            for member in each.outstanding:
                found.setdefault(member.called, []).append(each)
        return found

    @property
    def last_received(self) -> datetime | None:
        return max((each.received for each in self.units if each.received), default=None)


def _silent(done: int, of: int) -> None:
    """Nobody watches."""


def standing(
    folder: Folder, now: datetime, round: str | None = None, progress: Progress = _silent
) -> Standing:
    """Where the assessment in a folder stands at a moment. A plan that cannot be used says so."""
    try:
        sources = planned_in(folder, Sources(round=round))
        places = folder.of(sources)
        plan = sources.read().read_from(folder.plan_workbook)
        plan = chained(places, plan)
    except DefinitionError as error:
        return _no_plan(folder, error.problems)
    came = folder.inbox.is_dir() and any(folder.inbox.iterdir())
    inbox, remembering = ((folder.inbox,), places.results / SHEET) if came else ((), None)
    prints = Fingerprints()
    try:
        outcome = pipeline.assess(plan, inbox, remembering, progress, prints=prints)
    except RoundError as error:
        return _no_plan(folder, [no_round(folder, error)])
    return of_outcome(places, plan, outcome, now, prints)


def of_outcome(
    places: Folder, plan: Plan, outcome: Outcome, now: datetime, prints: Fingerprints
) -> Standing:
    """The same of what came, once that has been looked at."""
    units = unit_standings(plan, outcome, now)
    issued = _holds_files(places.blank_forms) or any(file.unit for file in outcome.files)
    if not issued:  # nobody is late with what was not sent
        units = tuple(replace(each, lateness="") for each in units)
    locked = any(each.stands for each in plan.lockings)
    step = _step(issued, units)
    concluded = (locked or step == "conclude") and are_current(places, plan, prints)
    return Standing(
        places,
        "lock" if locked or concluded else step,
        outcome.rubric.title,
        outcome.rubric.id,
        outcome.round,
        plan.deadline,
        bool(plan.deadline and now > plan.deadline),
        units,
        doubts=plan.doubts,
        unusable=sum(file.status == "rejected" and not file.likely for file in outcome.files),
        unread=sum(file.status == "unread" for file in outcome.files),
        sent_back=_holds_files(places.corrections),
        locked=locked,
        changed=locked and not concluded,
        contact=plan.contact,
        form_word=outcome.form_word,
        letters=sent_by_unit(places.letters),
        year=outcome.rubric.year,
    )


def unit_standings(plan: Plan, outcome: Outcome, now: datetime) -> tuple[UnitStanding, ...]:
    """What came of each unit, at a moment."""
    return tuple(_unit(plan, outcome, result, now) for result in outcome.units)


def _step(issued: bool, units: Sequence[UnitStanding]) -> Step:
    """The first of the steps that is not done."""
    if not issued:
        return "issue"
    if any(each.status == "missing" for each in units):
        return "collect"
    awaited = [each for each in units if each.status == "incomplete"]
    if any(one.status == "missing" for each in awaited for one in each.outstanding):
        return "collect"
    return "conclude" if all(each.status == "accepted" for each in units) else "correct"


def _no_plan(folder: Folder, problems: Sequence[Problem]) -> Standing:
    title = folder.path.resolve().name
    return Standing(folder, "plan", title, problems=tuple(problems))


def _unit(plan: Plan, outcome: Outcome, result: UnitResult, now: datetime) -> UnitStanding:
    files = outcome.files_of(result)
    made = [file for file in files if file.status in {"accepted", "needs-correction"}]
    came = last([each for file in made for each in file.hand_ins])
    dates = [file.dated for file in made if file.dated]
    received = came.dated.at if came else max(dates, default=None)
    return UnitStanding(
        result.unit,
        result.kind,
        outcome.rubric.kind_word(result.kind),
        result.status,
        status_word(result),
        _lateness(plan, result, made, now),
        received,
        when(came) if came else roc_moment(received) if received else "",
        remark(outcome, result, files),
        result.outstanding if result.status != "accepted" else (),
        result.expected != 0,
    )


def _lateness(plan: Plan, result: UnitResult, files: Sequence[FileResult], now: datetime) -> str:
    due, corrected = plan.deadline, plan.correction_deadline
    if result.status in {"missing", "incomplete"} and result.expected != 0 and due and now > due:
        return OVERDUE
    if result.status == "needs-correction" and corrected and now > corrected:
        return NOT_CORRECTED
    return lateness(files)


def _holds_files(folder: Path) -> bool:
    """Whether there is a file that a person would see, in a folder or below it."""
    return any(
        each.is_file() and not each.name.startswith(".")
        for each in folder.rglob("*")
        if not any(part.startswith(".") for part in each.relative_to(folder).parts)
    )
