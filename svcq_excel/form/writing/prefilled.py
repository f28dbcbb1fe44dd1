"""What a form is to hold besides its layout: entries that are carried over, and what to correct."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from svcq_excel.form.entered import EntryPlace, entered
from svcq_excel.form.facts import Cell, FormFacts
from svcq_excel.form.identity import CARRIED, CorrectionMark


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing to correct: what is wrong, what to do, and the entry, where there is one."""

    place: EntryPlace | None
    name: str
    """The criterion's name, or ""."""
    found: str
    todo: str
    must: bool = True
    """Whether the form is refused because of it; else it is a question to the unit."""


@dataclass(frozen=True, slots=True)
class Notice:
    """補正通知: the letter in front that lists what to correct, and until when."""

    title: str
    addressee: str
    """受文者"""
    subject: str
    """主旨"""
    explanations: tuple[str, ...]
    """說明, point by point."""
    corrections: tuple[Correction, ...]
    answers: CorrectionMark = field(default_factory=CorrectionMark)


@dataclass(frozen=True, slots=True)
class Filled:
    """Entries and remarks by their keys, and a notice of what is wrong with them."""

    entries: Mapping[EntryPlace, Cell] = field(default_factory=dict)
    remarks: Mapping[str, Mapping[str, Cell]] = field(default_factory=dict)
    notice: Notice | None = None
    carried_steps: tuple[str, ...] = ()
    """Of a checklist, the steps that were open in an earlier round and are not due in this one."""

    @property
    def texts(self) -> dict[EntryPlace, str]:
        """The entries that may need room."""
        return {
            place: cell.text for place, cell in self.entries.items() if isinstance(cell.value, str)
        }

    @property
    def remark_texts(self) -> dict[str, dict[str, str]]:
        """By item and key."""
        return {
            item: {key: cell.text for key, cell in cells.items()}
            for item, cells in self.remarks.items()
        }

    @property
    def more_marks(self) -> list[tuple[str, str]]:
        """What a form bears besides the marks of its unit: what it carries, what it answers."""
        carried = [(CARRIED, " ".join(self.carried_steps))] if self.carried_steps else []
        return [*carried, *(self.notice.answers.pairs() if self.notice else [])]

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


def carried(
    facts: FormFacts, notice: Notice | None = None, carried_steps: tuple[str, ...] = ()
) -> Filled:
    """Everything that a unit entered into a form."""
    return Filled(entered(facts), facts.remarks, notice, carried_steps)
