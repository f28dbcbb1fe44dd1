"""The shipped hccg-105 says what its source says, word for word, and nothing of it is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from svcq_excel.plan.units import read_units
from svcq_excel.rubric.model import Rubric, number
from svcq_excel.rubric.shipped import load

from .sources import letters, seed, squeezed, texts_of

UNITS = Path(__file__).parents[2] / "samples" / "hccg-105" / "units.csv"

HEADINGS = {"評核指標", "次評核指標", "評核重點"}
# The source spells it in both ways; DOMAIN decides for the first.
MISSPELT = ("創新增值服務", "創新加值服務")


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return load("hccg-105")


@pytest.fixture(scope="module")
def plan() -> str:
    """The whole source as it was printed, not as it was extracted, and in one spelling."""
    text = squeezed(seed("001")).replace(*MISSPELT)
    return re.sub(r"\$|}|\\text{|\\(?=%)", "", text).replace("\\times", "×")


@pytest.fixture(scope="module")
def tables(plan: str) -> str:
    return plan[plan.index("【優質便民服務") : plan.index("捌、考核結果")]


def test_every_wording_of_the_tree_stands_in_the_source(rubric: Rubric, tables: str) -> None:
    assert {text for text in texts_of(rubric) if text not in tables} == set()


def test_no_wording_of_the_source_is_lost(rubric: Rubric, tables: str) -> None:
    rest = tables
    for text in sorted(texts_of(rubric) | HEADINGS, key=len, reverse=True):
        rest = rest.replace(text, "|")
    assert letters(rest) == []


def test_names_texts_and_caps_stand_in_the_order_of_the_source(rubric: Rubric, tables: str) -> None:
    rest = re.sub("（([0-9]+分)）", r"(\1)", tables)
    for id, node in rubric.nodes.items():
        worth = []
        for line in (node.printed, *(node.text or "").splitlines()):
            _, found, rest = rest.partition(squeezed(line))
            assert found, f"{id}: {line} is not where the source has it"
            worth.append(
                rest.startswith(f"({number(node.cap)}分)")
                or line.endswith(f"({number(node.cap)}分)")
            )
        assert any(worth), f"{id} is worth something else"


def test_400_300_and_300_points_are_given_by_26_leaves(rubric: Rubric) -> None:
    assert [(top.name, int(top.cap)) for top in rubric.tree] == [
        ("優質便民服務", 400),
        ("資訊流通服務", 300),
        ("創新加值服務", 300),
    ]
    assert len(rubric.leaves) == 26
    assert [int(item.cap) for item in rubric.items] == [200, 200, 100, 200, 300]


def test_a_point_without_a_split_is_itself_a_leaf(rubric: Rubric) -> None:
    assert {leaf.name: int(leaf.cap) for leaf in rubric.leaves if leaf.id.startswith("C")} == {
        "有價值的創新服務": 200,
        "創新服務標竿學習效益": 60,
        "組織內部創新機制及運作情形": 40,
    }


def test_four_leaves_are_shown_beside_a_rate_of_growth(rubric: Rubric, tables: str) -> None:
    grown = {leaf.id: leaf.growth for leaf in rubric.leaves if leaf.growth}
    assert {id: growth.label for id, growth in grown.items()} == {
        "A2.2.1.2": "服務滿意度成長率",
        "A2.2.2": "民眾意見處理滿意度成長率",
        "B2.1.1": "線上服務項目數成長率",
        "B2.1.2": "使用線上服務案件成長率",
    }
    for growth in grown.values():
        formula = f"(本年度{growth.of}-上年度{growth.of})/上年度{growth.of}×100%"
        assert f"※{growth.label}計算式：{formula}" in tables


def test_grades_and_rewards_are_those_of_the_plan(rubric: Rubric, plan: str) -> None:
    """捌、一 and 捌、二."""
    clause = plan[plan.index("二、獎懲標準") : plan.index("三、考核結果應行改進")]
    assert [(grade.name, int(grade.min)) for grade in rubric.grades] == [
        ("甲", 800),
        ("乙", 700),
        ("丙", 0),
    ]
    assert "考列丙等之機關（單位）應辦理複評，複評通過予以改列乙等" in plan
    for reward in rubric.rewards:
        assert reward.text.endswith("，其他有功人員依規定辦理敘獎")
        assert all(word in clause for word in reward.text.removeprefix("機關（單位）").split("，"))
    assert clause.endswith(squeezed(rubric.rewards[-1].text) + "。")


def test_the_sample_units_are_those_of_the_plan(plan: str) -> None:
    groups: dict[str, list[str]] = {}
    for unit in read_units(UNITS):
        groups.setdefault(unit.group, []).append(unit.name)
    assert [len(names) for names in groups.values()] == [5, 6, 5]
    for group, names in groups.items():
        assert f"{group}：{'、'.join(names)}。" in plan
