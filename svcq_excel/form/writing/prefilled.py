"""What a form is to hold besides its layout: entries that are carried over, and what to correct."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from svcq_excel.form.facts import Cell, FormFacts
from svcq_excel.form.identity import CorrectionMark
from svcq_excel.form.layout.grid import document_row

EntryPlace = tuple[str, str]
"""A leaf's id and an entry's key; of an entry of the form as a whole, the id is ""."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing to correct: what is wrong, what to do, and the entry, where there is one."""

    place: EntryPlace | None
    name: str
    """The criterion's name, or ""."""
    found: str
    todo: str


@dataclass(frozen=True, slots=True)
class Notice:
    """補正通知: the sheet in front that lists what to correct, and until when."""

    unit: str
    deadline: str
    corrections: tuple[Correction, ...]
    answers: CorrectionMark = field(default_factory=CorrectionMark)


@dataclass(frozen=True, slots=True)
class Filled:
    """Entries and remarks by their keys, and a notice of what is wrong with them."""

    entries: Mapping[EntryPlace, Cell] = field(default_factory=dict)
    remarks: Mapping[str, Mapping[str, Cell]] = field(default_factory=dict)
    notice: Notice | None = None

    @property
    def more_marks(self) -> list[tuple[str, str]]:
        """What a correction form bears besides the marks of its unit."""
        return self.notice.answers.pairs() if self.notice else []

    @property
    def flags(self) -> dict[EntryPlace, str]:
        """The comment on each entry that has to be corrected."""
        flags: dict[EntryPlace, str] = {}
        for correction in self.notice.corrections if self.notice else ():
            if correction.place:
                said = f"{correction.found}。\n{correction.todo}。"
                before = flags.get(correction.place)
                flags[correction.place] = f"{before}\n{said}" if before else said
        return flags


def carried(facts: FormFacts, notice: Notice | None = None) -> Filled:
    """Everything that a unit entered into a form."""
    entries: dict[EntryPlace, Cell] = {
        ("", key): cell
        for key, cell in (
            ("assessor", facts.assessor),
            ("date", facts.date),
            ("comments", facts.comments),
        )
        if cell is not None
    }
    entries |= {(document_row(id), "handed_in"): cell for id, cell in facts.documents.items()}
    for leaf, (entry, *_) in facts.entries.items():
        main = "status" if "done" in entry.others else "score"
        named = {main: entry.score, "measure": entry.measure, "band": entry.band}
        for key, cell in {**named, "note": entry.note, **entry.others}.items():
            if cell is not None and not cell.blank:
                entries[leaf, key] = cell
    return Filled(entries, facts.remarks, notice)
