"""A form's facts as plain JSON and back: how a reading process tells what it saw."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from svcq_excel.form.facts import Cell, Entry, FormFacts, Mark
from svcq_excel.form.identity import Identity
from svcq_excel.form.reading.key_places import LeafPlace, places_of
from svcq_excel.rubric.model import Rubric
from svcq_excel.workbooks.veils import Veil

Json = Any
"""What JSON can say; named tuples are lists in it."""

_AS_THEY_ARE = (
    "title",
    "assessor",
    "date",
    "comments",
    "has_remarks",
    "copies",
    "is_shown",
    "protected",
    "is_form",
    "misplaced",
    "unkeyed",
    "recovered",
    "corrects",
    "correction",
    "correct_by",
    "printed",
    "seals",
    "steps",
    "veils",
    "checksummed",
)


def to_json(facts: FormFacts, rubric: Rubric) -> Json:
    """Facts as JSON; a leaf's wording is left out where it is the one that was issued."""
    places = places_of(rubric).leaves
    return {
        "identity": [value for _, value in facts.identity.pairs()],
        "marks": facts.marks,
        "entries": {
            leaf: [_entry_json(entry, places[leaf]) for entry in entries]
            for leaf, entries in facts.entries.items()
        },
        "shown": facts.shown,
        "documents": facts.documents,
        "remarks": facts.remarks,
        "headed": facts.headed,
        "hidden": sorted(facts.hidden),
        **{key: getattr(facts, key) for key in _AS_THEY_ARE},
    }


def from_json(said: Json, rubric: Rubric) -> FormFacts:
    """The facts again. Raises LookupError, TypeError or ValueError for anything else."""
    places = places_of(rubric).leaves
    return FormFacts(
        identity=Identity(*said["identity"]),
        marks=tuple([Mark(*mark) for mark in said["marks"]]),
        entries={
            leaf: tuple([_entry(entry, places[leaf]) for entry in entries])
            for leaf, entries in said["entries"].items()
        },
        shown=_cells(said["shown"]),
        documents=_cells(said["documents"]),
        remarks={item: _cells(cells) for item, cells in said["remarks"].items()},
        headed=_cells(said["headed"]),
        unkeyed=tuple([_read(cell) for cell in said["unkeyed"]]),
        hidden=frozenset(said["hidden"]),
        has_remarks=said["has_remarks"],
        copies=tuple(said["copies"]),
        misplaced=tuple([_read(cell) for cell in said["misplaced"]]),
        protected=said["protected"],
        is_form=said["is_form"],
        is_shown=said["is_shown"],
        title=said["title"],
        recovered=said["recovered"],
        corrects=said["corrects"],
        correction=said["correction"],
        correct_by=said["correct_by"],
        printed=said["printed"],
        seals=tuple(said["seals"]),
        steps=tuple(said["steps"]),
        veils=tuple([Veil(*veil) for veil in said["veils"]]),
        checksummed=said["checksummed"],
        assessor=_cell(said["assessor"]),
        date=_cell(said["date"]),
        comments=_cell(said["comments"]),
    )


def tagged(value: object) -> Json:
    """For `json.dumps(default=)`: the values of cells that JSON has no word for."""
    match value:
        case datetime():
            return {"datetime": value.isoformat()}
        case date():
            return {"date": value.isoformat()}
        case time():
            return {"time": value.isoformat()}
        case timedelta():
            return {
                "days": value.days,
                "seconds": value.seconds,
                "microseconds": value.microseconds,
            }
    raise TypeError(f"no cell holds a {type(value).__name__}")


def untagged(said: dict[str, Json]) -> Json:
    """For `json.loads(object_hook=)`: turns `tagged` round."""
    match said:
        case {"datetime": str(text)}:
            return datetime.fromisoformat(text)
        case {"date": str(text)}:
            return date.fromisoformat(text)
        case {"time": str(text)}:
            return time.fromisoformat(text)
        case {"days": int(), "seconds": int(), "microseconds": int()}:
            return timedelta(**said)
    return said


def _entry_json(entry: Entry, place: LeafPlace) -> Json:
    *said, wording, others = entry
    return [*said, None if wording == place.wording else wording, others or None]


def _entry(said: Json, place: LeafPlace) -> Entry:
    leaf, score, band, measure, note, wording, others = said
    return Entry(
        leaf,
        _read(score),
        None if band is None else _read(band),
        None if measure is None else _read(measure),
        None if note is None else _read(note),
        place.wording if wording is None else tuple(wording),
        _cells(others) if others else {},
    )


_read = Cell._make
"""A cell again; every one is told whole."""


def _cell(said: Json) -> Cell | None:
    return None if said is None else _read(said)


def _cells(said: Mapping[str, Json]) -> dict[str, Cell]:
    return {key: _read(cell) for key, cell in said.items()}
