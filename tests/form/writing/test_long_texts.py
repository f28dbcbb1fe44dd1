"""Texts that are carried over into a form stand there whole: their rows grow, and so do pages."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.checks.answers import CheckedForm
from svcq_excel.checks.examples import UNIT, clean_facts
from svcq_excel.checks.runner import check
from svcq_excel.form.facts import Cell, FormFacts
from svcq_excel.form.identity import FORM_SHEET, REMARKS_SHEET
from svcq_excel.form.layout import metrics
from svcq_excel.form.layout.filled import lay_out_with
from svcq_excel.form.layout.fitting import MAX_ROW_PT, needed
from svcq_excel.form.layout.grid import Role
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.form.layout.remarks import REMARKS, columns_for, item_rows
from svcq_excel.form.writing.prefilled import carried
from svcq_excel.form.writing.writer import render
from svcq_excel.plan.rounds import in_round
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.shipped import shipped
from tests.conftest import Convert
from tests.form.layout.test_pages import text_of
from tests.receiving import content_of

RUBRICS = {
    each.id: in_round(each, f"{each.year}年6月") if each.is_checklist else each
    for each in shipped()
}
WRA = RUBRICS["wra-105"]
SENTENCE = "本局已簡化申辦流程，並於每月檢討民眾等候時間；"
_EXCEL_PT = 409
_KEYS = ("note", "done", "proof", "comments", "assessor")


def written(length: int, end: str) -> str:
    return (SENTENCE * (length // len(SENTENCE) + 1))[: length - len(end)] + end


def with_long_texts(rubric: Rubric) -> FormFacts:
    """A form without a fault, and texts of all lengths in it, each with an end of its own."""
    facts, ends = clean_facts(rubric), iter(range(1, 1000))

    def cell(sheet: str, row: int, length: int) -> Cell:
        return Cell(sheet, row, 1, written(length, f"至此{next(ends):03}止"))

    entries = dict(facts.entries)
    for leaf, length in zip(list(entries)[::3], (30, 120, 400, 60, 900), strict=False):
        entry = entries[leaf][0]
        note = cell(FORM_SHEET, entry.score.row, length)
        others = {
            key: cell(FORM_SHEET, entry.score.row, length * 2) if key in _KEYS else old
            for key, old in entry.others.items()
        }
        entries[leaf] = (entry._replace(note=note, others=others),)
    remarks = {
        item.id: {key: cell(REMARKS_SHEET, 3, length) for key in REMARKS}
        for item, length in zip(rubric.items, (20, 300, 900, 1500), strict=False)
    }
    return replace(
        facts,
        entries=entries,
        remarks={} if rubric.is_checklist else remarks,
        assessor=cell(FORM_SHEET, 2, 60),
        comments=cell(FORM_SHEET, 99, 4000) if rubric.comments else None,
    )


def form_of(facts: FormFacts, rubric: Rubric, folder: Path) -> Path:
    path = folder / f"{rubric.id}.xlsx"
    path.write_bytes(render(rubric, facts.identity, rubric.title_of_form("self"), carried(facts)))
    return path


@pytest.mark.parametrize("id", RUBRICS)
def test_a_form_without_long_texts_is_laid_out_like_the_blank_one(id: str) -> None:
    rubric = RUBRICS[id]
    assert lay_out_with(rubric, {}) is lay_out(rubric)
    assert lay_out_with(rubric, carried(clean_facts(rubric)).texts) is lay_out(rubric)


@pytest.mark.parametrize("id", RUBRICS)
def test_every_box_has_the_height_that_its_text_needs(id: str) -> None:
    rubric = RUBRICS[id]
    layout = lay_out_with(rubric, carried(with_long_texts(rubric)).texts)
    assert layout is not lay_out(rubric)
    assert max(layout.heights) <= _EXCEL_PT
    for box in layout.boxes:
        if box.role is Role.INPUT:
            heights = layout.heights[box.row : box.last_row + 1]
            rounded = 0.125 * len(heights)
            assert needed(box, layout.columns, rubric) <= sum(heights) + rounded, box


@given(st.dictionaries(st.sampled_from(list(lay_out(WRA).entries)), st.text(max_size=300)))
def test_whatever_was_entered_nothing_else_changes_its_column_or_its_order(
    texts: Mapping[tuple[str, str], str],
) -> None:
    blank, layout = lay_out(WRA), lay_out_with(WRA, texts)
    assert list(layout.entries) == list(blank.entries)
    places = [[(b.place, b.column, b.last_column) for b in each.boxes] for each in (blank, layout)]
    labels = [[at for at in each if at[0][1] != "continued"] for each in places]
    assert labels[0] == labels[1]
    assert [key for key in layout.keys.values() if key] == list(blank.keys.values())
    assert max(layout.heights) <= _EXCEL_PT


def test_remarks_take_as_many_rows_as_they_need() -> None:
    texts = carried(with_long_texts(WRA)).remark_texts
    rows = item_rows(WRA, texts)
    assert rows[0].count == rows[-1].count == 1 < rows[3].count
    assert all(MAX_ROW_PT >= each.height >= 60 for each in rows)
    assert [each.row for each in rows[1:]] == [each.row + each.count for each in rows[:-1]]
    for each in rows:
        for column in columns_for(WRA, texts)[2:]:
            text = texts.get(each.item.id, {}).get(column.key, "")
            room = each.height * each.count
            heights = [metrics.height(text, column.pixels, size) for size in (10, 8)]
            assert min(heights) <= room + 0.5


@pytest.mark.parametrize("id", RUBRICS)
def test_what_was_carried_over_reads_the_same_and_no_wording_seems_altered(
    id: str, tmp_path: Path
) -> None:
    """Labels that run on over a page break stand elsewhere than in the blank form."""
    rubric = RUBRICS[id]
    facts = with_long_texts(rubric)
    again = content_of(form_of(facts, rubric, tmp_path), rubric)
    assert isinstance(again, FormFacts)
    assert carried(again).texts == carried(facts).texts
    assert carried(again).remark_texts == carried(facts).remark_texts
    assert check(CheckedForm(again, rubric, {UNIT.code: UNIT})) == ()


@pytest.mark.office
def test_every_text_is_printed_to_its_end(office: Convert, kai: None, tmp_path: Path) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler) is not installed")
    facts = {id: with_long_texts(rubric) for id, rubric in RUBRICS.items()}
    paths = [form_of(facts[id], rubric, tmp_path) for id, rubric in RUBRICS.items()]
    for (id, rubric), pdf in zip(RUBRICS.items(), office(paths, "pdf", tmp_path), strict=True):
        printed = "".join(text_of(pdf, "-raw").split())
        filled = carried(facts[id])
        texts = [text for place, text in filled.texts.items() if "止" in text]
        texts += [text for said in filled.remark_texts.values() for text in said.values()]
        assert len(texts) > 5
        lost = [text[-8:] for text in texts if text[-6:] not in printed]
        assert not lost, (rubric.id, lost)
