"""What a file is is told by its content, and not by its name."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from svcq_excel.workbooks.file_kinds import WITH_ADVICE
from svcq_excel.workbooks.sniffing import Container, sniff
from svcq_excel.workbooks.workbook import Reason, Unreadable
from tests.inbox.containers.making import mail, msg, ole, outlook_file, package, winmail


def open_document(kind: str) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", "<x/>")
    return stream.getvalue()


def compound(*streams: str) -> bytes:
    return ole(dict.fromkeys(streams, b"x"))


WORKBOOKS = {
    "xlsx": package("[Content_Types].xml", "xl/workbook.xml"),
    "xlsx in capitals": package("XL\\Workbook.xml"),
    "xlsb": package("xl/workbook.bin"),
    "ods": open_document("spreadsheet"),
    "xls": compound("Workbook"),
    "xls of 1995": compound("Book"),
    "xls with a letter in it": compound("Workbook", "WordDocument"),
}
OTHERS = {
    "PDF 文件": [b"%PDF-1.7\n"],
    "圖片": [b"\x89PNG\r\n", b"\xff\xd8\xff\xe0", b"II*\0", b"BM1234\0\0\0\0", b"RIFF1234WEBP"],
    "影音檔": [b"\0\0\0\x18ftypmp42"],
    "程式檔": [b"MZ\x90\x00", b"\x7fELF\x02", b"\xcf\xfa\xed\xfe"],
    "網頁": [
        b"<html><table>",
        b"\xef\xbb\xbf\r\n <!DOCTYPE html>",
        b"<HTML xmlns:x>",
        b'<table border="1">',
        "<html>".encode("utf-16"),
        b'<?xml version="1.0"?><html>',
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: x\r\nMIME-Version: 1.0\r\n\r\n",
        b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n\r\n",
    ],
    "XML 文件": [b'<?xml version="1.0"?><a/>'],
    "RAR 壓縮檔": [b"Rar!\x1a\x07\x00"],
    "7z 壓縮檔": [b"7z\xbc\xaf\x27\x1c"],
    "gzip 壓縮檔": [b"\x1f\x8b\x08\x00"],
    "tar 壓縮檔": [b"a.xlsx".ljust(257, b"\0") + b"ustar"],
    "Word 文件": [package("word/document.xml"), compound("WordDocument")],
    "文書檔": [open_document("text"), b"{\\rtf1\\ansi"],
    "簡報檔": [
        package("ppt/presentation.xml"),
        open_document("presentation"),
        compound("PowerPoint Document"),
    ],
    "繪圖檔": [open_document("graphics")],
    "Numbers 或 Pages 檔案": [
        package("Index/Document.iwa", "preview.jpg"),
        package("INDEX/DOCUMENT.IWA"),
    ],
    "Keynote 簡報檔": [package("Index/Document.iwa", "Index/Slide.iwa")],
    "Access 資料庫": [b"\0\x01\0\0Standard ACE DB\0"],
    "OneNote 筆記": [b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1"],
    "捷徑": [b"L\0\0\0\x01\x14\x02\0", b"[InternetShortcut]\r\nURL=https://example.org/\r\n"],
    "文字檔": [
        "編號,得分\nA01,95\n".encode(),
        "編號,得分\nA01,95\n".encode("cp950"),
        "編號\t得分".encode("utf-16"),
        ("一" * 2000).encode(),  # whose 4,096th byte is in the midst of a letter
    ],
    "簽章的郵件（S/MIME）": [b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0"],
    "加密的郵件（S/MIME）": [b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03\xa0"],
}
SAVE_AS = {
    "內容是 XML 試算表 2003": [
        b'<?xml version="1.0"?>\r\n<?mso-application progid="Excel.Sheet"?>\r\n<Workbook>'
    ],
    "內容是單一檔案的 ODF 文件（.fods）": [b'<?xml version="1.0"?><office:document a="b">'],
    "內容是 SYLK 檔案": [b"ID;PWXL;N;E\r\n"],
    "內容是 Excel 4.0 以前的試算表": [b"\x09\x04\x06\0\0\0\x10\0"],
    "內容是 Google 試算表的捷徑，不含內容": [
        b'{"url": "https://docs.google.com/open?id=1", "email": "a@b.tw"}',
        b'{"":"WARNING!","doc_id":"1","resource_key":""}',
    ],
}
CONTAINERS = {
    "zip": [
        package("第一河川局.xlsx", "第二河川局.xlsx"),
        package("forms.xlsx", of=package("xl/workbook.xml")),  # its inner names can be seen
        package(),
    ],
    "eml": [
        bytes(mail()),
        b"\xef\xbb\xbf" + bytes(mail()),
        b"From wang@wra.gov.tw Mon Aug  1 17:30:00 2016\n" + bytes(mail()),
        b"Received: from a\n\tby b\nSubject: \xb5\xfb\n\n.",
        bytes(mail()).replace(b"\n\n", b"\n" + (b"X-%0200d: .\n" % 0) * 400 + b"\n", 1),
        b"Content-Type: multipart/signed;\n boundary=x\n\n--x\n",
    ],
    "msg": [outlook_file(msg())],
    "tnef": [winmail()],
}
NO_MAILS = [
    b"From: A01\n\nTo: 1",
    b"Subject: 1\nTo: 2\n\n",
    b"From: A01\nan ordinary line\nDate: 1\n",
    b"date: 2016-08-01\nname: x\n",
    b"http://example.org/\n",
]


def each(table: dict[str, list[bytes]]) -> list[tuple[str, bytes]]:
    return [(key, data) for key, examples in table.items() for data in examples]


@pytest.mark.parametrize(("family", "data"), WORKBOOKS.items(), ids=WORKBOOKS)
def test_a_workbook_is_told_by_its_content(family: str, data: bytes) -> None:
    assert sniff(data) == family.split()[0]


@pytest.mark.parametrize(("what", "data"), each(OTHERS))
def test_what_is_no_workbook_is_called_by_its_name(what: str, data: bytes) -> None:
    gap, advised = " " if what[0].isascii() else "", WITH_ADVICE.get(what, "unreadable")
    assert sniff(data) == Unreadable(advised, f"內容是{gap}{what}，不是試算表")


@pytest.mark.parametrize(("said", "data"), each(SAVE_AS))
def test_of_tables_in_other_formats_it_is_said_how_to_send_them(said: str, data: bytes) -> None:
    reason: Reason = "unreadable" if "捷徑" in said else "other-format"
    assert sniff(data) == Unreadable(reason, said)


@pytest.mark.parametrize(("kind", "data"), each(CONTAINERS))
def test_archives_and_mails_are_told_from_what_holds_no_files(kind: str, data: bytes) -> None:
    found = sniff(data)
    assert isinstance(found, Container)
    assert found.kind == kind


@pytest.mark.parametrize("data", NO_MAILS)
def test_text_with_colons_is_no_mail(data: bytes) -> None:
    assert sniff(data) == Unreadable("unreadable", "內容是文字檔，不是試算表")


@pytest.mark.parametrize("data", [b"\0" * 100, b"\xff" * 9, compound("Contents")])
def test_of_something_unknown_it_is_said_that_it_is_no_workbook(data: bytes) -> None:
    assert sniff(data) == Unreadable("unreadable", "內容不是試算表")


def test_an_empty_file_is_called_empty() -> None:
    assert sniff(b"") == Unreadable("unreadable", "檔案是空的（0 位元組）")


def test_an_encrypted_workbook_is_one_with_a_password() -> None:
    assert sniff(compound("EncryptionInfo", "EncryptedPackage")) == Unreadable(
        "locked", "檔案設有開啟密碼"
    )


@pytest.mark.parametrize("text", ["EncryptedPackage", "WordDocument", "__substg1.0_0037001F"])
def test_text_in_a_workbook_is_not_taken_for_what_the_file_is(text: str) -> None:
    assert sniff(ole({"Workbook": text.encode("utf-16-le")})) == "xls"


@pytest.mark.parametrize("size", [0, 8, 300, 511, 600])
def test_an_ole_file_that_was_cut_off_is_damaged(size: int) -> None:
    signature = compound("Workbook")[:8]
    found = sniff(signature + compound("Workbook")[8 : 8 + size])
    assert isinstance(found, Unreadable)
    assert "已損壞或不完整" in found.found


def test_a_zip_without_its_end_is_damaged_not_foreign() -> None:
    whole = package("xl/workbook.xml", of=b"x" * 500)
    for end in (len(whole) // 2, len(whole) - 30):
        found = sniff(whole[:end])
        assert isinstance(found, Unreadable)
        assert "已損壞或不完整" in found.found


def rights_managed() -> bytes:
    """As [MS-OFFCRYPTO] 2.2 has it: the package asks for a licence, and for no password."""
    return compound("EncryptedPackage", "EncryptedDRMContent")


ADVISED = {
    "packed": [b"Rar!\x1a\x07\x01\0", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08\0", b"MSCF\0\0\0\0"],
    "signed": [b"\x30\x82\x01\x00\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"],
    "sealed": [
        b"\x30\x82\x01\x00\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03",
        b"-----BEGIN PGP MESSAGE-----\n\nhQEMA",
    ],
    "rights": [rights_managed()],
}


@pytest.mark.parametrize("reason", ADVISED)
def test_what_needs_its_own_remedy_has_its_own_reason(reason: str) -> None:
    for data in ADVISED[reason]:
        told = sniff(data + bytes(40))
        assert isinstance(told, Unreadable)
        assert told.reason == reason
        assert not isinstance(told, Container)
