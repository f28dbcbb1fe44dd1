"""What the forms in an inbox come to, read and counted without the program: openpyxl and pandas."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook


def entries_in(inbox: Path, superseded: str) -> pd.DataFrame:
    """What stands in the forms that count, read without the program: a row a leaf."""
    rows = []
    for path in sorted(inbox.glob("*.xlsx")):
        if path.name == superseded:
            continue
        book = load_workbook(path, data_only=True)
        marks = {row[0]: row[1] for row in book["_svcq"].iter_rows(max_col=2, values_only=True)}
        keys = list[object]()
        for row in book["評分表"].iter_rows(values_only=True):
            keys = list(row) if row[0] == "#keys" else keys
            if row[0] and not str(row[0]).startswith("#"):
                at = keys.index("status" if "status" in keys else "score")
                if row[at] is not None:
                    rows.append((marks["unit"], marks["assessor"], row[0], row[at]))
    return pd.DataFrame(rows, columns=["unit", "assessor", "leaf", "value"])


def compare(document: Any, came: pd.DataFrame) -> None:
    """The results are those that pandas counts of what came, to the last leaf."""
    for unit in document["units"]:
        own = came[came["unit"] == unit["unit"]]
        if unit["total"] is None:
            assert own.set_index("leaf")["value"].to_dict() == unit["leaves"]
            continue
        by_assessor = own.groupby("assessor")["value"].sum()
        assert unit["total"] == pytest.approx(by_assessor.mean(), abs=1e-9)
        assert unit["leaves"] == pytest.approx(own.groupby("leaf")["value"].mean().to_dict())
