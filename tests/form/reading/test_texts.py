"""Texts that people write into a form arrive whole in its facts, whatever is in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from svcq_excel.form.facts import Cell, FormFacts
from svcq_excel.form.identity import FORM_SHEET, REMARKS_SHEET
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.form.layout.remarks import FIRST_ROW
from svcq_excel.form.reading.reader import read_form
from svcq_excel.rubric.model import Rubric
from tests.form.filling import Filling, facts_of
from tests.form.memory import Grid, InMemory, filled_grids
from tests.form.reading.test_moved import write

WRITTEN = {
    "300 lines": "\n".join(f"第{n}行" for n in range(300)),
    "32,767 characters": "長" * 32_767,
    "NUL": "前\x00後",
    "controls": "\x01\x07\x1b[31m\x1f",
    "private use": "\ue000\uf8ff\U000f0000",
    "rare": "𠮷堃喆煊\ufa0c",
    "unseen within": "一\u200b二\u2028三",
    "escaped": "_x0041_",
}
ANY = {**WRITTEN, "lone surrogate": "前\ud83d後", "NUL at the end": "後\x00"}


def with_texts(sheets: dict[str, Grid], rubric: Rubric, text: str) -> dict[str, Grid]:
    comments, note = (
        lay_out(rubric).entries[place] for place in (("", "comments"), ("C1.1", "note"))
    )
    for sheet, row, column in (
        (FORM_SHEET, comments.row, comments.column),
        (FORM_SHEET, note.row, note.column),
        (REMARKS_SHEET, FIRST_ROW, 2),
        (REMARKS_SHEET, FIRST_ROW + 6, 6),
    ):
        sheets[sheet][row][column] = text
    return sheets


def texts(facts: FormFacts) -> list[object]:
    cells: list[Cell | None] = [
        facts.comments,
        facts.entries["C1.1"][0].note,
        facts.remarks["A1"]["strengths"],
        facts.remarks["D1"]["remark"],
    ]
    return [cell.value if cell else None for cell in cells]


@pytest.mark.parametrize("text", ANY.values(), ids=ANY)
def test_the_reader_leaves_a_text_as_it_is(rubric: Rubric, text: str) -> None:
    sheets = with_texts(filled_grids(rubric, Filling()), rubric, text)
    facts = read_form(InMemory(sheets), rubric)
    assert isinstance(facts, FormFacts)
    assert texts(facts) == [text] * 4


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN)
def test_a_text_comes_whole_out_of_a_file(rubric: Rubric, tmp_path: Path, text: str) -> None:
    sheets = with_texts(filled_grids(rubric, Filling()), rubric, text)
    facts = facts_of(write(tmp_path / "form.xlsx", sheets), rubric)
    assert texts(facts) == [text] * 4


def test_what_nobody_can_see_is_no_text(rubric: Rubric) -> None:
    sheets = with_texts(filled_grids(rubric, Filling()), rubric, "\u200b\u00a0\ufeff")
    facts = read_form(InMemory(sheets), rubric)
    assert isinstance(facts, FormFacts)
    assert (facts.comments, facts.remarks) == (None, {})
    assert facts.entries["C1.1"][0].note is not None
    assert facts.entries["C1.1"][0].note.blank


@pytest.mark.parametrize("prefix", ["", "_xlfn."])
def test_a_picture_in_a_cell_is_no_text(rubric: Rubric, prefix: str) -> None:
    """As WPS stores one: the function's result is the function itself."""
    picture = f'={prefix}DISPIMG("ID_0F3A5C7E9B1D4F6A8C0E2B4D6F8A1C3E",1)'
    sheets = with_texts(filled_grids(rubric, Filling()), rubric, picture)
    assessor = lay_out(rubric).entries["", "assessor"]
    sheets[FORM_SHEET][assessor.row][assessor.column] = picture
    facts = read_form(InMemory(sheets), rubric)
    assert isinstance(facts, FormFacts)
    assert facts.comments is None
    assert facts.assessor is None or facts.assessor.blank
    note = facts.entries["C1.1"][0].note
    assert note and note.blank
    assert "A1" not in facts.remarks
