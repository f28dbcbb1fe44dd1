"""A definition read from a workbook: where each part stands, and what it is called there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from svcq_excel.definition import Problem
from svcq_excel.rubric.sheets.cells import Place
from svcq_excel.rubric.sheets.clause_items import CLAUSES
from svcq_excel.rubric.sheets.columns import (
    BAND_ROW,
    CLAUSES_SHEET,
    DOCUMENTS,
    DOCUMENTS_SHEET,
    GRADES,
    GRADES_SHEET,
    PLAN_SHEET,
    REWARDS,
    REWARDS_SHEET,
    THRESHOLD,
    TREE,
    TREE_SHEET,
)
from svcq_excel.rubric.sheets.items import ITEMS, KIND_ITEM, SUM_ITEM
from svcq_excel.rubric.sheets.wording import WORDS_OF
from svcq_excel.rubric.source import MARKED, Keys, Source, dotted

_SHEETS = (TREE_SHEET, PLAN_SHEET, GRADES_SHEET, REWARDS_SHEET, CLAUSES_SHEET, DOCUMENTS_SHEET)
_SHEET_OF = {
    "tree": TREE_SHEET,
    "grades": GRADES_SHEET,
    "rewards": REWARDS_SHEET,
    "clauses": CLAUSES_SHEET,
    "documents": DOCUMENTS_SHEET,
}
_IN_A_SENTENCE = re.compile(f"(「| ?){MARKED.pattern}(」| ?)")
_BLANK = "blanks"


@dataclass(frozen=True, slots=True)
class WorkbookSource(Source):
    """Its parts stand in cells, and are called by the heads of their columns."""

    cells: Mapping[Keys, Place] = field(default_factory=dict)

    def place(self, keys: Keys) -> tuple[str, Place | None]:
        """The sheet and the cell of a part or, where it has none of its own, of what holds it."""
        at = keys
        while at:
            if at in self.cells:
                return self.cells[at].sheet, self.cells[at]
            at = at[:-1]
        return _SHEET_OF.get(str(keys[0]) if keys else "", PLAN_SHEET), None

    def problem(self, keys: Keys, message: str, fix: str) -> Problem:
        sheet, place = self.place(keys)
        message, fix = (_IN_A_SENTENCE.sub(_as_written, text) for text in (message, fix))
        return self.problem_at(place, sheet, message, fix, keys)

    def problem_at(
        self, place: Place | None, sheet: str, message: str, fix: str, keys: Keys = ()
    ) -> Problem:
        """A fault at a cell."""
        line = place.row + 1 if place else None
        cell = place.cell if place else ""
        return Problem(self.file, message, fix, line, self.names(keys), sheet, cell)

    def in_order(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        def standing(problem: Problem) -> tuple[int, int, int, str]:
            sheet = _SHEETS.index(problem.sheet) if problem.sheet in _SHEETS else len(_SHEETS)
            return sheet, problem.line or 0, len(problem.cell), problem.cell

        return tuple(sorted(dict.fromkeys(problems), key=standing))

    def called(self, keys: Keys) -> str:
        last = keys[-1] if keys else ""
        named = f"「{_head(dotted(keys))}」"
        return f"{named}的第 {last + 1} 項" if isinstance(last, int) else named

    def how_to_fill(self, keys: Keys, about: str) -> str:
        said = _abouts().get(dotted(keys), about).removesuffix("。")
        return f"請填寫（{said}）"


def _as_written(found: re.Match[str]) -> str:
    _, name, way, value, _ = found.groups()
    if way is None:
        return f"「{_head(name)}」"
    said = WORDS_OF.get(name, {}).get(value, value)
    if name == _BLANK:
        return said
    return f"「{_head(name).rpartition('：')[2]}：{said}」" if way == "=" else f"「{said}」"


def _head(name: str) -> str:
    """A key as the workbook has it, the head of a column; a part by where it is written."""
    return _heads().get(name) or _heads().get(name.rpartition(".")[2], name)


@cache
def _heads() -> dict[str, str]:
    """By dotted name what a key is called."""
    return {
        "tree": TREE_SHEET,
        "grades": GRADES_SHEET,
        "rewards": REWARDS_SHEET,
        "clauses": CLAUSES_SHEET,
        "documents": DOCUMENTS_SHEET,
        "bands": BAND_ROW,
        "measure": "佐證數據",
        "growth": "成長率",
        "children": "下一層",
        "kinds": f"計畫的{KIND_ITEM.rstrip('：')}",
        "sums": f"計畫的{SUM_ITEM.rstrip('：')}",
        "measure_max": THRESHOLD,
        "bands.measure_max": THRESHOLD,
        **{name: head for name, head, _ in _named()},
        **{dotted(clause.keys): clause.name for clause in CLAUSES if clause.keys},
        **{f"clauses.{dotted(clause.keys)}": clause.name for clause in CLAUSES if clause.keys},
    }


@cache
def _abouts() -> dict[str, str]:
    return {name: about for name, _, about in _named()}


def _named() -> Iterator[tuple[str, str, str]]:
    """Each key's dotted name, head and description."""
    for part, columns in (("documents", DOCUMENTS), ("rewards", REWARDS), ("grades", GRADES)):
        for column in columns:
            if column.keys:
                yield f"{part}.{dotted(column.keys)}", column.head, column.about
            if column.band:
                yield f"{part}.heads.{dotted(column.band)}", column.head, column.about
    for column in TREE:
        if column.band:
            yield f"bands.{dotted(column.band)}", column.head, column.about
            yield dotted(column.band), column.head, column.about
        if column.keys:
            yield dotted(column.keys), column.head, column.about
    for item in ITEMS:
        yield dotted(item.keys), item.name, item.about
    for clause in CLAUSES:
        for each in clause.items:
            name = dotted(("clauses", *clause.keys, *each.keys))
            yield name, f"{clause.name}：{each.name}", each.about
