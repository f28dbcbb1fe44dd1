"""What is wrong with a definition or a call: where, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a definition file, in words for the person who wrote it.

    `line` counts from 1 and is the row of a table; `path` leads from the top of a rubric to the
    node concerned, by names. `sheet` and `cell` say where in a workbook of several sheets.
    """

    file: str
    message: str
    fix: str
    line: int | None = None
    path: tuple[str, ...] = ()
    sheet: str = ""
    cell: str = ""

    @property
    def place(self) -> str:
        """Where it stands, as a person looks for it."""
        counted = "行" if self.file.lower().endswith((".yaml", ".yml")) else "列"
        at = self.cell or (f"第 {self.line} {counted}" if self.line else "")
        return " ".join(filter(None, (self.file, f"「{self.sheet}」" if self.sheet else "", at)))

    def __str__(self) -> str:
        at = f"〔{' > '.join(self.path)}〕" if self.path else ""
        return f"{self.place}：{at}{self.message}。{self.fix}。"


class Said(str):
    """A text, and what is wrong where it stands: sheet and cell of a plan workbook."""

    __slots__ = ("at",)
    at: Problem

    def __new__(cls, text: str, at: Problem) -> Said:
        said = super().__new__(cls, text)
        said.at = at
        return said

    def __reduce__(self) -> Any:
        return Said, (str(self), self.at)


def problem_of(text: object, called: str, message: str, fix: str) -> Problem:
    """What is wrong with a text: where it was said, or by what it is called in a call."""
    if isinstance(text, Said):
        return Problem(
            text.at.file, message, fix, text.at.line, sheet=text.at.sheet, cell=text.at.cell
        )
    return Problem(called, message, fix)


class DefinitionError(Exception):
    """A definition cannot be used; carries every problem found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class RoundError(Exception):
    """The round that is meant cannot be told from what came; `rounds` are those that there are."""

    def __init__(self, said: str, rounds: Sequence[str]) -> None:
        self.rounds = tuple(rounds)
        super().__init__(said + "、".join(f"「{round}」" for round in rounds))


class SeveralRoundsError(RoundError):
    """An inbox holds forms of several rounds, and nobody said which one is meant."""

    def __init__(self, rounds: Sequence[str]) -> None:
        super().__init__("收到的表件分屬不同考核期別：", rounds)


class OtherRoundsError(RoundError):
    """An inbox holds forms, but none of the round that was named."""

    def __init__(self, round: str, rounds: Sequence[str]) -> None:
        super().__init__(f"收到的表件沒有「{round}」的，所載考核期別為", rounds)
