"""Reads the results of earlier rounds from statistics workbooks, .xlsx or .ods, by their heads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from svcq_excel.definition import DefinitionError, Problem
from svcq_excel.plan.lists.list_file import SheetOf, opened, refusal
from svcq_excel.plan.previous.cells import ANOTHER, ResultSheet
from svcq_excel.plan.previous.checklists import (
    CHECKLIST_TABLE,
    OVERDUE,
    RATES,
    read_checklist,
    read_overdue,
    read_rates,
)
from svcq_excel.plan.previous.model import EarlierTable, PreviousResults
from svcq_excel.plan.previous.scores import RANKING, TABLE, Ranked, read_ranking, read_scores
from svcq_excel.plan.rounds import in_time, round_key
from svcq_excel.plan.units import Unit
from svcq_excel.rubric.model import Rubric
from svcq_excel.text.folding import fold
from svcq_excel.workbooks.opening import OpenedWorkbook

_KIND = re.compile("（(.+)）")
_ROUND = re.compile("考核期別：([^\u3000\n]+)")
_YEAR = re.compile("[0-9]{2,3}年度?")
_CHECK = "請確認所指定的是同一項考核前期的統計表"
_LEFT_OUT = "未與這一期比較"


def previous_of(
    named: Iterable[Path], lying: Iterable[Path], rubric: Rubric, units: Sequence[Unit]
) -> tuple[tuple[PreviousResults, ...], tuple[Problem, ...]]:
    """The results, the earliest round first, and what a person should look at; rounds that cannot
    be told in time stay as they were given.

    Of those that nobody named but that lie there, the ones that cannot be used are left out.
    Raises DefinitionError with all that is wrong with the others.
    """
    problems, doubts, found = list[Problem](), list[Problem](), dict[str, PreviousResults]()
    for path, is_named in {**dict.fromkeys(lying, False), **dict.fromkeys(named, True)}.items():
        results, wrong = _fitting(path, rubric, units)
        twin = found.get(round_key(results.called)) if results else None
        if results and twin and is_named:
            message = f"與「{twin.file}」同為「{results.called}」的結果"
            wrong = (*wrong, Problem(str(path), message, "同一期請只指定一份"))
        if not is_named:
            doubts.extend(replace(each, message=f"{each.message}；{_LEFT_OUT}") for each in wrong)
        else:
            problems.extend(wrong)
        if results and not wrong:
            found[round_key(results.called)] = results
    if problems:
        raise DefinitionError(problems)
    return in_time(found.values(), lambda each: each.round), tuple(doubts)


def _fitting(
    path: Path, rubric: Rubric, units: Sequence[Unit]
) -> tuple[PreviousResults | None, tuple[Problem, ...]]:
    """What a workbook holds, and why it cannot be compared."""
    try:
        results = read_results(path)
    except DefinitionError as error:
        return None, error.problems
    return results, tuple(_unfit(path, results, rubric, units))


def read_results(path: Path) -> PreviousResults:
    """One workbook. Raises DefinitionError with every problem found."""
    book = opened(path)
    tables = next(filter(None, (_named(book, each) for each in (TABLE, CHECKLIST_TABLE))), None)
    if book is None or not tables:
        message = f"不是本程式彙整的統計表：沒有「{TABLE}」工作表"
        raise refusal(path, message, ANOTHER)
    return _Reader(path, book).read(tables)


def _named(book: OpenedWorkbook | None, name: str) -> dict[str, str]:
    """The sheets of this name, one for each kind of assessment: what stands in brackets behind it,
    "" of the one without any; by that the name of the sheet."""
    names = book.sheet_names if book else ()
    found = {"": name} if name in names else {}
    for each in names:
        if each.startswith(name) and (kind := _KIND.fullmatch(each.removeprefix(name))):
            found[kind[1]] = each
    return found


class _Reader:
    """Goes through a workbook and gathers what is wrong in it."""

    def __init__(self, path: Path, book: OpenedWorkbook) -> None:
        self._path, self._book = path, book
        self._problems: list[Problem] = []

    def read(self, tables: dict[str, str]) -> PreviousResults:
        is_checklist = CHECKLIST_TABLE in tables.values()
        read = self._checklists if is_checklist else self._scores
        sheets = {kind: self._sheet(name) for kind, name in tables.items()}
        found = tuple(read(sheets))
        if self._problems:
            raise DefinitionError(self._problems)
        above = "\n".join(text for sheet in sheets.values() for text in sheet.above)
        said = _ROUND.search(above) or _YEAR.search(above)
        round = said[said.re.groups].strip() if said else ""
        return PreviousResults(self._path.name, round, is_checklist, found)

    def _sheet(self, name: str) -> ResultSheet:
        return ResultSheet(SheetOf(self._path, name, self._book), self._problems)

    def _scores(self, sheets: dict[str, ResultSheet]) -> Iterator[EarlierTable]:
        ranks = dict[str, dict[str, Ranked]]()
        for kind, name in _named(self._book, RANKING).items():
            ranks |= read_ranking(self._sheet(name), kind)
        # The first table is not called by its kind; what is ranked and has no other table is it.
        first = next((kind for kind in ranks if kind not in sheets), "")
        for kind, sheet in sheets.items():
            yield read_scores(sheet, kind or first, ranks.get(kind or first, {}))

    def _checklists(self, sheets: dict[str, ResultSheet]) -> Iterator[EarlierTable]:
        rates, overdue = _named(self._book, RATES), _named(self._book, OVERDUE)
        for kind, sheet in sheets.items():
            by_part = read_rates(self._sheet(rates[kind])) if kind in rates else {}
            steps = read_overdue(self._sheet(overdue[kind])) if kind in overdue else {}
            yield read_checklist(sheet, kind, by_part, steps)


def _unfit(
    path: Path, results: PreviousResults, rubric: Rubric, units: Sequence[Unit]
) -> Iterator[Problem]:
    """Why these are no earlier results of the same assessment."""
    if results.is_checklist != rubric.is_checklist:
        was, now = ("檢核表", "評分") if results.is_checklist else ("評分", "檢核表")
        yield Problem(str(path), f"是{was}的結果，本次考核是{now}", _CHECK)
        return
    there = {
        fold(text) for table in results.tables for u in table.units for text in (u.code, u.name)
    }
    if not there & {fold(text) for unit in units for text in (unit.code, unit.name)}:
        yield Problem(str(path), "所列單位與本次名單沒有一個相同", _CHECK)
