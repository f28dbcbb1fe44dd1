"""An outcome as a few lines of text: what to correct, who is missing, how many of what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from svcq_excel.checks.violation import SEVERITY_WORDS
from svcq_excel.results.model import FILE_STATUS_WORDS, FileResult, Outcome
from svcq_excel.results.wording import decided, files_by_status, unit_of, units_by_status
from svcq_excel.text.visible import visible

_NAMED = 3
"""Ignored files of one kind that a line names; of more it says how many."""


def details(outcome: Outcome) -> Iterator[str]:
    """Each file about which there is something to say, then the ignored ones and missing units."""
    for line in _details(outcome):
        yield visible(line)


def summary(outcome: Outcome) -> Iterator[str]:
    """The round in a few lines of figures; every file is accounted for."""
    yield f"{outcome.rubric.title}　{outcome.round}"
    yield units_by_status(outcome)
    yield files_by_status(outcome)
    if settled := sum(map(decided, outcome.files)):
        yield f"依決定檔採用或排除的檔案 {settled}"


def _details(outcome: Outcome) -> Iterator[str]:
    for file in outcome.files:
        if file.violations or decided(file):
            yield from _about(outcome, file)
    yield from _ignored(outcome)
    for unit in outcome.units:
        if unit.status == "missing":
            yield f"{unit.unit.code} {unit.unit.name}　未繳"


def _about(outcome: Outcome, file: FileResult) -> Iterator[str]:
    """The file, what was decided on it, and its violations below it."""
    whose = f"{unit_of(outcome, file)}　" if file.unit else ""
    why = f"　{file.reason}" if decided(file) else ""
    yield f"{whose}{file.path}（{FILE_STATUS_WORDS[file.status]}）{why}"
    for violation in file.violations:
        word = SEVERITY_WORDS[violation.severity]
        yield f"  {word}　{violation.message}〔{violation.code}〕"


def _ignored(outcome: Outcome) -> Iterator[str]:
    """A line for each kind of file that is never a form."""
    kinds: defaultdict[str, list[str]] = defaultdict(list)
    for file in outcome.files:
        if file.status == "ignored" and not decided(file):
            kinds[file.reason].append(file.path)
    for reason, paths in kinds.items():
        more = f" 等 {len(paths)} 個檔案" if len(paths) > _NAMED else ""
        yield f"略過（{reason}）　{'、'.join(paths[:_NAMED])}{more}"
