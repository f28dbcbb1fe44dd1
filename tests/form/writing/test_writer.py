"""The form as a workbook: what it says, what is locked, what an entry accepts and tells."""

from __future__ import annotations

import os
import re
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from openpyxl.utils import get_column_letter

from svcq_excel.form.facts import Cell
from svcq_excel.form.identity import FORM_SHEET, HIDDEN_SHEET, REMARKS_SHEET
from svcq_excel.form.layout.grid import KEYS
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.form.layout.remarks import COLUMNS, FIRST_ROW
from svcq_excel.form.writing.prefilled import Filled
from svcq_excel.form.writing.writer import render
from svcq_excel.rubric.model import Node, Rubric
from tests.form.dump import dump
from tests.form.filling import blank, identity, load, pairs
from tests.form.rubrics import rubrics

GOLDEN = Path(__file__).parent / "golden" / "wra-105-form.txt"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module")
def form(rubric: Rubric) -> bytes:
    return blank(rubric)


@pytest.fixture(scope="module")
def book(form: bytes) -> openpyxl.Workbook:
    return load(form)


def test_the_form_is_as_it_was_agreed(form: bytes) -> None:
    """After a wanted change: SVCQ_GOLDEN=write pytest, and read the difference."""
    found = dump(form)
    if os.environ.get("SVCQ_GOLDEN") == "write":
        GOLDEN.write_text(found, encoding="utf-8", newline="\n")
    assert found == GOLDEN.read_text(encoding="utf-8")


def test_the_sheets_stand_in_the_order_of_work(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["評分表", "優缺點及改善事項", "填寫說明", "_svcq"]
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible"] * 3 + ["hidden"]
    assert book.active is book["評分表"]


def test_the_hidden_sheet_says_what_the_contract_promises(
    book: openpyxl.Workbook, rubric: Rubric
) -> None:
    said = pairs(book[HIDDEN_SHEET])
    assert said == {
        "format": "1",
        "rubric": "wra-105",
        "digest": rubric.digest,
        "round": "105年度上半年",
        "unit": "A01",
        "unit_name": "第一河川局",
        "assessor": "self",
    }
    custom = book.custom_doc_props.props  # type: ignore[attr-defined]
    assert {each.name: each.value for each in custom} == {f"svcq_{k}": v for k, v in said.items()}


@pytest.mark.parametrize("name", [FORM_SHEET, REMARKS_SHEET])
def test_the_key_column_and_the_key_row_are_hidden(book: openpyxl.Workbook, name: str) -> None:
    sheet = book[name]
    keys_row = next(row for row in range(1, 9) if sheet.cell(row, 1).value == KEYS)
    assert sheet.column_dimensions["A"].hidden
    assert [n for n, row in sheet.row_dimensions.items() if row.hidden] == [keys_row]


def test_no_sheet_has_a_password_and_all_are_protected(form: bytes) -> None:
    with ZipFile(BytesIO(form)) as archive:
        sheets = [archive.read(n) for n in archive.namelist() if "worksheets/sheet" in n]
        workbook = archive.read("xl/workbook.xml")
    guards = [re.findall(rb"<sheetProtection[^>]*>", sheet) for sheet in sheets]
    assert [len(found) for found in guards] == [1] * 4
    assert not [found for found in guards if re.search(rb"password|hash|salt", found[0])]
    assert b"workbookProtection" not in workbook


def parts(form: bytes) -> dict[str, ElementTree.Element]:
    """The XML of each sheet, by the sheet's name."""
    with ZipFile(BytesIO(form)) as archive:
        names = ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{MAIN}sheet")
        return {
            sheet.get("name", ""): ElementTree.fromstring(
                archive.read(f"xl/worksheets/sheet{number}.xml")
            )
            for number, sheet in enumerate(names, 1)
        }


def locks(form: bytes, sheet: str) -> dict[str, str]:
    """What each cell's own format says of its lock, word for word: "1", "0", or "" for nothing."""
    with ZipFile(BytesIO(form)) as archive:
        styles = ElementTree.fromstring(archive.read("xl/styles.xml"))
    guards = [xf.find(f"{MAIN}protection") for xf in styles.findall(f"{MAIN}cellXfs/{MAIN}xf")]
    said = ["" if guard is None else guard.get("locked", "") for guard in guards]
    cells = parts(form)[sheet].iter(f"{MAIN}c")
    return {cell.get("r", ""): said[int(cell.get("s", "0"))] for cell in cells}


def entry_cells(rubric: Rubric) -> set[str]:
    return {
        f"{get_column_letter(column + 1)}{row + 1}"
        for box in lay_out(rubric).entries.values()
        for row in range(box.row, box.last_row + 1)
        for column in range(box.column, box.last_column + 1)
    }


def test_only_entries_are_unlocked_and_every_other_cell_says_that_it_is_locked(
    rubric: Rubric, form: bytes, book: openpyxl.Workbook
) -> None:
    """Pasting brings the Normal style along: it is unlocked, so no lock may rest on it."""
    normal = book._named_styles["Normal"]  # type: ignore[attr-defined]
    assert normal.protection.locked is False
    found = locks(form, FORM_SHEET)
    assert {cell for cell, locked in found.items() if locked == "0"} == entry_cells(rubric)
    assert set(found.values()) == {"0", "1"}
    remarks = {
        f"{get_column_letter(column + 1)}{FIRST_ROW + row + 1}"
        for row in range(len(rubric.items))
        for column in range(2, len(COLUMNS))
    }
    assert {cell for cell, locked in locks(form, REMARKS_SHEET).items() if locked == "0"} == remarks


@given(rubrics())
@settings(max_examples=15)
def test_only_entries_are_unlocked_on_the_form_of_any_rubric(rubric: Rubric) -> None:
    found = locks(blank(rubric), FORM_SHEET)
    assert {cell for cell, locked in found.items() if locked != "1"} == entry_cells(rubric)


@given(rubrics())
@settings(max_examples=25)
def test_every_entry_of_any_rubric_tells_what_it_accepts_within_excels_limits(
    rubric: Rubric,
) -> None:
    # XlsxWriter drops a help that is too long with a warning, and warnings are errors.
    sheet = parts(blank(rubric))[FORM_SHEET]
    helps = list(sheet.iter(f"{MAIN}dataValidation"))
    helped = {each.get("sqref", "").split(":")[0] for each in helps}
    assert helped == {box.address for box in lay_out(rubric).entries.values()}
    for each in helps:
        assert utf16(each.get("promptTitle")) <= 32
        assert utf16(each.get("prompt")) <= 255
        assert utf16(each.get("errorTitle")) <= 32
        assert utf16(each.get("error")) <= 255
        if each.get("type") == "list":
            assert utf16((each.findtext(f"{MAIN}formula1") or "").strip('"')) <= 255
        if each.get("type") in {"whole", "decimal"}:
            assert each.get("error"), "a limit without a word on what is allowed"


def test_helps_are_cut_to_excels_limits_where_rare_characters_count_twice(rubric: Rubric) -> None:
    leaf = rubric.leaves[0].model_copy(update={"name": "𠮷" * 200})
    node = rubric.tree[0].model_copy(update={"children": (leaf,), "cap": leaf.cap})
    changed = rubric.model_copy(update={"tree": (node,), "comments": "𠮷" * 30})
    anew = Rubric.model_validate(changed.model_dump())  # a copy keeps what is cached
    helps = list(parts(blank(anew))[FORM_SHEET].iter(f"{MAIN}dataValidation"))
    errors = [each.get("error", "") for each in helps if "𠮷" in each.get("error", "")]
    titles = [each.get("promptTitle", "") for each in helps if "𠮷" in each.get("promptTitle", "")]
    assert [utf16(text) <= 255 and text.endswith("…") for text in errors] == [True]
    assert [utf16(text) <= 32 and text.endswith("…") for text in titles] == [True]


def utf16(text: str | None) -> int:
    """Characters as Excel counts them."""
    return len((text or "").encode("utf-16-le")) // 2


@given(rubrics())
@settings(max_examples=25)
def test_every_formula_of_any_rubric_keeps_to_excels_limits(rubric: Rubric) -> None:
    for formula in parts(blank(rubric))[FORM_SHEET].iter(f"{MAIN}f"):
        assert_possible(formula.text or "")


def assert_possible(formula: str) -> None:
    literals = re.findall(r'"((?:[^"]|"")*)"', formula)
    bare = re.sub(r'"(?:[^"]|"")*"', '""', formula)
    depth = deepest = 0
    for char in bare:
        depth += (char == "(") - (char == ")")
        deepest = max(deepest, depth)
    assert len(formula) <= 8192
    assert max(map(utf16, literals), default=0) <= 255
    assert depth == 0, "brackets do not match"
    assert deepest <= 64


def test_a_label_longer_than_a_formulas_text_can_be_is_shown_whole(rubric: Rubric) -> None:
    name = "提供案件承辦資訊種類及查詢管道" * 20
    item = rubric.tree[0].children[0].model_copy(update={"label": f'{name}"𠮷"'})
    top: Node = rubric.tree[0].model_copy(update={"children": (item,)})
    changed = rubric.model_copy(update={"tree": (top,)})
    sheet = load(blank(Rubric.model_validate(changed.model_dump())))[FORM_SHEET]
    formulas = [str(c.value) for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    for formula in formulas:
        assert_possible(formula)
    assert any(name in formula.replace('"&"', "") for formula in formulas)


def test_the_form_of_a_unit_says_whose_it_is_at_its_head(book: openpyxl.Workbook) -> None:
    texts = [cell.value for row in book[FORM_SHEET].iter_rows(max_row=3) for cell in row]
    assert "A01" in texts and "第一河川局" in texts
    assert "經濟部水利署105年度提升服務品質(自行)考核項目及評分表" in texts


def test_rendering_again_gives_the_same_bytes(rubric: Rubric, form: bytes) -> None:
    again = render(rubric, identity(rubric), rubric.title_of_form("self"))
    assert again == form


def test_no_font_follows_the_theme_which_differs_from_office_to_office(form: bytes) -> None:
    with ZipFile(BytesIO(form)) as archive:
        styles = archive.read("xl/styles.xml").decode()
    assert "標楷體" in styles
    assert "<scheme" not in styles


@pytest.mark.parametrize("written", [date(2016, 7, 5), date(105, 7, 5), datetime(2016, 7, 5, 10)])
def test_a_date_that_is_carried_over_is_a_day_that_every_program_knows(
    rubric: Rubric, written: date
) -> None:
    entry = Cell("", 0, 0, written)
    form = render(rubric, identity(rubric), "評分表", Filled({("", "date"): entry}))
    cell = openpyxl.load_workbook(BytesIO(form))[FORM_SHEET]["F3"]
    assert cell.value == datetime(2016, 7, 5)
    assert cell.is_date
