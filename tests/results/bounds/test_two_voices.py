"""What a what-if is said to bring is what the second voice counts of the same change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from svcq_excel.results.bounds.near import Near, is_none, near_bounds
from svcq_excel.results.model import Outcome, UnitResult
from tests.audit.program import made_of
from tests.audit.rounds import SHIPPED, made, of_shipped
from tests.audit.second_voice import (
    Account,
    Round,
    accounts,
    clause,
    counted,
    exact,
    full_score,
    full_total,
    leaves_of,
)

ROUNDS = {f"round {seed}": (made, seed) for seed in range(1, 15)} | {
    f"{id} {seed}": (lambda seed, id=id: of_shipped(id, seed), seed)
    for id in SHIPPED
    for seed in (3, 5)
}
Told = tuple[Any, ...]


@pytest.fixture(params=ROUNDS, scope="module")
def whole(request: pytest.FixtureRequest) -> Round:
    make, seed = ROUNDS[request.param]
    return make(seed)


@pytest.fixture(scope="module")
def outcome(whole: Round) -> Outcome:
    return made_of(whole).outcome


@pytest.fixture(scope="module")
def found(outcome: Outcome) -> dict[tuple[str, str], Near]:
    return {(near.result.kind, near.result.unit.code): near for near in near_bounds(outcome)}


def with_forms(whole: Round, after: UnitResult) -> Account:
    """The second voice's account of the unit, were these the forms that came."""
    key = after.kind, after.unit.code
    forms = {form.assessor: form.scores for form in after.forms}
    came = {**whole.forms, key: {who: _exact(scores) for who, scores in forms.items()}}
    changes = [each for each in whole.changes if (each.kind, each.unit) != key]
    return accounts(replace(whole, forms=came, changes=changes))[key]


def _exact(scores: Any) -> dict[str, Fraction]:
    return {leaf: Fraction(score) for leaf, score in scores.items()}


def of_account(account: Account) -> Told:
    what = account.grade, account.reward, account.reevaluation, account.barred
    return account.total, account.rank, *what


def of_result(result: UnitResult) -> Told:
    reward = result.reward.text if result.reward else None
    what = result.grade, reward, result.reevaluation, result.barred
    return result.total, result.rank, *what


def test_points_bring_what_is_said(whole: Round, found: dict[Any, Near]) -> None:
    for near in found.values():
        for after in (*(b.after for b in near.borders), *(after for _, after in near.point)):
            assert of_result(after) == of_account(with_forms(whole, after))


def test_points_are_as_many_as_are_said(found: dict[Any, Near]) -> None:
    for near in found.values():
        before = sum(form.total for form in near.result.forms)
        for border in near.borders:
            more = Fraction(sum(form.total for form in border.after.forms) - before)
            assert more == border.points * len(near.result.forms)
            assert border.in_all in (None, more)


def test_leaving_one_out_brings_what_is_said(whole: Round, found: dict[Any, Near]) -> None:
    for key, near in found.items():
        told = {form.called or form.assessor for form in near.result.forms}
        for who, after in near.without:
            assert who in told
            lacks = replace(whole, absent=whole.absent | {(key[1], who)})
            assert of_result(after) == of_account(accounts(lacks)[key])


def test_other_roundings_bring_what_is_said(whole: Round, found: dict[Any, Near]) -> None:
    for key, near in found.items():
        for rounding, after in near.roundings:
            if str(rounding.method) != "half-even" and not is_none(rounding):
                other = _rounded(whole, rounding.places, rounding.method)
                assert of_result(after) == of_account(accounts(other)[key])


def _rounded(whole: Round, places: int, method: str) -> Round:
    clauses = whole.definition.get("clauses") or {}
    clauses = {**clauses, "rounding": {"places": places, "method": method}}
    return replace(whole, definition={**whole.definition, "clauses": clauses})


def test_no_unit_is_left_out_and_no_fewer_points_do(
    whole: Round, outcome: Outcome, found: dict[Any, Near]
) -> None:
    """Step by step, by the second voice; where nothing but the sum decides."""
    plan = whole.definition
    single = clause(plan, "committee").get("method", "mean") == "mean"
    if not single or clause(plan, "floors") or clause(plan, "ranking").get("ties"):
        return
    for result in outcome.units:
        if result.total is None:
            continue
        near = found.get((result.kind, result.unit.code))
        borders = near.borders if near else ()
        for way in (1, -1):
            told = [b.points for b in borders if b.points * way > 0]
            assert told[:1] == [*_first(whole, outcome, result, way)]


def _first(whole: Round, outcome: Outcome, result: UnitResult, way: int) -> Iterator[Fraction]:
    """The fewest points within reach that change what follows for the unit."""
    plan, key = whole.definition, (result.kind, result.unit.code)
    forms = counted(whole, *key)
    step = exact(plan.get("step", 1))
    near = Fraction(outcome.rubric.near_threshold) * full_score(plan) / full_total(plan)
    now = of_result(result)[2:]
    changes = [each for each in whole.changes if (each.kind, each.unit) != key]
    leaves = [leaf for top in plan["tree"] for leaf in leaves_of(top)]
    given = {who: dict(scores) for who, scores in forms.items()}
    for steps in range(1, int(near * len(forms) / step) + 1):
        scores = [*given.values()][-(steps % len(forms))]
        leaf = next(
            (
                leaf["id"]
                for leaf in reversed(leaves)
                if 0 <= scores[leaf["id"]] + way * step <= exact(leaf["cap"])
            ),
            None,
        )
        if leaf is None:
            return
        scores[leaf] += way * step
        other = replace(whole, forms={**whole.forms, key: given}, changes=changes)
        if of_account(accounts(other)[key])[2:] != now:
            yield way * steps * step / len(forms)
            return


def test_who_would_have_another_grade_without_one_of_them_is_listed(
    whole: Round, outcome: Outcome, found: dict[Any, Near]
) -> None:
    for result in outcome.units:
        key = result.kind, result.unit.code
        if result.total is None or len(result.forms) < 2:
            continue
        now = of_result(result)[2:]
        changing = [
            form.assessor
            for form in result.forms
            if of_account(
                accounts(replace(whole, absent=whole.absent | {(key[1], form.assessor)}))[key]
            )[2:]
            != now
        ]
        told = [who for who, _ in found[key].without] if key in found else []
        assert told == changing


def test_there_is_much_to_tell() -> None:
    outcomes = [made_of(make(seed)).outcome for make, seed in ROUNDS.values()]
    every = [near for outcome in outcomes for near in near_bounds(outcome)]
    assert sum(len(near.borders) for near in every) > 20
    assert sum(len(near.without) for near in every) > 20
    assert sum(len(near.roundings) for near in every) > 10
    assert any(border.node for near in every for border in near.borders)
    assert any(border.in_all is None for near in every for border in near.borders)
