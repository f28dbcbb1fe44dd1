"""The document properties of an OLE2 file: those that users gave it, and how it was saved.

The places of things are those of [MS-OLEPS], the ids of properties those of [MS-OSHARED] 2.3.3.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from struct import error as StructError  # noqa: N812  the library's own name says too little
from struct import unpack_from
from uuid import UUID

from svcq_excel.workbooks.bounds import MAX_SECTION
from svcq_excel.workbooks.ole.filetime import moment

_USER_DEFINED = UUID("D5CDD505-2E9C-101B-9397-08002B2CF9AE").bytes_le
_SUMMARY = UUID("F29F85E0-4FF9-1068-AB91-08002B27B3D9").bytes_le
_DICTIONARY, _CODE_PAGE = 0, 1  # properties that describe the others
_SAVED, _PROGRAM = 0x0D, 0x12
_TEXT, _WIDE_TEXT, _MOMENT = 0x1E, 0x1F, 0x40
_UTF_16 = 1200  # the code page whose lengths are counted in letters

_DAMAGES = (StructError, LookupError, UnicodeError)


def user_properties(properties: bytes) -> dict[str, str]:
    """The texts in the user-defined section of a property set stream."""
    try:
        section, offsets, page = _section(properties, _USER_DEFINED)
        return {
            name: text
            for id, name in _names(section, offsets[_DICTIONARY], page)
            if id in offsets and (text := _text(section, offsets[id], page)) is not None
        }
    except _DAMAGES:
        return {}


def saved_by(properties: bytes) -> tuple[str, datetime | None]:
    """The program that saved the file and when, as its summary says; "" and None where it does
    not."""
    program, saved = "", None
    try:
        section, offsets, page = _section(properties, _SUMMARY)
        if _PROGRAM in offsets:
            program = _text(section, offsets[_PROGRAM], page) or ""
        if _SAVED in offsets:
            type, ticks = unpack_from("<IQ", section, offsets[_SAVED])
            if type == _MOMENT:
                saved = moment(ticks)
    except _DAMAGES:
        pass
    return program, saved


def _section(properties: bytes, wanted: bytes) -> tuple[bytes, Mapping[int, int], int]:
    """A section, where each of its properties begins, and its code page."""
    for i in range(unpack_from("<I", properties, 24)[0]):
        kind, start = unpack_from("<16sI", properties, 28 + 20 * i)
        if kind == wanted:
            section = properties[start : start + MAX_SECTION]
            count = unpack_from("<I", section, 4)[0]
            offsets = dict(unpack_from("<II", section, 8 + 8 * i) for i in range(count))
            return section, offsets, unpack_from("<H", section, offsets[_CODE_PAGE] + 4)[0]
    raise LookupError


def _text(section: bytes, at: int, page: int) -> str | None:
    """A property that is a text; None for any other."""
    type, length = unpack_from("<II", section, at)
    if type == _TEXT:
        return _decoded(section, at + 8, length, page)
    return _decoded(section, at + 8, 2 * length, _UTF_16) if type == _WIDE_TEXT else None


def _names(section: bytes, at: int, page: int) -> list[tuple[int, str]]:
    """The dictionary: the names of the properties, by their ids."""
    names = []
    count = unpack_from("<I", section, at)[0]
    at += 4
    for _ in range(count):
        id, length = unpack_from("<II", section, at)
        size = 2 * length if page == _UTF_16 else length
        names.append((id, _decoded(section, at + 8, size, page)))
        at += 8 + (size + -size % 4 if page == _UTF_16 else size)
    return names


def _decoded(section: bytes, at: int, size: int, page: int) -> str:
    encoding = "utf-16-le" if page == _UTF_16 else f"cp{page}"
    return section[at : at + size].decode(encoding, "replace").partition("\0")[0]
