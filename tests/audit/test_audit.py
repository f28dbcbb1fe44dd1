"""A slice of `make audit`; the second voice would tell of a number that is another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest

from tests.audit.comparing import Comparison, differences
from tests.audit.program import made_of, numbers
from tests.audit.rounds import SHIPPED, made, of_shipped
from tests.audit.second_voice import (
    Change,
    Plain,
    Round,
    accounts,
    clause,
    counted,
    exact,
    most_total,
    status,
)

SLICE = range(1, 9)


@pytest.mark.parametrize("seed", SLICE)
def test_both_voices_agree_on_a_round_made_at_random(seed: int) -> None:
    assert differences(made(seed)) == []


@pytest.mark.parametrize("id", SHIPPED)
def test_both_voices_agree_on_a_round_of_what_ships(id: str) -> None:
    assert differences(of_shipped(id, 7)) == []


@pytest.mark.parametrize("seed", SLICE)
def test_another_score_is_told(seed: int) -> None:
    """The program is given a round in which one assessor gives one leaf half a point otherwise."""
    whole = made(seed)
    key = next(key for key in whole.forms if key not in whole.corrections)
    member, scores = next(iter(whole.forms[key].items()))
    leaf, points = next(iter(scores.items()))
    other = points + Fraction(1, 2) if points < 1 else points - Fraction(1, 2)
    forms = {**whole.forms[key], member: {**scores, leaf: other}}
    told = Comparison(whole, made_of(replace(whole, forms={**whole.forms, key: forms}))).told()
    assert [*told]


@pytest.mark.parametrize("sheet", ["圖表資料", "單位與同組"])
def test_another_figure_or_another_unit_of_a_chart_is_told(sheet: str) -> None:
    whole = made(2)
    program = made_of(whole)
    comparison, grid = Comparison(whole, program), program.sheets[sheet]
    places = [
        *numbers(grid),
        *((at, 0) for at, row in enumerate(grid) if str(row[0]).startswith("U")),
    ]
    assert len(places) > 50
    for row, column in places:
        kept = grid[row][column]
        grid[row][column] = f"{kept}0" if isinstance(kept, str) else kept + 1
        assert [*comparison.told()], (row, column)
        grid[row][column] = kept
    assert not [*comparison.told()]


def test_a_chart_that_is_lacking_is_told() -> None:
    whole = made(2)
    program = made_of(whole)
    grid = program.sheets["圖表資料"]
    at = next(at for at, row in enumerate(grid) if row[0] == "等第分布")
    del grid[at : at + 6]
    assert [*Comparison(whole, program).told()]


def test_bounds_are_hit_exactly_and_every_clause_occurs() -> None:
    hits: Counter[str] = Counter()
    for seed in range(1, 101):
        whole = made(seed)
        plan, found = whole.definition, accounts(whole)
        for account in found.values():
            hits["grade"] += any(account.total == exact(g["min"]) for g in plan["grades"][:-1])
            hits["ceiling"] += account.converted + account.adjusted == most_total(plan)
            hits["thirds"] += any(score.denominator in (3, 7) for score in account.leaves.values())
            hits["half"] += _is_half(plan, account.converted + account.adjusted)
            hits[f"{account.reevaluation}"] += 1
            hits["barred"] += account.barred
            for rule in plan["clauses"].get("floors", ()):
                node, leaves = account.nodes[rule["node"]], account.leaves.items()
                whole_sum = node == exact(rule["min"])
                parts = any(v.denominator > 2 for k, v in leaves if k.startswith(rule["node"]))
                hits["floor"] += whole_sum
                hits["floor of fractions"] += whole_sum and parts
        hits["changed"] += len(changed := _changed(whole))
        hits["not changed"] += len(whole.changes) - len(changed)
        by_rank = Counter((kind, a.rank) for (kind, _), a in found.items() if a.rank)
        hits["tied"] += sum(count > 1 for count in by_rank.values())
        for name in ("scale", "ceiling", "adjustments", "floors", "reevaluation"):
            hits[name] += bool(clause(plan, name))
        ranking, committee = clause(plan, "ranking"), clause(plan, "committee")
        hits[f"by {ranking['by']} {ranking.get('places_of')}"] += 1
        hits[f"{committee['method']} per {committee['per']}"] += 1
        hits.update(_attendance(whole))
    assert len(hits) == 37, hits
    assert min(hits.values()) >= 3, hits


def _attendance(whole: Round) -> Iterator[str]:
    """Who is expected, stays away, or comes though nobody expects it; and what follows."""
    committee = {code: given for (kind, code), given in whole.forms.items() if kind == "committee"}
    by_places = clause(whole.definition, "ranking")["by"] == "places"
    yield "a list" if whole.listed else "no list"
    for code, _ in whole.units:
        yield f"committee {status(whole, 'committee', code)}"
        given = committee.get(code, {})
        if whole.absent & {(code, who) for who in given}:
            yield "came though absent"
        if whole.absent & {(code, who) for who in whole.listed} and by_places:
            yield "absent by places"
        if "路人" in given:
            yield "a stranger"


def _changed(whole: Round) -> list[Change]:
    """The rows that made another score of one."""
    before = replace(whole, changes=())
    found = []
    for change in whole.changes:
        after = replace(before, changes=(*before.changes, change))
        found += [change] if _counted(after) != _counted(before) else []
        before = after
    return found


def _counted(whole: Round) -> list[object]:
    return [counted(whole, *key) for key in whole.forms]


def _is_half(plan: Plain, value: Fraction) -> bool:
    steps = 10 ** int(clause(plan, "rounding")["places"])
    return bool(value * steps % 1 == Fraction(1, 2))
