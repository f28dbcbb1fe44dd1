"""Figures of growth as people get them wrong, each with all that may be found."""

from __future__ import annotations

from tests.checks.desk import Desk
from tests.checks.planted_entries import Plant
from tests.paper.filled_form import Entry

_LEAF = "B2.1.2"


def figures(this: Entry, last: Entry, leaf: str = _LEAF) -> Plant:
    def plant(desk: Desk) -> None:
        paper = desk.paper()
        paper.enter(leaf, this_year=this, last_year=last)
        desk.hand_in(paper)

    return plant


GROWTHS: dict[str, tuple[Plant, str]] = {
    "none": (figures(None, None), "accepted"),
    "nothing last year": (figures(912, 0), "accepted"),
    "figures with their units": (figures("９１２件", " 870 "), "accepted"),
    "about": (figures("約一千件", 870), f"accepted {_LEAF}:growth-not-a-number"),
    "below nothing": (figures(912, -1), f"accepted {_LEAF}:growth-not-a-number"),
    "never computed": (figures("=900+12", 870), f"accepted {_LEAF}:growth-not-a-number"),
    "a share for a percentage": (
        figures(0.88, 80, "A2.2.2"),
        "accepted A2.2.2:growth-not-a-number",
    ),
    "one year alone": (figures(None, 870), f"accepted {_LEAF}:growth-incomplete"),
    "nothing to compare with": (figures("約一千件", None), f"accepted {_LEAF}:growth-not-a-number"),
}
