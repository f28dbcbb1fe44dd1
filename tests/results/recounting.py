"""A second voice for the demos' numbers: filled forms and definitions read without our program.

Forms are read by openpyxl and pandas, definitions as plain YAML; what is counted here is counted
by pandas. Nothing of `svcq_excel` is imported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from unicodedata import normalize
from zipfile import BadZipFile, ZipFile

import openpyxl
import pandas as pd
import yaml

ROOT = Path(__file__).parents[2]
MARKS, KEYS = "_svcq", "#keys"
ENTRIES = {"score", "status", "this_year", "last_year"}


def samples(id: str) -> Path:
    return ROOT / "samples" / ("" if id == "wra-105" else id)


@cache
def files(id: str) -> dict[str, bytes]:
    """What came back, by its path below the inbox; what an archive holds as `outer!inner`."""
    found: dict[str, bytes] = {}
    for path in sorted((samples(id) / "returned").rglob("*")):
        found[path.name] = path.read_bytes()
        if path.suffix == ".zip":
            with ZipFile(path) as archive:
                for info in archive.infolist():
                    found[f"{path.name}!{info.filename}"] = archive.read(info)
    return found


def units(id: str) -> pd.DataFrame:
    return pd.read_csv(samples(id) / "units.csv", dtype=str).fillna("").set_index("編號")


@dataclass(frozen=True)
class Leaf:
    id: str
    name: str
    cap: float
    top: str
    item: str


@dataclass(frozen=True)
class Definition:
    raw: dict[str, Any]
    items: dict[str, dict[str, Any]]
    leaves: dict[str, Leaf]


@cache
def definition(id: str) -> Definition:
    raw = yaml.safe_load((ROOT / "templates" / f"{id}.yaml").read_text(encoding="utf-8"))
    depth, items = raw["levels"].index(raw["item_level"]), {}
    leaves: dict[str, Leaf] = {}

    def walk(node: dict[str, Any], path: tuple[dict[str, Any], ...]) -> None:
        path = (*path, node)
        if len(path) == depth + 1:
            items[node["id"]] = node
        for child in node.get("children", ()):
            walk(child, path)
        if not node.get("children"):
            item = path[depth]["id"]
            cap = float(node.get("cap", 0))
            leaves[node["id"]] = Leaf(node["id"], node["name"], cap, path[0]["id"], item)

    for top in raw["tree"]:
        walk(top, ())
    return Definition(raw, items, leaves)


@cache
def entries(id: str) -> pd.DataFrame:
    """All that was entered for leaves: path, unit, assessor, leaf, key, value."""
    rows = [
        (path, *row) for path, data in files(id).items() for row in _entries(id, path.lower(), data)
    ]
    return pd.DataFrame(rows, columns=["path", "unit", "assessor", "leaf", "key", "value"])


def _entries(id: str, name: str, data: bytes) -> Iterator[tuple[str, str, str, str, object]]:
    try:
        sheets = _sheets(name, data)
    except BadZipFile:  # one of the samples is cut in two
        return
    if MARKS not in sheets:
        return
    marks = {str(row[0]): str(row[1]) for row in sheets[MARKS]}
    form = next(grid for grid in sheets.values() if any("#unit" in row for row in grid))
    column = next(i for i, cell in enumerate(map(list, zip(*form, strict=True))) if KEYS in cell)
    heads = next(row for row in form if row[column] == KEYS)
    at = {key: i for i, key in enumerate(heads) if key in ENTRIES}
    for row in form:
        if row[column] in definition(id).leaves:
            for key, i in at.items():
                yield marks["unit"], marks["assessor"], row[column], key, row[i]


def _sheets(name: str, data: bytes) -> dict[str, list[list[Any]]]:
    """Grids by sheet; a percentage is its hundredfold, as people read it."""
    if name.endswith(".xlsx") and data.startswith(b"PK"):
        book = openpyxl.load_workbook(BytesIO(data), data_only=True)
        return {
            sheet.title: [
                [
                    cell.value * 100
                    if isinstance(cell.value, float | int) and "%" in cell.number_format
                    else cell.value
                    for cell in row
                ]
                for row in sheet.iter_rows()
            ]
            for sheet in book
        }
    if name.endswith((".xls", ".ods")):
        read = pd.read_excel(BytesIO(data), sheet_name=None, header=None, engine="calamine")
        return {title: frame.values.tolist() for title, frame in read.items()}
    return {}


def figure(value: object) -> float:
    """The number that people read there; none of what is a text."""
    text = normalize("NFKC", str(value)).strip().rstrip("分%").strip()
    return float(text) if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text) else float("nan")


@cache
def scores(id: str) -> pd.DataFrame:
    """A row a form and leaf: path, unit, assessor, kind, leaf, item, top, cap, score."""
    found = entries(id)
    found = found[found.key == "score"].copy()
    found["score"] = found.value.map(figure)
    leaves = pd.DataFrame([vars(each) for each in definition(id).leaves.values()])
    found = found.merge(leaves, left_on="leaf", right_on="id")
    kinds = {"self": "self", "hq": "hq"}
    found["kind"] = found.assessor.map(lambda each: kinds.get(each, "committee"))
    return found


def counted(id: str, accepted: set[str]) -> pd.DataFrame:
    """The score of each unit, kind and leaf of the forms that count: the assessors' mean."""
    forms = scores(id)
    forms = forms[forms.path.isin(accepted)]
    keys = ["unit", "kind", "leaf", "item", "top"]
    return forms.groupby(keys, sort=False).score.mean().reset_index()
