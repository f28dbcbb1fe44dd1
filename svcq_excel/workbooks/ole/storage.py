"""What an OLE2 file, such as .xls, holds: its streams.

The places of things in the file are those of [MS-CFB]. No chain of sectors exceeds the file's size,
even one that a damaged file has bent into a loop. olefile refuses some damaged files whose cells
calamine reads (13 of 6,000 mutations of an .xls; none the other way), folders that are one long
list, and takes 1.15 to 1.3 times as long for all that is read of an .xls.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from struct import error as StructError  # noqa: N812  the library's own name says too little
from struct import unpack, unpack_from
from typing import NamedTuple

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DAMAGES = (StructError, LookupError, ValueError)
"""What reading a damaged file raises."""
_SECTOR_SIZES, _MINI_SECTOR_SIZE = {9: 512, 12: 4096}, 64
_MINI_STREAM_BELOW = 4096
_NONE = 0xFFFFFFFF


def stream(data: bytes, name: str) -> bytes:
    """A stream of the file; nothing where there is none or the file is damaged."""
    try:
        return root(data).stream(name) if data.startswith(SIGNATURE) else b""
    except DAMAGES:
        return b""


@lru_cache(maxsize=1)  # whoever says what a file is asks before who reads it
def root(data: bytes) -> Storage:
    """The folder that holds all others. Raises one of DAMAGES, as its methods do."""
    file = _File(data)
    return Storage(file, file.entries[0])


class Storage:
    """A folder of the file: streams, and folders below it."""

    def __init__(self, file: _File, entry: _Entry) -> None:
        self._file = file
        self._entries = {child.name.lower(): child for child in file.children(entry)}

    @property
    def names(self) -> Sequence[str]:
        """The names of what lies in it, in small letters."""
        return sorted(self._entries)

    def twice(self, names: Sequence[str]) -> bool:
        """Whether the first stream of a name in the whole file is not the one that lies in here:
        some readers go by the list, whatever folder a stream is in."""
        return any(self._file.first(name) != self._entries.get(name) for name in names)

    def size(self, name: str) -> int:
        """The bytes of a stream, as the folder says."""
        entry = self._entries.get(name.lower())
        return entry.size if entry else 0

    def stream(self, name: str) -> bytes:
        """A stream's bytes; none where there is no such stream."""
        entry = self._entries.get(name.lower())
        return self._file.content(entry) if entry else b""

    def below(self, name: str) -> Storage:
        """A folder in this one; an empty one where there is none of that name."""
        return Storage(self._file, self._entries.get(name.lower(), _NOTHING))


class _Entry(NamedTuple):
    """A stream, or the root, in the file's directory."""

    name: str
    left: int
    right: int
    child: int
    start: int
    size: int


_NOTHING = _Entry("", _NONE, _NONE, _NONE, _NONE, 0)


class _File:
    """Sectors, chained by a table that names each sector's next one."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._sector_size = _SECTOR_SIZES[unpack_from("<H", data, 30)[0]]
        self._table = self._read_table()
        directory = self._read(unpack_from("<I", data, 48)[0])
        self.entries = [_entry(directory[at : at + 128]) for at in range(0, len(directory), 128)]

    def content(self, entry: _Entry) -> bytes:
        if entry.size >= _MINI_STREAM_BELOW:
            return self._read(entry.start, entry.size)[: entry.size]
        return self._read_mini(entry.start)[: entry.size]

    def children(self, parent: _Entry) -> Iterator[_Entry]:
        """The entries of a folder, which stand in a binary tree."""
        todo, seen = [parent.child], set[int]()
        while todo:
            number = todo.pop()
            if number < len(self.entries) and number not in seen:
                seen.add(number)
                entry = self.entries[number]
                todo += entry.left, entry.right
                yield entry

    def first(self, name: str) -> _Entry | None:
        return next((entry for entry in self.entries if entry.name.lower() == name), None)

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

    def _read(self, start: int, size: int | None = None) -> bytes:
        needed = None if size is None else size // self._sector_size + 1
        return b"".join(map(self._sector, islice(_chain(self._table, start), needed)))

    def _read_mini(self, start: int) -> bytes:
        """Small streams are sectors of one stream of their own, with its own table."""
        table, whole = self._small
        starts = (number * _MINI_SECTOR_SIZE for number in _chain(table, start))
        return b"".join(whole[at : at + _MINI_SECTOR_SIZE] for at in starts)

    @cached_property
    def _small(self) -> tuple[Sequence[int], bytes]:
        table = _numbers(self._read(unpack_from("<I", self._data, 60)[0]))
        return table, self._read(self.entries[0].start)


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
