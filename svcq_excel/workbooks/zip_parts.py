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

from svcq_excel.workbooks.bare_xml import bare
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
_HEADER, _HEADER_MARK = struct.Struct("<4s22xHH"), b"PK\x03\x04"
_ENTRY, _ENTRY_MARK = struct.Struct("<4s6xH4xLLLHHH8xL"), b"PK\x01\x02"
END, END_MARK = struct.Struct("<4s6xHLLH"), b"PK\x05\x06"
ELSEWHERE = 0xFFFFFFFF  # a number that stands in a zip64 field instead
_COUNTED_ELSEWHERE = 0xFFFF
_UTF8, _SOME_DAY = 0x800, 0x21


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


_DOCTYPE = b"<!DOCTYPE"
_XML = (".xml", ".rels")


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
        self._looked_at: dict[str, tuple[bytes | None, bytes]] = {}
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
            part, plain = self._looked_into(name)
            del self._looked_at[name]
            if part is None:
                self.damaged.append(name)
            elif _DOCTYPE in part:
                self.declaring.append(name)
            self.unpacked[name] = plain
            if plain != (part or b""):
                self.respelled.add(name)
        return self.unpacked[name]

    def is_respelled(self, name: str) -> bool:
        """Whether a part is read otherwise than it is spelled; of a damaged one nothing is noted,
        as long as nobody reads it."""
        name = self._spelled(name)
        if name not in self.unpacked and name in self.members:
            part, plain = self._looked_into(name)
            return part is not None and plain != part
        return name in self.respelled

    def peeked(self, names: Iterable[str]) -> dict[str, bytes]:
        """These parts, as far as they are there and sound, by their names as they are spelled;
        nothing is noted."""
        found: dict[str, bytes] = {}
        for name in filter(None, map(self._spelled, names)):
            if name in self.unpacked and name not in self.damaged:
                found[name] = self.unpacked[name]
            elif name not in self.unpacked and self._looked_into(name)[0] is not None:
                found[name] = self._looked_into(name)[1]
        return found

    def _looked_into(self, name: str) -> tuple[bytes | None, bytes]:
        """A member as it is packed, None where it is damaged, and bare: kept until it is
        read."""
        if name not in self._looked_at:
            part = _unpacked(self.data, self.members[name])
            plain = bare(part) if part and name.endswith(_XML) else part or b""
            self._looked_at[name] = part, plain
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
        if mark != _ENTRY_MARK or ELSEWHERE in member[2:] or not name.isascii():
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


def _unpacked(data: bytes, member: ZipMember) -> bytes | None:
    """A part's bytes, never more than declared; None where they are not those it was made of."""
    at, size = member.header, member.size
    if not 0 <= at <= len(data) - _HEADER.size:
        return None
    mark, name_size, extra_size = _HEADER.unpack_from(data, at)
    at += _HEADER.size + name_size + extra_size
    part = data[at : at + member.packed]
    try:
        if member.method == ZIP_DEFLATED:
            # 0 would stand for no limit.
            part = zlib.decompressobj(-zlib.MAX_WBITS).decompress(part, size or 1)
        elif member.method != ZIP_STORED:
            return None
    except zlib.error:
        return None
    sound = mark == _HEADER_MARK and len(part) == size and zlib.crc32(part) == member.checksum
    return part if sound else None


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


def stored(members: Mapping[str, bytes]) -> bytes:
    """The same with nothing packed: in a tenth of the time, for who reads it at once."""
    files, directory, at = list[bytes](), list[bytes](), 0
    for name, data in members.items():
        spelled, size = name.encode(), len(data)
        told = struct.pack(
            "<HHHHLLLHH", _UTF8, 0, 0, 0x21, zlib.crc32(data), size, size, len(spelled), 0
        )
        header = b"%b\x14\0%b%b" % (_HEADER_MARK, told, spelled)
        place = struct.pack("<HHHLL", 0, 0, 0, 0, at)
        directory.append(b"%b\x14\0\x14\0%b%b%b" % (_ENTRY_MARK, told, place, spelled))
        files += header, data
        at += len(header) + size
    listed = b"".join(directory)
    end = struct.pack("<HHHHLLH", 0, 0, len(members), len(members), len(listed), at, 0)
    return b"".join((*files, listed, END_MARK, end))


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
