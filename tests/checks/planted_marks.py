"""Forms that lost what says whose they are and where their scores stand, each with all found."""

from __future__ import annotations

from tests.checks.planted_entries import Plant
from tests.checks.planted_forms import changed
from tests.checks.tampering import (
    no_hidden_sheet,
    no_keys,
    no_properties,
    typed_into,
    typed_over,
)
from tests.paper.filled_form import Paper


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
    "keys exchanged": (
        changed(typed_into("A65", "C1.2"), typed_into("A66", "C1.1")),
        "needs-correction C1.1:criterion-mistaken C1.2:criterion-mistaken",
    ),
    "a score beside a section": (
        changed(typed_into("I68", 20)),
        "needs-correction C1.3:score-misplaced D:total-altered",
    ),
}
