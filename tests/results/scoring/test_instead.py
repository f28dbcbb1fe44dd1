"""Where a unit stood with another result is where the whole round, ranked again, has it."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.results.scoring.standing import Comparison, fields
from svcq_excel.results.scoring.totals import conclude, ranked, reckoned
from svcq_excel.rubric.exact import rounded
from tests.results.scoring.clause_cases import UNITS, form, rubric

points = st.tuples(st.integers(28, 32), st.integers(18, 22))


@given(
    st.lists(points, min_size=10, max_size=10),
    points,
    st.integers(0, 4),
    st.fixed_dictionaries(
        {
            "within": st.sampled_from(("group", "all")),
            "by": st.sampled_from(("total", "places")),
            "method": st.sampled_from(("competition", "dense")),
            "ties": st.sampled_from(((), ("X",), ("Y", "total"))),
        }
    ),
    st.booleans(),
)
def test_one_other_result_has_the_place_that_ranking_all_again_gives_it(
    given: list[tuple[int, int]],
    other: tuple[int, int],
    at: int,
    ranking: dict[str, object],
    floor: bool,
) -> None:
    plan = rubric(ranking=ranking, floors=[{"node": "Y", "min": 20}] if floor else [])
    members = [("甲", given[:5]), ("乙", given[5:])]
    forms = [
        form(unit.code, *scores, who)
        for who, each in members
        for unit, scores in zip(UNITS, each, strict=True)
    ]
    results = conclude(plan, UNITS, forms)
    unit = UNITS[at].code
    others = [
        form(unit, *other, each.assessor) if each.assessor == "甲" else each
        for each in results[at].forms
    ]
    changed = conclude(plan, UNITS, [*(f for f in forms if f.unit != unit), *others])
    field = next(field for field in fields(plan, results) if at in field)
    there = Comparison(plan, field).instead(at, changed[at])
    now = changed[at]
    assert (now.rank, now.tied) == ((there.rank, there.tied) if there else (None, False))


def test_results_reckoned_and_ranked_again_are_the_same() -> None:
    plan = rubric(ranking={"within": "all"})
    forms = [form(unit.code, 50 + at, 20 + at) for at, unit in enumerate(UNITS)]
    results = conclude(plan, UNITS, forms)
    assert ranked(plan, [reckoned(plan, each) for each in results]) == results


def test_a_half_is_rounded_to_the_even_neighbour() -> None:
    halves = [Fraction(each, 2) for each in (1, 3, 5, 7)]
    assert [rounded(each, 0, "half-even") for each in halves] == [0, 2, 2, 4]
    assert rounded(Fraction("2.51"), 0, "half-even") == 3
