"""The parts of a workbook that is a zip file, and their XML; a part that is not sound is empty."""

from __future__ import annotations

import struct
import zlib
from functools import cached_property
from io import BytesIO
from typing import NamedTuple
from xml.etree import ElementTree
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

MAX_PART = 64 * 1024 * 1024
"""More bytes than any part of a form inflates to."""

_BAD_ZIP = (
    BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    OverflowError,  # an offset beyond what can be sought
    RuntimeError,  # an encrypted member, an unknown feature of zip
    ValueError,
)
_BAD_XML = (ElementTree.ParseError, LookupError, ValueError, MemoryError)


# What the zip format fixes (APPNOTE 4.3.7 and 4.3.12): an entry of the directory up to its name.
_ENTRY = struct.Struct("<4s6xH8xLLH12xL")
_ENTRY_MARK, _HEADER_MARK = b"PK\x01\x02", b"PK\x03\x04"
_ELSEWHERE = 0xFFFFFFFF  # a number that stands in a zip64 field instead


class _Member(NamedTuple):
    """How a member is packed, its size packed and inflated, and where its header stands."""

    method: int
    packed: int
    size: int
    header: int


class Parts:
    """A zip file's members by name, whatever the case of its letters.

    The directory and the members are read straight from the bytes: zipfile takes longer to list
    the members of a form than to inflate the few that are asked for.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data

    def read(self, name: str, most: int = MAX_PART) -> bytes:
        """A member's bytes; none where it is missing, damaged, or larger than `most`."""
        member = self._found(name) or self._listed.get(name.lower())
        if member is None or member.size > most:
            return b""
        try:
            return self._inflated(member)
        except _BAD_ZIP:
            return b""

    def _found(self, name: str) -> _Member | None:
        """A member by its entry in the directory, which ends the file; None for an unusual one."""
        at = self._data.rfind(name.encode()) - _ENTRY.size
        if at < 0:
            return None
        mark, method, packed, size, length, header = _ENTRY.unpack_from(self._data, at)
        if mark != _ENTRY_MARK or length != len(name.encode()):
            return None
        if _ELSEWHERE in (packed, size) or not self._data.startswith(_HEADER_MARK, header):
            return None
        return _Member(method, packed, size, header)

    @cached_property
    def _listed(self) -> dict[str, _Member]:
        """Every member, by its name in small letters."""
        try:
            with ZipFile(BytesIO(self._data)) as archive:
                infos = archive.infolist()
        except _BAD_ZIP:
            return {}
        return {
            info.filename.lower(): _Member(
                info.compress_type, info.compress_size, info.file_size, info.header_offset
            )
            for info in infos
        }

    def _inflated(self, member: _Member) -> bytes:
        """Never more than the size that was declared."""
        name_size, extra_size = struct.unpack_from("<HH", self._data, member.header + 26)
        start = member.header + 30 + name_size + extra_size
        packed = self._data[start : start + member.packed]
        if member.method == ZIP_STORED:
            return packed
        if member.method != ZIP_DEFLATED or not member.size:
            return b""
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, member.size)

    def xml(self, name: str) -> ElementTree.Element:
        return parse(self.read(name))


def parse(data: bytes) -> ElementTree.Element:
    """The root of an XML document, or an element with nothing in it.

    No office program writes a document type, the only place to declare entities, nor UTF-16,
    whose zero bytes would hide one.
    """
    if b"<!DOCTYPE" not in data and b"\0" not in data:
        try:
            return ElementTree.fromstring(data)
        except _BAD_XML:
            pass
    return ElementTree.Element("nothing")
