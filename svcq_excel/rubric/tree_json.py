"""A rubric as the JSON document that `svcq rubric show --json` promises (CONTRACT.md)."""

from __future__ import annotations

from svcq_excel.rubric.model import Band, Node, Rubric
from svcq_excel.rubric.node import json_number

Json = dict[str, object]


def as_json(rubric: Rubric) -> Json:
    """The tree with full score and grades, ready for `json.dumps`."""
    return {
        "id": rubric.id,
        "title": rubric.title,
        "year": rubric.year,
        "full_score": json_number(rubric.full_score),
        "levels": list(rubric.levels),
        "tree": [_node(node, rubric.levels) for node in rubric.tree],
        "grades": [{"name": g.name, "min": json_number(g.min)} for g in rubric.grades],
        **({"unread": list(rubric.unread)} if rubric.unread else {}),
    }


def _node(node: Node, levels: tuple[str, ...]) -> Json:
    entry: Json = {
        "id": node.id,
        "name": node.name,
        "level": levels[0],
        **({"cap": json_number(node.cap)} if node.cap else {}),
        "children": [_node(child, levels[1:]) for child in node.children],
    }
    if node.due:
        entry["due"] = list(node.due)
    if node.growth:
        entry["growth"] = node.growth.model_dump()
    if node.bands:
        entry["bands"] = [_band(band) for band in node.bands]
    if node.measure:
        lower = {"better": "lower"} if node.measure.better == "lower" else {}
        entry["measure"] = {"label": node.measure.label, "unit": node.measure.unit, **lower}
    return entry


def _band(band: Band) -> Json:
    entry: Json = {"min": json_number(band.min), "max": json_number(band.max), "text": band.text}
    if band.measure_min is not None:
        entry["measure_min"] = json_number(band.measure_min)
    if band.measure_max is not None:
        entry["measure_max"] = json_number(band.measure_max)
    return entry
