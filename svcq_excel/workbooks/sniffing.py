"""What a file is, by what it holds and not by its name; and whether it stays within bounds."""

from __future__ import annotations

import struct
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal
from zipfile import ZIP_DEFLATED, ZIP_STORED

from svcq_excel.workbooks.file_kinds import beginning, is_mail
from svcq_excel.workbooks.ole import DAMAGES, SIGNATURE, root
from svcq_excel.workbooks.workbook import Family, Unreadable
from svcq_excel.workbooks.zip_parts import MAX_PART, ZipMember, members_of

MAX_PARTS, MAX_INFLATED, MAX_RATIO = 2_000, 128 * 1024 * 1024, 200
SMALL = 1024 * 1024
"""Bytes of a part of which no ratio is suspicious."""
PARSED = (".xml", ".rels", ".bin")
"""How the names of parts end that a reader inflates; pasted photographs do not count."""

_ZIP, _EMPTY_ZIP, _TNEF = b"PK\x03\x04", b"PK\x05\x06", b"\x78\x9f\x3e\x22"
# The record that ends a zip file: where it says how long the directory is (APPNOTE 4.3.16).
_END, _END_SIZE, _MAX_COMMENT = struct.Struct("<12xLLH"), 22, 0xFFFF
_MAX_JUNK = 64 * 1024
_MAX_DIRECTORY = 4 * 1024 * 1024  # bytes; to read more of it takes seconds
_ELSEWHERE = 0xFFFFFFFF  # a number that stands in a zip64 field instead

ContainerKind = Literal["zip", "eml", "msg", "tnef"]

_IN_ZIP: dict[str, Family | str] = {
    "xl/workbook.xml": "xlsx",
    "xl/workbook.bin": "xlsb",
    "word/document.xml": "Word 文件",
    "ppt/presentation.xml": "簡報檔",
    "visio/document.xml": "Visio 圖檔",
    "index/slide.iwa": "Keynote 簡報檔",
    "index/document.iwa": "Numbers 或 Pages 檔案",
    "content.xml": "ods",
}
_PACKAGES = frozenset({"[content_types].xml", "mimetype", "meta-inf/manifest.xml"})
"""Parts that make a zip file one document, however damaged, and no archive of files."""
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
_DOCUMENTS = {b"text": "文書檔", b"presentation": "簡報檔", b"graphics": "繪圖檔"}
_IN_OLE: dict[str, Family | str] = {
    "encryptedpackage": "password",
    "workbook": "xls",
    "book": "xls",
    "worddocument": "Word 文件",
    "powerpoint document": "簡報檔",
    "visiodocument": "Visio 圖檔",
    "__properties_version1.0": "郵件",
}
_FAMILIES: dict[str, Family] = {"xlsx": "xlsx", "xlsb": "xlsb", "xls": "xls", "ods": "ods"}


@dataclass(frozen=True, slots=True)
class Container(Unreadable):
    """An archive or a mail: no form can be read from it, but files may lie in it."""

    kind: ContainerKind = field(kw_only=True)


@lru_cache(maxsize=2)  # whoever looks for files inside a file asks before who opens it
def sniff(data: bytes) -> Family | Container | Unreadable:
    """The format of a workbook by its content, or what the file is instead."""
    if not data:
        return Unreadable("unreadable-file", "檔案是空的（0 位元組）")
    if data.startswith(SIGNATURE):
        return _compound(data)
    if data.startswith((_ZIP, _EMPTY_ZIP)):
        return _zipped(data)
    if data.startswith(_TNEF):
        return _container("tnef", "郵件附件包（winmail.dat）")
    if is_mail(data):
        return _container("eml", "郵件")
    return _other(beginning(data))


def trimmed(data: bytes) -> tuple[bytes, bool]:
    """A zip or OLE2 file without what was put before it or after it; whether there was any."""
    zipped = data.startswith(_ZIP)
    if data.startswith((SIGNATURE, _TNEF)):
        return data, False
    if not zipped and (is_mail(data) or beginning(data)):
        return data, False
    start, end = _zip_within(data)
    if not (end or zipped):
        start = max(data.find(SIGNATURE, 0, _MAX_JUNK + len(SIGNATURE)), 0)
    inner = data[start : end or None]
    return inner, len(inner) < len(data)


def _zip_within(data: bytes) -> tuple[int, int]:
    """From where to where a zip file reaches, by the record at its end; 0, 0 if there is none."""
    at = _end_of_zip(data)
    if at < 0:
        return 0, 0
    size, offset, comment = _END.unpack_from(data, at)
    start, end = at - size - offset, at + _END_SIZE + comment
    if not 0 <= start <= _MAX_JUNK or not data.startswith((_ZIP, _EMPTY_ZIP), start):
        return 0, 0
    return start, min(end, len(data))


def _end_of_zip(data: bytes) -> int:
    at = data.rfind(_EMPTY_ZIP, max(0, len(data) - _END_SIZE - _MAX_COMMENT - _MAX_JUNK))
    return at if at + _END_SIZE <= len(data) else -1


def _compound(data: bytes) -> Family | Container | Unreadable:
    try:
        names = root(data).names
    except DAMAGES:
        return Unreadable("unreadable-file", "檔案已損壞或不完整，無法讀取")
    what = next((what for name, what in _IN_OLE.items() if name in names), "")
    if what == "password":
        return Unreadable("password-protected", "檔案設有開啟密碼")
    if what == "郵件":
        return _container("msg", what)
    return _FAMILIES.get(what) or _other(what)


def _zipped(data: bytes) -> Family | Container | Unreadable:
    at = _end_of_zip(data)
    if at >= 0 and _MAX_DIRECTORY < _END.unpack_from(data, at)[0] < _ELSEWHERE:
        return Unreadable("unsafe-file", "檔案由過多的部分組成")
    parts = members_of(data)
    if parts is None:
        return Unreadable("unreadable-file", "檔案已損壞或不完整，無法讀取")
    names = {name.replace("\\", "/").lower() for name, _ in parts}
    what = _document(data) or next((what for name, what in _IN_ZIP.items() if name in names), "")
    if not what:
        if not names.isdisjoint(_PACKAGES):
            return Unreadable("unreadable-file", "檔案已損壞或不完整，無法讀取")
        return _container("zip", "壓縮檔")
    if what not in _FAMILIES:
        return _other(what)
    if excess := _excess(parts, names):
        return Unreadable("unsafe-file", excess)
    return _FAMILIES[what]


def _document(data: bytes) -> str:
    """What an OpenDocument file that is no spreadsheet says of itself, at its very beginning."""
    _, found, kind = data[:200].partition(_OPEN_DOCUMENT)
    return next((w for mark, w in _DOCUMENTS.items() if kind.startswith(mark)), "") if found else ""


def _excess(parts: Sequence[tuple[str, ZipMember]], names: Collection[str]) -> str:
    """In which way the parts go beyond what any genuine form has, if they do."""
    sizes = [part.size for name, part in parts if name.lower().endswith(PARSED)]
    if len(parts) > MAX_PARTS:
        return f"檔案由 {len(parts)} 個部分組成"
    if len(names) < len(parts):
        return "檔案內有同名的部分"
    if any(part.method not in {ZIP_STORED, ZIP_DEFLATED} for _, part in parts):
        return "檔案的壓縮方式不是試算表所用"
    if sum(sizes) > MAX_INFLATED or max(sizes, default=0) > MAX_PART:
        return "檔案解壓縮後過大"
    swollen = any(part.size > max(SMALL, MAX_RATIO * part.packed) for _, part in parts)
    return "檔案的壓縮比過高" if swollen else ""


def _container(kind: ContainerKind, what: str) -> Container:
    return Container("unreadable-file", f"內容是{what}，不是試算表", kind=kind)


def _other(what: str) -> Unreadable:
    """What a file is instead; some kinds bring the end of the sentence with them."""
    if not what:
        return Unreadable("unreadable-file", "內容不是試算表")
    gap, end = " " if what[0].isascii() else "", "" if "，" in what else "，不是試算表"
    return Unreadable("unreadable-file", f"內容是{gap}{what}{end}")
