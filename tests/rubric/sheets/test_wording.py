"""A workbook has a place and a word for everything that a definition says, and speaks no YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from svcq_excel.rubric.lint.linter import lint
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.reader import shape_of
from svcq_excel.rubric.sheets.clause_items import CLAUSES
from svcq_excel.rubric.sheets.columns import DOCUMENTS, GRADES, REWARDS, TREE
from svcq_excel.rubric.sheets.items import ITEMS
from svcq_excel.rubric.sheets.workbook_source import WorkbookSource
from svcq_excel.rubric.source import dotted
from tests.rubric.lint.test_clauses import CHECKLIST, CHECKLIST_FAULTS
from tests.rubric.lint.test_clauses import FAULTS as CLAUSE_FAULTS
from tests.rubric.lint.test_linter import FAULTS
from tests.rubric.small_rubric import SOUND, write

# What no cell says: the format, what holds other parts, and what is told by the kind of a row.
_OF_ITSELF = {"format", "children", "documents.heads", "documents.heads.heads", "bands.measure_max"}


def fields(model: type[BaseModel], above: tuple[str, ...] = ()) -> Iterator[str]:
    """The dotted names of all that can be said, down to plain values."""
    for name, field in model.model_fields.items():
        parts = [each for each in _models(field.annotation) if each.__name__ != "Heading" or above]
        for part in parts:
            if part is not model:
                yield from fields(part, () if name == "tree" else (*above, name))
        if not parts or part_of_itself(model, parts):
            yield dotted((*above, name))


def part_of_itself(model: type[BaseModel], parts: list[type[BaseModel]]) -> bool:
    return model in parts


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for each in get_args(annotation):
        yield from _models(each)


def test_every_key_of_a_definition_has_a_place_in_the_workbook() -> None:
    placed = {dotted(column.keys) for column in TREE}
    placed |= {f"bands.{dotted(column.band)}" for column in TREE}
    for part, columns in (("grades", GRADES), ("rewards", REWARDS), ("documents", DOCUMENTS)):
        placed |= {f"{part}.{dotted(column.keys)}" for column in columns}
    placed |= {f"documents.heads.{dotted(column.band)}" for column in DOCUMENTS}
    placed |= {dotted(item.keys) for item in ITEMS} | {"kinds", "sums"}
    for clause in CLAUSES:
        placed |= {dotted(("clauses", *clause.keys, *item.keys)) for item in clause.items}
    assert not set(fields(Rubric)) - placed - _OF_ITSELF


SPOILT = {
    **{name: SOUND.replace(old, new) for name, (old, new, *_) in FAULTS.items()},
    **{
        name: SOUND.replace("tree:\n", f"{clauses}tree:\n")
        for name, (clauses, *_) in CLAUSE_FAULTS.items()
    },
    **{name: CHECKLIST.replace(old, new) for name, (old, new, *_) in CHECKLIST_FAULTS.items()},
}


@pytest.mark.parametrize("fault", SPOILT)
def test_what_the_linter_says_of_a_workbook_names_no_key_of_yaml(
    fault: str, tmp_path: Path
) -> None:
    shape = shape_of(write(tmp_path, SPOILT[fault]))
    source = WorkbookSource("定義.xlsx", shape.source.data)
    problems = lint(shape.rubric, source) if shape.rubric else ()
    assert problems or shape.faults
    for problem in problems:
        said = re.sub("「.*?」|{.*?}|Excel", "", f"{problem.message}{problem.fix}")
        assert not re.search(r"[a-z_]{2,}|[\x02\x03]", said), said
