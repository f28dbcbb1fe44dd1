"""Correction forms that lie in the folder already: none is replaced, the next ones count on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

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
    sha256: str
    identity: Identity
    mark: CorrectionMark
    untouched: bool
    """Whether it is as it was made; somebody may have filled it in."""

    def answers(self, identity: Identity, sha256: str, by: str) -> bool:
        """Whether it is the notice on this very file, or was sent back as it is; and there is no
        other deadline to tell."""
        named = sha256 == self.mark.corrects or (self.untouched and sha256 == self.sha256)
        return named and self.identity == identity and by in {"", self.mark.correct_by}

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
            mark = CorrectionMark(facts.corrects, facts.correction, facts.correct_by)
            path, reading = received.found.path, received.reading
            untouched = reading.origin.saved is None
            yield Earlier(path, reading.sha256, facts.identity, mark, untouched)
