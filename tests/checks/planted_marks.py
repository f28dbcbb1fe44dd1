"""Forms that lost what says whose they are and where their scores stand, each with all found."""

from __future__ import annotations

from dataclasses import replace

from svcq_excel.checks.examples import SEAL_KEY
from tests.checks.desk import Desk, stamp
from tests.checks.planted_entries import Change, Plant
from tests.checks.planted_forms import SECOND, changed
from tests.checks.tampering import (
    no_hidden_sheet,
    no_keys,
    no_properties,
    typed_into,
    typed_over,
)
from tests.paper.filled_form import Paper


def sealed(*changes: Change, issued_sealed: bool = True) -> Plant:
    """A form of a folder that has a key, or one from before it had."""

    def plant(desk: Desk) -> None:
        desk.plan = replace(desk.plan, seal_key=SEAL_KEY)
        paper = desk.paper(desk.plan if issued_sealed else replace(desk.plan, seal_key=None))
        for change in changes:
            change(paper)
        desk.hand_in(paper)

    return plant


def passed_on(paper: Paper) -> None:
    stamp(paper, "hidden", "properties", "visible", **SECOND)


def rows_moved(paper: Paper) -> None:
    """Three rows inserted in the middle of the table."""
    paper.sheet.move_range("A20:K76", rows=3)


MARKS: dict[str, tuple[Plant, str]] = {
    "no marks but the visible ones": (
        changed(no_hidden_sheet, no_properties),
        "accepted identity-recovered",
    ),
    "no marks and a title without a kind": (
        changed(no_hidden_sheet, no_properties, typed_into("B1", "評分表")),
        "needs-correction identity-recovered unknown-assessor",
    ),
    "no keys": (changed(no_keys), "accepted identity-recovered"),
    "no keys, no marks": (
        changed(no_keys, no_hidden_sheet, no_properties),
        "accepted identity-recovered",
    ),
    "no keys, and a leaf's wording": (
        changed(no_keys, typed_over("criterion", "D1.3", "志工")),
        "needs-correction identity-recovered D1.2:criterion-missing D1.3:criterion-missing",
    ),
    "no keys, and rows moved": (changed(no_keys, rows_moved), "rejected unknown-form"),
    "sealed": (sealed(), "accepted"),
    "sealed, and all marks another unit's": (sealed(passed_on), "needs-correction seal-broken"),
    "sealed, and marks lost": (
        sealed(no_hidden_sheet, no_properties),
        "accepted identity-recovered seal-missing",
    ),
    "from before there were seals": (sealed(issued_sealed=False), "accepted seal-missing"),
    "keys exchanged": (
        changed(typed_into("A65", "C1.2"), typed_into("A66", "C1.1")),
        "needs-correction C1.1:criterion-mistaken C1.2:criterion-mistaken",
    ),
    "a score beside a section": (
        changed(typed_into("I68", 20)),
        "needs-correction C1.3:score-misplaced D:total-altered",
    ),
}
