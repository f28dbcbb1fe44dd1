"""A cell that stands twice, or a second workbook in the file, is refused in binary formats too."""

from __future__ import annotations

from io import BytesIO
from struct import pack, pack_into, unpack_from
from zipfile import ZipFile

from svcq_excel.form.identity import FORM_SHEET
from svcq_excel.workbooks.ole.biff import records_of
from svcq_excel.workbooks.ole.storage import root
from svcq_excel.workbooks.opening import OpenedWorkbook, open_bytes
from svcq_excel.workbooks.workbook import Unreadable
from svcq_excel.workbooks.xls.book import XlsBook
from svcq_excel.workbooks.zip_parts import packed
from tests.workbooks.xlsb import Sheet, row_header, xlsb

_NUMBERS = {0x203, 0x27E}


def reason(data: bytes, suffix: str) -> str:
    book = open_bytes(data, suffix)
    if isinstance(book, OpenedWorkbook):
        book.rows(FORM_SHEET)
        return ""
    assert isinstance(book, Unreadable)
    return book.reason


def test_a_cell_twice_in_xls(xls: bytes) -> None:
    stream, start = root(xls).stream("Workbook"), XlsBook(xls).globals.starts[FORM_SHEET]
    first, second, *_ = [body for _, body in records_of(stream, start, _NUMBERS)]
    assert xls.count(second) == 1
    data = bytearray(xls)
    pack_into("<HH", data, xls.index(second), *unpack_from("<HH", first))
    assert reason(xls, ".xls") == ""
    assert reason(bytes(data), ".xls") == "two-documents"


def test_another_workbook_stream_before_the_one_that_counts(xls: bytes) -> None:
    """Readers that go by the list of streams would take the first, whatever folder it is in."""
    first = root(xls)
    assert not first.twice(["workbook"])
    others = [entry._replace(start=1) for entry in first._file.entries if entry.name == "Workbook"]
    first._file.entries[:0] = others
    assert first.twice(["workbook"])


def test_a_cell_twice_in_xlsb() -> None:
    data = xlsb([Sheet(FORM_SHEET, [[95, 85], [75]])])
    assert reason(data, ".xlsb") == ""
    with ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    cell, other = (pack("<IId", column, 0, 85) for column in (1, 0))
    member = "xl/worksheets/sheet1.bin"
    assert parts[member].count(cell) == 1
    assert reason(packed({**parts, member: parts[member].replace(cell, other)}), ".xlsb") == (
        "two-documents"
    )
    lower, upper = (row_header(row) for row in (1, 0))
    assert reason(packed({**parts, member: parts[member].replace(lower, upper)}), ".xlsb") == (
        "two-documents"
    )
