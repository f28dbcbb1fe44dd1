"""The key of a folder: hidden in two places of its plan workbook, and shown nowhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.packaging.custom import StringProperty

from svcq_excel.definition import DefinitionError
from svcq_excel.plan.sources import Sources
from svcq_excel.seal_key import HIDDEN_SHEET, PROPERTY, SealKey, is_seal, key_in, lay_key
from svcq_excel.workbooks.opening import OpenedWorkbook
from tests.receiving import open_workbook

KEY, OTHER = SealKey(bytes(range(32))), SealKey(bytes(32))
TEXTS = st.lists(st.text(max_size=6), max_size=4)


@pytest.fixture
def plan_workbook(tmp_path: Path) -> Path:
    path = tmp_path / "考核計畫.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("計畫").write_string(0, 0, "項目")
        lay_key(book, KEY)
    return path


def key_of(path: Path) -> SealKey | None:
    book = open_workbook(path)
    assert isinstance(book, OpenedWorkbook)
    return key_in(book, path.name)


def damage(path: Path, sheet: str | None = None, property: str | None = None) -> Path:
    """Other texts in the two places; "" deletes one."""
    book = load_workbook(path)
    if sheet is not None:
        book[HIDDEN_SHEET]["B1"].value = sheet or None
    if property is not None:
        own = [StringProperty(name=PROPERTY, value=property)] if property else []
        book.custom_doc_props.props = own  # type: ignore[attr-defined]
    book.save(path)
    return path


def test_a_plan_workbook_holds_its_key_where_nobody_sees_it(plan_workbook: Path) -> None:
    assert key_of(plan_workbook) == KEY
    book = load_workbook(plan_workbook)
    assert book[HIDDEN_SHEET].sheet_state == "hidden"
    assert book.custom_doc_props[PROPERTY].value == KEY.text  # type: ignore[attr-defined]


def test_a_workbook_without_a_key_has_none(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("計畫").write_string(0, 0, "項目")
    assert key_of(tmp_path / "a.xlsx") is None


@pytest.mark.parametrize("lost", ["", "x", KEY.text[:-1], KEY.text.replace("A", "B", 1), "7"])
def test_where_one_place_is_damaged_the_other_serves(plan_workbook: Path, lost: str) -> None:
    original = plan_workbook.read_bytes()
    assert key_of(damage(plan_workbook, sheet=lost)) == KEY
    plan_workbook.write_bytes(original)
    assert key_of(damage(plan_workbook, property=lost)) == KEY


def test_two_keys_that_disagree_are_told_by_sheet_and_cell(plan_workbook: Path) -> None:
    with pytest.raises(DefinitionError) as caught:
        key_of(damage(plan_workbook, property=OTHER.text))
    (problem,) = caught.value.problems
    assert (problem.file, problem.sheet, problem.cell) == ("考核計畫.xlsx", HIDDEN_SHEET, "B1")
    assert KEY.text not in str(problem)
    assert OTHER.text not in str(problem)


def test_a_key_that_is_damaged_everywhere_is_told(plan_workbook: Path) -> None:
    with pytest.raises(DefinitionError, match=r"「_svcq」 B1：.*無法讀取"):
        key_of(damage(plan_workbook, "x", "y"))
    with pytest.raises(DefinitionError, match="自訂屬性「svcq_seal_key」"):
        key_of(damage(plan_workbook, "", "y"))


@pytest.mark.office
@pytest.mark.parametrize("route", ["ods", "xlsx", "ods xlsx", "xls"])
def test_a_key_stays_however_the_workbook_is_saved(
    plan_workbook: Path,
    tmp_path: Path,
    route: str,
    office: Callable[[Sequence[Path], str, Path], list[Path]],
) -> None:
    path = plan_workbook
    for step, to in enumerate(route.split()):
        (path,) = office([path], to, tmp_path / str(step))
    assert key_of(path) == KEY
    book = open_workbook(path)
    assert isinstance(book, OpenedWorkbook)
    assert HIDDEN_SHEET not in book.sheets_shown


def test_a_key_comes_back_from_its_text_and_is_shown_by_its_name_alone() -> None:
    assert SealKey.of(f" {KEY.text.lower()} ") == KEY
    for shown in (repr(KEY), str(KEY), repr(replace(Sources(), seal_key=KEY)), KEY.name):
        assert KEY.text[:8] not in shown
        assert repr(KEY.secret)[:8] not in shown
    assert SealKey.new() != SealKey.new()


@given(TEXTS, TEXTS)
def test_a_seal_fits_the_texts_that_it_is_on_and_no_others(one: list[str], two: list[str]) -> None:
    seal = KEY.seal(one)
    assert is_seal(seal)
    assert KEY.fits(seal.lower(), one)
    assert KEY.fits(seal, two) is (one == two)
    assert not OTHER.fits(seal, one)
    assert KEY.made(seal)
    assert not OTHER.made(seal)


def test_a_seal_that_is_cut_off_is_none() -> None:
    seal = KEY.seal(["A01"])
    assert not any(is_seal(text) for text in (seal[:-1], seal[1:], seal + "A", "", "-", "０" * 33))
