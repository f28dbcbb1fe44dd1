"""What stood in a returned workbook: facts without a judgement, found by keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import NamedTuple

from svcq_excel.form.identity import Identity
from svcq_excel.text.unseen import BLANKS
from svcq_excel.workbooks.look import address
from svcq_excel.workbooks.veils import Veil
from svcq_excel.workbooks.workbook import Value


class Cell(NamedTuple):
    """A cell of a returned workbook and what was in it; a blank cell holds ""."""

    sheet: str
    row: int
    column: int
    value: Value = ""
    formula: bool = False
    """Whether a formula stands there."""
    error: str = ""
    """The error value that stands there, such as #REF!; the value is "" then."""
    percent: bool = False
    """Whether the cell is formatted as a percentage."""
    formula_text: str = ""
    """How the formula is spelled, =-改善, where that can be seen."""
    computed: float | str = ""
    """What the formula of a figure computes to: a number, or an error value; `volatile` or
    `external` where that hangs on more than the sheet; "" where it cannot be computed."""

    @property
    def address(self) -> str:
        return address(self.row, self.column)

    @property
    def blank(self) -> bool:
        value = self.value
        return isinstance(value, str) and not self.error and not value.strip(BLANKS)

    @property
    def text(self) -> str:
        """What stands there as a text; an error value is none that was entered."""
        value = "" if self.error else self.value
        if isinstance(value, bool):
            return str(value).upper()
        if isinstance(value, int | float):
            return f"{value:.12g}"
        if isinstance(value, datetime) and value.time() == time():
            return str(value.date())
        return str(value)


class Entry(NamedTuple):
    """A leaf's row as it came back. What the rubric does not ask for is None."""

    leaf: str
    score: Cell
    """On a checklist, the status."""
    band: Cell | None
    measure: Cell | None
    note: Cell | None
    wording: tuple[str, ...]
    """The labels in the leaf's block, row by row, as they stood."""
    others: Mapping[str, Cell] = {}  # never changed, like all of a tuple
    """Further entries by key: this_year, last_year; done, proof."""

    def cells(self) -> Iterator[Cell]:
        """All in which something was entered."""
        return (cell for cell in self._asked if cell is not None and not cell.blank)

    @property
    def is_computed(self) -> bool:
        """Whether a formula gives something of it."""
        formulas = [cell for cell in self._asked if cell is not None and cell.formula]
        return bool(formulas) and not all(cell.blank for cell in formulas)

    @property
    def _asked(self) -> tuple[Cell | None, ...]:
        return (self.score, self.band, self.measure, self.note, *self.others.values())


class Mark(NamedTuple):
    """One of the form's own statements of whose it is, and where it stands."""

    where: str
    unit: str
    unit_name: str
    assessor: str = ""
    """Who filled it in, where the mark says so."""


@dataclass(frozen=True, slots=True)
class FormFacts:
    """Everything that was read from one form."""

    identity: Identity
    """From the hidden sheet; where that is gone, from what `recovered` says."""
    marks: tuple[Mark, ...]
    entries: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    """By leaf id, in the order found; more than one where a row stands twice."""
    shown: Mapping[str, Cell] = field(default_factory=dict)
    """The sums shown, by node id; the total under ""."""
    title: str = ""
    """What stands in the row of the title."""
    assessor: Cell | None = None
    date: Cell | None = None
    comments: Cell | None = None
    documents: Mapping[str, Cell] = field(default_factory=dict)
    """By the id of a document, whether the form says that it was handed in; only where it does."""
    remarks: Mapping[str, Mapping[str, Cell]] = field(default_factory=dict)
    """By item id, then by key (strengths, weaknesses, …); only cells with an entry."""
    has_remarks: bool = True
    """Whether the sheet of the remarks is there, where the form was issued with one."""
    copies: tuple[str, ...] = ()
    """Further sheets that are forms too, or that people take for one."""
    is_shown: bool = True
    """Whether the form sheet is not hidden."""
    headed: Mapping[str, Cell] = field(default_factory=dict)
    """Of entry columns whose head says otherwise than their key, or that stand elsewhere: by key,
    the cell of the head."""
    unkeyed: tuple[Cell, ...] = ()
    """The heads of further columns of scores in which something was entered."""
    hidden: frozenset[str] = frozenset()
    """The leaves whose row is hidden."""
    protected: bool = True
    """Whether the form sheet is still protected."""
    is_form: bool = True
    """Whether there is a form sheet at all, and not only marks of one."""
    misplaced: tuple[Cell, ...] = ()
    """What stands in the column of the scores, in rows where no score is asked for."""
    recovered: str = ""
    """In words for people, what was gone of the form's marks and keys, and what stood in."""
    corrects: str = ""
    """Of a correction form, the SHA-256 of the file that it answers."""
    correction: int = 0
    """Which correction it is: 1, 2, …; of any other form 0."""
    correct_by: str = ""
    """The moment by which it was to come back, as ISO 8601, where the notice named one."""
    printed: str = ""
    """Of a correction form, what it carried over, in short."""
    seals: tuple[str, ...] = ()
    """Those on the form's marks; more than one where its places disagree."""
    steps: tuple[str, ...] = ()
    """Of a checklist, the ids that its keys name, and of the steps that it says it carries."""
    veils: tuple[Veil, ...] = ()
    """Why a person may see something else on the form sheet than what was entered there."""
    checksummed: bool = True
    """Whether the file's format would have told a bit that was flipped on the way."""
