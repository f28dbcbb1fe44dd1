"""An outcome as four plain tables for programs: units, leaves, files, violations.

Data frames, CSV and parquet are all made from these rows. Keys and values are those of the JSON
document; None where there is nothing to say.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from svcq_excel.checks.violation import Violation
from svcq_excel.definition import Problem
from svcq_excel.results.guarded_csv import Cell
from svcq_excel.results.model import FileResult, Outcome, UnitResult
from svcq_excel.results.outcome_json import json_value
from svcq_excel.results.wording import received
from svcq_excel.rubric.exact import decimal
from svcq_excel.rubric.model import Node

UNITS, LEAVES, FILES, VIOLATIONS = NAMES = "units", "leaves", "files", "violations"

_UNIT = (
    *("unit", "name", "group", "kind", "status", "total", "grade", "rank"),
    *("provisional", "forms_expected", "forms_counted"),
)
_LEAF = ("unit", "kind", "leaf", "name", "score")
_FILE = (
    *("path", "status", "unit", "assessor", "reason"),
    *("size", "sha256", "received", "evidence"),
)
_VIOLATION = (
    *("path", "unit", "code", "severity", "criterion"),
    *("sheet", "cell", "value", "message"),
)
WHOLE = frozenset({"rank", "size", "forms_expected", "forms_counted"})
"""Columns of whole numbers."""
FLAGS = frozenset({"provisional"})
"""Columns of yes and no."""


@dataclass(frozen=True, slots=True)
class DataTable:
    columns: tuple[str, ...]
    exact: frozenset[str]
    """Columns of exact numbers; any other that is not WHOLE, or FLAGS, is of texts."""
    rows: tuple[tuple[Cell, ...], ...]


def tables(outcome: Outcome) -> dict[str, DataTable]:
    """By name, in their order."""
    rubric = outcome.rubric
    items = () if rubric.is_checklist else rubric.items
    heads = _heads(items)
    scores = frozenset() if rubric.is_checklist else frozenset({"score"})
    units, leaves = outcome.units, _leaves(outcome)
    files = tuple(map(_file, outcome.files))
    found = [_violation(file.path, file.unit, v) for file in outcome.by_unit for v in file.found]
    found += [_violation(None, unit.unit.code, v) for unit in units for v in unit.violations]
    found += map(_unmatched, outcome.unmatched)
    return {
        UNITS: DataTable(
            (*_UNIT, *heads),
            frozenset({"total", *heads}),
            tuple(_unit(each, items) for each in units),
        ),
        LEAVES: DataTable(_LEAF, scores, tuple(leaves)),
        FILES: DataTable(_FILE, frozenset(), files),
        VIOLATIONS: DataTable(_VIOLATION, frozenset(), tuple(found)),
    }


def _heads(items: Sequence[Node]) -> tuple[str, ...]:
    """The items' names, with their ids where a name is taken."""
    names = [*_UNIT, *(item.name for item in items)]
    return tuple(
        item.name if names.count(item.name) == 1 else f"{item.name}（{item.id}）" for item in items
    )


def _unit(result: UnitResult, items: Sequence[Node]) -> tuple[Cell, ...]:
    unit = result.unit
    said = (unit.code, unit.name, unit.group or None, result.kind, result.status)
    scores = (_decimal(result.items.get(item.id)) for item in items)
    forms = (result.provisional, result.expected, len(result.forms))
    return *said, _decimal(result.total), result.grade, result.rank, *forms, *scores


def _leaves(outcome: Outcome) -> Iterator[tuple[Cell, ...]]:
    """A row a score or, of a checklist, a step: only where the unit's form is accepted."""
    nodes = outcome.rubric.nodes
    for result in outcome.units:
        if result.status == "accepted":
            steps = {id: step.word for id, step in result.steps.items()}
            scores = {id: decimal(score) for id, score in result.leaves.items()}
            for id, said in (steps or scores).items():
                yield result.unit.code, result.kind, id, nodes[id].name, said


def _decimal(score: Fraction | None) -> Decimal | None:
    return None if score is None else decimal(score)


def _file(file: FileResult) -> tuple[Cell, ...]:
    came = (file.size, file.sha256 or None, received(file) or None, file.evidence or None)
    return file.path, file.status, file.unit, file.assessor, file.reason or None, *came


def _violation(path: str | None, unit: str | None, found: Violation) -> tuple[Cell, ...]:
    """Without a path what is found in a unit's result."""
    place = (found.criterion or None, found.sheet or None, found.cell or None)
    said = (path, unit, found.code, found.severity)
    return *said, *place, _text(json_value(found.value)), found.message


def _unmatched(problem: Problem) -> tuple[Cell, ...]:
    """A ruling or decision that matches nothing: no unit's, and broken by no rule of a form."""
    return *[None] * 3, "warning", *[None] * 4, str(problem)


def _text(value: object) -> str | None:
    """A cell's value as a text: a column holds values of one kind only."""
    match value:
        case None | "":
            return None
        case str():
            return value
        case bool():
            return str(value).upper()
    return json.dumps(value)
