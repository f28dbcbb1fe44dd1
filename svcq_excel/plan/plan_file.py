"""計畫檔: one YAML file that names all that the runs of an assessment work with.

What a call says itself goes before it. Paths in it start from where it lies.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from svcq_excel.definition import DefinitionError, Problem
from svcq_excel.rubric.clauses import Clauses
from svcq_excel.rubric.lint.linter import lint
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.reader import misshapen
from svcq_excel.rubric.yaml_source import Source, in_file_order, read_source

_TEXTS = ("rubric", "round", "deadline")
_PATHS = ("units", "assessors", "rulings", "decisions", "carried")
_CLAUSES = "clauses"


@dataclass(frozen=True, slots=True)
class PlanFile:
    """What a plan file says; "" and None where it says nothing."""

    rubric: str = ""
    """The id of one that ships, or a path."""
    round: str = ""
    deadline: str = ""
    units: Path | None = None
    assessors: Path | None = None
    rulings: Path | None = None
    decisions: Path | None = None
    carried: Path | None = None
    clauses: Clauses = field(default_factory=Clauses)
    source: Source = field(default_factory=lambda: Source(""))

    def applied(self, rubric: Rubric) -> Rubric:
        """The rubric with the plan's clauses in the place of its own.

        Raises DefinitionError where they do not fit it.
        """
        given = self.clauses.model_fields_set
        if not given:
            return rubric
        told = {name: getattr(self.clauses, name) for name in given}
        changed = rubric.model_copy(update={"clauses": rubric.clauses.model_copy(update=told)})
        if problems := lint(changed, self.source):
            raise DefinitionError(problems)
        return changed


def read_plan_file(path: Path) -> PlanFile:
    """The plan of a YAML file. Raises DefinitionError with every problem."""
    source, faults = read_source(path)
    data = source.data if isinstance(source.data, dict) else {}
    clauses, problems = _clauses(source, data.get(_CLAUSES))
    problems = (*faults, *_problems(source, data), *problems)
    if problems:
        raise DefinitionError(in_file_order(problems))
    folder = path.parent
    texts = {key: str(data[key]) for key in _TEXTS if key in data}
    if "rubric" in texts and (folder / texts["rubric"]).is_file():
        texts["rubric"] = str(folder / texts["rubric"])
    paths = {key: folder / str(data[key]) for key in _PATHS if key in data}
    said: dict[str, Any] = {**texts, **paths}
    return PlanFile(**said, clauses=clauses, source=source)


def _problems(source: Source, data: dict[str, object]) -> Iterator[Problem]:
    known = (*_TEXTS, *_PATHS, _CLAUSES)
    for key, value in data.items():
        if key not in known:
            near = get_close_matches(key, known, n=1)
            fix = f"請改為「{near[0]}」，或刪除" if near else f"可用的鍵：{'、'.join(known)}"
            yield source.problem((key,), f"計畫檔不認得「{key}」", fix)
        elif key != _CLAUSES and not isinstance(value, str | int):
            yield source.problem((key,), f"「{key}」應為一段文字", "請填值，或刪除這一行")


class _Clauses(BaseModel):
    clauses: Clauses


def _clauses(source: Source, said: object) -> tuple[Clauses, tuple[Problem, ...]]:
    if said is None:
        return Clauses(), ()
    try:
        return _Clauses.model_validate({_CLAUSES: said}).clauses, ()
    except ValidationError as error:
        return Clauses(), tuple(misshapen(source, error))
