"""What no program writes in the cells of .xlsx is not passed over for being seen often."""

from __future__ import annotations

import pytest

from svcq_excel.workbooks.openxml.rows import cut
from svcq_excel.workbooks.openxml.shape import cells_differ, strings_differ

PLAIN = b'<c r="A1" s="1"><v>1</v></c><c r="B1" t="s"><v>2</v></c>'
DECLARING = b'<c xmlns:y="urn:y" r="A1"><v>1</v></c>'
DECLARED_LATER = b'<c r="A1" xmlns="urn:y"><v>1</v></c>'
LONG = b'<c r="A1" x="%b"><v>1</v></c>' % (b"." * 400)
TWICE = b'<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>'
TWO_VALUES = b'<c r="A1"><v>1</v><v>2</v></c>'


def sheet(cells: bytes) -> bytes:
    return b'<worksheet><sheetData><row r="1">%b</row></sheetData></worksheet>' % cells


@pytest.mark.parametrize("cells", [DECLARING, DECLARED_LATER, LONG, TWICE, TWO_VALUES])
def test_a_cell_that_programs_read_differently_is_told_each_time(cells: bytes) -> None:
    for _ in range(2):
        assert cells_differ(cut(sheet(PLAIN))) == ""
        assert cells_differ(cut(sheet(cells))) != ""


@pytest.mark.parametrize(
    "text", [b"<si><t>a</t><t>b</t></si>", b"<si><t>a</t></si><x/>", b"<si><y:t>a</y:t></si>"]
)
def test_a_text_that_programs_read_differently_is_told_each_time(text: bytes) -> None:
    for _ in range(2):
        assert strings_differ(b"<sst><si><t>a</t></si><si/></sst>") == ""
        assert strings_differ(b"<sst><si><t>a</t></si>%b</sst>" % text) != ""
