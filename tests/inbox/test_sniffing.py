"""What a file is is told by its content, and what no form can be is refused before it is read."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from svcq_excel.form.facts import Unreadable
from svcq_excel.inbox.sniffing import sniff

MIB = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def zipped(*names: str, of: bytes = b"<x/>", method: int = zipfile.ZIP_STORED) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name in names:
            archive.writestr(name, of)
    return stream.getvalue()


def open_document(kind: str) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", "<x/>")
    return stream.getvalue()


def compound(*streams: str) -> bytes:
    return OLE + b"".join(name.encode("utf-16-le") + bytes(64) for name in streams)


WORKBOOKS = {
    "xlsx": zipped("[Content_Types].xml", "xl/workbook.xml"),
    "xlsx in capitals": zipped("XL\\Workbook.xml"),
    "xlsb": zipped("xl/workbook.bin"),
    "ods": open_document("spreadsheet"),
    "xls": compound("Workbook"),
    "xls of 1995": compound("Book"),
    "xls with a letter in it": compound("Workbook", "WordDocument"),
}
OTHERS = {
    "PDF 文件": b"%PDF-1.7\n",
    "圖片": b"\x89PNG\r\n",
    "圖片 ": b"\xff\xd8\xff\xe0",
    "程式檔": b"MZ\x90\x00",
    "網頁": b"<html><table>",
    "網頁 ": b"\xef\xbb\xbf\r\n <!DOCTYPE html>",
    "網頁  ": b"<HTML xmlns:x>",
    "XML 文件": b'<?xml version="1.0"?><Workbook/>',
    "壓縮檔": zipped("第一河川局.xlsx", "第二河川局.xlsx"),
    "壓縮檔 ": zipped("forms.xlsx", of=zipped("xl/workbook.xml")),  # its inner names can be seen
    "壓縮檔  ": b"Rar!\x1a\x07\x00",
    "Word 文件": zipped("word/document.xml"),
    "Word 文件 ": compound("WordDocument"),
    "文書檔": open_document("text"),
    "文書檔 ": b"{\\rtf1\\ansi",
    "簡報檔": zipped("ppt/presentation.xml"),
    "簡報檔 ": open_document("presentation"),
    "Numbers 檔案": zipped("Index/Document.iwa", "preview.jpg"),
    "郵件": compound("__substg1.0_0037001F"),
}


@pytest.mark.parametrize(("family", "data"), WORKBOOKS.items(), ids=WORKBOOKS)
def test_a_workbook_is_told_by_its_content(family: str, data: bytes) -> None:
    assert sniff(data) == family.split()[0]


@pytest.mark.parametrize(("what", "data"), OTHERS.items(), ids=OTHERS)
def test_what_is_no_workbook_is_called_by_its_name(what: str, data: bytes) -> None:
    assert sniff(data) == Unreadable("unreadable-file", f"內容是{what.strip()}，不是試算表")


@pytest.mark.parametrize("data", ["編號,得分\nA01,95\n".encode(), b"\0" * 100, b"PK", b"\xff" * 9])
def test_of_something_unknown_it_is_said_that_it_is_no_workbook(data: bytes) -> None:
    assert sniff(data) == Unreadable("unreadable-file", "內容不是試算表")


def test_an_empty_file_is_called_empty() -> None:
    assert sniff(b"") == Unreadable("unreadable-file", "檔案是空的（0 位元組）")


def test_an_encrypted_workbook_is_one_with_a_password() -> None:
    assert sniff(compound("EncryptionInfo", "EncryptedPackage")) == Unreadable(
        "password-protected", "檔案設有開啟密碼"
    )


def test_a_zip_without_its_end_is_damaged_not_foreign() -> None:
    whole = zipped("xl/workbook.xml", of=b"x" * 500)
    for end in (len(whole) // 2, len(whole) - 30):
        found = sniff(whole[:end])
        assert isinstance(found, Unreadable)
        assert "已損壞或不完整" in found.found


def refused(data: bytes) -> str:
    found = sniff(data)
    assert isinstance(found, Unreadable)
    assert found.code == "unsafe-file"
    return found.found


def test_more_parts_than_any_workbook_has_are_refused() -> None:
    parts = [f"xl/p{i}" for i in range(2_000)]
    assert refused(zipped("xl/workbook.xml", *parts)) == "檔案由 2001 個部分組成"
    assert sniff(zipped("xl/workbook.xml", *parts[:-1])) == "xlsx"


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("twin", ["xl/workbook.xml", "XL/workbook.xml", "xl\\workbook.xml"])
def test_two_parts_of_one_name_are_refused(twin: str) -> None:
    assert "同名" in refused(zipped("xl/workbook.xml", twin))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packings_that_no_office_program_uses_are_refused(method: int) -> None:
    assert "壓縮方式" in refused(zipped("xl/workbook.xml", method=method))


def test_a_part_that_swells_is_refused_without_inflating_it() -> None:
    bomb = zipped("xl/workbook.xml", of=b" " * (2 * MIB), method=zipfile.ZIP_DEFLATED)
    assert len(bomb) < 4_000
    assert refused(bomb) == "檔案的壓縮比過高"


def test_parts_too_large_alone_or_together_are_refused() -> None:
    noise = zipped("xl/workbook.xml")
    alone = _declaring(noise, 64 * MIB + 1)
    assert refused(alone) == "檔案解壓縮後過大"
    sheets = [f"xl/worksheets/sheet{i}.xml" for i in range(5)]
    together = zipped("xl/workbook.xml", *sheets, of=b"x" * (26 * MIB))
    assert refused(together) == "檔案解壓縮後過大"


def test_photographs_pasted_into_a_form_do_not_count() -> None:
    photos = [f"xl/media/image{i}.png" for i in range(5)]
    stream = BytesIO(zipped("xl/workbook.xml"))
    with zipfile.ZipFile(stream, "a") as archive:
        for photo in photos:
            archive.writestr(photo, bytes(26 * MIB), zipfile.ZIP_STORED)
    assert sniff(stream.getvalue()) == "xlsx"


def _declaring(data: bytes, size: int) -> bytes:
    """A zip whose directory declares another inflated size of its only part."""
    at = data.rindex(b"PK\x01\x02") + 24
    return data[:at] + size.to_bytes(4, "little") + data[at + 4 :]
