"""A new assessment may be made like a form that came of an earlier one, by what that form bears."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from svcq_excel import define, issue
from svcq_excel.assessment.likeness import like
from svcq_excel.assessment.new import new_folder
from svcq_excel.assessment.opened import open_folder
from svcq_excel.definition import DefinitionError
from svcq_excel.plan.assessors import SELF
from svcq_excel.plan.rounds import in_round
from svcq_excel.rubric.model import Node, Rubric
from svcq_excel.rubric.shipped import load
from tests.plan.planning import SAMPLES, edit, units_of

ROUNDS = {
    "wra-105": "105年度上半年",
    "khb-106": "106年度",
    "hccg-105": "105年度",
    "kpw-102": "102年6月",
}


def form_of(id: str, folder: Path) -> Path:
    units = SAMPLES / "units.csv" if id == "wra-105" else SAMPLES / id / "units.csv"
    return issue(define(id, units, ROUNDS[id]), [SELF], folder)[0].path


@pytest.mark.parametrize("id", ROUNDS)
def test_a_form_of_a_definition_that_ships_leads_to_it(id: str, tmp_path: Path) -> None:
    found = like(str(form_of(id, tmp_path)))
    assert found.rubric == load(id) and not found.doubts


def shape(nodes: tuple[Node, ...]) -> Iterator[tuple[object, ...]]:
    """What a form shows of a tree."""
    for node in nodes:
        bands = [(band.min, band.max, band.text) for band in node.bands]
        yield node.id if not node.children else "", node.cap, node.notice, bands, node.due
        yield from shape(node.children)


@pytest.mark.parametrize("id", ROUNDS)
def test_of_one_that_does_not_ship_what_the_form_shows_is_rebuilt(
    id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = form_of(id, tmp_path)
    others: tuple[Rubric, ...] = tuple(load(other) for other in ROUNDS if other != id)
    monkeypatch.setattr("svcq_excel.assessment.likeness.shipped", lambda: others)
    found = like(str(form))
    own = load(id)
    own = in_round(own, ROUNDS[id]) if own.is_checklist else own
    assert [*shape(found.rubric.tree)] == [*shape(own.tree)]
    assert (found.rubric.year, found.rubric.agency) == (own.year, own.agency)
    assert found.doubts and "門檻" in found.doubts[0]
    made = new_folder(tmp_path / "新", str(form))
    edit(made.folder.path, {}, 受考核單位=units_of(id))
    assert made.to_look_at[0] == found.doubts[0]
    again = load(str(made.folder.plan_workbook))
    assert [*shape(again.tree)] == [*shape(own.tree)]
    assert open_folder(made.folder.path).plan().units


def test_a_workbook_that_is_no_form_is_told(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    assert book.active
    book.active.title = "評分表"
    book.save(tmp_path / "別的.xlsx")
    with pytest.raises(DefinitionError, match=r"別的\.xlsx"):
        like(str(tmp_path / "別的.xlsx"))
