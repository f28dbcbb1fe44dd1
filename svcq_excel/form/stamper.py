"""Blank forms by the hundred: render one master, then stamp each unit's identity into a copy.

All blank forms of a rubric differ in a few strings. In the master, the members of the zip file that
hold them are stored uncompressed and padded with blanks (which XML allows at its end), so that
every form has the same length, and a stamp overwrites just those members and their checksums.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from struct import pack_into
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo
from zlib import crc32

from svcq_excel.form.identity import KEYS, Identity
from svcq_excel.form.writer import render
from svcq_excel.rubric.model import Kind, Rubric

_OPEN, _CLOSE = "\ue000", "\ue001"  # private use: no name has these
_ROOM = 1500  # bytes for the identity, beyond the placeholders
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
# Offsets that the zip format fixes (APPNOTE 4.3.7 and 4.3.12).
_CRC_IN_HEADER, _CRC_IN_DIRECTORY, _DIRECTORY_HEADER = 14, 16, 46


@dataclass(frozen=True, slots=True)
class _Member:
    """A member to overwrite: where its data and its two checksums stand, and its pieces."""

    data_at: int
    crc_at: tuple[int, int]
    size: int
    pieces: tuple[str, ...]  # text, key, text, key, …, text


class Stamper:
    """Makes the blank forms of one rubric."""

    def __init__(self, rubric: Rubric) -> None:
        self._rubric = rubric
        placeholders = (f"{_OPEN}{key}{_CLOSE}" for key in KEYS)
        plain = render(rubric, Identity(*placeholders), f"{_OPEN}title{_CLOSE}")
        self._master, self._members = _mould(plain)

    def stamp(self, identity: Identity, kind: Kind) -> bytes:
        """The bytes of the blank form with this identity."""
        title = self._rubric.title_of_form(kind)
        shown = {key: escape(value) for key, value in identity.pairs()} | {"title": escape(title)}
        form = bytearray(self._master)
        for member in self._members:
            text = "".join(
                shown[piece] if i % 2 else piece for i, piece in enumerate(member.pieces)
            )
            data = text.encode("utf-8").ljust(member.size)
            if len(data) > member.size:
                return render(self._rubric, identity, title)
            form[member.data_at : member.data_at + member.size] = data
            checksum = crc32(data)
            for at in member.crc_at:
                pack_into("<L", form, at, checksum)
        return bytes(form)


def _mould(plain: bytes) -> tuple[bytes, list[_Member]]:
    """The master with room in its varying members, and where they stand."""
    texts: dict[str, str] = {}
    out = BytesIO()
    with ZipFile(BytesIO(plain)) as source, ZipFile(out, "w") as target:
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
    master = out.getvalue()
    members = []
    for info, text in zip(infos, texts.values(), strict=True):
        name = info.filename.encode("ascii")
        data_at = master.index(name, info.header_offset) + len(name)
        directory_name_at = master.rindex(name)
        crc_at = (
            info.header_offset + _CRC_IN_HEADER,
            directory_name_at - _DIRECTORY_HEADER + _CRC_IN_DIRECTORY,
        )
        pieces = tuple(re.split(f"{_OPEN}(.*?){_CLOSE}", text))
        members.append(_Member(data_at, crc_at, info.file_size, pieces))
    return master, members
