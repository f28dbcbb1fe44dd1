"""Finds a rubric by what a person calls it: the id of one that ships, or the path of a file."""

from __future__ import annotations

import re
from difflib import get_close_matches
from pathlib import Path

from svcq_excel.data import beside_the_package
from svcq_excel.definition import DefinitionError, Problem
from svcq_excel.rubric.lint.linter import lint
from svcq_excel.rubric.model import ID, Rubric
from svcq_excel.rubric.reader import Shape, read_rubric, shape_of


def load(ref: str) -> Rubric:
    """The rubric of a shipped id or a file, read and linted; raises `DefinitionError`.

    A shipped id goes before a file of the same name; `./wra-105` means the file.
    """
    rubric, problems = looked_over(ref)
    if problems:
        raise DefinitionError(problems)
    return rubric


def looked_over(ref: str) -> tuple[Rubric, tuple[Problem, ...]]:
    """The same, with what the linter says of it; raises where it cannot be read as a rubric."""
    shape, problems = examined(ref)
    if shape.faults or not shape.rubric:
        raise DefinitionError(problems)
    return shape.rubric, problems


def examined(ref: str) -> tuple[Shape, tuple[Problem, ...]]:
    """What a file says, and all that is wrong with it, in shape and in sense; raises where there
    is nothing to be read."""
    path = path_of(ref)
    if not _exists(path):
        raise DefinitionError([_unknown(ref)])
    shape = shape_of(path)
    told = [keys for keys, _ in shape.faults]
    linted = lint(shape.rubric, shape.source, told) if shape.rubric else ()
    shapeless = (problem for _, problem in shape.faults)
    return shape, shape.source.in_order((*shapeless, *linted))


def path_of(ref: str) -> Path:
    """Where the rubric lies that is called so, if it is there."""
    return _shipped_path(ref) or Path(ref)


def shipped() -> tuple[Rubric, ...]:
    """The rubrics that ship, by id; a file among them that cannot be read is left out. Raises
    DefinitionError where there is none."""
    return tuple(sorted((rubric for _, rubric in _found()), key=lambda rubric: rubric.id))


def folder() -> Path:
    """Where the shipped rubrics are."""
    return beside_the_package("templates")


def _found() -> list[tuple[Path, Rubric]]:
    found = []
    for path in sorted(folder().glob("*.yaml")):
        try:
            found.append((path, read_rubric(path)))
        except DefinitionError:
            continue
    if not found:
        raise DefinitionError([_NONE])
    return found


def _shipped_path(ref: str) -> Path | None:
    for path in folder().glob("*.yaml"):
        if path.stem == ref:
            return path
    if not re.fullmatch(ID, ref):
        return None  # a path: there is no need to read every shipped file for its id
    return next((path for path, rubric in _found() if rubric.id == ref), None)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return True  # forbidden or too long a name: the reader says why


def _unknown(ref: str) -> Problem:
    ids = [rubric.id for rubric in shipped()]
    near = get_close_matches(ref, ids, n=1)
    guess = f"您要的或許是 {near[0]}；" if near else ""
    return Problem(
        ref,
        "不是內建評分表定義的代號，也沒有這個檔案",
        f"{guess}內建的有：{'、'.join(ids)}；其他定義請寫檔案的路徑",
    )


_NONE = Problem(
    "templates",
    "找不到程式內附的評分表定義，安裝可能不完整",
    "請重新安裝程式，或改為指定評分表定義檔的路徑",
)
