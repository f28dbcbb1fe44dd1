"""What a sheet's values do not tell: rows that are hidden, protection that was taken off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest

from svcq_excel import pipeline
from svcq_excel.form.facts import FormFacts
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.plan.assessors import SELF
from svcq_excel.plan.plan import Plan
from tests.receiving import content_of

Convert = Callable[[Sequence[Path], str, Path], list[Path]]
LEAF = "A2.1.2.1"


@pytest.fixture
def blank(plan: Plan, tmp_path: Path) -> Path:
    return pipeline.issue(plan, [SELF], tmp_path / "表件")[0].path


@pytest.fixture
def altered(plan: Plan, blank: Path, tmp_path: Path) -> Path:
    book = openpyxl.load_workbook(blank)
    sheet = book["評分表"]
    sheet.protection.sheet = False
    sheet.row_dimensions[lay_out(plan.rubric).entries[LEAF, "score"].row + 1].hidden = True
    book.save(tmp_path / "改.xlsx")
    return tmp_path / "改.xlsx"


def state(path: Path, plan: Plan) -> tuple[set[str], bool]:
    content = content_of(path, plan.rubric)
    assert isinstance(content, FormFacts)
    return set(content.hidden), content.protected


def test_a_form_as_it_was_sent_hides_no_leaf_and_is_protected(blank: Path, plan: Plan) -> None:
    assert state(blank, plan) == (set(), True)


def test_a_hidden_row_and_missing_protection_are_seen(altered: Path, plan: Plan) -> None:
    assert state(altered, plan) == ({LEAF}, False)


@pytest.mark.office
@pytest.mark.parametrize("to", ["xlsx", "ods", "xls"])
def test_an_office_program_keeps_both_states(
    to: str, altered: Path, blank: Path, plan: Plan, office: Convert, tmp_path: Path
) -> None:
    made = office([altered, blank], to, tmp_path / to)
    assert [state(path, plan) for path in made] == [({LEAF}, False), (set(), True)]
