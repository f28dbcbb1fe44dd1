"""Reads a rubric from YAML or a workbook; each fault of its shape is told with place and remedy."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from svcq_excel.definition import DefinitionError, Problem
from svcq_excel.rubric import clauses
from svcq_excel.rubric.clauses import Clauses, Kind
from svcq_excel.rubric.documents import Document, Heading
from svcq_excel.rubric.model import Band, Grade, Growth, Judgement, Measure, Node, Reward, Rubric
from svcq_excel.rubric.sheets.reading import is_workbook, read_workbook
from svcq_excel.rubric.source import Keys, Source
from svcq_excel.rubric.yaml_source import read_source

_PART_UNDER: dict[str | int, type[BaseModel]] = {
    "tree": Node,
    "children": Node,
    "bands": Band,
    "measure": Measure,
    "growth": Growth,
    "grades": Grade,
    "judgement": Judgement,
    "rewards": Reward,
    "documents": Document,
    "heads": Heading,
    "clauses": Clauses,
    **dict(clauses.PARTS.items()),
}


Fault = tuple[Keys, Problem]
"""What is wrong, with the keys of the part that it concerns, if they are known."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What was read of a file, and the faults of its shape."""

    source: Source
    rubric: Rubric | None
    """None where what is there makes none, even with stand-ins for what is wrong."""
    faults: tuple[Fault, ...]


def read_rubric(path: Path) -> Rubric:
    """The rubric of a file, sound in shape; raises `DefinitionError` with all faults."""
    return read(path)[0]


def read(path: Path) -> tuple[Rubric, Source]:
    """As `read_rubric`, with the source that tells the linter where things stand."""
    shape = shape_of(path)
    if shape.faults or not shape.rubric:
        raise DefinitionError(shape.source.in_order(problem for _, problem in shape.faults))
    return shape.rubric, shape.source


def shape_of(path: Path) -> Shape:
    """What a file says, and what is wrong with it; raises where there is nothing to be read."""
    source, faults = _source(path)
    try:
        return Shape(source, Rubric.model_validate(source.data), faults)
    except ValidationError as error:
        known = {keys for keys, _ in faults if keys}
        faults = (*faults, *_faults_of(source, error, known))
        return Shape(source, _read_on(source.data, error), faults)


def _source(path: Path) -> tuple[Source, tuple[Fault, ...]]:
    """The data of a file, with what is wrong in it."""
    if is_workbook(path):
        return read_workbook(path)
    source, problems = read_source(path)
    return source, tuple(((), problem) for problem in problems)


def misshapen(source: Source, error: ValidationError) -> Iterable[Problem]:
    """What pydantic found, in words for the person who wrote the definition."""
    return (problem for _, problem in _faults_of(source, error))


def _faults_of(
    source: Source, error: ValidationError, told: Collection[Keys] = ()
) -> Iterator[Fault]:
    """The same, with the parts concerned; nothing of those of which something was `told`."""
    for detail in _counted(error):
        keys = detail["loc"]
        if any(keys[:many] in told for many in range(len(keys) + 1)):
            continue
        said = _said(source, detail)
        if keys[-1] == "[key]":
            *_, holder, key, _ = keys
            said = f"「{holder}」不認得「{key}」", f"請改為{_one_of(get_args(Kind))}"
            keys = keys[:-1]
        yield keys, source.problem(keys, *said)


def _counted(error: ValidationError) -> Iterator[ErrorDetails]:
    """Without lists that are too short only as pydantic counts: sound items, naming the others."""
    found = error.errors(include_url=False)
    for detail in found:
        at = detail["loc"]
        within = (each["loc"] for each in found if len(each["loc"]) > len(at))
        if detail["type"] != "too_short" or not any(loc[: len(at)] == at for loc in within):
            yield detail


def _read_on(data: object, error: ValidationError) -> Rubric | None:
    """What the data would give with something sound in each faulty place, if that can be found."""
    mended: Any = deepcopy(data)
    for stand_in in ("1", ["1"]):
        for detail in _counted(error):
            *above, last = detail["loc"]
            here = mended
            try:
                for key in above:
                    here = here[key]
                here[last] = "x1" if last == "id" else deepcopy(stand_in)
            except (KeyError, IndexError, TypeError):
                return None  # what it belongs to is itself wrong
        try:
            return Rubric.model_validate(mended)
        except ValidationError as still:
            error = still
    return None


def _said(source: Source, detail: ErrorDetails) -> tuple[str, str]:
    """Message and fix for one of pydantic's errors."""
    kind, keys, value = detail["type"], detail["loc"], detail["input"]
    called, limits = source.called(keys), detail.get("ctx", {})
    if kind == "missing":
        about = _part(keys).model_fields[str(keys[-1])].description
        return f"缺少{called}", source.how_to_fill(keys, str(about))
    if kind == "extra_forbidden":
        return f"不認得{called}", _known_keys(keys)
    if value is None:
        return f"{called}沒有填值", "請填值，或刪除這一行"
    shown = f"{called}的值「{_short(value)}」" if isinstance(value, str | int) else f"{called}的值"
    match kind:
        case _ if keys == ("year",):
            return f"{shown}不是民國年度", "請寫民國年度的數字，例如 105"
        case "literal_error" if keys == ("format",):
            return f"{shown}不是本程式認得的格式版本", "請寫 format: 1"
        case "literal_error":
            known = re.findall("'([^']*)'", str(limits["expected"]))
            return f"{shown}不在可用的值之中", f"請改為{_one_of(known)}"
        case "string_pattern_mismatch" if keys == ("id",):
            return f"{shown}不能作為代號", "請以小寫英文字母起首，只用小寫英文字母、數字與「-」"
        case "string_pattern_mismatch":
            return f"{shown}不能作為代號", "請以英文字母起首，只用英文字母、數字與「.」「-」「_」"
        case "string_type" if isinstance(value, int):
            return f"{shown}是數字，這裡應為文字", "請以引號括起"
        case "string_type":
            return f"{called}應為一段文字", "請改為一段文字，不分項"
        case "string_too_short":
            return f"{called}是空白的", "請填文字"
        case "string_too_long":
            return f"{called}的文字超過 {limits['max_length']} 字", "請縮短"
        case "tuple_type":
            return f"{called}應為清單", "每項請另起一行，以「- 」起首"
        case "dict_type" | "model_type":
            return f"{called}應為數個「鍵: 值」", "每個「鍵: 值」請各寫一行並對齊"
        case "too_short" if limits["actual_length"]:
            return (
                f"{called}只有 {limits['actual_length']} 項",
                f"請至少寫 {limits['min_length']} 項",
            )
        case "too_short":
            return f"{called}沒有任何一項", "請至少寫一項"
        case "greater_than":
            return f"{shown}應大於 {limits['gt']}", "請更正"
        case "greater_than_equal":
            return f"{shown}不應小於 {limits['ge']}", "請更正"
        case "less_than":
            return f"{shown}應小於 {limits['lt']}", "請更正"
        case "less_than_equal":
            return f"{shown}不應大於 {limits['le']}", "請更正"
        case "decimal_max_places":
            return f"{shown}的小數太長", f"小數請至多 {limits['decimal_places']} 位"
        case "int_type" | "int_parsing" | "int_from_float":
            return f"{shown}不是整數", "請只寫整數，不加單位"
        case _ if kind.startswith(("decimal", "finite", "value_error")):
            return f"{shown}不是數字", "請只寫數字，不加單位"
        case _:
            return f"{shown}不合規定", "請參照 templates 內的定義檔"


def _part(keys: Keys) -> type[BaseModel]:
    """The class whose field the last key is."""
    held_by = (_PART_UNDER[key] for key in reversed(keys[:-1]) if key in _PART_UNDER)
    return next(held_by, Rubric)


def _known_keys(keys: Keys) -> str:
    known = list(_part(keys).model_fields)
    near = get_close_matches(str(keys[-1]), known, n=1)
    return f"請改為「{near[0]}」，或刪除" if near else f"請刪除；這裡可用的鍵：{'、'.join(known)}"


def _one_of(words: Iterable[str]) -> str:
    return f" {'、'.join(words)} 之一"


def _short(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 20 else text[:20] + "…"
