"""Reading gives back what was entered: for any rubric, any filling, wherever the cells moved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svcq_excel.checks.answers import CheckedForm
from svcq_excel.checks.runner import check
from svcq_excel.form.facts import FormFacts
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.form.layout.remarks import REMARKS
from svcq_excel.form.reading.key_places import places_of
from svcq_excel.rubric.model import Rubric
from tests.conftest import Convert
from tests.form.filling import ROUND, UNIT, Filling, blank, entered, facts_of, fill, identity
from tests.form.fillings import ODD, fillings, right_answer
from tests.form.rubrics import rubrics


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("讀 回") / "表件 1.xlsx"


def read(path: Path, rubric: Rubric, filling: Filling) -> FormFacts:
    path.write_bytes(fill(rubric, filling))
    return facts_of(path, rubric)


@settings(max_examples=40)
@given(st.data())
def test_reading_a_filled_form_gives_the_filling(path: Path, data: st.DataObject) -> None:
    rubric = data.draw(rubrics())
    filling = data.draw(fillings(rubric))
    assert entered(read(path, rubric, filling)) == filling


@settings(max_examples=20)
@given(rubrics(), st.integers(0, 1000))
def test_a_form_filled_in_as_the_rubric_asks_has_no_faults(
    path: Path, rubric: Rubric, choice: int
) -> None:
    answers = [right_answer(leaf, choice + i) for i, leaf in enumerate(rubric.leaves)]
    filling = Filling({key: value for answer in answers for key, value in answer.items()})
    facts = read(path, rubric, filling)
    form = CheckedForm(facts, rubric, {UNIT.code: UNIT}, ROUND)
    assert [v.message for v in check(form) if v.severity != "notice"] == []
    assert form.complete


@settings(max_examples=20)
@given(rubrics())
def test_a_blank_form_says_whose_it_is_and_nothing_else(path: Path, rubric: Rubric) -> None:
    path.write_bytes(blank(rubric))
    facts = facts_of(path, rubric)
    assert facts.identity == identity(rubric)
    assert {(mark.unit, mark.unit_name) for mark in facts.marks} == {(UNIT.code, UNIT.name)}
    assert len(facts.marks) == 3
    assert entered(facts) == Filling()
    places = places_of(rubric).leaves
    assert all(places[id].wording == entry.wording for id, (entry,) in facts.entries.items())
    assert set(facts.shown) >= {"", *(node.id for node in rubric.tree if node.children)}
    assert all(cell.formula for cell in facts.shown.values())


@pytest.mark.parametrize("shift", range(4))
def test_odd_texts_arrive_as_they_were_in_every_kind_of_entry(
    path: Path, rubric: Rubric, shift: int
) -> None:
    entries = {
        key: ODD[(i + shift * 5) % len(ODD)] for i, key in enumerate(lay_out(rubric).entries)
    }
    remarks = {
        (item.id, key): ODD[(i + shift * 7) % len(ODD)]
        for i, (item, key) in enumerate(product(rubric.items, REMARKS))
    }
    filling = Filling(entries, remarks)
    assert entered(read(path, rubric, filling)) == filling


def test_a_date_that_was_typed_as_a_date_arrives_as_one(path: Path, rubric: Rubric) -> None:
    facts = read(path, rubric, Filling({("", "date"): date(2016, 9, 10)}))
    assert facts.date is not None
    assert facts.date.value == date(2016, 9, 10)


@pytest.mark.parametrize("shown", [0.88, 1.2, 0.005, -0.05, 1.0])
def test_a_percentage_is_known_by_its_cell(path: Path, rubric: Rubric, shown: float) -> None:
    key = ("A2.2.2", "measure")
    filling = Filling({key: shown}, percents=frozenset([key]))
    assert entered(read(path, rubric, filling)) == filling
    bare = Filling({key: shown})
    assert entered(read(path, rubric, bare)) == bare


def samples(rubric: Rubric) -> Iterator[Filling]:
    """A clean form, one with all that is odd, one with hardly anything."""
    answers = [right_answer(leaf, i) for i, leaf in enumerate(rubric.leaves)]
    clean = {key: value for answer in answers for key, value in answer.items()}
    yield Filling({**clean, ("", "assessor"): "王大明、林𠮷", ("", "date"): "105年9月10日"})
    # The reader of .ods drops tabs; nobody types them there, for Tab leads to the next cell.
    odd = [text for text in ODD if "\t" not in text]
    notes = {(leaf.id, "note"): text for leaf, text in zip(rubric.leaves, odd, strict=False)}
    remarks = {(item.id, "progress"): text for item, text in zip(rubric.items, odd, strict=False)}
    yield Filling({**clean, **notes, ("", "comments"): "一\n二"}, remarks)
    yield Filling({("A2.2.2", "measure"): 0.88}, percents=frozenset([("A2.2.2", "measure")]))


@pytest.mark.office
@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
def test_a_form_that_an_office_program_saved_reads_the_same(
    office: Convert, rubric: Rubric, tmp_path: Path, ending: str
) -> None:
    fillings = list(samples(rubric))
    paths = [tmp_path / f"表件 {i}.xlsx" for i in range(len(fillings))]
    for path, filling in zip(paths, fillings, strict=True):
        path.write_bytes(fill(rubric, filling))
    for path, filling in zip(office(paths, ending, tmp_path / "out"), fillings, strict=True):
        facts = facts_of(path, rubric)
        assert facts.identity == identity(rubric)
        assert entered(facts) == filling
