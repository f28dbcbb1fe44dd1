"""A zip file with holes: copies of one workbook that differ in a few strings, made by overwriting.

The members that hold placeholders are stored uncompressed and padded with blanks (which XML allows
at its end), so that every copy has the same length, and a copy costs no more than overwriting those
members and their checksums.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from struct import pack_into
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo
from zlib import crc32

_OPEN, _CLOSE = "\ue000", "\ue001"  # private use: no name has these
_ROOM = 1500  # bytes for the strings, beyond the placeholders
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
# Offsets that the zip format fixes (APPNOTE 4.3.7 and 4.3.12).
_CRC_IN_HEADER, _CRC_IN_DIRECTORY, _DIRECTORY_HEADER = 14, 16, 46


def placeholder(key: str) -> str:
    """What stands in the master for the string of this key."""
    return f"{_OPEN}{key}{_CLOSE}"


@dataclass(frozen=True, slots=True)
class _Hole:
    """A member to overwrite: where its data and its two checksums stand, and its pieces."""

    data_at: int
    crc_at: tuple[int, int]
    size: int
    texts: tuple[bytes, ...]
    keys: tuple[str, ...]
    """The key of the string between each text and the next."""


class Mould:
    """Casts copies of a workbook that holds placeholders."""

    def __init__(self, master: bytes) -> None:
        texts: dict[str, str] = {}
        out = BytesIO()
        with ZipFile(BytesIO(master)) as source, ZipFile(out, "w") as target:
            for name in source.namelist():
                data = source.read(name)
                info = ZipInfo(name, _ZIP_EPOCH)
                info.compress_type = ZIP_DEFLATED
                if _OPEN.encode() in data:
                    texts[name] = data.decode("utf-8")
                    info.compress_type = ZIP_STORED
                    data = data.ljust(len(data) + _ROOM)
                target.writestr(info, data, compresslevel=9)
            infos = [target.getinfo(name) for name in texts]
        self._bytes = out.getvalue()
        self._holes = [
            _hole(self._bytes, info, text) for info, text in zip(infos, texts.values(), strict=True)
        ]

    def cast(self, strings: Mapping[str, str]) -> bytes:
        """A copy with these strings; raises ValueError where they are too long for the holes."""
        escaped = {key: escape(value).encode("utf-8") for key, value in strings.items()}
        copy = bytearray(self._bytes)
        for hole in self._holes:
            between = [*(escaped[key] for key in hole.keys), b""]
            pieces = chain.from_iterable(zip(hole.texts, between, strict=True))
            data = b"".join(pieces).ljust(hole.size)
            if len(data) > hole.size:
                raise ValueError("longer than the room that the mould leaves")
            copy[hole.data_at : hole.data_at + hole.size] = data
            checksum = crc32(data)
            for at in hole.crc_at:
                pack_into("<L", copy, at, checksum)
        return bytes(copy)


def _hole(archive: bytes, info: ZipInfo, text: str) -> _Hole:
    name = info.filename.encode("ascii")
    in_directory = archive.rindex(name) - _DIRECTORY_HEADER + _CRC_IN_DIRECTORY
    pieces = re.split(f"{_OPEN}(.*?){_CLOSE}", text)
    texts = tuple(piece.encode("utf-8") for piece in pieces[::2])
    data_at = archive.index(name, info.header_offset) + len(name)
    crc_at = (info.header_offset + _CRC_IN_HEADER, in_directory)
    return _Hole(data_at, crc_at, info.file_size, texts, tuple(pieces[1::2]))
