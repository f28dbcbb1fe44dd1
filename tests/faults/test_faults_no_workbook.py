"""Files that are no workbook, or no longer one: told by what they are, and nothing else suffers."""

from __future__ import annotations

import gzip
import json
import tarfile
from io import BytesIO

import pytest

from tests.faults.forms import FAMILIES, Change, Family, form, packed, unit
from tests.faults.inbox import Inbox, Merged

LEFTOVERS = {
    "~$A01_第一河川局.xlsx": b"\x04user".ljust(165),
    ".~lock.A01_第一河川局.xlsx#": b",user,desk,01.07.2016 09:30,file:///home/user;",
    "Thumbs.db": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0"),
    "ehthumbs.db": b"",
    ".DS_Store": b"\0\0\0\x01Bud1",
    "__MACOSX/._A01_第一河川局.xlsx": b"\0\x05\x16\x07",
    "__MACOSX/A01_第一河川局.xlsx": b"\0\x05\x16\x07",
    "desktop.ini": b"[.ShellClassInfo]\r\n",
    "表件/._第二河川局.ods": b"\0\x05\x16\x07",
}

PAGE = "<html><head><meta charset=utf-8></head><table><tr><td>95</td></tr></table></html>"


def numbers_file() -> bytes:
    """As Apple's program for tables saves it."""
    return packed({"Index/Document.iwa": b"\0\x0c\0\0", "Metadata/Properties.plist": b"bplist00"})


def tarred() -> bytes:
    stream = BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("A01.xlsx"))
    return stream.getvalue()


OTHER_THINGS = {
    "網頁.xlsx": (PAGE.encode(), "網頁"),
    "網頁.xls": (PAGE.encode("utf-16"), "網頁"),
    "逗號分隔.xlsx": ("編號,得分\r\nA01,95\r\n".encode(), "文字檔"),
    "逗號分隔.xls": ("編號,得分\r\nA01,95\r\n".encode("cp950"), "文字檔"),
    "掃描.xlsx": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n%%EOF\n", "PDF"),
    "掃描.xls": (b"%PDF-1.4\n%%EOF\n", "PDF"),
    "照片.xlsx": (b"\x89PNG\r\n\x1a\n" + bytes(40), "圖片"),
    "照片.ods": (b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(40), "圖片"),
    "程式.xlsx": (b"MZ\x90\0\x03" + bytes(200), "程式檔"),
    "程式.xls": (b"\x7fELF\x02\x01\x01" + bytes(200), "程式檔"),
    "文件.xlsx": (packed({"word/document.xml": b"<w/>"}), "Word"),
    "簡報.xlsx": (packed({"ppt/presentation.xml": b"<p/>"}), "簡報"),
    "蘋果.numbers": (numbers_file(), "Numbers"),
    "蘋果.xlsx": (numbers_file(), "Numbers"),
    "捷徑.xlsx": (b"L\0\0\0\x01\x14\x02\0" + bytes(68), "捷徑"),
    "網址.xlsx": (b"[InternetShortcut]\r\nURL=https://example.tw/\r\n", "捷徑"),
    "雲端.xlsx": (json.dumps({"doc_id": "1", "email": "a@example.tw"}).encode(), "Google"),
    "雲端.gsheet": (b'{"url": "https://docs.google.com/spreadsheets/d/1"}', "Google"),
    "壓縮.xlsx": (gzip.compress(b"x" * 100, mtime=0), "gzip"),
    "壓縮.7z": (b"7z\xbc\xaf\x27\x1c" + bytes(40), "7z"),
    "壓縮.rar": (b"Rar!\x1a\x07\x01\0" + bytes(40), "RAR"),
    "壓縮.tar": (tarred(), "tar"),
    "舊式.xls": (b"\x09\x04\x06\0\0\0\x10\0" + bytes(40), "Excel 4.0"),
    "標記.xls": (b'<?xml version="1.0"?><Workbook xmlns="urn:x:excel.sheet"/>', "XML 試算表"),
    "平面.ods": (b'<?xml version="1.0"?><office:document xmlns:office="u"/>', "ODF"),
    "亂碼.xlsx": (bytes(range(1, 256)) * 4, "不是試算表"),
    "空白字.xlsx": (b" \r\n" * 100, "不是試算表"),
}


def halved(data: bytes) -> bytes:
    return data[: len(data) // 2]


def without_its_last_byte_block(data: bytes) -> bytes:
    return data[:-1024]


def with_its_line_ends_changed(data: bytes) -> bytes:
    """As file transfer in text mode does it."""
    return data.replace(b"\n", b"\r\n")


def with_the_high_bits_cut_off(data: bytes) -> bytes:
    return bytes(byte & 0x7F for byte in data)


def decoded_as_text(data: bytes) -> bytes:
    """As a mail gateway does it that takes everything for a text."""
    return data.decode("utf-8", "replace").encode()


DAMAGES: dict[str, Change] = {
    "截半": halved,
    "缺尾": without_its_last_byte_block,
    "一位元組": lambda data: data[:1],
    "換行轉換": with_its_line_ends_changed,
    "七位元": with_the_high_bits_cut_off,
    "轉碼": decoded_as_text,
    "內容歸零": lambda data: data[:8] + bytes(len(data) - 8),
}


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Merged:
    inbox = Inbox(tmp_path_factory.mktemp("no workbook"))
    for name, data in LEFTOVERS.items():
        inbox.put(name, data)
    for name, (data, _) in OTHER_THINGS.items():
        inbox.put(f"別的/{name}", data)
    for family in FAMILIES:
        inbox.put(f"空/空.{family}", b"")
        for damage, change in DAMAGES.items():
            inbox.put(f"壞/{damage}.{family}", change(form(family, unit(0))))
    return inbox.merged()


def test_whatever_came_every_file_is_told_and_no_other_suffers(merged: Merged) -> None:
    merged.assert_round_is_sound()


@pytest.mark.parametrize("name", LEFTOVERS)
def test_leftovers_of_systems_and_programs_are_ignored_and_listed(
    merged: Merged, name: str
) -> None:
    assert merged.fate(name) == "ignored"
    assert "暫存檔" in merged.message(name)


@pytest.mark.parametrize("name", OTHER_THINGS)
def test_what_is_something_else_is_rejected_saying_what_it_is(merged: Merged, name: str) -> None:
    where = f"別的/{name}"
    assert merged.fate(where) == "rejected unreadable-file"
    assert OTHER_THINGS[name][1] in merged.message(where)
    assert "請" in merged.message(where), "what to send instead"


@pytest.mark.parametrize("family", FAMILIES)
def test_an_empty_file_is_rejected_as_empty(merged: Merged, family: Family) -> None:
    assert merged.fate(f"空/空.{family}") == "rejected unreadable-file"
    assert "空的" in merged.message(f"空/空.{family}")


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_form_is_rejected_saying_that_it_is(
    merged: Merged, damage: str, family: Family
) -> None:
    name = f"壞/{damage}.{family}"
    assert merged.fate(name) in {"rejected unreadable-file", "rejected unsafe-file"}
    assert "請" in merged.message(name)
