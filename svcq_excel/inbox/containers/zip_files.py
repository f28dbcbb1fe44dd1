"""The files in a zip archive: named as they were packed, inflated within bounds, never on disk."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from io import BytesIO
from stat import S_ISLNK
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from svcq_excel.inbox.containers.contents import TOO_MANY, ContainedFile, Contents
from svcq_excel.inbox.names import LINK, guessed
from svcq_excel.text.roc_dates import TAIPEI
from svcq_excel.workbooks.bounds import MAX_BYTES, MAX_FILES, MAX_RATIO, SMALL
from svcq_excel.workbooks.workbook import Unreadable
from svcq_excel.workbooks.zip_parts import BAD_ZIP

DAMAGED = Unreadable("unreadable", "壓縮檔已損壞或不完整")
_EMPTY = Unreadable("unreadable", "壓縮檔內沒有檔案")

# What the zip format fixes (APPNOTE 4.4.4 and 4.6.9).
_ENCRYPTED, _NAMED_IN_UTF_8 = 0x1, 0x800
_UNICODE_PATH = 0x7075
_UNIX = 3


def opened(data: bytes) -> Contents | Unreadable:
    """The files in an archive; folders are none."""
    try:
        archive = ZipFile(BytesIO(data))
    except BAD_ZIP:
        return DAMAGED
    if len(archive.filelist) > MAX_FILES:
        return TOO_MANY
    members = [
        _member(archive, info, name)
        for info in archive.infolist()
        if not _is_folder(name := _name(info), info)
    ]
    return Contents(members, "壓縮檔，其中 {} 個檔案逐一列出", _EMPTY)


def _member(archive: ZipFile, info: ZipInfo, name: str) -> ContainedFile:
    return ContainedFile(
        name,
        partial(_read, archive, info),
        info.file_size,
        LINK if info.create_system == _UNIX and S_ISLNK(info.external_attr >> 16) else "",
        modified=_modified(info),
    )


def _is_folder(name: str, info: ZipInfo) -> bool:
    return name.endswith("/") and not info.file_size


def _name(info: ZipInfo) -> str:
    """The path in the archive, as whoever packed it wrote it."""
    name = info.orig_filename
    if not info.flag_bits & _NAMED_IN_UTF_8:
        raw = name.encode("cp437")  # as which zipfile reads them
        name = _unicode_path(info.extra, raw) or guessed(raw)
    return name.replace("\\", "/")


def _unicode_path(extra: bytes, raw: bytes) -> str:
    """The name in a field of its own, which is void where the name was changed after (4.6.9)."""
    for kind, field in _fields(extra):
        if kind == _UNICODE_PATH and field[1:5] == zlib.crc32(raw).to_bytes(4, "little"):
            return guessed(field[5:])
    return ""


def _fields(extra: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while len(extra) - at >= 4:
        kind, size = struct.unpack_from("<HH", extra, at)
        yield kind, extra[at + 4 : at + 4 + size]
        at += 4 + size


def _modified(info: ZipInfo) -> datetime | None:
    """The clock on the wall where it was packed."""
    try:
        return datetime(*info.date_time, tzinfo=TAIPEI)
    except ValueError:
        return None


def _read(archive: ZipFile, info: ZipInfo) -> bytes | Unreadable:
    """A file's bytes: no more are inflated than the directory declares."""
    if info.flag_bits & _ENCRYPTED:
        return Unreadable("locked", "壓縮檔設有密碼")
    if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        return Unreadable("unreadable", "壓縮檔使用不支援的壓縮方式")
    if info.file_size > MAX_BYTES:
        return Unreadable("unsafe", f"檔案解壓縮後超過 {MAX_BYTES // 1024**2} MiB")
    if info.file_size > max(SMALL, MAX_RATIO * info.compress_size):
        return Unreadable("unsafe", "檔案的壓縮比過高")
    try:
        with archive.open(info) as file:
            # Without a number, zipfile would inflate first and count later.
            return file.read(info.file_size)
    except BAD_ZIP:
        return Unreadable("unreadable", "檔案在壓縮檔內已損壞")
