"""Whatever stands in a form, checking it stands, is repeatable, and lets through what is sound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any, NamedTuple

from hypothesis import example, given
from hypothesis import strategies as st

from svcq_excel.checks.answers import CheckedForm
from svcq_excel.checks.batch import check_file
from svcq_excel.checks.examples import (
    ROUND,
    UNIT,
    clean_facts,
    dated,
    doubled,
    edit,
    marked,
    removed,
    reworded,
    score_cell,
    shows,
    stamped,
)
from svcq_excel.checks.rule import Example
from svcq_excel.checks.runner import check
from svcq_excel.checks.violation import Violation
from svcq_excel.form.facts import Cell, FormFacts
from svcq_excel.plan.plan import Plan
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.shipped import load
from tests.receiving import facts_received

UNSCORED = {"score-missing", "score-not-computed", "score-not-a-number"}


@cache
def wra() -> Rubric:
    return load("wra-105")


PLAN = Plan(wra(), (UNIT,), ROUND)
LEAVES = st.sampled_from([leaf.id for leaf in wra().leaves])
NODES = st.sampled_from(["", *wra().nodes])

_ODD = (
    "",
    " ",
    "\u200b",
    "九十五",
    "９５分",
    "#REF!",
    "1e400",
    "=1",
    "88%",
    "\n",
    "第一。\n第二；",
)
TEXTS = st.sampled_from((*_ODD, "1" * 1_000 + "x")) | st.text(max_size=12)
STORED = st.sampled_from((date(2016, 9, 5), time(9, 5), True, 0.88, 90.0, 1e30, -1e300))
VALUES = st.integers(-2, 130).map(float) | st.floats() | STORED | TEXTS
BANDS = st.sampled_from(("", "81-120分", "41-80分", "1-40分", "１-40 分")) | TEXTS
ERRORS = st.sampled_from(("", "", "#REF!", "TRUE"))


class Change(NamedTuple):
    """Something that a person did to a form; a tuple, so that a failing example can be read."""

    what: str
    where: str
    value: object = ""
    band: object = ""
    measure: object = ""

    def __call__(self, facts: FormFacts) -> FormFacts:
        return self.example(facts) if self.possible(facts) else facts

    def possible(self, facts: FormFacts) -> bool:
        return self.where in facts.entries or self.what not in {"enter", "count", "double", "word"}

    @property
    def example(self) -> Example:
        value: Any = self.value
        match self.what:
            case "enter":
                leaf = wra().leaf_by_id[self.where]
                asked = {"score": True, "band": leaf.picks_band, "measure": bool(leaf.measure)}
                values = {"score": value, "band": self.band, "measure": self.measure}
                return edit(leaf.id, **{key: values[key] for key in values if asked[key]})
            case "count":
                return score_cell(self.where, Cell("", 0, 0, value, True, str(self.band)))
            case "double":
                return doubled(self.where)
            case "word":
                return reworded(self.where, "分", value)
            case "remove":
                return removed(self.where)
            case "show":
                return shows(self.where, value)
            case "date":
                return dated(value)
            case "mark":
                return marked("表首", value, value)
            case _:
                return stamped(**{self.where: value})


CHANGES = st.one_of(
    st.builds(Change, st.just("enter"), LEAVES, VALUES, BANDS, VALUES),
    st.builds(Change, st.just("count"), LEAVES, VALUES, ERRORS),
    st.builds(Change, st.sampled_from(("double", "remove")), LEAVES),
    st.builds(Change, st.just("word"), LEAVES, TEXTS),
    st.builds(Change, st.just("show"), NODES, VALUES),
    st.builds(Change, st.just("date"), st.just(""), VALUES),
    st.builds(Change, st.just("mark"), st.just(""), TEXTS),
    st.builds(
        Change, st.just("stamp"), st.sampled_from(("unit", "round", "digest", "assessor")), TEXTS
    ),
)
FORMS = st.lists(CHANGES, max_size=8)


def changed(changes: Sequence[Change]) -> FormFacts:
    facts = clean_facts(wra())
    for change in changes:
        facts = change(facts)
    return facts


def found(facts: FormFacts) -> tuple[Violation, ...]:
    return check(CheckedForm(facts, wra(), PLAN.by_code, ROUND))


@given(FORMS)
def test_checking_stands_and_gives_the_same_twice(changes: list[Change]) -> None:
    facts = changed(changes)
    assert found(facts) == found(facts)


@given(FORMS, st.randoms())
def test_the_order_in_which_rows_and_sums_stand_does_not_matter(
    changes: list[Change], chance: Random
) -> None:
    facts = changed(changes)
    entries, shown = list(facts.entries.items()), list(facts.shown.items())
    chance.shuffle(entries)
    chance.shuffle(shown)
    assert found(replace(facts, entries=dict(entries), shown=dict(shown))) == found(facts)


@given(FORMS)
def test_each_leaf_has_points_or_exactly_one_reason_why_not(changes: list[Change]) -> None:
    facts = changed(changes)
    violations = found(facts)
    if any(violation.code == "other-rubric" for violation in violations):
        return
    points = CheckedForm(facts, wra()).points
    for leaf in wra().leaves:
        codes = [violation.code for violation in violations if violation.criterion == leaf.id]
        if leaf.id not in facts.entries:
            assert set(codes) - {"total-altered"} == {"criterion-missing"}
        else:
            assert len(UNSCORED.intersection(codes)) == (leaf.id not in points)


@given(FORMS)
def test_every_message_is_one_line_of_bearable_length(changes: list[Change]) -> None:
    facts = changed(changes)
    for violation in found(facts):
        assert violation.message.endswith("。")
        assert len(violation.message.splitlines()) == 1
        assert len(violation.message) < 500


@given(FORMS)
@example([Change("enter", "C1.1", "\u200b")])
@example([Change("enter", "C1.1", 1e30)])
def test_what_is_accepted_has_a_whole_score_within_its_cap_for_every_leaf(
    changes: list[Change],
) -> None:
    facts = changed(changes)
    file = check_file(facts_received("表.xlsx", facts, PLAN.rubric), PLAN)
    assert (file.submission is not None) == (file.status == "accepted") == (not file.has_errors)
    if file.submission:
        scores = file.submission.scores
        assert list(scores) == [leaf.id for leaf in wra().leaves]
        for leaf in wra().leaves:
            assert scores[leaf.id] in range(int(leaf.cap) + 1)


@given(st.permutations([leaf.id for leaf in wra().leaves]), st.integers(0, 25))
def test_the_sums_are_those_of_the_scores_that_are_there(order: list[str], gone: int) -> None:
    facts = clean_facts(wra())
    for leaf in order[:gone]:
        facts = edit(leaf, score="")(facts)
    form = CheckedForm(facts, wra())
    there = {leaf: Decimal(int(facts.entries[leaf][0].score.value)) for leaf in order[gone:]}  # type: ignore[arg-type]
    assert form.sums[""] == sum(there.values())
    for node in wra().nodes.values():
        below = {leaf.id for leaf in node.leaves}
        assert form.sums[node.id] == sum(s for leaf, s in there.items() if leaf in below)
