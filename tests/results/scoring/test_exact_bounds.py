"""A figure that is exactly on a bound has reached it, be it made of thirds or of sevenths.

Each is made so on purpose: its parts are no decimals, and what they add up to is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.checks.submission import Submission
from svcq_excel.plan.rulings import Rulings
from svcq_excel.results.scoring.committee import combined, members_of
from svcq_excel.rubric.clauses import Committee
from svcq_excel.rubric.exact import rounded
from svcq_excel.rubric.model import Node, Rubric
from tests.results.scoring.clause_cases import concluded, form, rubric

LEAVES = 6
Split = tuple[int, tuple[int, ...]]
"""How many members there are, and what all of them together gave each leaf of X."""


def of_six(**clauses: object) -> Rubric:
    """X of 60 points in six leaves, Y of 40."""
    leaves = tuple(Node(id=f"X{i}", name=f"流程{i}", cap=Decimal(10)) for i in range(LEAVES))
    found = rubric((), **clauses)
    first, second = found.tree
    tree = (Node(id="X", name=first.name, cap=first.cap, children=leaves), second)
    return found.model_copy(update={"tree": tree, "levels": ("項目", "細項")})


@st.composite
def splits(draw: st.DrawFn, whole: int) -> Split:
    """Leaves of no whole points each, whose means add up to this many of them exactly."""
    members = draw(st.sampled_from((3, 7)))
    left, sums = members * whole, []
    for rest in range(LEAVES - 1, -1, -1):
        most = min(10 * members, left)
        low = max(left - rest * 10 * members, 0)
        sums.append(draw(st.integers(low, most)) if rest else left)
        left -= sums[-1]
    return members, tuple(sums)


def given_by(unit: str, split: Split, second: int = 30) -> list[Submission]:
    """Whole points of each member; together they are what the split says."""
    members, sums = split
    return [
        Submission(
            unit,
            "committee",
            f"委員{at}",
            {
                **{f"X{i}": Decimal((whole + at) // members) for i, whole in enumerate(sums)},
                "Y": Decimal(second),
            },
        )
        for at in range(members)
    ]


@given(splits(whole=55))
def test_a_floor_is_reached_by_what_adds_up_to_it(split: Split) -> None:
    plan = of_six(floors=[{"node": "X", "min": 55, "grade": "乙"}])
    found = concluded(plan, given_by("A", split))["A"]
    assert found.items["X"] == 55
    assert (found.grade, found.changes) == ("甲", ())


@given(splits(whole=50))
def test_a_grade_is_reached_by_what_adds_up_to_its_bound(split: Split) -> None:
    found = concluded(of_six(), given_by("A", split))["A"]
    assert found.total == 80 and found.grade == "甲"


@given(splits(whole=50), splits(whole=50), splits(whole=49))
def test_what_adds_up_to_the_same_is_tied_and_what_lies_below_is_not(
    first: Split, second: Split, less: Split
) -> None:
    plan = of_six(ranking={"within": "all", "ties": ["X"]})
    given = [*given_by("A", first), *given_by("B", second), *given_by("C", less, 31)]
    found = concluded(plan, given)
    assert {code: (each.rank, each.tied) for code, each in found.items()} == {
        "A": (1, True),
        "B": (1, True),
        "C": (3, False),
    }


@given(splits(whole=31))
def test_a_converted_total_is_rounded_down_and_up_from_what_it_is(split: Split) -> None:
    """71 of 100 are 63.9 of 90, whatever the parts."""
    for way in ("down", "up", "half-up"):
        plan = of_six(scale={"to": 90}, rounding={"places": 1, "method": way})
        found = concluded(plan, given_by("A", split, 40))["A"]
        assert found.total == Fraction("63.9"), way


@given(splits(whole=31))
def test_a_half_that_thirds_make_is_rounded_up(split: Split) -> None:
    """71 of 100 are 35.5 of 50."""
    plan = of_six(scale={"to": 50}, rounding={"places": 0})
    assert concluded(plan, given_by("A", split, 40))["A"].total == 36


@given(splits(whole=55))
def test_a_total_at_the_ceiling_is_not_beyond_it(split: Split) -> None:
    bonus = {"name": "加分", "effect": "bonus"}
    plan = of_six(adjustments=[bonus], ceiling={"to": 102})
    decided = Rulings(adjustments={"A": {"加分": Decimal(7)}})
    at_it = concluded(plan, given_by("A", split, 40), decided)["A"]
    assert at_it.total == 102
    assert at_it.changes == ("加分 7 分",)


def test_a_node_s_score_is_told_with_two_decimals_and_below_its_floor() -> None:
    plan = of_six(floors=[{"node": "X", "min": 55}])
    split = (3, (29, 28, 27, 27, 27, 26))  # 164 thirds
    assert concluded(plan, given_by("A", split))["A"].changes == (
        "流程 54.67 分，未達 55 分，不列入排名",
    )
    near = rubric(floors=[{"node": "Y", "min": 33}], committee={"method": "mean"})
    many = [form("A", 50, "32.99" if i else "33", f"委員{i}") for i in range(400)]
    assert concluded(near, many)["A"].changes == ("創新 32.99 分，未達 33 分，不列入排名",)


def test_members_are_apart_by_what_their_distance_is() -> None:
    """Distances of 9, 10 and 11 from the medians: their mean is not above a tenth of 100."""
    plan = rubric(committee={"apart_share": 0.1})
    given = []
    for unit, apart in (("A", 9), ("B", 10), ("C", 11)):
        given += [form(unit, 30, 20, name) for name in ("甲", "乙")]
        given.append(form(unit, 30 + apart, 20, "丙"))
    results = [*concluded(plan, given).values()]
    last = next(member for member in members_of(plan, results) if member.key == "丙")
    assert last.level == 10
    assert not last.apart


scores = st.lists(
    st.integers(0, 4_000_000).map(lambda points: Decimal(points) / 10_000), min_size=1, max_size=9
)


@given(scores)
def test_a_mean_times_its_count_is_the_sum(given: Sequence[Decimal]) -> None:
    mean = combined(Committee(), given)
    assert mean * len(given) == sum(map(Fraction, given))
    assert rounded(mean, 4) * 10_000 % 1 == 0
