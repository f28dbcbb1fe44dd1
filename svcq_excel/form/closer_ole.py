"""What an OLE2 file, such as .xls, holds: its streams, and the properties users gave it.

The places of things in the file are those of [MS-CFB] and [MS-OLEPS]. xlrd and olefile can follow
a chain of sectors that a damaged file has bent into a loop; here no chain exceeds the file's size.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from struct import error as StructError  # noqa: N812  the library's own name says too little
from struct import unpack, unpack_from
from typing import NamedTuple
from uuid import UUID

_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECTOR_SIZES, _MINI_SECTOR_SIZE = {9: 512, 12: 4096}, 64
_MINI_STREAM_BELOW = 4096

_USER_DEFINED = UUID("D5CDD505-2E9C-101B-9397-08002B2CF9AE").bytes_le
_DICTIONARY, _CODE_PAGE = 0, 1  # properties that describe the others
_TEXT, _WIDE_TEXT = 0x1E, 0x1F
_UTF_16 = 1200  # the code page whose lengths are counted in letters
_MAX_SECTION = 64 * 1024  # a file may name one long text a thousand times


def stream(data: bytes, name: str) -> bytes:
    """A stream of the file; nothing where there is none or the file is damaged."""
    try:
        return _File(data).stream(name) if data.startswith(_SIGNATURE) else b""
    except (StructError, LookupError, ValueError):
        return b""


class _Entry(NamedTuple):
    """A stream, or the root, in the file's directory."""

    name: str
    left: int
    right: int
    child: int
    start: int
    size: int


class _File:
    """Sectors, chained by a table that names each sector's next one."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._sector_size = _SECTOR_SIZES[unpack_from("<H", data, 30)[0]]
        self._table = self._read_table()
        directory = self._read(unpack_from("<I", data, 48)[0])
        self._entries = [_entry(directory[at : at + 128]) for at in range(0, len(directory), 128)]

    def stream(self, name: str) -> bytes:
        for entry in self._children(self._entries[0]):
            if entry.name.lower() == name.lower():
                if entry.size >= _MINI_STREAM_BELOW:
                    return self._read(entry.start)[: entry.size]
                return self._read_mini(entry.start)[: entry.size]
        return b""

    def _children(self, parent: _Entry) -> Iterator[_Entry]:
        """The entries of a folder, which stand in a binary tree."""
        todo, seen = [parent.child], set[int]()
        while todo:
            number = todo.pop()
            if number < len(self._entries) and number not in seen:
                seen.add(number)
                entry = self._entries[number]
                todo += entry.left, entry.right
                yield entry

    def _read_table(self) -> Sequence[int]:
        """The sectors that hold the table are listed in the header and, for large files, beyond."""
        listed = list(unpack_from("<109I", self._data, 76))
        needed = len(self._data) // self._sector_size * 4 // self._sector_size + 1
        following = unpack_from("<I", self._data, 68)[0]
        while len(listed) < needed and (sector := self._sector(following)):
            *more, following = _numbers(sector)
            listed += more
        return _numbers(b"".join(map(self._sector, listed[:needed])))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._sector_size
        return self._data[start : start + self._sector_size]

    def _read(self, start: int) -> bytes:
        return b"".join(map(self._sector, _chain(self._table, start)))

    def _read_mini(self, start: int) -> bytes:
        """Small streams are sectors of one stream of their own, with its own table."""
        table = _numbers(self._read(unpack_from("<I", self._data, 60)[0]))
        whole = self._read(self._entries[0].start)
        starts = (number * _MINI_SECTOR_SIZE for number in _chain(table, start))
        return b"".join(whole[at : at + _MINI_SECTOR_SIZE] for at in starts)


def _entry(raw: bytes) -> _Entry:
    name = raw[: max(unpack_from("<H", raw, 64)[0] - 2, 0)].decode("utf-16-le", "replace")
    return _Entry(name, *unpack_from("<III", raw, 68), *unpack_from("<II", raw, 116))


def _numbers(raw: bytes) -> Sequence[int]:
    return unpack(f"<{len(raw) // 4}I", raw)


def _chain(table: Sequence[int], start: int) -> Iterator[int]:
    """The sectors from one to the end of its chain; one that is bent into a loop stops, too."""
    for _ in table:
        if start >= len(table):  # the mark of an end is larger than any sector's number
            return
        yield start
        start = table[start]


def user_properties(properties: bytes) -> dict[str, str]:
    """The texts in the user-defined section of a property set stream, [MS-OLEPS] 2.21."""
    try:
        for i in range(unpack_from("<I", properties, 24)[0]):
            kind, start = unpack_from("<16sI", properties, 28 + 20 * i)
            if kind == _USER_DEFINED:
                return _texts(properties[start : start + _MAX_SECTION])
    except (StructError, LookupError, UnicodeError):
        pass
    return {}


def _texts(section: bytes) -> dict[str, str]:
    count = unpack_from("<I", section, 4)[0]
    offsets = dict(unpack_from("<II", section, 8 + 8 * i) for i in range(count))
    page = unpack_from("<H", section, offsets[_CODE_PAGE] + 4)[0]
    texts = {}
    for id, name in _names(section, offsets[_DICTIONARY], page):
        if id in offsets:
            type, length = unpack_from("<II", section, offsets[id])
            if type == _TEXT:
                texts[name] = _decoded(section, offsets[id] + 8, length, page)
            elif type == _WIDE_TEXT:
                texts[name] = _decoded(section, offsets[id] + 8, 2 * length, _UTF_16)
    return texts


def _names(section: bytes, at: int, page: int) -> list[tuple[int, str]]:
    """The dictionary: the names of the properties, by their ids."""
    names = []
    count = unpack_from("<I", section, at)[0]
    at += 4
    for _ in range(count):
        id, length = unpack_from("<II", section, at)
        size = 2 * length if page == _UTF_16 else length
        names.append((id, _decoded(section, at + 8, size, page)))
        at += 8 + (size + -size % 4 if page == _UTF_16 else size)
    return names


def _decoded(section: bytes, at: int, size: int, page: int) -> str:
    encoding = "utf-16-le" if page == _UTF_16 else f"cp{page}"
    return section[at : at + size].decode(encoding, "replace").partition("\0")[0]
