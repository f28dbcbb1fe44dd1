"""Parts of a zip file that we wrote, exchanged for others; what stays is not packed anew."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from itertools import pairwise

from svcq_excel.workbooks.zip_parts import END, packed

# Offsets that the zip format fixes, in the directory and at its end (APPNOTE 4.3.12, 4.3.16).
_LENGTHS, _HEADER_AT, _NAME = 28, 42, 46
_COUNTED = 8


def exchanged(archive: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The archive with these parts, each in the place of the one of its name."""
    members = {**_members(archive), **_members(packed(parts))}
    files, directory, at = list[memoryview](), list[bytes](), 0
    for file, entry in members.values():
        files.append(file)
        place = struct.pack("<L", at)
        directory.append(entry[:_HEADER_AT] + place + entry[_NAME:])
        at += len(file)
    listed, end = b"".join(directory), bytearray(archive[-END.size :])
    struct.pack_into("<HHLL", end, _COUNTED, len(members), len(members), len(listed), at)
    return b"".join((*files, listed, end))


def _members(archive: bytes) -> dict[bytes, tuple[memoryview, bytes]]:
    """By name, in order: a member's header and data, and what the directory says of it."""
    _, _, length, start, _ = END.unpack_from(archive, len(archive) - END.size)
    entries, headers, at = dict[bytes, bytes](), list[int](), start
    while at < start + length:
        lengths = struct.unpack_from("<HHH", archive, at + _LENGTHS)
        (header,) = struct.unpack_from("<L", archive, at + _HEADER_AT)
        headers.append(header)
        end = at + _NAME + sum(lengths)
        entries[archive[at + _NAME : at + _NAME + lengths[0]]] = archive[at:end]
        at = end
    files = (memoryview(archive)[begin:end] for begin, end in pairwise([*headers, start]))
    return {name: (file, entry) for (name, entry), file in zip(entries.items(), files, strict=True)}
