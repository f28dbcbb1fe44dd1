"""A form is read by what it holds, whatever it is called and whatever lies around it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from svcq_excel.form.facts import FormFacts
from svcq_excel.rubric.model import Rubric
from svcq_excel.workbooks.opening import OpenedWorkbook
from svcq_excel.workbooks.workbook import Unreadable
from tests.conftest import Convert
from tests.form.filling import blank, identity, load, saved
from tests.receiving import content_of, open_workbook

ENDINGS = (".xlsx", ".xls", ".ods", ".xlsm", ".csv", "", ".bak")


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_form_is_read_whatever_its_name_ends_in(
    rubric: Rubric, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"A01 第一河川局{ending}"
    path.write_bytes(blank(rubric))
    content = content_of(path, rubric)
    assert isinstance(content, FormFacts)
    assert content.identity == identity(rubric)


@pytest.mark.office
@pytest.mark.parametrize("to", ["ods", "xls"])
def test_a_form_of_another_format_is_read_whatever_its_name_ends_in(
    office: Convert, rubric: Rubric, tmp_path: Path, to: str
) -> None:
    (tmp_path / "form.xlsx").write_bytes(blank(rubric))
    [made] = office([tmp_path / "form.xlsx"], to, tmp_path / "out")
    for ending in ENDINGS:
        path = tmp_path / f"改名{ending}"
        path.write_bytes(made.read_bytes())
        content = content_of(path, rubric)
        assert isinstance(content, FormFacts), ending
        assert content.identity == identity(rubric)


def test_a_file_that_is_gone_or_a_folder_is_told(rubric: Rubric, tmp_path: Path) -> None:
    for path in (tmp_path / "不存在.xlsx", tmp_path):
        told = content_of(path, rubric)
        assert isinstance(told, Unreadable)
        assert told.reason == "withheld", "its bytes never came, which says nothing about them"


@pytest.mark.parametrize("far", ["評分表", "填寫說明"])
def test_a_cell_far_away_is_told_only_where_it_hides_the_form(
    rubric: Rubric, tmp_path: Path, far: str
) -> None:
    book = load(blank(rubric))
    book[far]["A9000"] = "x"
    (tmp_path / "a.xlsx").write_bytes(saved(book))
    content = content_of(tmp_path / "a.xlsx", rubric)
    if far == "評分表":
        assert isinstance(content, Unreadable)
        assert content.reason == "unsafe"
    else:
        assert isinstance(content, FormFacts)


def test_many_sheets_after_it_do_not_hide_the_form(rubric: Rubric, tmp_path: Path) -> None:
    book = load(blank(rubric))
    for i in range(150):
        book.create_sheet(f"附件{i}")
    (tmp_path / "a.xlsx").write_bytes(saved(book))
    content = content_of(tmp_path / "a.xlsx", rubric)
    assert isinstance(content, FormFacts)
    assert content.is_form


def test_an_unrelated_workbook_is_no_form(rubric: Rubric, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["編號", "單位", "得分", "評分表", "score"])
    (tmp_path / "a.xlsx").write_bytes(saved(book))
    content = content_of(tmp_path / "a.xlsx", rubric)
    assert isinstance(content, Unreadable)
    assert content.reason == "no-form"


def test_opening_leaves_the_file_as_it_was(rubric: Rubric, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(blank(rubric))
    before = path.stat().st_mtime_ns
    assert isinstance(open_workbook(path), OpenedWorkbook)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (blank(rubric), before)
    assert [each.name for each in tmp_path.iterdir()] == ["a.xlsx"]
