"""An .ods form is the .xlsx form in another file: it reads, guards, asks and looks the same."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from svcq_excel.checks.catalogue import common_mistakes
from svcq_excel.form.facts import FormFacts
from svcq_excel.form.identity import FORM_SHEET, REMARKS_SHEET
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.form.layout.remarks import COLUMNS, FIRST_ROW
from svcq_excel.form.writing.validations import prompt, remark_prompt, validation
from svcq_excel.issuing.stamper import Stamper
from svcq_excel.plan.units import Unit
from svcq_excel.rubric.model import Rubric
from tests.conftest import Convert
from tests.form.filling import Filling, entered, facts_of, fill, identity
from tests.form.fillings import fillings
from tests.form.reading.test_round_trip import samples
from tests.issuing.ods import cells_of, fill_ods, locked_styles, members

NAMES = (
    "第一河川局",
    "A & B <區> \"引號\" '撇號'",
    "]]> &amp; <![CDATA[",
    "𠮷野 堃 喆 煊",
    "=1+1",
    "北區  水資源   局",
    " 前後空白 ",
    "   ",
    "名" * 500,
    "&" * 500,
)
SHEETS = 4


@pytest.fixture(scope="module")
def stamper(rubric: Rubric) -> Stamper:
    return Stamper(rubric, common_mistakes(), "ods")


@pytest.fixture(scope="module")
def xlsx(rubric: Rubric) -> bytes:
    return Stamper(rubric, common_mistakes()).stamp(identity(rubric), "self")


@pytest.fixture(scope="module")
def ods(rubric: Rubric, stamper: Stamper) -> bytes:
    return stamper.stamp(identity(rubric), "self")


@pytest.fixture(scope="module")
def content(ods: bytes) -> str:
    return members(ods)["content.xml"].decode()


def read(form: bytes, ending: str, folder: Path, rubric: Rubric) -> FormFacts:
    path = folder / f"form.{ending}"
    path.write_bytes(form)
    return facts_of(path, rubric)


# -- what it says ---------------------------------------------------------------------------------


def test_every_cell_of_a_blank_form_says_the_same(xlsx: bytes, ods: bytes) -> None:
    """Labels, keys, identity and the stored results of all formulas."""
    books = [CalamineWorkbook.from_filelike(BytesIO(form)) for form in (xlsx, ods)]
    assert books[1].sheet_names == books[0].sheet_names
    for name in books[0].sheet_names:
        before, after = (book.get_sheet_by_name(name).to_python() for book in books)
        assert trimmed(after) == trimmed(before)


def trimmed(rows: Sequence[Sequence[object]]) -> list[list[object]]:
    """Without the blanks at the ends, which are formatted cells."""
    texts = [list(row) for row in rows]
    for row in texts:
        while row and row[-1] == "":
            row.pop()
    while texts and not texts[-1]:
        texts.pop()
    return texts


def test_the_entries_are_open_and_nothing_else_is(rubric: Rubric, content: str) -> None:
    data = content.encode()
    locked = {"": True, **locked_styles(data)}  # a cell without a style has its column's
    layout = lay_out(rubric)
    entries = {
        (FORM_SHEET, row, column)
        for box in layout.entries.values()
        for row in range(box.row, box.last_row + 1)
        for column in range(box.column, box.last_column + 1)
    }
    entries |= {
        (REMARKS_SHEET, FIRST_ROW + i, column)
        for i in range(len(rubric.items))
        for column in range(2, len(COLUMNS))
    }
    assert {place for place, cell in cells_of(data).items() if not locked[cell.style]} == entries
    columns = re.findall(r'default-cell-style-name="(.*?)"', content)
    assert {locked[style] for style in columns if style != "Default"} == {True}


def test_every_entry_asks_and_accepts_what_it_does_in_xlsx(rubric: Rubric, content: str) -> None:
    rules = dict(
        re.findall(r'<table:content-validation table:name="(\w+)"(.*?)</table:content-v', content)
    )
    cells = cells_of(content.encode())
    for (_, key), box in lay_out(rubric).entries.items():
        name = cells[FORM_SHEET, box.row, box.column].attributes["table:content-validation-name"]
        asked = {**validation(rubric, key, box.node), **prompt(rubric, key, box.node)}
        assert said(unescape(rules[name]), FORM_SHEET) == {
            str(asked[word])
            for word in ("error_title", "error_message", "input_title", "input_message")
            if word in asked
        }
        assert condition(unescape(rules[name])) == expected_condition(asked)
    for i, item in enumerate(rubric.items):
        for j, column in enumerate(COLUMNS[2:], 2):
            name = cells[REMARKS_SHEET, FIRST_ROW + i, j].attributes[
                "table:content-validation-name"
            ]
            hint = remark_prompt(column.title, item.name)
            expected = {hint["input_title"], hint["input_message"]}
            assert said(unescape(rules[name]), REMARKS_SHEET) == expected


def said(rule: str, sheet: str) -> set[str]:
    """Titles and messages of a validation that starts from a cell of this sheet and stops."""
    assert f'table:base-cell-address="{sheet}.' in rule
    assert 'table:message-type="stop"' in rule
    return {*re.findall('table:title="(.*?)"', rule), *re.findall("<text:p>(.*?)</text:p>", rule)}


def condition(rule: str) -> str:
    found = re.search('table:condition="of:(.*?)" table:allow-empty-cell="true"', rule)
    return found[1] if found else ""


def expected_condition(asked: dict[str, object]) -> str:
    match asked["validate"]:
        case "list":
            labels = asked["source"]
            assert isinstance(labels, list)
            return "cell-content-is-in-list(" + ";".join(f'"{label}"' for label in labels) + ")"
        case "integer" | "decimal" as kind:
            number = "whole" if kind == "integer" else "decimal"
            limits = f"cell-content-is-between(0,{asked.get('maximum', 0):g})"
            if asked["criteria"] == ">=":
                limits = "cell-content()>=0"
            return f"cell-content-is-{number}-number() and {limits}"
    return ""


# -- reading --------------------------------------------------------------------------------------


def test_a_blank_form_reads_the_same(
    xlsx: bytes, ods: bytes, rubric: Rubric, tmp_path: Path
) -> None:
    before, after = (
        read(form, ending, tmp_path, rubric) for form, ending in ((xlsx, "xlsx"), (ods, "ods"))
    )
    assert after == before
    assert after.protected and len(after.marks) == 3


@pytest.mark.parametrize("number", range(3))
def test_a_filled_form_reads_the_same(
    xlsx: bytes, ods: bytes, rubric: Rubric, tmp_path: Path, number: int
) -> None:
    filling = list(samples(rubric))[number]
    before = read(fill(rubric, filling, xlsx), "xlsx", tmp_path, rubric)
    after = read(fill_ods(rubric, filling, ods), "ods", tmp_path, rubric)
    assert entered(after) == entered(before) == filling
    assert after.identity == before.identity


@settings(max_examples=20)
@given(data=st.data())
def test_whatever_is_entered_is_read_from_where_it_stands(
    ods: bytes, rubric: Rubric, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    filling = data.draw(fillings(rubric))
    kept = {k: v for k, v in filling.entries.items() if not isinstance(v, str | bool)}
    folder = tmp_path_factory.mktemp("filled")
    form = fill_ods(rubric, Filling(kept), ods)
    assert entered(read(form, "ods", folder, rubric)).entries == kept


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_the_marks_of_a_form_agree_whatever_the_units_name(
    rubric: Rubric, stamper: Stamper, tmp_path: Path, name: str
) -> None:
    mine = identity(rubric, Unit("A&<1>", name))
    facts = read(stamper.stamp(mine, "self"), "ods", tmp_path, rubric)
    assert (facts.identity.unit, facts.identity.unit_name) == ("A&<1>", name.strip())
    assert len(facts.marks) == 3
    assert {mark.unit for mark in facts.marks} == {"A&<1>"}
    assert {mark.unit_name.strip() for mark in facts.marks} == {name.strip()}


def test_blanks_that_office_programs_would_drop_are_elements(
    rubric: Rubric, stamper: Stamper
) -> None:
    """Of blanks in a row one is a text (OpenDocument 1.3, part 3, 6.1.3); properties are plain."""
    parts = members(stamper.stamp(identity(rubric, Unit("A01", "北區  水資源   局")), "self"))
    shown = "<text:p>北區 <text:s/>水資源 <text:s/><text:s/>局</text:p>"
    assert parts["content.xml"].decode().count(shown) == 2
    assert ">北區  水資源   局<" in parts["meta.xml"].decode()


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_stamping_again_gives_the_same_bytes(rubric: Rubric, stamper: Stamper, name: str) -> None:
    mine = identity(rubric, Unit("A01", name))
    expected = stamper.stamp(mine, "self")
    stamper.stamp(identity(rubric, Unit("A02", "其他單位")), "hq")
    assert stamper.stamp(mine, "self") == expected
    assert Stamper(rubric, common_mistakes(), "ods").stamp(mine, "self") == expected


# -- in an office program -------------------------------------------------------------------------


@pytest.mark.office
def test_it_reads_the_same_after_office_programs_saved_it_as_ods_and_as_xlsx(
    office: Convert, rubric: Rubric, ods: bytes, tmp_path: Path
) -> None:
    paths = [tmp_path / f"表件 {i}.ods" for i in range(3)]
    expected = list(samples(rubric))
    for path, filling in zip(paths, expected, strict=True):
        path.write_bytes(fill_ods(rubric, filling, ods))
    as_xlsx = office(paths, "xlsx", tmp_path / "1")
    again = office(as_xlsx, "ods", tmp_path / "2")
    as_ods = office(paths, "ods", tmp_path / "3")
    for saved in (as_xlsx, again, as_ods):
        for path, filling in zip(saved, expected, strict=True):
            facts = facts_of(path, rubric)
            assert facts.identity == identity(rubric)
            assert len(facts.marks) == 3
            assert entered(facts) == filling


@pytest.mark.office
def test_a_name_with_several_blanks_is_shown_with_all_of_them(
    office: Convert, rubric: Rubric, stamper: Stamper, tmp_path: Path
) -> None:
    mine = identity(rubric, Unit("A01", "北區  水資源   局"))
    (tmp_path / "form.ods").write_bytes(stamper.stamp(mine, "self"))
    (saved,) = office([tmp_path / "form.ods"], "xlsx", tmp_path / "saved")
    facts = facts_of(saved, rubric)
    assert facts.identity == mine
    assert {mark.unit_name for mark in facts.marks} == {mine.unit_name}


@pytest.mark.office
def test_it_prints_like_the_xlsx_form(
    office: Convert, kai: None, xlsx: bytes, ods: bytes, tmp_path: Path
) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler) is not installed")
    (tmp_path / "one.xlsx").write_bytes(xlsx)
    (tmp_path / "two.ods").write_bytes(ods)
    texts = []
    for pdf in office([tmp_path / "one.xlsx", tmp_path / "two.ods"], "pdf", tmp_path / "pdf"):
        command = ["pdftotext", "-raw", str(pdf), "-"]
        told = subprocess.run(command, check=True, capture_output=True, timeout=60)
        texts.append(re.sub(r"one\.xlsx|two\.ods", "", told.stdout.decode()))
    # Lines end elsewhere in .ods, which alone can say that none begins with a comma.
    assert "".join(texts[1].split()) == "".join(texts[0].split())
    assert texts[0].count("\f") > 5
