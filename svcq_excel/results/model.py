"""What a round came to: files and their fate, units with totals, grades, ranks and rewards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Literal, get_args

from svcq_excel.checks.answers import Status
from svcq_excel.checks.documents import HandedIn
from svcq_excel.checks.submission import Submission
from svcq_excel.checks.violation import Severity, Violation
from svcq_excel.definition import Problem
from svcq_excel.form.identity import form_word
from svcq_excel.lockings import Locking
from svcq_excel.plan.assessors import Assessor, assessor_kind, place_of
from svcq_excel.plan.decisions import Absence
from svcq_excel.plan.expected import Outstanding
from svcq_excel.plan.previous.model import PreviousResults
from svcq_excel.plan.rulings import NONE, Rulings
from svcq_excel.plan.score_changes import ScoreChange
from svcq_excel.plan.units import Unit
from svcq_excel.results.file_result import FILE_STATUS_WORDS, FileResult
from svcq_excel.rubric.model import Kind, Reward, Rubric
from svcq_excel.text.roc_dates import WrittenDate

__all__ = ["FILE_STATUS_WORDS", "FileResult", "Outcome", "UnitResult"]

UnitStatus = Literal["accepted", "needs-correction", "incomplete", "missing"]
"""A committee's is `incomplete` where the forms that came are sound, and others are expected."""
Reevaluation = Literal["due", "passed", "failed"]

GRAVITY: tuple[Severity, ...] = get_args(Severity)
"""The gravest first."""

UNIT_STATUS_WORDS: dict[UnitStatus, str] = {
    "accepted": "已繳",
    "needs-correction": "待補正",
    "incomplete": "尚缺",
    "missing": "未繳",
}
KINDS: tuple[Kind, ...] = ("hq", "committee", "self")
"""The order in which results stand: the head office's first."""
_FILE_STATUSES = tuple(FILE_STATUS_WORDS)


@dataclass(frozen=True, slots=True)
class UnitResult:
    """One unit in one kind of assessment; scores only where its form is accepted, all exact."""

    unit: Unit
    kind: Kind
    status: UnitStatus
    total: Fraction | None = None
    grade: str | None = None
    rank: int | None = None
    tied: bool = False
    items: Mapping[str, Fraction] = field(default_factory=dict)
    """Scores by item id."""
    leaves: Mapping[str, Fraction] = field(default_factory=dict)
    """Scores by leaf id; of several assessors, their mean."""
    steps: Mapping[str, Status] = field(default_factory=dict)
    """Every step of the unit's checklist by leaf id; where no form counts, the result's status."""
    assessed: WrittenDate | None = None
    """考核日期; of several assessors, the last."""
    assessors: tuple[str, ...] = ()
    """考核人員 as they signed the form."""
    reward: Reward | None = None
    comments: str = ""
    remarks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By item id, then by key (strengths, weaknesses, suggestions, progress, remark)."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """備註 by leaf id."""
    forms: tuple[Submission, ...] = ()
    """What it was concluded from, or would be: one form, or one each of several assessors."""
    expected: int | None = 1
    """How many that has to be; None where whoever came counts."""
    outstanding: tuple[Outstanding, ...] = ()
    """Of a committee, whose forms are awaited, in the list's order."""
    absent: Mapping[str, Absence] = field(default_factory=dict)
    """By key, members whose forms do not count by decision."""
    provisional: bool = False
    """Whether rank and reward may change, as others of the field are still open."""
    scored: Fraction | None = None
    """原得分: what the total was made of, before it was converted and adjusted."""
    adjusted: Fraction = Fraction(0)
    """加減分 within the total."""
    regraded: bool = False
    """Whether the grade is another than the total's own."""
    barred: bool = False
    """Whether a floor keeps it from being ranked."""
    reevaluation: Reevaluation | None = None
    reevaluated: date | None = None
    grounds: tuple[str, ...] = ()
    """How total, grade and rank came about, each with its article where the plan names one."""
    changes: tuple[str, ...] = ()
    """What changed the usual course: adjustments, floors, re-evaluation; with its article."""
    score_changes: tuple[ScoreChange, ...] = ()
    """成績調整 that was made, in the order in which it was."""
    violations: tuple[Violation, ...] = ()
    """What concerns the result, and no single file."""


Finding = tuple[FileResult | UnitResult, Violation]
"""A violation, and the file, or the unit's result, that it is about."""


def unit_in(about: FileResult | UnitResult) -> str:
    """The code of the unit that a finding is about, or ""."""
    return about.unit.code if isinstance(about, UnitResult) else about.unit or ""


@dataclass(frozen=True)
class Outcome:
    """A whole round, ready to be shown in any form."""

    rubric: Rubric
    round: str
    units: tuple[UnitResult, ...]
    """In the order of the units file; kinds one after the other, head office first."""
    files: tuple[FileResult, ...]
    assessors: tuple[Assessor, ...] = ()
    """The committee's members, where the list of them is known."""
    unmatched: tuple[Problem, ...] = ()
    """What was decided and concerns nothing that is there."""
    lockings: tuple[Locking, ...] = ()
    """The results of the round that were frozen before this one."""
    previous: tuple[PreviousResults, ...] = ()
    """What earlier rounds came to, the earliest first."""
    rulings: Rulings = NONE
    """複評結果 and 加減分 that the results were concluded with."""

    @property
    def form_word(self) -> str:
        return form_word(self.rubric)

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        return tuple(dict.fromkeys(unit.kind for unit in self.units))

    def of_kind(self, kind: Kind) -> tuple[UnitResult, ...]:
        return tuple(unit for unit in self.units if unit.kind == kind)

    @cached_property
    def of_unit(self) -> Mapping[str, tuple[UnitResult, ...]]:
        """The results of each unit by its code, kinds one after the other."""
        found: defaultdict[str, tuple[UnitResult, ...]] = defaultdict(tuple)
        for result in self.units:
            found[result.unit.code] += (result,)
        return found

    @cached_property
    def unit_names(self) -> dict[str, str]:
        """By code."""
        return {result.unit.code: result.unit.name for result in self.units}

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that was found, in the order of the units, of each its files before its
        results; of no unit's files last."""
        order = {code: at for at, code in enumerate(self.unit_names)}
        every: tuple[FileResult | UnitResult, ...] = (*self.by_unit, *self.units)
        found = [(each, v) for each in every for v in each.violations]
        return tuple(sorted(found, key=lambda pair: order.get(unit_in(pair[0]), len(order))))

    @cached_property
    def by_unit(self) -> tuple[FileResult, ...]:
        """The files in the order of their units, kinds and assessors, the one that counts before
        the others; those of no unit of ours last. Their names decide nothing."""
        order = {code: at for at, code in enumerate(self.unit_names)}
        return tuple(sorted(self.files, key=lambda file: self._place(file, order)))

    def _place(self, file: FileResult, order: Mapping[str, int]) -> tuple[object, ...]:
        key = file.assessor or ""
        return (
            order.get(file.unit or "", len(order)),
            (not file.unit, file.unit or ""),
            KINDS.index(assessor_kind(key)) if key else len(KINDS),
            *place_of(key, self.assessors),
            _FILE_STATUSES.index(file.status),
            file.sha256,
        )

    def files_of(self, result: UnitResult) -> tuple[FileResult, ...]:
        """The files that make a result what it is; of a missing unit, whatever came."""
        came = self._handed_in[result.unit.code, result.kind]
        made = {
            "accepted": ("accepted",),
            "incomplete": ("accepted",),
            "needs-correction": ("accepted", "needs-correction"),
        }
        return tuple(
            file for file in came if file.status in made.get(result.status, (file.status,))
        )

    def file_of(self, form: Submission) -> FileResult | None:
        """The file that a form that counts came in."""
        return self._counting.get((form.unit, form.assessor))

    @cached_property
    def _counting(self) -> Mapping[tuple[str | None, str | None], FileResult]:
        return {
            (file.unit, file.assessor): file for file in self.files if file.status == "accepted"
        }

    def likely_of(self, unit: Unit) -> tuple[FileResult, ...]:
        """Files that seem to be the unit's forms but cannot be read as such."""
        return self._likely.get(unit.code, ())

    @cached_property
    def _likely(self) -> Mapping[str, tuple[FileResult, ...]]:
        seeming: defaultdict[str, tuple[FileResult, ...]] = defaultdict(tuple)
        for file in self.files:
            if file.likely:
                seeming[file.likely] += (file,)
        return seeming

    def documents_of(self, unit: Unit) -> tuple[HandedIn, ...]:
        """The documents of a unit that came, as they were issued ones aside."""
        return self._documents.get(unit.code, ())

    @cached_property
    def _documents(self) -> Mapping[str, tuple[HandedIn, ...]]:
        came: defaultdict[str, tuple[HandedIn, ...]] = defaultdict(tuple)
        for each in (file.document for file in self.by_unit):
            if each and each.unit and not each.blank:
                came[each.unit.code] += (each,)
        return came

    @cached_property
    def _handed_in(self) -> Mapping[tuple[str, Kind], list[FileResult]]:
        files: defaultdict[tuple[str, Kind], list[FileResult]] = defaultdict(list)
        for file in self.by_unit:
            if file.unit and file.assessor:
                files[file.unit, assessor_kind(file.assessor)].append(file)
        return files

    def count(self, status: UnitStatus) -> int:
        return sum(unit.status == status for unit in self.units)

    @property
    def needs_a_person(self) -> bool:
        """Whether anything is left to do: violations that matter, units missing, files unread."""
        if self.unmatched:
            return True
        return any(unit.status != "accepted" or unit.provisional for unit in self.units) or any(
            violation.severity != "notice" for _, violation in self.findings
        )
