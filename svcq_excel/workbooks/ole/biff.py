"""The records of .xls (BIFF8), one after the other, and the texts in them ([MS-XLS] 2.1.4)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from struct import error as StructError  # noqa: N812  the library's own name says too little
from struct import unpack_from

_BOF, _EOF = 0x809, 0x0A
_CELLS = {0x06, 0x203, 0x27E, 0x205, 0xFD, 0x204, 0xD6, 0x201}
_SEVERAL = {0xBD: 6, 0xBE: 2}
"""The kinds of records of one cell, with or without a value, and of several side by side: the bytes
that each of these takes."""
Records = Iterator[tuple[int, bytes]]
"""The kind of each record, and what it holds."""


def records_of(stream: bytes, at: int, wanted: Collection[int]) -> Records:
    """The records of some kinds, from a place on to the end of the substream that begins there."""
    begun, last = False, len(stream) - 4
    while at <= last:
        kind, size = unpack_from("<HH", stream, at)
        if kind == _EOF or (begun and kind == _BOF):  # embedded charts follow the cells
            return
        begun = True
        if kind in wanted:
            yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def text(body: bytes, flags_at: int, length: int) -> str:
    """A string of so many letters; its flags tell whether each takes two bytes or one."""
    start = flags_at + 1
    if body[flags_at] & 1:
        return body[start : start + 2 * length].decode("utf-16-le", "replace")
    return body[start : start + length].decode("latin-1")


def a_cell_twice(stream: bytes, at: int) -> bool:
    """Whether a cell of the sheet that begins there stands twice: one program shows the first, one
    the last."""
    places: list[tuple[int, int]] = []
    try:
        for kind, body in records_of(stream, at, {*_CELLS, *_SEVERAL}):
            row, column = unpack_from("<HH", body)
            count = (len(body) - 6) // _SEVERAL[kind] if kind in _SEVERAL else 1
            places += [(row, column + i) for i in range(count)] if count != 1 else [(row, column)]
    except StructError:
        pass
    return len({*places}) < len(places)
