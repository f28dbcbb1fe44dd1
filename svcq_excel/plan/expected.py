"""Who is expected to assess a unit: the list's members, but for those whose absence was decided."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple

from svcq_excel.definition import Problem
from svcq_excel.plan.assessors import Assessor, known_as
from svcq_excel.plan.decisions import Absence
from svcq_excel.plan.units import Unit
from svcq_excel.rubric.clauses import Kind
from svcq_excel.text.folding import fold


class Outstanding(NamedTuple):
    """An assessor whose form is awaited for a unit."""

    key: str
    called: str
    """As people tell one from the others."""
    status: Literal["needs-correction", "missing"]
    """What became of the form so far."""


@dataclass(frozen=True)
class Expected:
    listed: tuple[Assessor, ...] = ()
    """Who was named to assess; nobody where whoever comes counts."""
    absences: tuple[Absence, ...] = ()

    @property
    def kinds(self) -> frozenset[Kind]:
        """The kinds of assessment of which forms have to come."""
        return frozenset(each.kind for each in self.listed)

    @cached_property
    def members(self) -> tuple[Assessor, ...]:
        """The committee's; none where no list names them."""
        return tuple(each for each in self.listed if each.kind == "committee")

    def of(self, unit: Unit) -> tuple[Assessor, ...] | None:
        """The members whose forms a unit's result needs; None where no list says."""
        if not self.members:
            return None
        return tuple(
            each
            for each in self.members
            if each.assesses(unit) and not self.absence(unit, each.key)
        )

    def absence(self, unit: Unit, key: str) -> Absence | None:
        """What was decided on the forms of this assessor for the unit."""
        meant = fold(key)
        return next((a for known, a in self._absences if known == meant and a.is_for(unit)), None)

    def absent(self, unit: Unit) -> dict[str, Absence]:
        """By key, those who would have assessed the unit; without a list, whom decisions name."""
        known = [each.key for each in self.members if each.assesses(unit)]
        keys = known if self.members else [a.assessor for a in self.absences]
        found = {key: self.absence(unit, key) for key in keys}
        return {key: absence for key, absence in found.items() if absence}

    def unmatched(self, units: Collection[Unit], came: Collection[str]) -> Iterator[Problem]:
        """Absences that mean nobody, or nothing that anybody would have assessed; `came` are the
        keys of those of whom a form came."""
        for key, absence in self._absences:
            who = f"考核人員「{absence.assessor}」"
            mine = [each for each in self.members if fold(each.key) == key]
            if self.members and not mine:
                yield _unmatched(absence, f"{who}不在考核人員名單內")
            elif not self.members and key not in map(fold, came):
                yield _unmatched(absence, f"{who}沒有送來任何表件，也沒有考核人員名單")
            for said in absence.units:
                meant = [unit for unit in units if absence.of_one(said).is_for(unit)]
                if not meant:
                    yield _unmatched(absence, f"單位「{said}」不在受考核單位名單內")
                elif mine and not any(each.assesses(unit) for each in mine for unit in meant):
                    yield _unmatched(absence, f"{who}依名單不考核「{said}」")

    @cached_property
    def _absences(self) -> tuple[tuple[str, Absence], ...]:
        """Each with whose it is, as keys are told apart."""
        return tuple((fold(known_as(a.assessor, self.members)), a) for a in self.absences)


def _unmatched(absence: Absence, message: str) -> Problem:
    said = f"{message}，「{absence.word}」的決定沒有作用（理由：{absence.reason}）"
    return Problem(
        Path(absence.source).name, said, "請更正或刪除這筆決定", absence.line, sheet=absence.sheet
    )


WHOEVER = Expected()
