"""The shipped khb-106 says what its source says, word for word, and nothing of it is lost."""

from __future__ import annotations

import pytest

from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.shipped import load

from .sources import letters, out_of_order, seed, squeezed, texts_of

# Printed by forms and tables themselves, or the result that the source is filled in with.
HEADINGS = {
    "總分(滿分1000分)",
    "考核日期：107年1月12日",
    "面向",
    "評核項目",
    "評分重點",
    "*得分：95分",
}


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return load("khb-106")


@pytest.fixture(scope="module")
def form() -> str:
    """The 評分表; the 彙整表 begins after it."""
    return squeezed(seed("000").rpartition("## 高雄區營業處")[0])


def test_every_wording_stands_in_the_source(rubric: Rubric, form: str) -> None:
    title = squeezed(rubric.title_of_form("self"))
    assert {text for text in {title, *texts_of(rubric)} if text not in form} == set()


def test_no_wording_of_the_source_is_lost(rubric: Rubric, form: str) -> None:
    rest = form.replace("✓", "")
    title = squeezed(rubric.title_of_form("self"))
    for text in sorted(texts_of(rubric) | HEADINGS | {title}, key=len, reverse=True):
        rest = rest.replace(text, "|")
    assert letters(rest) == []


def test_items_caps_and_texts_stand_in_the_order_of_the_source(rubric: Rubric, form: str) -> None:
    assert out_of_order(rubric, form) == []


def test_the_title_of_the_summary_is_the_source_s(rubric: Rubric) -> None:
    assert rubric.title_of_unit_table("self") in squeezed(seed("000"))


def test_there_are_ten_items_of_100_under_five_areas(rubric: Rubric) -> None:
    assert [int(area.cap) for area in rubric.tree] == [200, 300, 200, 200, 100]
    assert [int(item.cap) for item in rubric.items] == [100] * 10
    assert rubric.items == rubric.leaves
    assert rubric.full_score == 1000


def test_it_has_neither_bands_nor_grades(rubric: Rubric) -> None:
    assert not any(leaf.bands or leaf.measure for leaf in rubric.leaves)
    assert not rubric.grades
