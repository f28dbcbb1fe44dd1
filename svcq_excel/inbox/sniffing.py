"""What a file is, by what it holds and not by its name; and whether it stays within bounds."""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from svcq_excel.form.closer_parts import MAX_PART
from svcq_excel.form.facts import Unreadable
from svcq_excel.form.workbook import Family

MAX_PARTS, MAX_INFLATED, MAX_RATIO = 2_000, 128 * 1024 * 1024, 200
_PARSED = (".xml", ".rels", ".bin")  # what a reader inflates; pasted photographs do not count
_SMALL = 1024 * 1024  # a part of which no ratio is suspicious

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TELLING: dict[str, Family | str] = {
    "xl/workbook.xml": "xlsx",
    "xl/workbook.bin": "xlsb",
    "word/document.xml": "Word 文件",
    "ppt/presentation.xml": "簡報檔",
    "index/document.iwa": "Numbers 檔案",
    "content.xml": "ods",
}
_DOCUMENTS = {b"opendocument.text": "文書檔", b"opendocument.presentation": "簡報檔"}
_STREAMS: dict[str, Family | str] = {
    "EncryptedPackage": "password",
    "Workbook": "xls",
    "Book": "xls",
    "WordDocument": "Word 文件",
    "PowerPoint Document": "簡報檔",
    "__substg1.0_": "郵件",
}
_BEGINNINGS = (
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "圖片"),
    (b"\xff\xd8\xff", "圖片"),
    (b"GIF8", "圖片"),
    (b"MZ", "程式檔"),
    (b"Rar!", "壓縮檔"),
    (b"7z\xbc\xaf", "壓縮檔"),
    (b"{\\rtf", "文書檔"),
    (b"<html", "網頁"),
    (b"<!doctype", "網頁"),
    (b"<?xml", "XML 文件"),
)
_FAMILIES: dict[str, Family] = {"xlsx": "xlsx", "xlsb": "xlsb", "xls": "xls", "ods": "ods"}
_BEFORE = b"\xef\xbb\xbf \t\r\n"  # a byte order mark and blanks may precede a web page


def sniff(data: bytes) -> Family | Unreadable:
    """The format of a workbook by its content, or what the file is instead."""
    if not data:
        return Unreadable("unreadable-file", "檔案是空的（0 位元組）")
    if data.startswith(_OLE):
        return _compound(data)
    if data.startswith(_ZIP):
        return _zipped(data)
    start = data[:200].lstrip(_BEFORE).lower()
    what = next((word for mark, word in _BEGINNINGS if start.startswith(mark.lower())), "")
    return _other(what)


def _compound(data: bytes) -> Family | Unreadable:
    """Names of streams stand in the file as they are."""
    named = (what for name, what in _STREAMS.items() if name.encode("utf-16-le") in data)
    what = next(named, "xls")
    if what == "password":
        return Unreadable("password-protected", "檔案設有開啟密碼")
    return _FAMILIES.get(what) or _other(what)


def _zipped(data: bytes) -> Family | Unreadable:
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError, struct.error, OSError):
        return Unreadable("unreadable-file", "檔案已損壞或不完整，無法讀取")
    names = Counter(part.filename.replace("\\", "/").lower() for part in parts)
    document = next((word for mark, word in _DOCUMENTS.items() if mark in data[:200]), "")
    what = document or next((what for name, what in _TELLING.items() if name in names), "壓縮檔")
    if what not in _FAMILIES:
        return _other(what)
    if excess := _excess(parts, names):
        return Unreadable("unsafe-file", excess)
    return _FAMILIES[what]


def _excess(parts: Sequence[ZipInfo], names: Counter[str]) -> str:
    """In which way the parts go beyond what any genuine form has, if they do."""
    sizes = [part.file_size for part in parts if part.filename.lower().endswith(_PARSED)]
    if len(parts) > MAX_PARTS:
        return f"檔案由 {len(parts)} 個部分組成"
    if len(names) < len(parts):
        return "檔案內有同名的部分"
    if any(part.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for part in parts):
        return "檔案的壓縮方式不是試算表所用"
    if sum(sizes) > MAX_INFLATED or max(sizes, default=0) > MAX_PART:
        return "檔案解壓縮後過大"
    swollen = (p for p in parts if p.file_size > max(_SMALL, MAX_RATIO * p.compress_size))
    return "檔案的壓縮比過高" if any(swollen) else ""


def _other(what: str) -> Unreadable:
    return Unreadable("unreadable-file", f"內容是{what}，不是試算表" if what else "內容不是試算表")
