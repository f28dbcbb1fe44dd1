"""A filled form tells the same at the closer look in every format."""

from __future__ import annotations

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell import Cell

from svcq_excel.form.identity import FORM_SHEET, PROPERTY_PREFIX, Identity
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.issuing.stamper import Stamper
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.shipped import load
from svcq_excel.workbooks.look import Look
from svcq_excel.workbooks.workbook import Family
from tests.workbooks.looking import custom_properties, look_closer
from tests.workbooks.xlsb import from_xlsx

FAMILIES: tuple[tuple[Family, str], ...] = (("xlsx", "xlsx"), ("ods", "ods"), ("xls", "xls"))

# What is filled in, by the number of the leaf: what, its number format, what a look tells of it.
FILLED: tuple[tuple[object, str, str], ...] = (
    (45, "General", ""),
    ("=40+5", "General", "formula"),
    ("#REF!", "General", "#REF!"),
    (0.95, "0%", "percent"),
    (0.955, "0.0%", "percent"),
    (0.5, '0.0"%"', ""),
    (0.5, r"0.0\%", ""),
    ("=1/0", "General", "formula #DIV/0!"),
    ("=VLOOKUP(1,A1:A2,1,FALSE)", "General", "formula #N/A"),
    ("=0.5*1.9", "[Red]0.00%;-0.00%", "formula percent"),
    ("九十五", "General", ""),
)


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return load("wra-105")


@pytest.fixture(scope="module")
def identity(rubric: Rubric) -> Identity:
    return Identity("1", rubric.id, rubric.digest, "105", "A01", "甲&乙<局>", "")


@pytest.fixture(scope="module")
def blank(rubric: Rubric, identity: Identity) -> bytes:
    return Stamper(rubric).stamp(identity, "self")


@pytest.fixture(scope="module")
def filled(rubric: Rubric, blank: bytes) -> bytes:
    book = openpyxl.load_workbook(BytesIO(blank))
    for place, (value, number_format, _) in zip(scores(rubric), FILLED, strict=False):
        cell = cell_at(book, place)
        cell.value = value  # type: ignore[assignment]
        cell.number_format = number_format
    book[FORM_SHEET].row_dimensions[20].hidden = True
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def converted(filled: bytes, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The filled form as LibreOffice saves it, by the ending of the file's name."""
    folder = tmp_path_factory.mktemp("office")
    source = folder / "form.xlsx"
    source.write_bytes(filled)
    saved = {}
    for _, ending in FAMILIES:
        subprocess.run(
            [
                str(shutil.which("soffice")),
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                "--headless",
                "--convert-to",
                ending,
                "--outdir",
                folder / ending,
                source,
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )
        saved[ending] = Path(folder, ending, f"form.{ending}").read_bytes()
    return saved


def scores(rubric: Rubric) -> list[tuple[int, int]]:
    entries = lay_out(rubric).entries
    boxes = [entries[leaf.id, "score"] for leaf in rubric.leaves]
    return [(box.row, box.column) for box in boxes]


def cell_at(book: openpyxl.Workbook, place: tuple[int, int]) -> Cell:
    cell = book[FORM_SHEET].cell(place[0] + 1, place[1] + 1)
    assert isinstance(cell, Cell)
    return cell


def told(look: Look, place: tuple[int, int]) -> str:
    words = (
        "formula" if place in look.formulas() else "",
        "percent" if look.percent(*place) else "",
        look.error(*place),
    )
    return " ".join(filter(None, words))


def by_openpyxl(data: bytes) -> set[tuple[int, int]]:
    sheet = openpyxl.load_workbook(BytesIO(data))[FORM_SHEET]
    return {
        (row, column)
        for row, cells in enumerate(sheet.iter_rows())
        for column, cell in enumerate(cells)
        if cell.data_type == "f"
    }


def test_the_formulas_of_a_blank_form_are_those_that_openpyxl_finds(blank: bytes) -> None:
    found = look_closer(blank, "xlsx", FORM_SHEET).formulas()
    assert found == by_openpyxl(blank)
    assert found


def test_a_blank_form_has_no_errors_and_no_percents(rubric: Rubric, blank: bytes) -> None:
    look = look_closer(blank, "xlsx", FORM_SHEET)
    assert [told(look, place) for place in scores(rubric)] == [""] * len(rubric.leaves)


def test_the_row_of_keys_is_the_only_hidden_one(blank: bytes) -> None:
    assert look_closer(blank, "xlsx", FORM_SHEET).rows_hidden() == {3}


def test_a_form_saved_by_openpyxl_tells_what_was_filled_in(rubric: Rubric, filled: bytes) -> None:
    look = look_closer(filled, "xlsx", FORM_SHEET)
    assert look.formulas() == by_openpyxl(filled)
    seen = [told(look, place) for place in scores(rubric)[: len(FILLED)]]
    # openpyxl stores no results, so its formulas have no errors yet.
    assert seen == [re.sub("(?<=formula) #.*", "", words) for _, _, words in FILLED]


def test_a_form_copied_to_xlsb_tells_what_was_filled_in(
    rubric: Rubric, filled: bytes, identity: Identity
) -> None:
    copy = from_xlsx(filled)
    look = look_closer(copy, "xlsb", FORM_SHEET)
    assert look.formulas() == by_openpyxl(filled)
    seen = [told(look, place) for place in scores(rubric)[: len(FILLED)]]
    assert seen[:4] == [words for _, _, words in FILLED[:4]]
    assert look.rows_hidden() == {3, 19}
    assert look.protected()
    found = custom_properties(copy, "xlsb")
    assert found[PROPERTY_PREFIX + "unit_name"] == identity.unit_name


@pytest.mark.office
@pytest.mark.parametrize(("family", "ending"), FAMILIES)
def test_every_format_tells_what_was_filled_in(
    rubric: Rubric, converted: dict[str, bytes], family: Family, ending: str
) -> None:
    look = look_closer(converted[ending], family, FORM_SHEET)
    seen = [told(look, place) for place in scores(rubric)[: len(FILLED)]]
    # LibreOffice turns an error value that was typed in into a formula that gives it.
    assert seen == [words.replace("#REF!", "formula #REF!") for _, _, words in FILLED]
    assert look.rows_hidden() == {3, 19}


@pytest.mark.office
def test_every_format_has_the_same_formulas(converted: dict[str, bytes]) -> None:
    found = {
        ending: look_closer(converted[ending], family, FORM_SHEET).formulas()
        for family, ending in FAMILIES
    }
    assert found["xlsx"] == by_openpyxl(converted["xlsx"])
    assert found["ods"] == found["xls"] == found["xlsx"]


@pytest.mark.office
@pytest.mark.parametrize(("family", "ending"), FAMILIES)
def test_every_format_keeps_the_identity_in_its_properties(
    identity: Identity, converted: dict[str, bytes], family: Family, ending: str
) -> None:
    found = custom_properties(converted[ending], family)
    marks = {PROPERTY_PREFIX + key: value for key, value in identity.pairs()}
    assert {key: found.get(key, "") for key in marks} == marks
