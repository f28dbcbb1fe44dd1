"""計畫檔: one YAML file that names all that the runs of an assessment work with.

What a call says itself goes before it. Paths in it start from where it lies, and are understood as
Windows writes them, on every system.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import partial
from pathlib import Path, PureWindowsPath
from typing import Any, get_type_hints

from pydantic import BaseModel, ValidationError

from svcq_excel.definition import DefinitionError, Problem
from svcq_excel.plan.plan_clauses import PlanClauses
from svcq_excel.plan.sources import Sources
from svcq_excel.rubric.clauses import Clauses
from svcq_excel.rubric.reader import misshapen
from svcq_excel.rubric.source import Source
from svcq_excel.rubric.yaml_source import BACKSLASH, in_file_order, read_source
from svcq_excel.text.unseen import is_invisible

_CLAUSES = "clauses"
_ELSEWHERE = {"rounds", "problems", "doubts", "seal_key", "found_results"}
"""What only plan workbooks and folders give."""
_SEVERAL = "previous"
"""A path, or a list of them."""
_KINDS = get_type_hints(Sources)
_RUBRIC = "rubric"
_TEXTS = (_RUBRIC, *(key for key, kind in _KINDS.items() if kind == str | None))
"""What starts from no folder; a rubric may be an id."""
_PATHS = tuple(key for key in _KINDS if key not in {*_TEXTS, _CLAUSES, *_ELSEWHERE})
_IN_DOUBLE_QUOTES = re.compile(
    rf'^((?:{"|".join((_RUBRIC, *_PATHS))})[ \t]*:[ \t]*)"([^"\r\n]*\\[^"\r\n]*)"', re.MULTILINE
)


def read_plan_file(path: Path) -> Sources:
    """What a YAML file gives. Raises DefinitionError with every problem."""
    folder = path.parent
    source, faults = read_source(path, partial(_understood, folder))
    data = source.data if isinstance(source.data, dict) else {}
    clauses, problems = _clauses(source, data.get(_CLAUSES))
    problems = (*faults, *_problems(source, data), *problems)
    if problems:
        raise DefinitionError(in_file_order(problems))
    texts = {key: str(data[key]) for key in _TEXTS if key in data}
    if "rubric" in texts and (own := _led_to(folder, texts["rubric"])).is_file():
        texts["rubric"] = str(own)
    said: dict[str, Any] = {**texts}
    for key in _PATHS:
        if key in data:
            paths = [_led_to(folder, str(each)) for each in _listed(data[key])]
            said[key] = tuple(paths) if key == _SEVERAL else paths[0]
    if clauses.model_fields_set:
        said["clauses"] = PlanClauses(clauses, source)
    return Sources(**said)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _led_to(folder: Path, said: str) -> Path:
    """The file that is meant: as it is called or, if none is, with a backslash between folders."""
    path = folder / said
    if "\\" not in said or path.exists():
        return path
    return Path(said) if PureWindowsPath(said).is_absolute() else folder / said.replace("\\", "/")


def _understood(folder: Path, text: str) -> str:
    """The text, with paths in double quotes as Windows writes them where they lead to a file: in
    YAML a backslash there is no character of its own."""

    def plain(found: re.Match[str]) -> str:
        key, said = found.groups()
        if not _led_to(folder, said).exists():
            return found[0]
        quoted = said.replace("'", "''")
        return f"{key}'{quoted}'"

    return _IN_DOUBLE_QUOTES.sub(plain, text)


def _problems(source: Source, data: dict[str, object]) -> Iterator[Problem]:
    known = (*_TEXTS, *_PATHS, _CLAUSES)
    for key, value in data.items():
        if key not in known:
            near = get_close_matches(key, known, n=1)
            fix = f"請改為「{near[0]}」，或刪除" if near else f"可用的鍵：{'、'.join(known)}"
            yield source.problem((key,), f"計畫檔不認得「{key}」", fix)
        elif key == _SEVERAL and isinstance(value, list):
            if not value or not all(isinstance(each, str) for each in value):
                said = f"「{key}」應為一個以上的檔名"
                yield source.problem((key,), said, "請一行填一個檔名，或刪除這一項")
        elif key != _CLAUSES and not isinstance(value, str | int):
            yield source.problem((key,), f"「{key}」應為一段文字", "請填值，或刪除這一行")
        if key in (_RUBRIC, *_PATHS) and any(map(_is_escaped, str(value))):
            yield source.problem((key,), f"「{key}」的路徑讀出看不見的字元", BACKSLASH)
        elif key == "phone" and isinstance(value, int):
            said = f"電話「{value}」讀成數字，開頭的 0 可能已經不見"
            yield source.problem((key,), said, '請以引號括起，例如 phone: "02-2311-1234"')


def _is_escaped(char: str) -> bool:
    return is_invisible(char) or char == "\xa0"


class _Clauses(BaseModel):
    clauses: Clauses


def _clauses(source: Source, said: object) -> tuple[Clauses, tuple[Problem, ...]]:
    if said is None:
        return Clauses(), ()
    try:
        return _Clauses.model_validate({_CLAUSES: said}).clauses, ()
    except ValidationError as error:
        return Clauses(), tuple(misshapen(source, error))
