"""A formula is told as people see it, where the format spells it."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workbooks import test_ods, test_xlsx
from tests.workbooks.looking import look_closer

PLACE = (6, 1)

XLSX = {
    '<c r="B7"><f>-改善服務流程</f><v>#NAME?</v></c>': "=-改善服務流程",
    '<c r="B7" t="e"><f ca="1">A1&amp;"&lt;好&gt;"</f><v>#N/A</v></c>': '=A1&"<好>"',
    '<c r="B7" s="3" t="str">\n<f>_xlfn.TEXTJOIN("、",TRUE,A1:A2)</f></c>': (
        '=TEXTJOIN("、",TRUE,A1:A2)'
    ),
    '<c r="B7"><f t="shared" si="0"/><v>1</v></c>': "",
    '<c r="A5"><f t="shared" ref="A5:B7" si="0">A1*$C$1</f></c>'
    '<c r="B7"><f si="0" t="shared"/></c>': "=B3*$C$1",
    '<c r="B7"><f t="shared" ref="B7:B9" si="1">A1+1</f></c>': "=A1+1",
    '<c r="A5"><f t="shared" ref="A5" si="0">B9:A1</f></c><c r="B7"><f t="array"/></c>': "",
    '<c r="B7"><v>1</v></c><c r="C7"><f>2</f></c>': "",
    '<c r="AB7"><f>1</f></c><c r="B70"><f>2</f></c>': "",
    "<c/><c><f>1+1</f></c>": "=1+1",
}

ODS = {
    'table:formula="of:=-改善服務流程" calcext:value-type="error"': "=-改善服務流程",
    "table:formula='of:=[.B3]&amp;&quot;好&quot;' office:value-type='string'": '=B3&"好"',
    'table:formula="of:=SUM([.B3:.B5])"': "=SUM(B3:B5)",
    'table:formula="of:=[$評分表.B3]"': "=$評分表.B3",
    'table:formula="msoxl:=1+1"': "=1+1",
    'table:formula="=1+1"': "=1+1",
    'office:value-type="float" office:value="1"': "",
}


@pytest.mark.parametrize(("cells", "spelled"), XLSX.items())
def test_in_xlsx(cells: str, spelled: str) -> None:
    look = look_closer(test_xlsx.book(cells), "xlsx", test_xlsx.SHEET)
    assert look.formula_text(*PLACE) == spelled


@pytest.mark.parametrize(("attributes", "spelled"), ODS.items())
def test_in_ods(attributes: str, spelled: str) -> None:
    row = f"<table:table-row><table:table-cell/><table:table-cell {attributes}/></table:table-row>"
    rows = "<table:table-row/>" * PLACE[0] + row
    assert test_ods.look(rows).formula_text(*PLACE) == spelled


@given(st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=30))
def test_whatever_openpyxl_writes_as_a_formula_is_spelled_so(text: str) -> None:
    book, stream = openpyxl.Workbook(), BytesIO()
    sheet = book.create_sheet("表")
    sheet["B7"] = f"=x{text}"
    book.save(stream)
    assert look_closer(stream.getvalue(), "xlsx", "表").formula_text(*PLACE) == f"=x{text}"


def test_a_picture_in_a_cell_is_no_error_value() -> None:
    """Excel stores one so for programs that do not know of pictures in cells."""
    cells = '<c r="B7" t="e" vm="1"><v>#VALUE!</v></c><c r="C7" t="e"><v>#VALUE!</v></c>'
    look = look_closer(test_xlsx.book(cells), "xlsx", test_xlsx.SHEET)
    assert look.error(*PLACE) == ""
    assert look.error(6, 2) == "#VALUE!"
