"""What an earlier round came to, as its statistics workbook shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class EarlierItem:
    """A column of the table: an item and its cap; of a checklist, a part of it and the whole."""

    name: str
    cap: Fraction


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A step of a checklist that was overdue."""

    part: str
    """What it belongs to, 實施要項."""
    name: str
    status: str
    """辦理狀態"""


@dataclass(frozen=True, slots=True)
class EarlierUnit:
    """A row of the table; of a checklist the total and the items are 完成率."""

    code: str
    name: str
    group: str = ""
    total: Fraction | None = None
    status: str = ""
    """What stands in the place of a total: 未繳."""
    grade: str = ""
    rank: int | None = None
    provisional: bool = False
    """Whether its rank was marked so."""
    items: tuple[Fraction | None, ...] = ()
    asked: int | None = None
    """Of a checklist, 應辦; and how many steps were 已完成."""
    done: int | None = None
    open: Mapping[str, OpenStep] = field(default_factory=dict)
    """Of a checklist, the steps that were overdue, by id."""


@dataclass(frozen=True, slots=True)
class EarlierTable:
    """One kind of assessment."""

    kind: str
    """As titles call it: 本署; "" where the workbook does not tell."""
    title: str
    full: Fraction
    items: tuple[EarlierItem, ...]
    units: tuple[EarlierUnit, ...]


@dataclass(frozen=True, slots=True)
class PreviousResults:
    """All kinds of a round."""

    file: str
    """The workbook's name without the folders that it lies in."""
    round: str
    """考核期別; of a whole year its year; "" where neither stands there."""
    is_checklist: bool
    tables: tuple[EarlierTable, ...]

    @property
    def called(self) -> str:
        """As people tell it from other rounds."""
        return self.round or self.file

    def of_kind(self, word: str) -> EarlierTable | None:
        """The table of a kind of assessment; one whose kind is not told may be any."""
        named = (each for each in self.tables if each.kind in {word, ""})
        return next(named, None)
