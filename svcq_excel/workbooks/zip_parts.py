"""The parts of a workbook that is a zip file, checked when they are unpacked, and their XML."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from io import BytesIO
from typing import NamedTuple
from xml.etree import ElementTree
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from svcq_excel.workbooks.bare_xml import bare, has_pair
from svcq_excel.workbooks.bounds import MAX_PART

BAD_ZIP = (
    BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    OverflowError,  # an offset beyond what can be sought
    RuntimeError,  # an unknown feature of zip
    ValueError,
)
"""What a damaged zip file makes the libraries raise."""
_BAD_XML = (ElementTree.ParseError, LookupError, ValueError, MemoryError)

# What the zip format fixes (APPNOTE 4.3.7, 4.3.12 and 4.3.16).
_HEADER, HEADER_MARK = struct.Struct("<4s22xHH"), b"PK\x03\x04"
_ENTRY, ENTRY_MARK = struct.Struct("<4s6xH4xLLLHHH8xL"), b"PK\x01\x02"
END, END_MARK = struct.Struct("<4s6xHLLH"), b"PK\x05\x06"
ELSEWHERE = 0xFFFFFFFF  # a number that stands in a zip64 field instead
_COUNTED_ELSEWHERE = 0xFFFF

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNPACKED = "mimetype"
"""What kind of document an .ods is has to be read without unpacking anything."""


class ZipMember(NamedTuple):
    """How a part is packed, its size packed and not, and where its header stands."""

    method: int
    checksum: int
    packed: int
    size: int
    header: int


class Unpacked(NamedTuple):
    """A sound part, its XML bare; whether it was not bare, and has a document type."""

    bare: bytes
    is_respelled: bool
    declares: bool


_DOCTYPE = b"<!DOCTYPE"
_XML = (".xml", ".rels")
_MOST_PACKED, _MOST_KNOWN = 64 * 1024, 512 * 1024
"""Bytes of a part that is known again, packed and not."""


class Parts:
    """A file's bytes and, where it is a zip file, its parts by name."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.members = dict(members_of(data) or ())
        self.damaged: list[str] = []
        """The parts asked for that do not have the length and the checksum they should."""
        self.declaring: list[str] = []
        """The parts asked for with a document type, the only place to declare entities: no office
        program writes one."""
        self.unpacked: dict[str, bytes] = {}
        """The parts asked for so far, their XML bare."""
        self._looked_at: dict[str, Unpacked | None] = {}
        self.respelled: set[str] = set()
        """Those of them that were not bare."""

    def read(self, name: str, most: int = MAX_PART) -> bytes:
        """A part's bytes, whatever the case of its name; none where it is missing, damaged, or
        larger than `most`."""
        name = self._spelled(name)
        member = self.members.get(name)
        if member is None or member.size > most:
            return b""
        if name not in self.unpacked:
            part = self._looked_into(name)
            del self._looked_at[name]
            self.unpacked[name] = part.bare if part else b""
            if part is None:
                self.damaged.append(name)
            elif part.declares:
                self.declaring.append(name)
            if part and part.is_respelled:
                self.respelled.add(name)
        return self.unpacked[name]

    def is_respelled(self, name: str) -> bool:
        """Whether a part is read otherwise than it is spelled; of a damaged one nothing is noted,
        as long as nobody reads it."""
        name = self._spelled(name)
        if name not in self.unpacked and name in self.members:
            part = self._looked_into(name)
            return part is not None and part.is_respelled
        return name in self.respelled

    def peeked(self, names: Iterable[str]) -> dict[str, bytes]:
        """These parts, as far as they are there and sound, by their names as they are spelled;
        nothing is noted."""
        found: dict[str, bytes] = {}
        for name in filter(None, map(self._spelled, names)):
            if name in self.unpacked and name not in self.damaged:
                found[name] = self.unpacked[name]
            elif name not in self.unpacked and (part := self._looked_into(name)):
                found[name] = part.bare
        return found

    def _looked_into(self, name: str) -> Unpacked | None:
        """A member, None where it is damaged: kept until it is read."""
        if name not in self._looked_at:
            self._looked_at[name] = _unpacked(self.data, self.members[name], name.endswith(_XML))
        return self._looked_at[name]

    def _spelled(self, name: str) -> str:
        return name if name in self.members else self._in_small_letters.get(name.lower(), "")

    def has(self, name: str) -> bool:
        """Whether there is a part of this name, whatever its case."""
        return name in self.members or name.lower() in self._in_small_letters

    def xml(self, name: str) -> ElementTree.Element:
        return parse(self.read(name))

    @cached_property
    def _in_small_letters(self) -> Mapping[str, str]:
        return {name.replace("\\", "/").lower(): name for name in self.members}


@lru_cache(maxsize=2)  # whoever says what a file is asks before who reads it
def members_of(data: bytes) -> Sequence[tuple[str, ZipMember]] | None:
    """Every member of a zip file, in order; None where it has no directory that can be read."""
    return _directory(data) or _listed(data)


def _directory(data: bytes) -> list[tuple[str, ZipMember]]:
    """The directory that ends a plain zip file; zipfile takes three times as long. Empty where
    anything about it is unusual."""
    members: list[tuple[str, ZipMember]] = []
    start = len(data) - END.size
    if start < 0 or not data.startswith(END_MARK, start):
        return []
    _, count, length, at, _ = END.unpack_from(data, start)
    if at + length != start:
        return []
    for _ in range(count):
        if at + _ENTRY.size > start:
            return []
        mark, method, checksum, packed, size, *lengths, header = _ENTRY.unpack_from(data, at)
        member = ZipMember(method, checksum, packed, size, header)
        at += _ENTRY.size
        name = data[at : at + lengths[0]]
        if mark != ENTRY_MARK or ELSEWHERE in member[2:] or not name.isascii():
            return []
        members.append((name.decode("ascii"), member))
        at += sum(lengths)
    return members if at == start else []


def _listed(data: bytes) -> list[tuple[str, ZipMember]] | None:
    try:
        with ZipFile(BytesIO(data)) as archive:
            infos = archive.infolist()
        told = END.unpack_from(data, data.rfind(END_MARK))[1]
        if told not in {len(infos) & _COUNTED_ELSEWHERE, _COUNTED_ELSEWHERE}:
            return None  # a damaged length has swallowed the entries after it
    except BAD_ZIP:
        return None
    return [(info.filename, _member(info)) for info in infos]


def _member(info: ZipInfo) -> ZipMember:
    sizes = info.compress_size, info.file_size
    return ZipMember(info.compress_type, info.CRC, *sizes, info.header_offset)


def _unpacked(data: bytes, member: ZipMember, is_xml: bool) -> Unpacked | None:
    """A part; None where it is damaged."""
    at = member.header
    if not 0 <= at <= len(data) - _HEADER.size:
        return None
    mark, name_size, extra_size = _HEADER.unpack_from(data, at)
    if mark != HEADER_MARK:
        return None
    at += _HEADER.size + name_size + extra_size
    how = data[at : at + member.packed], member.method, member.size, member.checksum, is_xml
    is_small = member.packed <= _MOST_PACKED and member.size <= _MOST_KNOWN
    return _known(*how) if is_small else _inflated(*how)


def _inflated(
    packed: bytes, method: int, size: int, checksum: int, is_xml: bool
) -> Unpacked | None:
    """A part's bytes, never more than declared; None where they are not those it was made of."""
    part = packed
    try:
        if method == ZIP_DEFLATED:
            # 0 would stand for no limit.
            part = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, size or 1)
        elif method != ZIP_STORED:
            return None
    except zlib.error:
        return None
    if len(part) != size or zlib.crc32(part) != checksum:
        return None
    plain = bare(part) if is_xml else part
    return Unpacked(plain, plain != part, has_pair(part, b"<", b"!") and _DOCTYPE in part)


# Half of the parts of a round's forms are the same in all of them, byte for byte.
_known = lru_cache(maxsize=64)(_inflated)


def parse(data: bytes) -> ElementTree.Element:
    """The root of an XML document, or an element with nothing in it.

    No office program writes a document type, the only place to declare entities, nor UTF-16,
    whose zero bytes would hide one.
    """
    if _DOCTYPE not in data and b"\0" not in data:
        try:
            return ElementTree.fromstring(data)
        except _BAD_XML:
            pass
    return ElementTree.Element("nothing")


def packed(members: Mapping[str, bytes], stored: Container[str] = ()) -> bytes:
    """A zip file of these members, in their order, without a date."""
    out = BytesIO()
    with ZipFile(out, "w") as target:
        for name, data in members.items():
            info = ZipInfo(name, _ZIP_EPOCH)
            is_plain = name == _UNPACKED or name in stored
            info.compress_type = ZIP_STORED if is_plain else ZIP_DEFLATED
            target.writestr(info, data, compresslevel=9)
    return out.getvalue()
