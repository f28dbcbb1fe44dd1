"""Correction forms that lie in the folder already: none is replaced, the next ones count on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from svcq_excel.form.entered import untouched
from svcq_excel.form.facts import FormFacts
from svcq_excel.form.identity import CorrectionMark, Identity
from svcq_excel.inbox.collecting import collect
from svcq_excel.inbox.finding import WORKBOOK_SUFFIXES, find
from svcq_excel.inbox.memory import Memory
from svcq_excel.output import OutputBlockedError, reason_of
from svcq_excel.plan.plan import Plan
from svcq_excel.plan.rounds import round_key
from svcq_excel.rubric.model import Rubric
from svcq_excel.store import Store

_TIME = re.compile("第[0-9]+次")


@dataclass(frozen=True, slots=True)
class Earlier:
    """A correction form that was made before."""

    path: Path
    identity: Identity
    mark: CorrectionMark
    untouched: bool
    """Whether it is as it was made; somebody may have corrected it, and kept it here."""

    def answers(self, identity: Identity, entered: str, by: str) -> bool:
        """Whether it is the notice on a form in which the same was entered, and there is no other
        deadline to tell."""
        whose = replace(self.identity, round=identity.round)  # it may be spelled otherwise
        same = self.mark.printed == entered and whose == identity
        return same and by in {"", self.mark.correct_by}

    @property
    def whose(self) -> tuple[str, str]:
        return self.identity.unit, self.identity.assessor


def earlier_in(folder: Path, plan: Plan) -> tuple[Earlier, ...]:
    """The correction forms of this assessment and round in a folder, not below it.

    Raises OutputBlockedError.
    """
    rubric, round = plan.rubric, round_key(plan.round or "")
    return tuple(
        each
        for each in _earlier(folder, rubric)
        if each.identity.rubric == rubric.id and round_key(each.identity.round) == round
    )


def folder_of(out: Path, number: int) -> Path:
    """Where corrections lie that are the first, the second …, where each time has a folder."""
    return out / f"第{number}次"


def folders_in(out: Path) -> list[Path]:
    return [path for path in contents_of(out) if _TIME.fullmatch(path.name) and path.is_dir()]


def contents_of(folder: Path) -> list[Path]:
    """What lies in a folder, in the order of names. Raises OutputBlockedError."""
    try:
        return sorted(folder.iterdir(), key=_name) if folder.is_dir() else []
    except OSError as error:
        raise OutputBlockedError(folder, reason_of(error)) from error


def _name(path: Path) -> str:
    """Paths themselves are ordered otherwise on Windows."""
    return path.name


def _earlier(folder: Path, rubric: Rubric) -> Iterator[Earlier]:
    found = find(path for path in contents_of(folder) if path.suffix.lower() in WORKBOOK_SUFFIXES)
    if not found:
        return
    memory = Memory(Store(None), rubric, fresh=True)
    for received in collect(found, rubric, memory, lambda done, of: None):
        facts = received.reading.content
        if isinstance(facts, FormFacts) and facts.correction:
            said = (facts.corrects, facts.correction, facts.correct_by, facts.printed)
            mark = CorrectionMark(*said)
            yield Earlier(received.found.path, facts.identity, mark, untouched(facts))
