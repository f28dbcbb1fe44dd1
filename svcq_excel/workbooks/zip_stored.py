"""Zip files with nothing packed, for who reads them at once."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping

from svcq_excel.workbooks.zip_parts import END_MARK, ENTRY_MARK, HEADER_MARK

# What the zip format fixes (APPNOTE 4.4.4); of the day it only says that there is one.
_UTF8, _SOME_DAY = 0x800, 0x21


def stored(members: Mapping[str, bytes]) -> bytes:
    """These members with nothing packed: in a tenth of the time, for who reads it at once."""
    files, directory, at = list[bytes](), list[bytes](), 0
    for name, data in members.items():
        spelled, size = name.encode(), len(data)
        told = struct.pack(
            "<HHHHLLLHH", _UTF8, 0, 0, _SOME_DAY, zlib.crc32(data), size, size, len(spelled), 0
        )
        header = b"%b\x14\0%b%b" % (HEADER_MARK, told, spelled)
        place = struct.pack("<HHHLL", 0, 0, 0, 0, at)
        directory.append(b"%b\x14\0\x14\0%b%b%b" % (ENTRY_MARK, told, place, spelled))
        files += header, data
        at += len(header) + size
    listed = b"".join(directory)
    end = struct.pack("<HHHHLLH", 0, 0, len(members), len(members), len(listed), at, 0)
    return b"".join((*files, listed, END_MARK, end))
