"""What units make of a checklist's steps, each with all that may be found."""

from __future__ import annotations

from tests.checks.desk import Desk
from tests.checks.planted_entries import Plant
from tests.paper.filled_form import Entry

_STEP = "A3.1"


def answered(**values: Entry) -> Plant:
    def plant(desk: Desk) -> None:
        paper = desk.paper()
        paper.enter(_STEP, **values)
        desk.hand_in(paper)

    return plant


def shown(code: str) -> Plant:
    """The status in a number format."""

    def plant(desk: Desk) -> None:
        paper = desk.paper()
        paper.entry(_STEP, "status").number_format = code
        desk.hand_in(paper)

    return plant


STEPS: dict[str, tuple[Plant, str]] = {
    "nothing": (answered(), "accepted"),
    "no status": (answered(status=None), f"needs-correction {_STEP}:status-missing"),
    "blanks for a status": (answered(status=" 　"), f"needs-correction {_STEP}:status-missing"),
    "a formula that was never computed": (
        answered(status='="已"&"完成"'),
        f"needs-correction {_STEP}:status-missing",
    ),
    "a status of one's own": (
        answered(status="做完了"),
        f"needs-correction {_STEP}:status-unknown",
    ),
    "a score": (answered(status=95), f"needs-correction {_STEP}:status-unknown"),
    "another status shown": (
        shown(';;;"未辦理"'),
        f"needs-correction {_STEP}:shown-otherwise",
    ),
    "no status shown": (shown(";;;"), f"accepted {_STEP}:shown-otherwise"),
    "a status with its unit's word": (shown('@"。"'), f"accepted {_STEP}:shown-otherwise"),
    "blanks in a status": (answered(status="　已 完成 "), "accepted"),
    "done, but how": (answered(done=None), f"accepted {_STEP}:done-missing"),
    "at work, but how": (
        answered(status="辦理中", done=" ", proof=None),
        f"accepted {_STEP}:done-missing",
    ),
    "done without proof": (answered(proof=None), f"accepted {_STEP}:proof-missing"),
    "a formula of what was done": (
        answered(done="=-已辦理"),
        f"needs-correction {_STEP}:text-not-readable",
    ),
    "an error value as proof": (
        answered(proof="#NAME?"),
        f"needs-correction {_STEP}:text-not-readable",
    ),
    "not done": (answered(status="未辦理", done=None, proof=None), "accepted"),
    "not applicable": (answered(status="不適用", done=None, proof=None), "accepted"),
}
