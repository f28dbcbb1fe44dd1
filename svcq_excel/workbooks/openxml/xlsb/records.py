"""The records of .xlsb ([MS-XLSB] 2.1.4), and a sheet's cut where rows begin: the forms of a round
have most rows in common.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from struct import error as StructError  # noqa: N812  the library's own name says too little
from struct import unpack_from

DAMAGES = (StructError, IndexError)
"""What reading damaged records raises."""
ROW = 0
_BEGIN_ROWS = b"\x91\x01\x00"
_FARTHEST = 64 * 1024
"""Bytes of a row in which the next one is looked for at once."""

Records = Iterator[tuple[int, int, int]]
"""The kind of each record, and where its content begins and ends."""


def records(part: bytes, at: int = 0) -> Records:
    end = len(part)
    while at + 2 <= end:
        kind = part[at]
        at += 1
        if kind & 0x80:
            kind = kind & 0x7F | (part[at] & 0x7F) << 7
            at += 1
        size = part[at]
        at += 1
        if size & 0x80:  # few records are so long
            size &= 0x7F
            for shift in (7, 14, 21):
                byte = part[at]
                at += 1
                size |= (byte & 0x7F) << shift
                if not byte & 0x80:
                    break
        yield kind, at, at + size
        at += size


def cut(sheet: bytes) -> Sequence[bytes]:
    """What stands before a sheet's rows, and each row. Where a row ends is guessed: whoever looks
    at one has to see whether its last record ends with it."""
    if (at := sheet.find(_BEGIN_ROWS)) < 0:
        return [sheet]
    at += len(_BEGIN_ROWS)
    try:
        if sheet[at] != ROW:
            at = _end_of_row(sheet, at)
        pieces = [sheet[:at]]
        while at < len(sheet):
            end = _end_of_row(sheet, at)
            pieces.append(sheet[at:end])
            at = end
    except DAMAGES:
        return [sheet]
    return pieces


def _end_of_row(sheet: bytes, at: int) -> int:
    """Mostly where a header like its own has the next number."""
    if sheet[at] == ROW:
        number = unpack_from("<I", sheet, at + 2)[0] + 1 & 0xFFFFFFFF
        following = sheet[at : at + 2] + number.to_bytes(4, "little")
        end = sheet.find(following, at + len(following), at + _FARTHEST)
        if end >= 0:
            return end
    begin = at
    for kind, _, end in records(sheet, at):
        if kind == ROW and begin > at:
            return begin
        begin = end
    return len(sheet)


def text(part: bytes, at: int) -> tuple[str, int]:
    """A string that begins with the number of its letters, and where it ends."""
    length = unpack_from("<I", part, at)[0]
    end = at + 4 + 2 * length
    if length > len(part):  # also in place of a string that is not there
        return "", at + 4
    return part[at + 4 : end].decode("utf-16-le", "replace"), end
