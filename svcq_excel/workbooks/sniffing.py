"""What a file is, by what it holds and not by its name; and whether it stays within bounds."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED

from svcq_excel.workbooks.bounds import (
    MAX_DIRECTORY,
    MAX_JUNK,
    MAX_PART,
    MAX_PARTS,
    MAX_PARTS_TOGETHER,
    MAX_RATIO,
    PARSED,
    SMALL,
)
from svcq_excel.workbooks.file_kinds import WITH_ADVICE, beginning, is_mail
from svcq_excel.workbooks.ole.storage import DAMAGES, SIGNATURE, Storage, root
from svcq_excel.workbooks.openxml import opc
from svcq_excel.workbooks.workbook import Family, Unreadable
from svcq_excel.workbooks.zip_parts import ELSEWHERE, END, END_MARK, Parts, ZipMember, members_of

_ZIP, _TNEF = b"PK\x03\x04", b"\x78\x9f\x3e\x22"
# After the record that ends a zip file (APPNOTE 4.3.16).
_MAX_COMMENT = 0xFFFF

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
_BY_CONTENT_TYPE: dict[str, Family | str] = {
    "sheet.binary": "xlsb",
    "spreadsheetml": "xlsx",
    "ms-excel": "xlsx",
    "wordprocessingml": "Word 文件",
    "ms-word": "Word 文件",
    "presentationml": "簡報檔",
    "ms-powerpoint": "簡報檔",
    "visio": "Visio 圖檔",
}
_MANIFEST = "meta-inf/manifest.xml"
_PACKAGES = frozenset({*opc.MARKS, "mimetype", _MANIFEST})
"""Parts that make a zip file one document, as CONTRACT.md has it."""
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
_DOCUMENTS = {b"text": "文書檔", b"presentation": "簡報檔", b"graphics": "繪圖檔"}
_IN_OLE: dict[str, Family | str] = {
    "encryptedpackage": "password",
    "\tdrmcontent": "password",
    "workbook": "xls",
    "book": "xls",
    "worddocument": "Word 文件",
    "powerpoint document": "簡報檔",
    "visiodocument": "Visio 圖檔",
    "__properties_version1.0": "郵件",
}
_RIGHTS = Unreadable("rights", "檔案由敏感度標籤（資訊權限管理）加密，只有獲授權的帳號能開啟")
_FAMILIES: dict[str, Family] = {"xlsx": "xlsx", "xlsb": "xlsb", "xls": "xls", "ods": "ods"}


@dataclass(frozen=True, slots=True)
class Container(Unreadable):
    """An archive or a mail: no form can be read from it, but files may lie in it."""

    kind: ContainerKind = field(kw_only=True)


@lru_cache(maxsize=2)  # whoever looks for files inside a file asks before who opens it
def sniff(data: bytes) -> Family | Container | Unreadable:
    """The format of a workbook by its content, or what the file is instead."""
    if not data:
        return Unreadable("unreadable", "檔案是空的（0 位元組）")
    if data.startswith(SIGNATURE):
        return _compound(data)
    if data.startswith((_ZIP, END_MARK)):
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
        start = max(data.find(SIGNATURE, 0, MAX_JUNK + len(SIGNATURE)), 0)
    inner = data[start : end or None]
    return inner, len(inner) < len(data)


def _zip_within(data: bytes) -> tuple[int, int]:
    """From where to where a zip file reaches, by the record at its end; 0, 0 if there is none."""
    at = _end_of_zip(data)
    if at < 0:
        return 0, 0
    *_, size, offset, comment = END.unpack_from(data, at)
    start, end = at - size - offset, at + END.size + comment
    if not 0 <= start <= MAX_JUNK or not data.startswith((_ZIP, END_MARK), start):
        return 0, 0
    return start, min(end, len(data))


def _end_of_zip(data: bytes) -> int:
    at = data.rfind(END_MARK, max(0, len(data) - END.size - _MAX_COMMENT - MAX_JUNK))
    return at if at + END.size <= len(data) else -1


def _compound(data: bytes) -> Family | Container | Unreadable:
    try:
        storage = root(data)
        names = storage.names
    except DAMAGES:
        return Unreadable("unreadable", "檔案已損壞或不完整，無法讀取")
    what = next((what for name, what in _IN_OLE.items() if name in names), "")
    if what == "password":
        return _RIGHTS if _has_rights(storage) else Unreadable("locked", "檔案設有開啟密碼")
    if what == "郵件":
        return _container("msg", what)
    return _FAMILIES.get(what) or _other(what)


def _has_rights(storage: Storage) -> bool:
    """Whether an encrypted file asks who opens it, and for no password ([MS-OFFCRYPTO] 2.2)."""
    try:
        known = storage.below("\x06DataSpaces").below("DataSpaceInfo").names
    except DAMAGES:
        known = ()
    return any("drm" in name for name in (*storage.names, *known))


def _zipped(data: bytes) -> Family | Container | Unreadable:
    at = _end_of_zip(data)
    if at >= 0 and MAX_DIRECTORY < END.unpack_from(data, at)[2] < ELSEWHERE:
        return Unreadable("unsafe", "檔案由過多的部分組成")
    members = members_of(data)
    if members is None:
        return Unreadable("unreadable", "檔案已損壞或不完整，無法讀取")
    named = _named(tuple([name for name, _ in members]))
    names, packaged = named.names, named.is_package
    what = _document(data) or _in_package(data, named) if packaged else named.usual
    if not what:
        # A package is one file, whatever its parts are called, and never an archive of them.
        return _incomplete(names) if packaged else _container("zip", "壓縮檔")
    if what not in _FAMILIES:
        return _other(what)
    if excess := _excess(members):
        return Unreadable("unsafe", excess)
    if named.is_ambiguous:
        return Unreadable("two-documents", "檔案內有同名的部分，各程式開啟所見可能不同")
    return _FAMILIES[what]


class _Named(NamedTuple):
    """What the names of a zip file's parts tell."""

    names: frozenset[str]
    """In small letters, with / between folders."""
    is_package: bool
    usual: str
    """What it holds, where the parts are called as those of each kind of document usually are."""
    is_ambiguous: bool
    """Whether programs may take several of the names for the same."""


@lru_cache(maxsize=4)  # the forms of a round have the same parts
def _named(spelled: tuple[str, ...]) -> _Named:
    names = frozenset(name.replace("\\", "/").lower() for name in spelled)
    return _Named(
        names,
        not names.isdisjoint(_PACKAGES),
        next((what for name, what in _IN_ZIP.items() if name in names), ""),
        len({posixpath.normpath(f"/{name}") for name in names}) < len(spelled),
    )


def _in_package(data: bytes, named: _Named) -> str:
    """What a package holds whose parts may be called anything: its relations say which is the main
    part, its list of types what that is."""
    if named.usual or named.names.isdisjoint(opc.MARKS):
        return named.usual
    parts = Parts(data)
    kind = opc.content_type(parts, opc.main_part(parts))
    return next((what for mark, what in _BY_CONTENT_TYPE.items() if mark in kind), "")


def _incomplete(names: Set[str]) -> Unreadable:
    if _MANIFEST in names or not names.isdisjoint(opc.MARKS):
        return Unreadable("unreadable", "檔案已損壞或不完整，無法讀取")
    return _other("")


def _document(data: bytes) -> str:
    """What an OpenDocument file that is no spreadsheet says of itself, at its very beginning."""
    _, found, kind = data[:200].partition(_OPEN_DOCUMENT)
    return next((w for mark, w in _DOCUMENTS.items() if kind.startswith(mark)), "") if found else ""


def _excess(parts: Sequence[tuple[str, ZipMember]]) -> str:
    """In which way the parts go beyond what any genuine form has, if they do."""
    sizes = [part.size for name, part in parts if name.lower().endswith(PARSED)]
    if len(parts) > MAX_PARTS:
        return f"檔案由 {len(parts)} 個部分組成"
    if {part.method for _, part in parts} - {ZIP_STORED, ZIP_DEFLATED}:
        return "檔案的壓縮方式不是試算表所用"
    if sum(sizes) > MAX_PARTS_TOGETHER or max(sizes, default=0) > MAX_PART:
        return "檔案解壓縮後過大"
    large = [part for _, part in parts if part.size > SMALL]
    swollen = any(part.size > MAX_RATIO * part.packed for part in large)
    return "檔案的壓縮比過高" if swollen else ""


def _container(kind: ContainerKind, what: str) -> Container:
    return Container("unreadable", f"內容是{what}，不是試算表", kind=kind)


def _other(what: str) -> Unreadable:
    """What a file is instead; some kinds bring the end of the sentence with them."""
    if not what:
        return Unreadable("unreadable", "內容不是試算表")
    reason = WITH_ADVICE.get(what, "unreadable")
    is_told = "，" in what or reason == "other-format"
    gap, end = " " if what[0].isascii() else "", "" if is_told else "，不是試算表"
    return Unreadable(reason, f"內容是{gap}{what}{end}")
