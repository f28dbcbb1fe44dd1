"""The closer look into .xlsx understands the XML of every program that writes it."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.workbooks.bounds import MAX_COLUMNS
from svcq_excel.workbooks.look import Look, percent_formats
from svcq_excel.workbooks.zip_parts import Parts
from tests.workbooks.looking import custom_properties, look_closer, reaches_far

SHEET = "評分表"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

WORKBOOK = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>
<sheet name="填寫說明" sheetId="1" r:id="rId1"/>
<sheet name="{SHEET}" sheetId="2" r:id="rId2"/>
<sheet name="A&amp;B &lt;&#x8A55;&gt;" sheetId="3" r:id="rId2"/>
</sheets></workbook>"""

LINKS = f"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId2" Type="{RELATIONS}/worksheet" Target="worksheets/sheet2.xml"/>
</Relationships>"""

STYLES = f"""<styleSheet xmlns="{MAIN}">
<numFmts count="2"><numFmt numFmtId="164" formatCode="0.0%"/>
<numFmt formatCode="0&quot;%&quot;" numFmtId="165"/></numFmts>
<cellStyleXfs count="1"><xf numFmtId="9"/></cellStyleXfs>
<cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="164"/><xf numFmtId="165"/>
</cellXfs></styleSheet>"""

FRAME = {
    "xl/workbook.xml": WORKBOOK,
    "xl/_rels/workbook.xml.rels": LINKS,
    "xl/styles.xml": STYLES,
}


def book(cells: str, **members: str) -> bytes:
    """A workbook with these cells on its second sheet; members by name replace its own."""
    parts = {**FRAME, "xl/worksheets/sheet2.xml": sheet(cells)}
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, text in {**parts, **members}.items():
            archive.writestr(name, text)
    return stream.getvalue()


def sheet(cells: str) -> str:
    return (
        f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData><row r="7">{cells}</row>'
        '</sheetData><dataValidations><dataValidation sqref="A7"><formula1>1</formula1>'
        "</dataValidation></dataValidations></worksheet>"
    )


def look(cells: str) -> Look:
    return look_closer(book(cells), "xlsx", SHEET)


@pytest.mark.parametrize(
    ("cells", "columns"),
    [
        pytest.param('<c r="B7" s="3"><f>1+1</f><v>2</v></c>', [1], id="plain"),
        pytest.param('<c r="B7"><f>1+1</f></c>', [1], id="no result stored"),
        pytest.param('<c r="B7"><f>1+1</f><v></v></c>', [1], id="openpyxl"),
        pytest.param('<c r="B7" t="str"><f>""</f><v/></c>', [1], id="empty text"),
        pytest.param('<c r="B7"><f aca="false">1</f><v>1</v></c>', [1], id="LibreOffice"),
        pytest.param(
            '<c r="B7"><f t="shared" ref="B7:C7" si="0">1</f><v>1</v></c>'
            '<c r="C7"><f t="shared" si="0"/><v>1</v></c>',
            [1, 2],
            id="shared in Excel",
        ),
        pytest.param('<c r="XFD7" t="n"><f t="array" ref="XFD7">1</f></c>', [16383], id="array"),
        pytest.param('<c r="B7" s="1"/><c r="C7" s="1"><f>1</f></c>', [2], id="after a blank"),
        pytest.param('<c r="B7"><v>1</v></c><c r="AA7"><f>1</f></c>', [26], id="after a value"),
        pytest.param('<c s="1" t="n" r="B7" cm="1"><f>1</f></c>', [1], id="other order"),
        pytest.param("<c s='1' r='B7' ><f>1</f></c>", [1], id="apostrophes"),
        pytest.param('<c\n  r = "B7"\n>\n  <f>1</f>\n</c>', [1], id="laid out"),
        pytest.param('<c r="B7" t="inlineStr"><is><t>&lt;f&gt;</t></is></c>', [], id="text"),
        pytest.param('<c r="B7"/>', [], id="blank"),
    ],
)
def test_formulas_are_found(cells: str, columns: list[int]) -> None:
    assert look(cells).formulas() == {(6, column) for column in columns}


def test_a_prefix_of_the_namespace_changes_nothing() -> None:
    text = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="7" hidden="1">'
        '<x:c r="B7" t="e"><x:f>1/0</x:f><x:v>#DIV/0!</x:v></x:c>'
        '<x:c r="C7" s="1"><x:v>1</x:v></x:c>'
        "</x:row></x:sheetData></x:worksheet>"
    )
    found = look_closer(book("", **{"xl/worksheets/sheet2.xml": text}), "xlsx", SHEET)
    assert found.formulas() == {(6, 1)}
    assert found.error(6, 1) == "#DIV/0!"
    assert found.percent(6, 2)
    assert found.rows_hidden() == {6}


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B7" t="e"><v>#REF!</v></c>',
        "<c t='e' r='B7'><v>#REF!</v></c>",
        '<c r="B7" s="1" t="e"><f>A1</f><v>#REF!</v></c>',
        '<c r="B7" t="e"><f t="shared" si="0"/><v>#REF!</v></c>',
        '<c r="B7" t="e">\n <f>A1\n </f >\n <v xml:space="preserve">#REF!</v>\n</c>',
    ],
)
def test_error_values_are_found(cell: str) -> None:
    found = look(f'<c r="A7" t="s"><v>0</v></c>{cell}<c r="C7" t="str"><f>A1</f><v>#1</v></c>')
    assert [found.error(6, column) for column in range(4)] == ["", "#REF!", "", ""]


def test_percentages_are_told_by_the_number_format() -> None:
    found = look("".join(f'<c s="{i}" r="{"ABCD"[i]}7"><v>1</v></c>' for i in range(4)))
    assert [found.percent(6, column) for column in range(5)] == [False, True, True, False, False]


@pytest.mark.parametrize(
    ("code", "percent"),
    [
        ("0%", True),
        ("0.0 %;[Red]-0.0 %", True),
        ('"約"0%', True),
        ("General", False),
        ('0"%"', False),
        (r"0\%", False),
        ("0_%", False),
        ("0*%", False),
        ("[$%-404]0", False),
    ],
)
def test_only_a_percent_sign_that_multiplies_counts(code: str, percent: bool) -> None:
    assert (200 in percent_formats({200: code})) is percent


def test_hidden_rows_are_found() -> None:
    rows = (
        '</row><row r="8" hidden="1"/><row spans="1:2" hidden="true" r="9"></row>'
        '<row hidden="1" r="10"/><row hidden="0" r="11">'
    )
    assert look(rows).rows_hidden() == {7, 8, 9}


@pytest.mark.parametrize(
    "target", ["/xl/worksheets/sheet2.xml", "../xl/worksheets/SHEET2.xml", r"worksheets\sheet2.xml"]
)
def test_the_sheet_is_found_wherever_the_relation_points(target: str) -> None:
    links = LINKS.replace("worksheets/sheet2.xml", target)
    data = book('<c r="B7"><f>1</f></c>', **{"xl/_rels/workbook.xml.rels": links})
    assert look_closer(data, "xlsx", SHEET).formulas() == {(6, 1)}


def test_names_of_sheets_are_unescaped() -> None:
    data = book('<c r="B7"><f>1</f></c>')
    assert look_closer(data, "xlsx", "A&B <評>").formulas() == {(6, 1)}
    assert not look_closer(data, "xlsx", "填寫說明").formulas()
    assert not look_closer(data, "xlsx", "沒有這張").formulas()


def test_the_strict_variant_is_read() -> None:
    workbook = (
        WORKBOOK.replace(MAIN, STRICT)
        .replace(RELATIONS, "http://purl.oclc.org/ooxml/officeDocument/relationships")
        .replace("r:id", "rel:id")
        .replace("xmlns:r", "xmlns:rel")
    )
    data = book(
        '<c r="B7" s="1"><f>1</f></c>',
        **{"xl/workbook.xml": workbook, "xl/styles.xml": STYLES.replace(MAIN, STRICT)},
    )
    found = look_closer(data, "xlsx", SHEET)
    assert found.formulas() == {(6, 1)}
    assert found.percent(6, 1)


def test_custom_properties_are_read_whatever_their_type() -> None:
    text = (
        '<op:Properties xmlns:op="urn:x" xmlns:vt="urn:y">\n <op:property name="svcq_unit" pid="2">'
        '\n  <vt:lpwstr>甲&amp;乙</vt:lpwstr>\n </op:property><op:property name="svcq_round">'
        "<vt:i4>105</vt:i4></op:property>"
        '<op:property name="svcq_assessor"><vt:lpwstr/></op:property></op:Properties>'
    )
    data = book("", **{"docProps/custom.xml": text})
    assert custom_properties(data, "xlsx") == {
        "svcq_unit": "甲&乙",
        "svcq_round": "105",
        "svcq_assessor": "",
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE p [<!ENTITY e "x">]>'
    text += '<p xmlns:v="urn:v"><property name="a"><v:t>&e;</v:t></property></p>'
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.writestr("docProps/custom.xml", text.encode(encoding))
    assert custom_properties(stream.getvalue(), "xlsx") == {}


def test_an_uncommon_compression_is_refused() -> None:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_BZIP2) as archive:
        archive.writestr("docProps/custom.xml", '<p><property name="a"><v>1</v></property></p>')
    assert custom_properties(stream.getvalue(), "xlsx") == {}


def test_a_member_that_inflates_too_far_is_not_read() -> None:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("docProps/custom.xml", b" " * (64 * 1024 * 1024 + 1))
    assert custom_properties(stream.getvalue(), "xlsx") == {}


@pytest.mark.parametrize(
    "cells",
    [
        "<c " + ' t="e"' * 200_000 + "><w/>",
        "<c " * 200_000,
        "<c r" + " " * 500_000,
        '<c t="e"><f>' * 100_000,
    ],
)
def test_a_sheet_made_to_be_slow_is_not(cells: str) -> None:
    found = look(cells + "#")
    assert not found.error(0, 0)
    assert not found.percent(0, 0)
    # Cells without an address stand in one row, of which no more is looked at than a form has.
    assert len(found.formulas()) <= (MAX_COLUMNS if "<f>" in cells else 0)


CELLS = (
    '<c r="B7" t="e" s="1"><f>1/0</f><v>#DIV/0!</v></c><c r="C7" s="2"><v>0.5</v></c>'
    '</row><row r="8" hidden="1"><c r="A8" t="str"><f t="shared" si="0"/><v>x</v></c>'
)
WHOLE = book(CELLS)
MEMBERS = {**FRAME, "xl/worksheets/sheet2.xml": sheet(CELLS)}


@given(at=st.integers(0, len(WHOLE)), junk=st.binary(max_size=8), cut=st.integers(0, 8))
def test_a_spoilt_file_raises_nothing(at: int, junk: bytes, cut: int) -> None:
    ask_everything(WHOLE[:at] + junk + WHOLE[at + cut :])


@given(
    name=st.sampled_from(sorted(MEMBERS)),
    place=st.floats(0, 1),
    junk=st.text(max_size=8),
    cut=st.integers(0, 8),
)
def test_a_spoilt_member_raises_nothing(name: str, place: float, junk: str, cut: int) -> None:
    text = MEMBERS[name]
    at = int(place * len(text))
    ask_everything(book(CELLS, **{name: text[:at] + junk + text[at + cut :]}))


def ask_everything(data: bytes) -> None:
    found = look_closer(data, "xlsx", SHEET)
    assert isinstance(found.formulas(), frozenset)
    assert isinstance(found.error(6, 1), str)
    assert isinstance(found.percent(6, 2), bool)
    assert isinstance(found.rows_hidden(), frozenset)
    assert isinstance(custom_properties(data, "xlsx"), dict)


def test_a_part_that_fails_its_checksum_is_as_if_it_were_not_there() -> None:
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, text in MEMBERS.items():
            archive.writestr(name, text)
    whole = stream.getvalue()
    assert look_closer(whole, "xlsx", SHEET).error(6, 1) == "#DIV/0!"
    spoilt = whole.replace(b"#DIV/0!", b"#DIV/1!")
    assert look_closer(spoilt, "xlsx", SHEET).error(6, 1) == ""


@pytest.mark.parametrize("end", [b"", b"junk"])
@pytest.mark.parametrize("start", [b"", b"junk"])
def test_parts_are_found_in_an_unusual_zip_file_too(start: bytes, end: bytes) -> None:
    parts = Parts(start + WHOLE + end)
    assert set(parts.members) == set(MEMBERS)
    assert parts.read("XL/Workbook.xml") == WORKBOOK.encode()


@given(at=st.integers(0, len(WHOLE)), junk=st.binary(max_size=8), cut=st.integers(0, 8))
def test_a_part_is_what_it_was_or_nothing(at: int, junk: bytes, cut: int) -> None:
    parts = Parts(WHOLE[:at] + junk + WHOLE[at + cut :])
    for name, text in MEMBERS.items():
        assert parts.read(name) in {text.encode(), b""}


A_CELL = '<c r="A7"><v>1</v></c>'


@pytest.mark.parametrize(
    ("cells", "far"),
    [
        pytest.param(A_CELL, False, id="a form"),
        pytest.param('</row><row r="5000"><c r="GR5000"><v>1</v></c>', False, id="the last"),
        pytest.param('</row><row r="5001"><c r="A5001"><v>1</v></c>', True, id="too low"),
        pytest.param(
            '<c r="GS7"><v>1</v></c></row><row r="900"><c r="A900"><v>1</v></c>',
            True,
            id="too wide",
        ),
        pytest.param('</row><row r="9000"><c r="A9000" s="1"/>', False, id="style"),
        pytest.param(
            '</row><row r="9000"><c r="A9000" t="inlineStr"><is><t/></is></c>', True, id="text"
        ),
        pytest.param("", False, id="nothing"),
    ],
)
def test_only_values_reach_far(cells: str, far: bool) -> None:
    assert reaches_far(book(A_CELL + cells), "xlsx", SHEET) is far
