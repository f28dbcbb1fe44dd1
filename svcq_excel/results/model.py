"""What a round came to: files and their fate, units with totals, grades, ranks and rewards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import get_args

from svcq_excel.checks.documents import HandedIn
from svcq_excel.checks.submission import Submission
from svcq_excel.checks.violation import Severity, Violation
from svcq_excel.definition import Problem
from svcq_excel.form.identity import form_word
from svcq_excel.lockings import Locking
from svcq_excel.plan.assessors import Assessor, assessor_kind, place_of
from svcq_excel.plan.previous.model import PreviousResults
from svcq_excel.plan.rulings import NONE, Rulings
from svcq_excel.plan.units import Unit
from svcq_excel.results.file_result import FILE_STATUS_WORDS, FileResult
from svcq_excel.results.unit_result import (
    UNIT_STATUS_WORDS,
    Reevaluation,
    UnitResult,
    UnitStatus,
)
from svcq_excel.rubric.model import Kind, Rubric

__all__ = [
    "FILE_STATUS_WORDS",
    "UNIT_STATUS_WORDS",
    "FileResult",
    "Outcome",
    "Reevaluation",
    "UnitResult",
    "UnitStatus",
]

GRAVITY: tuple[Severity, ...] = get_args(Severity)
"""The gravest first."""

KINDS: tuple[Kind, ...] = ("hq", "committee", "self")
"""The order in which results stand: the head office's first."""
_FILE_STATUSES = tuple(FILE_STATUS_WORDS)


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
