"""The properties in a winmail.dat, walked once ([MS-OXTNEF] 2.1.3.5 and [MS-OXCDATA] 2.11.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from struct import error as StructError  # noqa: N812  the library's own name says too little
from struct import unpack_from
from typing import NamedTuple

_MANY, _NAMED = 0x1000, 0x8000  # flags of a type and of a property
_SIZES = {
    0x0002: 2,  # what takes less than four bytes is filled up
    0x000B: 2,
    0x0003: 4,
    0x0004: 4,
    0x000A: 4,
    0x0005: 8,
    0x0006: 8,
    0x0007: 8,
    0x0014: 8,
    0x0040: 8,
    0x0048: 16,
}
_WIDE_TEXT, _TEXT, _OBJECT, _BYTES, _UNSAID = 0x001F, 0x001E, 0x000D, 0x0102, 0
_LONG = {_WIDE_TEXT, _TEXT, _OBJECT, _BYTES, _UNSAID}
BYTE_FOR_LETTER = "latin-1"  # what encodes 8-bit text nobody says for sure


class Property(NamedTuple):
    """A property of a mail or an attachment, and its values as they are stored; those of a fixed
    size in one piece."""

    name: int
    type: int
    values: Sequence[bytes]

    @property
    def text(self) -> str:
        """8-bit text letter by letter."""
        encoding = "utf-16-le" if self.type == _WIDE_TEXT else BYTE_FOR_LETTER
        return "".join(each.decode(encoding, "replace").rstrip("\0") for each in self.values)


def properties_of(value: bytes) -> Iterator[Property]:
    """The properties in their order, as far as they go: however many are announced."""
    walk = _Walk(value)
    try:
        for _ in range(walk.number()):
            yield walk.property()
    except (StructError, _UnknownTypeError):
        return


class _UnknownTypeError(Exception):
    """How long its values are nobody knows."""


class _Walk:
    """A place among the bytes, from which every step leads on or out: no number of values is
    counted through."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def number(self, format: str = "<I", size: int = 4) -> int:
        found: int = unpack_from(format, self._data, self._at)[0]
        self._at += size
        return found

    def property(self) -> Property:
        type, name = self.number("<H", 2), self.number("<H", 2)
        if name & _NAMED:
            self._at += 16
            if self.number():  # by a text, and not by a number
                self._long()
            else:
                self.number()
        many, type = bool(type & _MANY), type & ~_MANY
        if type in _LONG:
            return Property(name, type, [self._long() for _ in range(self.number())])
        if type not in _SIZES:
            raise _UnknownTypeError
        size = _SIZES[type] * (self.number() if many else 1)
        return Property(name, type, [self._bytes(size)])

    def _long(self) -> bytes:
        """Bytes after their number, filled up to four."""
        return self._bytes(self.number())

    def _bytes(self, length: int) -> bytes:
        start = self._at
        self._at += -(-length // 4) * 4
        return self._data[start : start + length]
