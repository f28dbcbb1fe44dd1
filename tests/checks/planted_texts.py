"""Texts that an office program made something else of, each with all that may be found."""

from __future__ import annotations

from tests.checks.desk import Desk
from tests.checks.planted_entries import Plant
from tests.paper.filled_form import Paper

_HEAD = "needs-correction text-not-readable"
_NOTE = "needs-correction A1.1.1.1:text-not-readable"


def _first_document(paper: Paper) -> str:
    return next(place for place, key in paper.layout.entries if key == "handed_in")


def _remarked(**texts: str) -> Plant:
    def plant(desk: Desk) -> None:
        paper = desk.paper()
        paper.remark(desk.plan.rubric.items[0].id, **texts)
        desk.hand_in(paper)

    return plant


def _handed_in(text: str) -> Plant:
    def plant(desk: Desk) -> None:
        paper = desk.paper()
        paper.entry(_first_document(paper), "handed_in").value = text
        desk.hand_in(paper)

    return plant


def _entered(leaf: str = "", **values: str) -> Plant:
    def plant(desk: Desk) -> None:
        paper = desk.paper()
        paper.enter(leaf, **values)
        desk.hand_in(paper)

    return plant


TEXTS: dict[str, tuple[Plant, str]] = {
    "a formula of a name": (_entered(assessor="=-王大明"), _HEAD),
    "a formula of a name that is one": (_entered(assessor='="王"&"大明"'), _HEAD),
    "an error value as the comments": (_entered(comments="#NAME?"), _HEAD),
    "a formula of the comments": (_entered(comments="=-改善"), _HEAD),
    "an error value as the date": (_entered(date="#REF!"), _HEAD),
    "a document's answer counted": (_handed_in("=A1"), _HEAD),
    "a note that begins with -": (_entered("A1.1.1.1", note="=-已改善"), _NOTE),
    "an error value as a note": (_entered("A1.1.1.1", note="#REF!"), _NOTE),
    "a remark that begins with +": (
        _remarked(strengths="=+改善"),
        "needs-correction A1:text-not-readable",
    ),
    "two remarks that begin with -": (
        _remarked(strengths="=-改善", remark="#NAME?"),
        "needs-correction A1:text-not-readable A1:text-not-readable",
    ),
    "a band counted": (
        _entered("A1.1.1.1", band="=41-80"),
        "needs-correction A1.1.1.1:band-mismatch",
    ),
    "an error value as a band": (
        _entered("A1.1.1.1", band="#NAME?"),
        "needs-correction A1.1.1.1:band-mismatch",
    ),
}
