"""Reads mutated forms as an inbox, and holds what became of them against what was entered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from svcq_excel.pipeline import review
from svcq_excel.plan.plan import Plan
from svcq_excel.results.concluding import conclude
from svcq_excel.results.model import FileResult, Outcome
from tests.faults.forms import RUBRIC, Family, form, scores_in, unit
from tests.form.filling import ROUND
from tests.fuzz.mutations import mutated

BATCH = 500
"""Files of an inbox; each is another unit's, so that none takes another's place."""

_CRASHED, _HUNG = "the reading process ended", "the reading process hung"
_PANICKED, _FORESEEN = "PanicException", ("CalamineError", "ValueError: checksum of")
_RAISED = re.compile(r"(\w+): .*\((\w+[/\\]\w+\.py:\d+)\)", re.DOTALL)

Tell = Callable[[str], None]


@dataclass
class Tally:
    """What became of the mutated forms of one format."""

    family: Family
    fates: Counter[str] = field(default_factory=Counter)
    """By status, and of rejected files by the code that says why."""
    crashes: int = 0
    hangs: int = 0
    panics: int = 0
    stumbles: Counter[str] = field(default_factory=Counter)
    """What this program's own readers raised, and where."""
    slowest: float = 0.0
    """Seconds between the answers to two files."""
    wrong: list[str] = field(default_factory=list)
    """Forms that were accepted as others than they are, or with other scores than were entered."""


def fuzzed(family: Family, seed: int, numbers: Sequence[int], tell: Tell) -> Tally:
    """Reads the mutations with these numbers; raises AssertionError where a file is not told."""
    tally = Tally(family)
    for start in range(0, len(numbers), BATCH):
        _read(numbers[start : start + BATCH], seed, tally)
        tell(f"{family}: {start + BATCH:,} of {len(numbers):,}, {tally.crashes} crashes")
    return tally


def mutation(family: Family, seed: int, number: int) -> tuple[bytes, bool]:
    """A mutated form, always the same; and whether it truly says something else."""
    return mutated(form(family, unit(number % BATCH)), family, seed, number)


def _read(numbers: Sequence[int], seed: int, tally: Tally) -> None:
    plan = Plan(RUBRIC, tuple(unit(at) for at in range(BATCH)), ROUND)
    with TemporaryDirectory() as name:
        folder = Path(name)
        honest: dict[str, int] = {}
        for number in numbers:
            data, says_else = mutation(tally.family, seed, number)
            path = folder / f"{number:06}.{tally.family}"
            path.write_bytes(data)
            if not says_else:
                honest[f"{folder.name}/{path.name}"] = number
        answered = [monotonic()]
        plan, files = review(plan, [folder], lambda done, of: answered.append(monotonic()))
        outcome = conclude(plan, files, None)
        listed = [file.path for file in outcome.files if "!" not in file.path]
        there = sorted(f"{folder.name}/{path.name}" for path in folder.iterdir())
        assert listed == there, "each file is told once"
    for file in outcome.files:
        tally.fates[_fate(file)] += 1
        if file.path in honest and file.status == "accepted":
            tally.wrong += _otherwise(file, honest[file.path], outcome, tally.family)
    for checked in files:
        fault = checked.received.reading.fault
        tally.crashes += _CRASHED in fault
        tally.hangs += _HUNG in fault
        tally.panics += fault.startswith(_PANICKED)
        raised = _RAISED.match(fault)
        if raised and not fault.startswith((_PANICKED, *_FORESEEN)):
            tally.stumbles[" ".join(raised.groups())] += 1
    gaps = [later - earlier for earlier, later in pairwise(answered)]
    tally.slowest = max([tally.slowest, *gaps])


def _fate(file: FileResult) -> str:
    return f"rejected {file.violations[0].code}" if file.status == "rejected" else file.status


def _otherwise(file: FileResult, number: int, outcome: Outcome, family: Family) -> list[str]:
    """What an accepted form is counted as, where that is not what was entered."""
    entered, whose = scores_in(family), (unit(number % BATCH).code, "self")
    if (file.unit, file.assessor) != whose:
        return [f"{family}:{number} {whose} → {(file.unit, file.assessor)}"]
    [counted] = [
        result.leaves
        for result in outcome.units
        if (result.unit.code, result.kind) == whose and result.status == "accepted"
    ]
    apart = [f"{id} {entered[id]} → {counted[id]}" for id in entered if entered[id] != counted[id]]
    return [f"{family}:{number} {', '.join(apart)}"] if apart else []
