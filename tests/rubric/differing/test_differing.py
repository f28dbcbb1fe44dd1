"""Every difference between two definitions is told once, in words, in paper order."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.rubric.clauses import (
    Adjustment,
    Ceiling,
    Clauses,
    Committee,
    Floor,
    Ranking,
    Reevaluation,
    Rounding,
    Rounds,
    Scale,
)
from svcq_excel.rubric.differing.differing import changes, on_forms
from svcq_excel.rubric.differing.words import CLAUSES, PIECE_BY_PIECE, WORDS
from svcq_excel.rubric.documents import Heading
from svcq_excel.rubric.model import Document, Grade, Judgement, Node, Reward, Rubric
from svcq_excel.rubric.node import Part
from svcq_excel.rubric.shipped import load, shipped
from tests.form.rubrics import rubrics
from tests.rubric.differing.single_changes import changed, single_changes, with_node


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return load("hccg-105")


@pytest.mark.parametrize("rubric", shipped(), ids=lambda rubric: rubric.id)
def test_a_definition_does_not_differ_from_itself(rubric: Rubric) -> None:
    assert changes(rubric, load(rubric.id)) == ()


@given(rubrics())
def test_no_rubric_differs_from_itself(rubric: Rubric) -> None:
    assert changes(rubric, rubric.model_copy(deep=True)) == ()


@given(rubrics(), st.integers(0, 40))
def test_a_single_change_is_told_exactly_once(rubric: Rubric, first: int) -> None:
    for other, said in islice(single_changes(rubric), first, None, 41):
        (told,) = changes(rubric, other)
        assert said in told.message


@pytest.mark.parametrize("id", [rubric.id for rubric in shipped()])
def test_any_single_change_of_one_of_the_four_is_told_exactly_once(id: str) -> None:
    rubric = load(id)
    wrong = []
    for other, said in islice(single_changes(rubric), 0, None, 3):
        told = [each.message for each in changes(rubric, other)]
        back = changes(other, rubric)
        if len(told) != 1 or said not in told[0] or len(back) != 1:
            wrong.append((said, told, len(back)))
    assert not wrong, wrong[:5]


@given(rubrics(), rubrics())
def test_rubrics_of_any_shape_can_be_compared_and_differ_if_they_are_not_equal(
    old: Rubric, new: Rubric
) -> None:
    assert bool(changes(old, new)) == (old != new)


def test_any_two_of_the_four_can_be_compared() -> None:
    for old in shipped():
        for new in shipped():
            assert bool(changes(old, new)) == (old.id != new.id)


def with_clauses(rubric: Rubric, **clauses: object) -> Rubric:
    return changed(rubric, clauses=changed(rubric.clauses, **clauses))


BONUS = Adjustment(name="創新", effect="bonus", most=Decimal(5))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ({}, {"grading": "捌、三"}, "等第的依據由「捌、一」改為「捌、三」"),
        (
            {},
            {"committee": Committee(method="median", clause="肆、二")},
            "合計方式由平均改為中位數",
        ),
        (
            {},
            {"committee": Committee(trim=2, clause="肆、二")},
            "去除個數由 1 個改為 2 個",
        ),
        ({}, {"committee": Committee(per="total", clause="肆、二")}, "合計對象由各細項改為總分"),
        ({}, {"scale": Scale(to=Decimal(500))}, "增列換算（換算後滿分：500 分）"),
        ({"scale": Scale(to=Decimal(500))}, {}, "刪除換算（換算後滿分：500 分）"),
        ({}, {"rounding": Rounding(places=2)}, "小數：小數位數由 4 位改為 2 位"),
        ({}, {"rounding": Rounding(method="down")}, "由四捨五入改為無條件捨去"),
        ({}, {"ceiling": Ceiling(to=Decimal(1050))}, "增列總分上限（上限：1050 分）"),
        ({}, {"adjustments": (BONUS,)}, "增列加減分「創新」（加或扣：加分，上限：5 分）"),
        (
            {"adjustments": (BONUS,)},
            {"adjustments": (changed(BONUS, most=None),)},
            "加減分「創新」：刪除上限（原為 5 分）",
        ),
        (
            {"adjustments": (BONUS,)},
            {"adjustments": (changed(BONUS, name="改革"),)},
            "加減分「創新」：名稱由「創新」改為「改革」",
        ),
        (
            {},
            {"floors": (Floor(node="A", min=Decimal(240)),)},
            "增列單項最低分「優質便民服務」（最低分：240 分）",
        ),
        (
            {"floors": (Floor(node="A", min=Decimal(240)),)},
            {"floors": (Floor(node="A", min=Decimal(250)),)},
            "單項最低分「優質便民服務」：最低分由 240 分改為 250 分",
        ),
        ({}, {"reevaluation": None}, "刪除複評（考核種類：考核小組考核，應複評等第：「丙」"),
        (
            {},
            {
                "reevaluation": Reevaluation(
                    kind="committee", grades=("丙",), becomes="甲", clause="捌、一"
                )
            },
            "複評：通過後改列由「乙」改為「甲」",
        ),
        ({}, {"ranking": Ranking(within="all", clause="捌、二")}, "排名：比較範圍由組內改為全部"),
        ({}, {"ranking": Ranking(by="places", clause="捌、二")}, "排名：排名方式由總分改為序位法"),
        (
            {},
            {"ranking": Ranking(ties=("A", "total", "firsts"), clause="捌、二")},
            "排名：增列同分比較：「優質便民服務」、總分、獲評第一次數",
        ),
        (
            {},
            {"rounds": Rounds(names=("上半年", "下半年"))},
            "增列期別（各期名稱：「上半年、下半年」）",
        ),
    ],
)
def test_a_clause_is_told_in_the_words_of_a_plan(
    rubric: Rubric, old: dict[str, object], new: dict[str, object], said: str
) -> None:
    (told,) = changes(with_clauses(rubric, **old), with_clauses(rubric, **new))
    assert told.section == "條款" and said in told.message


def test_what_follows_from_a_total_is_told(rubric: Rubric) -> None:
    grades = tuple(changed(g, min=Decimal(820)) if g.name == "甲" else g for g in rubric.grades)
    (told,) = changes(rubric, changed(rubric, grades=grades))
    assert (told.section, told.message) == ("等第", "等第「甲」：下限由 800 分改為 820 分")
    fewer = changes(rubric, changed(rubric, grades=rubric.grades[1:]))
    assert [each.message for each in fewer] == ["刪除等第「甲」（下限：800 分）"]
    first, *rest = rubric.rewards
    (told,) = changes(rubric, changed(rubric, rewards=(changed(first, ranks=(1, 2)), *rest)))
    assert "名次由 1 改為 1、2" in told.message
    (told,) = changes(rubric, changed(rubric, rewards=(*rest, first)))
    assert "獎懲順序" in told.message
    stricter = changed(rubric, judgement=Judgement(full_share=Decimal("0.25")))
    (told,) = changes(rubric, stricter)
    assert told.message == "提示：滿分無備註由 50% 改為 25%"


def test_documents_are_told_head_by_head() -> None:
    rubric = load("wra-105")
    first, *rest = rubric.documents
    fewer = changed(first, pages=2)
    (told,) = changes(rubric, changed(rubric, documents=(fewer, *rest)))
    assert told.message == "附件「附錄1 創意服務計畫」：頁數上限由 3 頁改為 2 頁"
    more = changed(first, heads=(*first.heads, Heading(name="伍、檢討")))
    (told,) = changes(rubric, changed(rubric, documents=(more, *rest)))
    assert "增列標題「伍、檢討」" in told.message
    (told,) = changes(rubric, changed(rubric, documents=tuple(rest)))
    assert told.message.startswith("刪除附件「附錄1 創意服務計畫」")


def test_a_cap_is_told_as_an_official_would_write() -> None:
    rubric = load("wra-105")
    leaf = next(leaf for leaf in rubric.leaves if leaf.cap == 50)
    other = with_node(rubric, leaf, changed(leaf, cap=Decimal(40)))
    (told,) = changes(rubric, other)
    assert told.message == f"「{leaf.name}」配分由 50 分改為 40 分"
    assert told.path == tuple(node.name for node in rubric.path(leaf.id))
    assert told.section == told.path[0]


def test_only_the_words_that_differ_are_shown_of_a_long_text() -> None:
    rubric = load("wra-105")
    leaf = next(leaf for leaf in rubric.leaves if any(len(b.text) > 40 for b in leaf.bands))
    band = next(band for band in leaf.bands if len(band.text) > 40)
    text = f"{band.text[:20]}另立{band.text[20:]}"
    bands = tuple(changed(b, text=text) if b is band else b for b in leaf.bands)
    (told,) = changes(rubric, with_node(rubric, leaf, changed(leaf, bands=bands)))
    assert (
        f"級距 {band.label} 的評分標準修改：「…{band.text[14:20]}」之後增加「另立」" in told.message
    )


def test_a_node_with_a_new_id_is_known_by_its_name_and_place() -> None:
    rubric = load("khb-106")
    item = rubric.leaves[0]
    (told,) = changes(rubric, with_node(rubric, item, changed(item, id="New1")))
    assert told.message == f"「{item.name}」代號由 {item.id} 改為 New1"


def test_items_that_were_numbered_anew_are_not_told_as_renamed() -> None:
    """One is put in front, and the ids of those below it move up."""
    rubric = load("khb-106")
    top = next(node for node in rubric.tree if len(node.children) > 1)
    ids = [child.id for child in top.children]
    more = Node(id=ids[0], name="新增的項目", cap=Decimal(100))
    below = [changed(c, id=id) for c, id in zip(top.children, [*ids[1:], "Z1"], strict=True)]
    other = with_node(rubric, top, changed(top, children=(more, *below)))
    told = [each.message for each in changes(rubric, other)]
    assert told[0].startswith("增列「新增的項目」（配分 100 分）")
    assert len(told) == len(ids) + 1 and all("代號由" in each for each in told[1:])


def test_ids_that_stand_twice_are_compared_all_the_same() -> None:
    rubric = load("khb-106")
    item = rubric.leaves[0]
    other = with_node(rubric, item, changed(item, id=rubric.leaves[1].id))
    assert len(changes(rubric, other)) == 1 and len(changes(other, rubric)) == 1


def test_forms_that_are_out_stay_valid_where_the_digest_is_the_same(rubric: Rubric) -> None:
    assert "仍然有效" in on_forms(rubric, with_clauses(rubric, grading="另一條"))
    assert "重新產製" in on_forms(rubric, changed(rubric, title="另一個計畫"))
    assert "不能用於" in on_forms(rubric, load("wra-105"))
    written_otherwise = changed(rubric, step=Decimal("1.0"))
    assert changes(rubric, written_otherwise) == ()
    assert on_forms(rubric, written_otherwise).startswith("只有數字的寫法")


def parts(part: type[Part]) -> Iterator[type[Part]]:
    for each in part.__subclasses__():
        yield each
        yield from parts(each)


OF_A_DEFINITION = {
    *(Rubric, Node, Grade, Reward, Document, Heading, Judgement, Clauses),
    *(each for field in Clauses.model_fields.values() for each in get_args(field.annotation)),
}


def test_every_field_of_a_definition_has_words() -> None:
    ours = {each for each in parts(Part) if each.__module__.startswith("svcq_excel.rubric")}
    for part in ours:
        known = {*WORDS.get(part, {})} | PIECE_BY_PIECE.get(part, frozenset())
        assert {*part.model_fields} == known, part
    assert {*CLAUSES} < {*Clauses.model_fields}
