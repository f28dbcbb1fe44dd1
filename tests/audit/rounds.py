"""Rounds made at random, with every clause; bounds are put where a unit hits them exactly."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tests.audit.second_voice import (
    Account,
    Change,
    Round,
    Scores,
    accounts,
    exact,
    full_total,
    items,
    leaves_of,
    nodes,
)

SHIPPED = {"wra-105": ("hq", "self"), "khb-106": ("self",), "hccg-105": ("committee", "self")}
"""The assessments that are scored, and who scores in them."""
_TEMPLATES = Path(__file__).parents[2] / "templates"
_SIZES = (1, 2, 3, 3, 3, 4, 5, 7, 7)


def made(seed: int) -> Round:
    """A round of a definition of its own."""
    draw = Random(seed)
    definition = _definition(draw)
    kinds = ["committee", *(["self"] if draw.random() < 0.4 else [])]
    whole = _round(draw, definition, kinds, awaited=definition["clauses"]["ranking"]["by"])
    _bounds(draw, definition, [*accounts(whole).values()])
    return whole


def of_shipped(id: str, seed: int) -> Round:
    """A round of one of the assessments that ship."""
    return _round(Random(seed), _shipped(id), SHIPPED[id], awaited="total")


@cache
def _shipped(id: str) -> Any:
    return yaml.safe_load((_TEMPLATES / f"{id}.yaml").read_text(encoding="utf-8"))


def _definition(draw: Random) -> dict[str, Any]:
    tree = []
    for at in range(draw.randint(2, 4)):
        caps = [draw.choice((5, 10, 15, 20, 25, 40)) for _ in range(draw.randint(1, 4))]
        children = [
            {"id": f"N{at}.{i}", "name": f"細項{at}-{i}", "cap": cap} for i, cap in enumerate(caps)
        ]
        tree.append({"id": f"N{at}", "name": f"項目{at}", "cap": sum(caps), "children": children})
    definition: dict[str, Any] = {
        "format": 1,
        "id": "audit",
        "title": "稽核",
        "agency": "主辦機關",
        "year": 105,
        "step": "0.5",
        "levels": ["項目", "細項"],
        "item_level": "項目",
        "kinds": {"committee": "委員", "self": "自評"},
        "form_title": "評分表",
        "table_title": "統計表（{kind}）",
        "unit_table_title": "彙整表（{kind}）",
        "tree": tree,
    }
    definition["clauses"] = _clauses(draw, definition)
    return definition


def _clauses(draw: Random, definition: dict[str, Any]) -> dict[str, Any]:
    places, known = draw.random() < 0.3, [node["id"] for node in nodes(definition)]
    clauses: dict[str, Any] = {
        "committee": {
            "method": draw.choice(("mean", "mean", "trimmed", "median")),
            "trim": draw.choice((1, 1, 2)),
            "per": draw.choice(("leaf", "leaf", "total")),
            "clause": draw.choice(("", "二")),
        },
        "rounding": {
            "places": draw.choice((0, 0, 1, 2, 3, 4, 4)),
            "method": draw.choice(("half-up", "half-up", "down", "up")),
        },
        "ranking": {
            "within": draw.choice(("group", "all")),
            "by": "places" if places else "total",
            "method": draw.choice(("competition", "dense")),
            "ties": draw.sample([*known, "total", *(["firsts"] if places else [])], k=2)
            if draw.random() < 0.6
            else [],
        },
    }
    if draw.random() < 0.5:
        clauses["scale"] = {"to": draw.choice((50, 70, 90, 100, 365, 730, 1000))}
    if draw.random() < 0.5:
        bonus: dict[str, Any] = {"name": "加分", "effect": "bonus"}
        if draw.random() < 0.3:
            bonus["kind"] = "committee"
        clauses["adjustments"] = [bonus, {"name": "扣分", "effect": "deduction"}]
        if places:
            clauses["ranking"]["places_of"] = draw.choice(("scores", "totals"))
    return clauses


def _round(draw: Random, definition: Any, kinds: Any, awaited: str) -> Round:
    """Where places are given, every unit has every member's form."""
    units = [(f"U{at}", draw.choice(("甲組", "乙組"))) for at in range(1, draw.randint(4, 7))]
    leaves = [leaf for top in definition["tree"] for leaf in leaves_of(top)]
    forms: dict[tuple[str, str], dict[str, Scores]] = {}
    for kind in kinds:
        size = draw.choice(_SIZES) if kind == "committee" else 1
        members = [f"委員{i}" for i in range(size)] if kind == "committee" else [kind]
        for code, _ in units:
            if awaited == "places" or draw.random() < 0.9:
                earlier = [given for (of, _), given in forms.items() if of == kind]
                forms[kind, code] = (
                    _again(draw, draw.choice(earlier), members)
                    if earlier and draw.random() < 0.35
                    else {member: _scores(draw, leaves) for member in members}
                )
    corrections = frozenset(key for key in forms if awaited != "places" and draw.random() < 0.08)
    points = {
        code: {name: Fraction(draw.randint(0, 40), 4) for name in ("加分", "扣分")}
        for code, _ in units
        if draw.random() < 0.5
    }
    passed = {code: draw.random() < 0.5 for code, _ in units if draw.random() < 0.6}
    whole = Round(definition, units, forms, corrections, points, passed)
    if "committee" in kinds:
        whole = _attended(draw, whole, awaited)
    changes = _changes(draw, definition, whole.forms) if draw.random() < 0.6 else []
    return replace(whole, changes=changes)


def _attended(draw: Random, whole: Round, awaited: str) -> Round:
    """Who is expected and who stays away: by a list or not, excused or not, whose forms come all
    the same; and somebody whom no list names."""
    members = list(
        dict.fromkeys(
            who for (kind, _), given in whole.forms.items() if kind == "committee" for who in given
        )
    )
    listed = members if draw.random() < 0.6 else []
    forms = {key: dict(given) for key, given in whole.forms.items()}
    absent, wrong, lack = set(), set(), 0.02 if awaited == "places" else 0.04
    away = draw.choice((0, 0.05, 0.15))
    for code, _ in whole.units:
        given = forms.get(("committee", code), {})
        for who in members:
            chance = draw.random()
            if chance < away:
                absent.add((code, who))
            if chance < away / 2 or (listed and away <= chance < away + lack):
                given.pop(who, None)
                if listed and draw.random() < 0.5:
                    wrong.add((code, who))
        if listed and given and draw.random() < 0.2:
            given["路人"] = dict(draw.choice([*given.values()]))
    corrections = whole.corrections
    if listed:
        corrections = frozenset((kind, code) for kind, code in corrections if kind != "committee")
    kept = {key: given for key, given in forms.items() if given}
    return replace(
        whole,
        forms=kept,
        corrections=corrections & {*kept},
        listed=listed,
        absent=frozenset(absent),
        wrong=frozenset(wrong),
    )


def _changes(draw: Random, definition: Any, forms: Any) -> list[Change]:
    """Most of them as they should be, some from another score, of no one, or beyond what can be;
    now and then one score is changed twice."""
    leaves = [leaf for top in definition["tree"] for leaf in leaves_of(top)]
    changes: list[Change] = []
    for kind, code in draw.sample([*forms], k=min(len(forms), 4)):
        member, scores = draw.choice([*forms[kind, code].items()])
        leaf = draw.choice(leaves)
        before, most = scores[leaf["id"]], int(leaf["cap"])
        for _ in range(draw.choice((1, 1, 1, 2))):
            after = Fraction(draw.randint(0, 2 * most), 2) if draw.random() < 0.9 else most + 1
            named = member if draw.random() < 0.8 else draw.choice(("", "路人"))
            wrong = Fraction(draw.random() < 0.2)
            change = Change(kind, code, named, leaf["id"], before + wrong, Fraction(after))
            changes.append(change)
            before = after if draw.random() < 0.8 else before
    return changes


def _scores(draw: Random, leaves: Any) -> Scores:
    level, halves = draw.uniform(0.4, 1), draw.random() < 0.3
    scores = {}
    for leaf in leaves:
        share = min(1.0, max(0.0, draw.gauss(level, 0.15)))
        points = round(int(leaf["cap"]) * share * 2)
        scores[leaf["id"]] = Fraction(points, 2) if halves else Fraction(points // 2)
    return scores


def _again(draw: Random, earlier: Any, members: Any) -> dict[str, Scores]:
    """Another unit's scores, given by other members leaf by leaf: other thirds, the same sum."""
    if not set(members) <= set(earlier):
        return dict(earlier)
    mixed: dict[str, dict[str, Fraction]] = {member: {} for member in members}
    for leaf in earlier[members[0]]:
        given = [earlier[member][leaf] for member in members]
        draw.shuffle(given)
        for member, score in zip(members, given, strict=True):
            mixed[member][leaf] = score
    return dict(mixed)


def _bounds(draw: Random, definition: dict[str, Any], found: list[Account]) -> None:
    """Grades, floors, a ceiling and rewards, most of them exactly where a unit is."""
    clauses, most = definition["clauses"], full_total(definition)
    if not found:
        return
    reached = sorted({a.total for a in found if 0 < a.total <= most}, reverse=True)
    bounds = sorted(draw.sample(reached, min(2, len(reached))), reverse=True)
    grades = [
        {"name": name, "min": _said(each)} for name, each in zip("優甲", bounds, strict=False)
    ]
    definition["grades"] = [*grades, {"name": "丙", "min": 0}]
    names = [grade["name"] for grade in definition["grades"]]
    clauses["floors"] = [
        {"node": node["id"], "min": _said(draw.choice(found).nodes[node["id"]])}
        | ({"grade": draw.choice(names)} if draw.random() < 0.6 else {})
        for node in draw.sample(items(definition), k=draw.randint(0, 2))
    ]
    if clauses.get("adjustments") and draw.random() < 0.5:
        beyond = [a.converted + a.adjusted for a in found if a.converted + a.adjusted >= most]
        at = draw.choice(beyond) if beyond else most
        clauses["ceiling"] = {"to": float(max(exact(_said(at)), most))}
    if len(names) > 1 and draw.random() < 0.6:
        clauses["reevaluation"] = {"kind": "committee", "grades": ["丙"], "becomes": names[-2]}
    definition["rewards"] = [
        {"kind": "committee", "ranks": [1], "grades": names[:1], "text": "記功", "clause": "一"},
        {"kind": "committee", "ranks": [1, 2, 3], "text": "嘉獎", "clause": "二"},
    ]
    if "reevaluation" in clauses:
        definition["rewards"].append(
            {"kind": "committee", "grades": ["丙"], "reevaluated": "failed"}
            | {"text": "申誡", "clause": "三"}
        )


def _said(value: Fraction) -> float:
    """As a definition can say it: exact where it has four decimals, else the next above."""
    steps = -(-value * 10_000 // 1)
    return float(Fraction(steps, 10_000))
