"""The parts of a workbook that is a zip file, and their XML; a part that is not sound is empty."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

MAX_PART = 64 * 1024 * 1024
"""More bytes than any part of a form inflates to."""

_BAD_ZIP = (
    BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    OverflowError,  # an offset beyond what can be sought
    RuntimeError,  # an encrypted member, an unknown feature of zip
    ValueError,
)
_BAD_XML = (ElementTree.ParseError, LookupError, ValueError, MemoryError)


class Parts:
    """A zip file's members by name, whatever the case of its letters."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            with ZipFile(BytesIO(data)) as archive:
                infos = archive.infolist()
        except _BAD_ZIP:
            infos = []
        self._infos = {info.filename.lower(): info for info in infos}

    def read(self, name: str, most: int = MAX_PART) -> bytes:
        """A member's bytes; none where it is missing, damaged, or larger than `most`."""
        info = self._infos.get(name.lower())
        if info is None or info.file_size > most:
            return b""
        try:
            return self._inflated(info)
        except _BAD_ZIP:
            return b""

    def _inflated(self, info: ZipInfo) -> bytes:
        """A member straight from the bytes: zipfile's file objects cost more than inflating.

        Never more than the size that was declared.
        """
        name_size, extra_size = struct.unpack_from("<HH", self._data, info.header_offset + 26)
        start = info.header_offset + 30 + name_size + extra_size
        packed = self._data[start : start + info.compress_size]
        if info.compress_type == ZIP_STORED:
            return packed
        if info.compress_type != ZIP_DEFLATED or not info.file_size:
            return b""
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, info.file_size)

    def xml(self, name: str) -> ElementTree.Element:
        return parse(self.read(name))


def parse(data: bytes) -> ElementTree.Element:
    """The root of an XML document, or an element with nothing in it.

    No office program writes a document type, the only place to declare entities, nor UTF-16,
    whose zero bytes would hide one.
    """
    if b"<!DOCTYPE" not in data and b"\0" not in data:
        try:
            return ElementTree.fromstring(data)
        except _BAD_XML:
            pass
    return ElementTree.Element("nothing")
