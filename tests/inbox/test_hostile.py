"""No file costs more than its share, whatever there is too much of in it.

Nothing is timed here: each file is so large that who takes the square of its bytes hits the
reader's own clock, which counts work and not time. `python -m bench hostile` measures.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from svcq_excel.inbox.messages import decoded
from svcq_excel.inbox.patience import HUNG
from svcq_excel.inbox.workers import Workers
from svcq_excel.rubric.model import Rubric
from tests.inbox import hostile

_BYTES = 3_000_000
_SECONDS = 8


@pytest.mark.processes
def test_files_of_many_of_one_thing_are_read_or_refused_in_their_turn(
    rubric: Rubric, tmp_path: Path
) -> None:
    files = hostile.write(tmp_path, _BYTES)
    names = list(files)
    slow = set()
    with Workers(rubric, _SECONDS) as workers:
        for answer in workers.read(list(files.values())):
            readings = [decoded(message, rubric) for message in answer.messages]
            if answer.given_up or any(each.content == HUNG for each in readings):
                slow.add(names[answer.number])
    assert not slow
