"""Writes the lists that the tests of this folder read."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

Cells = Sequence[Sequence[object]]
Write = Callable[[Cells], Path]


@pytest.fixture
def xlsx(tmp_path: Path) -> Write:
    def write(cells: Cells) -> Path:
        book = Workbook()
        assert book.active
        for row in cells:
            book.active.append(row)  # type: ignore[arg-type]
        path = tmp_path / "名單.xlsx"
        book.save(path)
        return path

    return write


@pytest.fixture
def csv_file(tmp_path: Path) -> Write:
    def write(cells: Cells) -> Path:
        path = tmp_path / "名單.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(cells)
        return path

    return write
