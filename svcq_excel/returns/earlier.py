"""Correction forms that lie in the folder already: none is replaced, the next ones count on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from svcq_excel.form.entered import untouched
from svcq_excel.form.facts import FormFacts
from svcq_excel.form.identity import CorrectionMark, Identity
from svcq_excel.inbox.collecting import collect
from svcq_excel.inbox.finding import WORKBOOK_SUFFIXES, find
from svcq_excel.inbox.memory import Memory
from svcq_excel.output import OutputBlockedError, reason_of
from svcq_excel.plan.plan import Plan
from svcq_excel.rubric.model import Rubric
from svcq_excel.store import Store


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
        same = self.mark.printed == entered and self.identity == identity
        return same and by in {"", self.mark.correct_by}

    @property
    def whose(self) -> tuple[str, str]:
        return self.identity.unit, self.identity.assessor


def earlier_in(folder: Path, plan: Plan) -> tuple[Earlier, ...]:
    """The correction forms of this assessment and round in a folder, not below it.

    Raises OutputBlockedError.
    """
    ours = plan.rubric.id, plan.round
    there = _earlier(folder, plan.rubric)
    return tuple(each for each in there if (each.identity.rubric, each.identity.round) == ours)


def _earlier(folder: Path, rubric: Rubric) -> Iterator[Earlier]:
    try:
        there = sorted(folder.iterdir()) if folder.is_dir() else []
    except OSError as error:
        raise OutputBlockedError(folder, reason_of(error)) from error
    found = find(path for path in there if path.suffix.lower() in WORKBOOK_SUFFIXES)
    if not found:
        return
    memory = Memory(Store(None), rubric, fresh=True)
    for received in collect(found, rubric, memory, lambda done, of: None):
        facts = received.reading.content
        if isinstance(facts, FormFacts) and facts.correction:
            said = (facts.corrects, facts.correction, facts.correct_by, facts.printed)
            mark = CorrectionMark(*said)
            yield Earlier(received.found.path, facts.identity, mark, untouched(facts))
