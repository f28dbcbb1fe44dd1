"""A committee's result rests on every form that is expected, or it is said what it waits for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.checks.submission import Submission
from svcq_excel.plan.assessors import HQ, SELF, Assessor
from svcq_excel.plan.decisions import Absence
from svcq_excel.plan.expected import WHOEVER, Expected, Outstanding
from svcq_excel.plan.rulings import NONE
from svcq_excel.results.model import UnitResult
from svcq_excel.results.scoring.totals import conclude
from svcq_excel.rubric.model import Reward, Rubric
from tests.results.scoring.clause_cases import UNITS, form, ranks, rubric

MEMBERS = tuple(Assessor(key, f"{key}委員", "committee") for key in ("甲", "乙", "丙"))
KEYS = tuple(member.key for member in MEMBERS)
REWARDS: Sequence[Mapping[str, object]] = (
    {"kind": "committee", "grades": ("甲",), "ranks": (1,), "text": "嘉獎2次", "clause": "捌"},
    {"kind": "committee", "grades": ("甲",), "text": "嘉獎1次", "clause": "捌"},
)


def rewarding(**clauses: object) -> Rubric:
    return rubric([Reward.model_validate(each) for each in REWARDS], **clauses)


def absent(who: str, *units: str) -> Absence:
    return Absence(who, units, "缺席", "因病", "秘書室", "決定.csv", 2)


def found(
    forms: Sequence[Submission],
    expected: Expected = WHOEVER,
    corrections: Sequence[tuple[str, str]] = (),
    plan: Rubric | None = None,
) -> dict[str, UnitResult]:
    results = conclude(plan or rewarding(), UNITS, forms, corrections, NONE, expected)
    return {result.unit.code: result for result in results if result.kind == "committee"}


def whole(units: str = "ABCDE", keys: Sequence[str] = KEYS) -> list[Submission]:
    return [form(unit, 50, 40 - at, key) for at, unit in enumerate(units) for key in keys]


def test_a_unit_of_which_a_form_lacks_has_no_total_and_says_whose() -> None:
    forms = [
        each for each in whole() if (each.unit, each.assessor) not in {("A", "乙"), ("A", "丙")}
    ]
    results = found(forms, Expected(MEMBERS))
    incomplete = results["A"]
    assert (incomplete.status, incomplete.total, incomplete.grade) == ("incomplete", None, None)
    assert (incomplete.rank, incomplete.reward, incomplete.expected) == (None, None, 3)
    assert [each.assessor for each in incomplete.forms] == ["甲"]
    assert incomplete.outstanding == (
        Outstanding("乙", "乙 乙委員", "missing"),
        Outstanding("丙", "丙 丙委員", "missing"),
    )
    assert {result.status for code, result in results.items() if code != "A"} == {"accepted"}


def test_what_lacks_and_what_has_to_be_corrected_are_two_facts() -> None:
    forms = [each for each in whole() if each.unit != "A" or each.assessor == "甲"]
    unit = found(forms, Expected(MEMBERS), [("A", "乙")])["A"]
    assert unit.status == "needs-correction"
    assert [(each.key, each.status) for each in unit.outstanding] == [
        ("乙", "needs-correction"),
        ("丙", "missing"),
    ]
    assert [form.assessor for form in unit.forms] == ["甲"], "whose total stays to be seen"
    none = found([each for each in whole() if each.unit != "A"], Expected(MEMBERS))["A"]
    assert (none.status, none.forms) == ("missing", ())


def test_a_kind_that_is_expected_has_its_units_though_none_of_its_forms_came() -> None:
    own = [Submission("A", "self", "self", {"X": Decimal(60), "Y": Decimal(40)})]
    for expected, kinds in (
        (WHOEVER, {"self"}),
        (Expected((HQ,)), {"hq", "self"}),
        (Expected((SELF,)), {"self"}),
        (Expected(MEMBERS), {"committee", "self"}),
    ):
        results = conclude(rewarding(), UNITS, own, (), NONE, expected)
        assert {result.kind for result in results} == kinds
        others = [result for result in results if result.kind != "self"]
        assert all(result.status == "missing" for result in others)
    nothing = conclude(rewarding(), UNITS, (), (), NONE, Expected(MEMBERS))
    assert {(result.kind, result.status) for result in nothing} == {("committee", "missing")}


def test_without_a_list_whoever_came_counts_and_it_is_said_of_how_many() -> None:
    forms = [each for each in whole() if (each.unit, each.assessor) != ("A", "乙")]
    results = found(forms)
    assert (results["A"].status, results["A"].expected, len(results["A"].forms)) == (
        "accepted",
        None,
        2,
    )
    assert not results["A"].outstanding


def test_who_was_decided_absent_is_not_awaited_and_the_row_says_so() -> None:
    forms = [each for each in whole() if (each.unit, each.assessor) != ("A", "乙")]
    results = found(forms, Expected(MEMBERS, (absent("乙委員", "A"),)))
    unit = results["A"]
    assert (unit.status, unit.expected, len(unit.forms)) == ("accepted", 2, 2)
    assert unit.changes[0] == "乙 乙委員 缺席，不計其評分：因病（秘書室）"
    assert {key: absence.word for key, absence in unit.absent.items()} == {"乙": "缺席"}
    assert not results["B"].changes


def test_while_a_unit_of_a_field_is_open_the_ranks_of_the_others_are_provisional() -> None:
    forms = [each for each in whole() if (each.unit, each.assessor) != ("C", "乙")]
    for corrections in ((), [("C", "乙")]):
        results = found(forms, Expected(MEMBERS), corrections)
        assert ranks(results) == {"A": 1, "B": 2, "C": None, "D": 1, "E": 2}
        assert [code for code, result in results.items() if result.provisional] == ["A", "B"]
    everybody = found(forms, Expected(MEMBERS), plan=rewarding(ranking={"within": "all"}))
    assert "".join(code for code, r in everybody.items() if r.provisional) == "ABDE"


def test_a_reward_that_hangs_on_a_place_waits_for_it() -> None:
    plan = rewarding(ranking={"by": "places"})
    forms = [each for each in whole() if (each.unit, each.assessor) != ("C", "乙")]
    results = found(forms, Expected(MEMBERS), plan=plan)
    assert ranks(results) == {"A": None, "B": None, "C": None, "D": 1, "E": 2}
    assert [bool(result.reward) for result in results.values()] == [False, False, False, True, True]
    assert [result.provisional for result in results.values()] == [True, True, False, False, False]


@pytest.mark.parametrize("decided", [("A",), ("A", "B"), ()])
def test_ranks_of_a_member_who_did_not_assess_the_whole_field_do_not_count(
    decided: tuple[str, ...],
) -> None:
    """Else a sum of two ranks would be compared with one of three."""
    plan = rewarding(ranking={"by": "places"})
    expected = Expected(MEMBERS, (absent("丙", *decided),))
    forms = [form("A", 60, 40, key) for key in KEYS]
    forms += [form("B", 50, 30, "甲"), form("B", 60, 40, "乙"), form("B", 60, 40, "丙")]
    forms += [form("C", 10, 10, key) for key in KEYS]
    forms += whole("DE")
    results = found(forms, expected, plan=plan)
    assert ranks(results) == {"A": 1, "B": 2, "C": 3, "D": 1, "E": 2}
    told = [any("丙 未評全部單位" in each for each in r.grounds) for r in results.values()]
    assert told == [bool(decided)] * 3 + [False] * 2, "of nobody's forms nothing is to be told"


states = st.sampled_from(["accepted", "needs-correction", "missing"])


@given(
    st.dictionaries(st.tuples(st.sampled_from("ABCDE"), st.sampled_from(KEYS)), states),
    st.sets(st.tuples(st.sampled_from("ABCDE"), st.sampled_from(KEYS))),
    st.sampled_from(["total", "places"]),
    st.randoms(use_true_random=False),
)
def test_a_result_stands_where_every_form_that_is_expected_does(
    came: dict[tuple[str, str], str],
    away: set[tuple[str, str]],
    by: str,
    random: object,
) -> None:
    """Whatever came of a committee, whoever was decided absent, and in whichever order it lies."""
    plan = rewarding(ranking={"by": by})
    expected = Expected(MEMBERS, tuple(absent(key, unit) for unit, key in sorted(away)))
    forms = [form(unit, 50, 30, key) for (unit, key), state in came.items() if state == "accepted"]
    wrong = [
        whose for whose, state in came.items() if state == "needs-correction" and whose not in away
    ]
    results = found(forms, expected, wrong, plan)
    for code, result in results.items():
        needed = [key for key in KEYS if (code, key) not in away]
        got = {key: came.get((code, key), "missing") for key in needed}
        is_whole = bool(needed) and set(got.values()) == {"accepted"}
        assert (result.status == "accepted") == is_whole == (result.total is not None)
        assert result.expected == len(needed)
        assert [each.assessor for each in result.forms] == [
            k for k in needed if got[k] == "accepted"
        ]
        assert {each.key: each.status for each in result.outstanding} == {
            key: state for key, state in got.items() if state != "accepted"
        }
        group = [r for r in results.values() if r.unit.group == result.unit.group]
        is_open = any(each.status != "accepted" for each in group)
        assert result.provisional == (is_whole and is_open)
        if not is_whole or (by == "places" and is_open):
            assert result.rank is None
        if result.reward:
            assert is_whole
    shuffled = list(forms)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    strangers = [form("A", 1, 1, "路人"), form("Z", 1, 1, "甲")]
    strangers += [form(unit, 0, 0, key) for unit, key in away]
    assert found([*strangers, *shuffled], expected, wrong, plan) == results


def test_without_a_list_a_decided_absence_leaves_a_member_s_places_out_and_the_rest_stand() -> None:
    """序位法 waits for whom nobody excused, not for whom a decision did."""
    plan = rewarding(ranking={"by": "places"})
    forms = [each for each in whole("ABC") if (each.unit, each.assessor) != ("B", "丙")]
    forms += [form(unit, 50, 30, key) for unit in "DE" for key in KEYS]
    assert ranks(found(forms, plan=plan))["A"] is None
    excused = found(forms, Expected((), (absent("丙", "B"),)), plan=plan)
    assert [excused[code].rank for code in "ABC"] == [1, 2, 3]
    assert any("丙" in ground and "未評全部單位" in ground for ground in excused["A"].grounds)
