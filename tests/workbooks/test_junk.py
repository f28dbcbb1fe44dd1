"""What was put before or after a workbook on its way is cut off; other files are left alone."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from svcq_excel.workbooks.sniffing import sniff, trimmed
from tests.inbox.containers.making import mail, ole, zipped

XLSX = zipped({"xl/workbook.xml": b"x" * 500})
XLS = ole({"Workbook": b"x" * 5000})
BEFORE = [b"", b"\0", b"\x01\x02" * 20_000, b"PK\x03\x04 \0 PK\x05\x06"]
AFTER = [b"", b"\0" * 512, b"\r\n-- \r\nsent by a gateway", b"PK" * 30_000]


@pytest.mark.parametrize("before", BEFORE, ids=len)
@pytest.mark.parametrize("after", AFTER, ids=len)
def test_a_zip_among_junk_is_found_whole(before: bytes, after: bytes) -> None:
    inner, there_was_junk = trimmed(before + XLSX + after)
    assert inner == XLSX
    assert there_was_junk == bool(before or after)
    assert sniff(inner) == "xlsx"


def test_an_ole_file_after_junk_is_found() -> None:
    assert trimmed(b"\0\x01junk" + XLS) == (XLS, True)
    assert trimmed(XLS) == (XLS, False)


WITHIN_OTHERS = {
    "a mail": bytes(mail()) + XLSX,
    "a PDF": b"%PDF-1.7" + XLSX,
    "a program": b"MZ" + XLSX,
    "a tar": b"a.xlsx".ljust(257, b"\0") + b"ustar".ljust(255, b"\0") + XLSX,
    "a web page": b"<html>" + XLSX,
    "an xls": XLS + XLSX,
    "a zip that was cut off": zipped({"a.xls": XLS}, zipfile.ZIP_STORED)[:-40],
    "far away": b"\0" * 70_000 + XLSX,
    "nothing": b"",
}


@pytest.mark.parametrize("data", WITHIN_OTHERS.values(), ids=WITHIN_OTHERS)
def test_a_workbook_within_another_kind_of_file_is_no_junk_around_it(data: bytes) -> None:
    assert trimmed(data) == (data, False)


def test_a_comment_at_the_end_of_a_zip_is_no_junk() -> None:
    stream = BytesIO(XLSX)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.comment = "保存年限：5 年".encode()
    assert trimmed(stream.getvalue()) == (stream.getvalue(), False)
