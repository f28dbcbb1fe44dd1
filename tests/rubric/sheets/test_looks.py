"""How an exported definition looks: a golden dump, as it was approved by looking at it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from svcq_excel.rubric.sheets.writing import definition_workbook
from svcq_excel.rubric.shipped import load
from tests.form.dump import dump

GOLDEN = Path(__file__).with_name("golden")


@pytest.mark.parametrize("id", ["hccg-105"])
def test_an_exported_definition_looks_as_approved(id: str) -> None:
    found = dump(definition_workbook(load(id)))
    path = GOLDEN / f"{id}.txt"
    if os.environ.get("SVCQ_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8", newline="\n")
    assert found == path.read_text(encoding="utf-8"), "look at it; then SVCQ_GOLDEN=write"
