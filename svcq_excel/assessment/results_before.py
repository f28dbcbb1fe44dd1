"""What a new assessment takes over of an earlier one's results, to be compared with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from svcq_excel.assessment.folder import Folder
from svcq_excel.plan.plan_workbook import BETWEEN_FILES
from svcq_excel.plan.sources import Sources
from svcq_excel.text.file_names import safe_file_name

BEFORE = "前期結果"
"""Where they lie in the new folder: a copy, so that all that a result follows from lies in it."""
_MOST = 4
"""Of three rounds lines can be drawn; of two years with two rounds each, too."""


def results_of(folder: Folder, said: Sources, round: str) -> dict[str, Path]:
    """By the name that each gets, the latest last: what the earlier assessment itself was compared
    with, then its own; `round` is what the only round of a plan without any is called."""
    found = {Path(each).name: Path(each) for each in said.previous or ()}
    for name, path in _own(folder, said, round):
        found[safe_file_name(BETWEEN_FILES.sub("及", name), suffix=path.suffix)] = path
    there = [(name, path) for name, path in found.items() if path.is_file()]
    return dict(there[-_MOST:])


def _own(folder: Folder, said: Sources, round: str) -> Iterator[tuple[str, Path]]:
    rounds = said.rounds or ()
    if len(rounds) < 2:
        yield rounds[0].name if rounds else round, folder.statistics
        return
    for each in rounds:
        yield each.name, folder.in_round(each.name).statistics
