"""Workbook and YAML mean the same: what is exported is read as what it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.reader import read
from svcq_excel.rubric.sheets.writing import definition_workbook
from svcq_excel.rubric.shipped import load, shipped
from tests.rubric.sheets.definitions import definitions


def read_back(rubric: Rubric, folder: Path) -> Rubric:
    path = folder / "定義.xlsx"
    path.write_bytes(definition_workbook(rubric))
    return read(path)[0]


@pytest.mark.parametrize("id", [rubric.id for rubric in shipped()])
def test_what_ships_is_the_same_from_a_workbook(id: str, tmp_path: Path) -> None:
    rubric = load(id)
    back = read_back(rubric, tmp_path)
    assert back.model_dump_json() == rubric.model_dump_json()
    assert (back.digest, back.form_key) == (rubric.digest, rubric.form_key)


@given(rubric=definitions())
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_definition_is_the_same_from_a_workbook(rubric: Rubric, tmp_path: Path) -> None:
    content = definition_workbook(rubric)
    assert content == definition_workbook(rubric.model_copy())
    back = read_back(rubric, tmp_path)
    assert back.model_dump_json(indent=1) == rubric.model_dump_json(indent=1)
    assert back.digest == rubric.digest
    assert definition_workbook(back) == content
