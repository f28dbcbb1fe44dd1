"""The records of .xls (BIFF8), one after the other, and the texts in them ([MS-XLS] 2.1.4)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from struct import unpack_from

_BOF, _EOF = 0x809, 0x0A
Records = Iterator[tuple[int, bytes]]
"""The kind of each record, and what it holds."""


def records(stream: bytes, at: int, wanted: Collection[int]) -> Records:
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
