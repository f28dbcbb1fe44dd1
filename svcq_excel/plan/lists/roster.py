"""Rules that the lists of units and of assessors share: filled in, told apart, written one way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Generic, TypeVar

from svcq_excel.definition import DefinitionError, Problem
from svcq_excel.plan.lists.table import Table
from svcq_excel.text.folding import fold

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """What a list holds, and what a person should look at in it though nothing forbids its use."""

    entries: tuple[T, ...]
    doubts: tuple[Problem, ...] = ()


def verify(table: Table, *findings: Iterable[Problem]) -> None:
    """Raises DefinitionError with all problems, from the top of the table down."""
    problems = sorted(chain(table.problems, *findings), key=lambda problem: problem.line or 0)
    if problems:
        raise DefinitionError(problems)


def blanks(table: Table, column: str) -> Iterator[Problem]:
    """Entries without a text that every entry needs."""
    for number, text in table.column(column):
        if not text:
            # The reader gives error cells (#REF!) as blanks.
            message = f"{table.call(column)}空白（公式的錯誤值也視為空白）"
            yield table.problem(message, "請填寫，或刪除這一筆", number, column)


def clashes(table: Table, column: str) -> Iterator[Problem]:
    """Texts that equal an earlier one, or that people would take for it."""
    for number, text, first, other in _alike(table, column):
        message = f"{table.call(column)}「{text}」與第 {first} 列的「{other}」"
        message += "重複" if text == other else "只差全形半形、大小寫、空白或開頭的 0"
        fix = f"每一筆的{table.call(column)}應不同，請更正其中之一"
        yield table.problem(message, fix, number, column)


def variants(table: Table, column: str) -> Iterator[Problem]:
    """Texts meant to be equal but written in two ways, such as 第1組 and 第１組."""
    for number, text, first, other in _alike(table, column):
        if text != other:
            message = f"{table.call(column)}「{text}」與第 {first} 列的「{other}」寫法不一"
            yield table.problem(message, "請統一寫法", number, column)


def partial(table: Table, column: str) -> Iterator[Problem]:
    """A column that is filled for some entries only."""
    empty = [number for number, text in table.column(column) if not text]
    if empty and len(empty) < len(table.rows):
        message = f"有 {len(empty)} 筆未填{table.call(column)}（此為第一筆），其餘已填"
        fix = f"請每一筆都填{table.call(column)}，或全部不填；合併的儲存格請取消合併後逐筆填寫"
        yield table.problem(message, fix, empty[0], column)


def _alike(table: Table, column: str) -> Iterator[tuple[int, str, int, str]]:
    """Each text after the first of those that fold to the same, with that first one."""
    seen: dict[str, tuple[int, str]] = {}
    for number, text in table.column(column):
        first, other = seen.setdefault(fold(text), (number, text))
        if text and first != number:
            yield number, text, first, other
