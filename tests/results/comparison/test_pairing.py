"""Units and items of two rounds are paired as an office would pair them."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.plan.previous.model import EarlierItem, EarlierUnit
from svcq_excel.plan.units import Unit
from svcq_excel.results.comparison.pairing import items_paired, units_paired

NAMES = st.sampled_from(["第一河川局", "第二河川局", "北區水資源局", "秘書室", "Ａ科", "A科"])
WHOSE = st.tuples(st.sampled_from(["A01", "A02", "Ａ01", "B1", "01", "1"]), NAMES)


def pairs(now: list[tuple[str, str]], before: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """Names on both sides, and what is said."""
    found = units_paired([Unit(*each) for each in now], [EarlierUnit(*each) for each in before])
    return [
        (
            "" if each.now is None else now[each.now][1],
            each.before.name if each.before else "",
            each.note,
        )
        for each in found
    ]


def test_who_has_the_same_code_and_name_is_the_same() -> None:
    assert pairs([("A01", "甲"), ("A02", "乙")], [("A02", "乙"), ("ａ01", "甲 ")]) == [
        ("甲", "甲 ", ""),
        ("乙", "乙", ""),
    ]


def test_who_came_and_who_left_is_said() -> None:
    assert pairs([("A01", "甲"), ("A03", "丙")], [("A01", "甲"), ("A02", "乙")]) == [
        ("甲", "甲", ""),
        ("丙", "", "本期新增"),
        ("", "乙", "本期未列"),
    ]


def test_a_new_name_and_a_new_code_are_said() -> None:
    assert pairs([("A01", "新名"), ("B02", "乙")], [("A01", "舊名"), ("A02", "乙")]) == [
        ("新名", "舊名", "前期名稱：舊名（編號相同，視為同一單位）"),
        ("乙", "乙", "前期編號：A02"),
    ]


def test_codes_that_were_given_to_others_do_not_make_them_the_same() -> None:
    assert pairs([("A01", "甲"), ("A02", "乙")], [("A01", "乙"), ("A02", "甲")]) == [
        ("甲", "甲", "前期編號：A02"),
        ("乙", "乙", "前期編號：A01"),
    ]


def test_of_names_that_stand_twice_only_codes_tell() -> None:
    assert pairs([("A01", "科"), ("A02", "科")], [("A02", "科"), ("A03", "科")]) == [
        ("科", "", "本期新增"),
        ("科", "科", ""),
        ("", "科", "本期未列"),
    ]


@given(st.lists(WHOSE, max_size=6), st.lists(WHOSE, max_size=6))
def test_nobody_is_lost_and_nobody_counts_twice(
    now: list[tuple[str, str]], before: list[tuple[str, str]]
) -> None:
    earlier = [EarlierUnit(*each) for each in before]
    found = units_paired([Unit(*each) for each in now], earlier)
    assert [each.now for each in found if each.now is not None] == list(range(len(now)))
    there = [each.before for each in found if each.before]
    assert sorted(map(repr, there)) == sorted(map(repr, earlier))


def test_items_are_paired_by_name_whatever_their_order() -> None:
    earlier = [
        EarlierItem(name, Fraction(1)) for name in ("服務流程", "機關形象", "服務流程", "舊項")
    ]
    now = ["機關 形象", "服務流程", "新項", "服務流程"]
    assert items_paired(now, earlier) == [(0, 1), (1, 0), (2, None), (3, 2), (None, 3)]
