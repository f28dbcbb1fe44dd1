"""The closer look into .ods counts cells and rows rightly, and no further than a form goes."""

from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.workbooks.look import Look
from svcq_excel.workbooks.opendocument.markup import plain
from svcq_excel.workbooks.second_look import closer_book
from svcq_excel.workbooks.zip_parts import Parts
from tests.workbooks.looking import custom_properties, look_closer

SHEET = "評分表"
NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "meta")
)
STYLES = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
CALCEXT = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
FORMULA = '<table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"/>'


def archive(**members: str) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w") as target:
        for name, text in members.items():
            target.writestr(f"{name}.xml", text)
    return stream.getvalue()


def content(rows: str, head: str = "") -> str:
    return (
        f'<?xml version="1.0"?>{head}<office:document-content {NAMESPACES} {CALCEXT}>'
        "<office:automatic-styles/><office:body><office:spreadsheet>"
        f'<table:table table:name="填寫說明"><table:table-row>{FORMULA * 5}</table:table-row>'
        f'</table:table><table:table table:name="{SHEET}">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )


def look(rows: str) -> Look:
    return look_closer(archive(content=content(rows)), "ods", SHEET)


def row(cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


def test_repeated_and_covered_cells_are_counted() -> None:
    cells = (
        '<table:table-cell table:number-columns-repeated="3"/>'
        '<table:covered-table-cell table:number-columns-repeated="2"/>'
        f'{FORMULA}<table:table-cell table:formula="of:=2" table:number-columns-repeated="2"/>'
    )
    assert look(row(cells)).formulas() == {(0, 5), (0, 6), (0, 7)}


def test_repeated_rows_are_counted_in_groups_and_heads_too() -> None:
    twice = 'table:number-rows-repeated="2"'
    rows = (
        f"<table:table-header-rows>{row('', twice)}</table:table-header-rows>"
        "<table:table-row-group><table:table-row-group>"
        f"{row(FORMULA, twice)}</table:table-row-group>{row(FORMULA)}</table:table-row-group>"
    )
    assert look(rows).formulas() == {(2, 0), (3, 0), (4, 0)}


def test_hidden_and_filtered_rows_are_found() -> None:
    rows = (
        row("", 'table:visibility="collapse" table:number-rows-repeated="2"')
        + row("", 'table:visibility="visible"')
        + row("", 'table:visibility="filter"')
    )
    assert look(rows).rows_hidden() == {0, 1, 3}


def test_percentages_are_told_by_the_type() -> None:
    cells = '<table:table-cell office:value-type="percentage" office:value="0.95"/>' + FORMULA
    found = look(row(cells))
    assert [found.percent(0, 0), found.percent(0, 1)] == [True, False]


@pytest.mark.parametrize(
    ("cell", "error"),
    [
        pytest.param(
            '<table:table-cell table:formula="of:=A1" calcext:value-type="error">'
            "<text:p>Err:502</text:p></table:table-cell>",
            "Err:502",
            id="LibreOffice",
        ),
        pytest.param(
            '<table:table-cell table:formula="of:=1/0" office:value-type="float" office:value="0">'
            "<text:p>#DIV/0!</text:p></table:table-cell>",
            "#DIV/0!",
            id="shown only",
        ),
        pytest.param(
            "<table:table-cell><text:p>#REF!</text:p></table:table-cell>",
            "",
            id="a text",
        ),
        pytest.param(
            '<table:table-cell table:formula="of:=A1" calcext:value-type="error">'
            "<office:annotation><text:p>請更正</text:p></office:annotation>"
            "<text:p>#REF!</text:p></table:table-cell>",
            "#REF!",
            id="beside a comment",
        ),
    ],
)
def test_error_values_are_found(cell: str, error: str) -> None:
    assert look(row(cell)).error(0, 0) == error


def test_nothing_is_looked_at_beyond_the_bounds_of_a_form() -> None:
    cell = FORMULA.replace("of:=1+1", 'of:=1" table:number-columns-repeated="999999999')
    found = look(row(cell, 'table:number-rows-repeated="999999999"') * 3)
    assert len(found.formulas()) == 5_000 * 200


@pytest.mark.parametrize("count", ["-5", "x", "", "1" * 5_000, "1.5"])
def test_a_count_that_is_none_stands_for_one(count: str) -> None:
    cells = f'<table:table-cell table:number-columns-repeated="{count}"/>' + FORMULA
    assert look(row(cells)).formulas() == {(0, 1)}


def test_a_document_type_is_refused() -> None:
    text = content(row(FORMULA), '<!DOCTYPE x [<!ENTITY e "x">]>')
    assert not look_closer(archive(content=text), "ods", SHEET).formulas()


def test_other_prefixes_change_nothing() -> None:
    text = content(row(FORMULA)).replace("office:", "o:").replace("xmlns:office", "xmlns:o")
    assert look_closer(archive(content=text), "ods", SHEET).formulas() == {(0, 0)}


def test_user_defined_properties_are_read() -> None:
    meta = (
        f"<office:document-meta {NAMESPACES}><office:meta>"
        '<meta:user-defined meta:name="svcq_unit">甲&amp;乙</meta:user-defined>'
        '<meta:user-defined meta:name="svcq_assessor"/></office:meta></office:document-meta>'
    )
    assert custom_properties(archive(meta=meta), "ods") == {
        "svcq_unit": "甲&乙",
        "svcq_assessor": "",
    }


SPOILT = content(row(FORMULA, 'table:number-rows-repeated="3"'))
WHOLE = archive(content=SPOILT, meta=f"<meta {NAMESPACES}/>")


@given(at=st.integers(0, len(WHOLE)), junk=st.binary(max_size=8), cut=st.integers(0, 8))
def test_a_spoilt_file_raises_nothing(at: int, junk: bytes, cut: int) -> None:
    ask_everything(WHOLE[:at] + junk + WHOLE[at + cut :])


@given(at=st.integers(0, len(SPOILT)), junk=st.text(max_size=8), cut=st.integers(0, 8))
def test_a_spoilt_member_raises_nothing(at: int, junk: str, cut: int) -> None:
    ask_everything(archive(content=SPOILT[:at] + junk + SPOILT[at + cut :]))


def ask_everything(data: bytes) -> None:
    found = look_closer(data, "ods", SHEET)
    assert len(found.formulas()) <= 5_000 * 200
    assert isinstance(found.error(0, 0), str)
    assert not found.percent(0, 0)
    assert isinstance(found.rows_hidden(), frozenset)
    assert isinstance(custom_properties(data, "ods"), dict)


_WORDS = st.sampled_from(["a", "886分", " ", "&amp;"])
_SPANS = st.builds("<text:span>{}</text:span>".format, _WORDS)
_EMPTY = st.sampled_from(["<text:s/>", "<text:p/>", "<office:annotation/>", "<draw:a/>"])
_INLINE = st.lists(_WORDS | _SPANS | st.just("<text:s/>"), max_size=3).map("".join)
_PARAGRAPHS = st.builds("<text:p>{}</text:p>".format, _INLINE)
_COMMENTS = st.lists(_PARAGRAPHS | _EMPTY, max_size=3).map(
    lambda within: f"<office:annotation>{''.join(within)}</office:annotation>"
)


@given(st.lists(_PARAGRAPHS | _COMMENTS | _EMPTY, max_size=5).map("".join))
def test_a_cell_shows_the_text_of_its_paragraphs_and_of_no_comment(markup: str) -> None:
    spaces = 'xmlns:text="t" xmlns:office="o" xmlns:draw="d"'
    root = ElementTree.fromstring(f"<cell {spaces}>{markup}</cell>")
    shown = "".join("".join(each.itertext()) for each in root.findall("{t}p"))
    assert plain(markup.encode()) == shown


@pytest.mark.parametrize("prefix", ["style", "st"])
@pytest.mark.parametrize(("display", "hidden"), [("false", True), ("true", False)])
def test_a_sheet_whose_style_hides_it_is_hidden_whatever_the_prefix(
    prefix: str, display: str, hidden: bool
) -> None:
    styles = (
        f'<office:automatic-styles xmlns:{prefix}="{STYLES}"><{prefix}:style {prefix}:name="ta1" '
        f'{prefix}:family="table"><{prefix}:table-properties table:display="{display}"/>'
        f"</{prefix}:style></office:automatic-styles>"
    )
    table = f'<table:table table:style-name="ta1" table:name="{SHEET}">'
    whole = content(row(FORMULA)).replace("<office:automatic-styles/>", styles)
    whole = whole.replace(f'<table:table table:name="{SHEET}">', table)
    book = closer_book(Parts(archive(content=whole)), "ods")
    assert book.hides(SHEET) is hidden
    assert not book.hides("填寫說明")
