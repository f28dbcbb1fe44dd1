"""The second computation: a definition as plain data and what was scored, to totals and ranks.

Written apart from the program, of which nothing is imported here: exact fractions throughout.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor
from typing import Any

Scores = Mapping[str, Fraction]
Plain = Mapping[str, Any]


@dataclass
class Round:
    """A definition as its YAML says it, and what came in and was decided."""

    definition: Plain
    units: Sequence[tuple[str, str]]
    """Code and group."""
    forms: Mapping[tuple[str, str], Mapping[str, Scores]]
    """By kind and unit code, each assessor's scores of the leaves."""
    corrections: frozenset[tuple[str, str]] = frozenset()
    points: Mapping[str, Mapping[str, Fraction]] = field(default_factory=dict)
    passed: Mapping[str, bool] = field(default_factory=dict)
    listed: Sequence[str] = ()
    """The committee's members, where a list names them: then each is expected for every unit."""
    absent: frozenset[tuple[str, str]] = frozenset()
    """Unit and member that are decided on: whatever comes of such a one does not count."""
    wrong: frozenset[tuple[str, str]] = frozenset()
    """Unit and member of the list whose form is to be corrected."""
    changes: Sequence[Change] = ()
    """成績調整, row by row."""


@dataclass
class Change:
    """One row: whose score of which leaf, and from what to what; without a member the only one."""

    kind: str
    unit: str
    member: str
    leaf: str
    before: Fraction
    after: Fraction


@dataclass
class Account:
    """What one unit comes to in one kind of assessment."""

    leaves: dict[str, Fraction]
    nodes: dict[str, Fraction]
    scored: Fraction
    converted: Fraction
    adjusted: Fraction
    total: Fraction
    grade: str | None
    barred: bool
    reevaluation: str | None
    given: dict[str, Fraction]
    """The assessors' own totals."""
    rank: int | None = None
    reward: str | None = None


def exact(value: object) -> Fraction:
    return Fraction(str(value))


def clause(definition: Plain, name: str) -> Plain:
    found: Plain = (definition.get("clauses") or {}).get(name) or {}
    return found


def below(node: Plain) -> list[Plain]:
    """A node and all under it."""
    return [node, *(each for child in node.get("children") or () for each in below(child))]


def nodes(definition: Plain) -> list[Plain]:
    return [each for top in definition["tree"] for each in below(top)]


def leaves_of(node: Plain) -> list[Plain]:
    return [each for each in below(node) if not each.get("children")]


def items(definition: Plain) -> list[Plain]:
    level = [*definition["tree"]]
    for _ in range(definition["levels"].index(definition["item_level"])):
        level = [child for node in level for child in node["children"]]
    return level


def full_score(definition: Plain) -> Fraction:
    return sum((exact(top["cap"]) for top in definition["tree"]), Fraction(0))


def full_total(definition: Plain) -> Fraction:
    scale = clause(definition, "scale")
    return exact(scale["to"]) if scale else full_score(definition)


def most_total(definition: Plain) -> Fraction:
    ceiling = clause(definition, "ceiling")
    return exact(ceiling["to"]) if ceiling else full_total(definition)


def middle(values: Sequence[Fraction]) -> Fraction:
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def of_several(definition: Plain, values: Sequence[Fraction]) -> Fraction:
    rule = clause(definition, "committee")
    trim = int(rule.get("trim", 1))
    if rule.get("method", "mean") == "mean":
        return mean(values)
    if rule["method"] == "trimmed" and len(values) > 2 * trim:
        return mean(sorted(values)[trim : len(values) - trim])
    return middle(values)


def rounded(definition: Plain, value: Fraction) -> Fraction:
    rule = clause(definition, "rounding")
    steps = 10 ** int(rule.get("places", 4))
    way: Callable[[Fraction], int] = {
        "half-up": lambda x: floor(x + Fraction(1, 2)),
        "down": floor,
        "up": ceil,
    }[str(rule.get("method", "half-up"))]
    return Fraction(way(value * steps), steps)


def within(definition: Plain, value: Fraction) -> Fraction:
    return min(max(value, Fraction(0)), most_total(definition))


def counted(whole: Round, kind: str, unit: str) -> dict[str, Scores]:
    """The forms that count, in the list's order where there is one, with what was changed where
    the row says what stood there and the new score can be given."""
    came = whole.forms.get((kind, unit), {})
    named = [*came]
    if kind == "committee":
        named = [who for who in whole.listed or named if (unit, who) not in whole.absent]
    found = {who: dict(came[who]) for who in named if who in came}
    leaves = {leaf["id"]: leaf for top in whole.definition["tree"] for leaf in leaves_of(top)}
    for change in whole.changes:
        meant = [who for who in found if change.member in ("", who)]
        if (change.kind, change.unit) != (kind, unit) or len(meant) != 1:
            continue
        scores = found[meant[0]]
        possible = _possible(whole.definition, leaves[change.leaf], change.after)
        if possible and scores[change.leaf] == change.before:
            scores[change.leaf] = change.after
    return {**found}


def _possible(plan: Plain, leaf: Plain, score: Fraction) -> bool:
    if score > exact(leaf["cap"]) or score % exact(plan.get("step", 1)):
        return False
    bands = leaf.get("bands") or ()
    inside = any(exact(b["min"]) <= score <= exact(b["max"]) for b in bands)
    return inside or not bands or not score


def awaited(whole: Round, unit: str) -> list[str]:
    """Those of the list of whom no form counts though nobody excused them."""
    there = counted(whole, "committee", unit)
    return [who for who in whole.listed if who not in there and (unit, who) not in whole.absent]


def status(whole: Round, kind: str, unit: str) -> str:
    by_list = kind == "committee" and whole.listed
    still = awaited(whole, unit) if by_list else []
    if any((unit, who) in whole.wrong for who in still):
        return "needs-correction"
    if not by_list and (kind, unit) in whole.corrections:
        return "needs-correction"
    if not counted(whole, kind, unit):
        return "missing"
    return "incomplete" if still else "accepted"


def field_of(whole: Round, unit: str) -> list[str]:
    """The units with which it is compared."""
    groups = dict(whole.units)
    by_group = clause(whole.definition, "ranking").get("within", "group") == "group"
    return [code for code, group in whole.units if not by_group or group == groups[unit]]


def is_open(whole: Round, kind: str, unit: str) -> bool:
    return any(status(whole, kind, code) != "accepted" for code in field_of(whole, unit))


def accounts(whole: Round) -> dict[tuple[str, str], Account]:
    """Of every unit and kind that has a result."""
    found = {
        (kind, unit): _account(whole, kind, unit, counted(whole, kind, unit))
        for kind, unit in whole.forms
        if status(whole, kind, unit) == "accepted"
    }
    _rank(whole, found)
    for (kind, _), account in found.items():
        account.reward = _reward(whole.definition, kind, account)
    return found


def _account(whole: Round, kind: str, unit: str, given: Mapping[str, Scores]) -> Account:
    plan = whole.definition
    single = {
        leaf["id"]: of_several(plan, [scores[leaf["id"]] for scores in given.values()])
        for top in plan["tree"]
        for leaf in leaves_of(top)
    }
    sums = {
        node["id"]: sum((single[leaf["id"]] for leaf in leaves_of(node)), Fraction(0))
        for node in nodes(plan)
    }
    own = {key: sum(scores.values(), Fraction(0)) for key, scores in given.items()}
    if clause(plan, "committee").get("per", "leaf") == "total":
        scored = of_several(plan, [*own.values()])
    else:
        scored = sum(single.values(), Fraction(0))
    converted = scored * full_total(plan) / full_score(plan)
    points = Fraction(0)
    for rule in (plan.get("clauses") or {}).get("adjustments") or ():
        if rule.get("kind") in (None, kind):
            sign = 1 if rule["effect"] == "bonus" else -1
            points += sign * whole.points.get(unit, {}).get(rule["name"], Fraction(0))
    total = rounded(plan, within(plan, converted + points))
    account = Account(
        single, sums, scored, converted, points, total, _graded(plan, total), False, None, own
    )
    _floors(plan, account)
    _again(whole, kind, unit, account)
    return account


def _graded(plan: Plain, total: Fraction) -> str | None:
    reached = [g["name"] for g in plan.get("grades") or () if total >= exact(g["min"])]
    return reached[0] if reached else None


def _floors(plan: Plain, account: Account) -> None:
    order = [grade["name"] for grade in plan.get("grades") or ()]
    for rule in (plan.get("clauses") or {}).get("floors") or ():
        if account.nodes[rule["node"]] >= exact(rule["min"]):
            continue
        if rule.get("grade") is None:
            account.barred = True
        elif account.grade:
            account.grade = order[max(order.index(account.grade), order.index(rule["grade"]))]


def _again(whole: Round, kind: str, unit: str, account: Account) -> None:
    rule = clause(whole.definition, "reevaluation")
    if rule and rule["kind"] == kind and account.grade in rule["grades"]:
        passed = whole.passed.get(unit)
        account.reevaluation = {None: "due", True: "passed", False: "failed"}[passed]
        if passed:
            account.grade = rule["becomes"]


def places_of(merits: Sequence[Any], dense: bool) -> list[int]:
    """1 for the best; equals share a place."""
    better = [[other for other in merits if other > merit] for merit in merits]
    return [1 + len(set(each) if dense else each) for each in better]


def _rank(whole: Round, found: dict[tuple[str, str], Account]) -> None:
    rule = clause(whole.definition, "ranking")
    for kind, code in found:
        those = field_of(whole, code)
        compared = {at: found[kind, at] for at in those if (kind, at) in found}
        compared = {at: account for at, account in compared.items() if not account.barred}
        if code != next(iter(compared), None):
            continue  # each field once
        if rule.get("by") != "places" or not is_open(whole, kind, code):
            _rank_field(whole, rule, compared)


def _rank_field(whole: Round, rule: Plain, by_unit: dict[str, Account]) -> None:
    plan, found = whole.definition, [*by_unit.values()]
    dense = rule.get("method") == "dense"
    places: list[list[int]] = [[] for _ in found]
    if rule.get("by") == "places":
        everybody = {who for account in found for who in account.given}
        lacks = {(at, who) for at, each in by_unit.items() for who in everybody - {*each.given}}
        if not whole.listed and lacks - whole.absent:
            return
        judges = everybody - {who for _, who in lacks}
        if not judges:
            return
        for key in judges:
            seen = [_seen(plan, rule, account, account.given[key]) for account in found]
            for own, place in zip(places, places_of(seen, dense), strict=True):
                own.append(place)
    merits = []
    for account, own in zip(found, places, strict=True):
        merit = [Fraction(-sum(own)) if own else account.total]
        for tie in rule.get("ties") or ():
            known = {"total": account.total, "firsts": Fraction(own.count(1))}
            merit.append(known[tie] if tie in known else account.nodes[tie])
        merits.append(tuple(merit))
    for account, rank in zip(found, places_of(merits, dense), strict=True):
        account.rank = rank


def _seen(plan: Plain, rule: Plain, account: Account, own: Fraction) -> Fraction:
    if rule.get("places_of") != "totals":
        return own
    return within(plan, own * full_total(plan) / full_score(plan) + account.adjusted)


def _reward(plan: Plain, kind: str, account: Account) -> str | None:
    for rule in plan.get("rewards") or ():
        if (
            rule["kind"] != kind
            or (rule.get("grades") and account.grade not in rule["grades"])
            or rule.get("reevaluated") not in (None, account.reevaluation)
        ):
            continue
        if not rule.get("ranks") or account.rank in rule["ranks"]:
            return str(rule["text"])
        if account.rank is None and not account.barred:
            return None  # it hangs on a rank to come
    return None
