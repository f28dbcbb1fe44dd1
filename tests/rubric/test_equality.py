"""Rubrics are equal when all that they say is; their forms are the same when less is."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from svcq_excel.form.formulas.form_formulas import formulas_of
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.form.reading.key_places import places_of
from svcq_excel.rubric.clauses import Clauses
from svcq_excel.rubric.documents import Heading
from svcq_excel.rubric.model import Document, Judgement, Rubric
from svcq_excel.rubric.once_a_form import OnceAForm
from svcq_excel.rubric.shipped import load

DOCUMENT = Document(
    id="plan", name="執行計畫", annex="附錄1", title="計畫", heads=(Heading(name="前言"),)
)
STRICTER = {"judgement": Judgement(near_threshold=Decimal(50))}
OTHERWISE = {"clauses": Clauses(grading="另一條")}
ASKED_FOR = {"documents": (DOCUMENT,)}
RETITLED = {"title": "另一個計畫"}


@pytest.fixture
def rubric() -> Rubric:
    return load("wra-105")


def test_a_rubric_loaded_twice_is_equal_after_its_derived_values_were_used() -> None:
    one, other = load("wra-105"), load("wra-105")
    assert one.leaves and one.above and one.nodes and one.items and other.nodes
    assert all(node.leaves for _, node in one.walk())
    assert one == other and one.form_key == other.form_key
    assert all(a == b for (_, a), (_, b) in zip(one.walk(), other.walk(), strict=True))


@pytest.mark.parametrize("change", [STRICTER, OTHERWISE, ASKED_FOR, RETITLED])
def test_rubrics_that_say_anything_otherwise_are_not_equal(
    rubric: Rubric, change: Mapping[str, object]
) -> None:
    assert rubric.leaves and rubric.form_key
    assert changed(rubric, change) != rubric


@pytest.mark.parametrize("change", [STRICTER, OTHERWISE])
def test_clauses_and_judgement_leave_the_form_as_it_is(
    rubric: Rubric, change: Mapping[str, object]
) -> None:
    other = changed(rubric, change)
    assert other.form_key == rubric.form_key
    for work in (lay_out, places_of):
        assert work(other) is work(rubric)
    assert formulas_of(lay_out(other)) is formulas_of(lay_out(rubric))


@pytest.mark.parametrize("change", [ASKED_FOR, RETITLED])
def test_what_stands_on_a_form_makes_another_form(
    rubric: Rubric, change: Mapping[str, object]
) -> None:
    other = changed(rubric, change)
    assert other.form_key != rubric.form_key
    assert lay_out(other) is not lay_out(rubric)


def test_documents_to_hand_in_make_another_form_but_no_other_version(rubric: Rubric) -> None:
    assert changed(rubric, ASKED_FOR).digest == rubric.digest


def test_what_was_asked_first_is_forgotten_before_too_much_is_kept(rubric: Rubric) -> None:
    asked: list[str] = []

    @OnceAForm
    def title_of(rubric: Rubric) -> str:
        asked.append(rubric.title)
        return rubric.title

    many = [changed(rubric, {"title": f"計畫{n}"}) for n in range(40)]
    assert [title_of(each) for each in many] == [each.title for each in many] == asked
    assert title_of(many[-1]) == asked[-1] and len(asked) == 40
    assert title_of(many[0]) == asked[0] and len(asked) == 41


def changed(rubric: Rubric, change: Mapping[str, object]) -> Rubric:
    whole = {name: getattr(rubric, name) for name in Rubric.model_fields}
    return Rubric.model_validate({**whole, **change})
