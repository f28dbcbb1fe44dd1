"""What was entered in a form: its cells by place, whether there are any, and all of it in short."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from hashlib import sha256

from svcq_excel.form.facts import Cell, FormFacts
from svcq_excel.form.layout.grid import document_row
from svcq_excel.text.roc_dates import parse_date
from svcq_excel.text.visible import printable

EntryPlace = tuple[str, str]
"""A leaf's id and an entry's key; of an entry of the form as a whole, the id is ""."""


def entered(facts: FormFacts) -> dict[EntryPlace, Cell]:
    """Every entry that is not blank, remarks aside, in the form's order."""
    return dict(_entries(facts))


def _entries(facts: FormFacts) -> Iterator[tuple[EntryPlace, Cell]]:
    head = (
        ("assessor", facts.assessor),
        ("date", facts.date),
        ("comments", facts.comments),
    )
    for key, cell in head:
        if cell is not None and _shows(cell):
            yield ("", key), cell
    for id, cell in facts.documents.items():
        if _shows(cell):
            yield (document_row(id), "handed_in"), cell
    for leaf, (entry, *_) in facts.entries.items():
        main = "status" if "done" in entry.others else "score"
        named = {main: entry.score, "measure": entry.measure, "band": entry.band}
        for key, cell in {**named, "note": entry.note, **entry.others}.items():
            if cell is not None and _shows(cell):
                yield (leaf, key), cell


def _shows(cell: Cell) -> bool:
    return not cell.blank or cell.formula


def untouched(facts: FormFacts) -> bool:
    """Whether a form holds nothing but what was printed: of a blank form nothing at all, of a
    correction form what it carried over from the form that it corrects. Where another sheet looks
    like it, that one may have been filled in."""
    if facts.misplaced:
        return False
    if facts.printed and not facts.copies and in_short(facts) == facts.printed:
        return True
    return not facts.remarks and next(_entries(facts), None) is None


def in_short(facts: FormFacts) -> str:
    """Equal for forms in which the same was entered, whichever program saved them."""
    return sha256(repr(sorted(said(facts).items())).encode("utf-8", "surrogatepass")).hexdigest()


def said(facts: FormFacts) -> dict[tuple[str, str], str]:
    """What stands in each entry that shows something, remarks with them."""
    remarks = {
        (f"remarks {item}", key): cell
        for item, cells in facts.remarks.items()
        for key, cell in cells.items()
    }
    texts = {place: _text(cell) for place, cell in {**entered(facts), **remarks}.items()}
    return {place: text for place, text in texts.items() if text}


def _text(cell: Cell) -> str:
    """A cell as every format stores it, and as a correction form carries it over."""
    day = parse_date(cell.value) if isinstance(cell.value, date | str) else None
    return day.isoformat() if day else " ".join(printable(cell.text).split())
