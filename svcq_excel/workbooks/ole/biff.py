"""The records of .xls (BIFF8), one after the other, and the texts in them ([MS-XLS] 2.1.4)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from struct import Struct
from struct import error as StructError  # noqa: N812  the library's own name says too little

_BOF, _EOF = 0x809, 0x0A
_CELLS = {0x06, 0x203, 0x27E, 0x205, 0xFD, 0x204, 0xD6, 0x201}
_SEVERAL = {0xBD: 6, 0xBE: 2}
"""The kinds of records of one cell, with or without a value, and of several side by side: the bytes
that each of these takes."""
OF_CELLS = {*_CELLS, *_SEVERAL}
_pair = Struct("<HH").unpack_from
Records = Iterable[tuple[int, bytes]]
"""The kind of each record, and what it holds."""


def records_of(stream: bytes, at: int, wanted: Collection[int]) -> Iterator[tuple[int, bytes]]:
    """The records of some kinds, from a place on to the end of the substream that begins there."""
    start, last = at, len(stream) - 4
    while at <= last:
        kind, size = _pair(stream, at)
        end = at + 4 + size
        if kind in wanted:
            yield kind, stream[at + 4 : end]
        elif kind == _EOF or (kind == _BOF and at > start):  # embedded charts follow the cells
            return
        at = end


def text(body: bytes, flags_at: int, length: int) -> str:
    """A string of so many letters; its flags tell whether each takes two bytes or one."""
    start = flags_at + 1
    if body[flags_at] & 1:
        return body[start : start + 2 * length].decode("utf-16-le", "replace")
    return body[start : start + length].decode("latin-1")


def a_cell_twice(records: Callable[[], Records]) -> bool:
    """Whether a cell of a sheet stands twice: one program shows the first, one the last."""
    last = -1
    try:
        for kind, body in records():
            if kind in OF_CELLS:
                row, column = _pair(body)
                place = row << 16 | column
                if place <= last:  # office programs write one after the other
                    return _one_twice(_places(records()))
                last = place if kind in _CELLS else place + _count(kind, body) - 1
    except StructError:
        pass
    return False


def _one_twice(places: Iterator[tuple[int, int]]) -> bool:
    known = [*places]
    return len({*known}) < len(known)


def _places(records: Records) -> Iterator[tuple[int, int]]:
    try:
        for kind, body in records:
            if kind in OF_CELLS:
                row, column = _pair(body)
                yield from ((row, column + i) for i in range(_count(kind, body)))
    except StructError:
        pass


def _count(kind: int, body: bytes) -> int:
    """The cells of a record."""
    return 1 if kind in _CELLS else max((len(body) - 6) // _SEVERAL[kind], 0)
