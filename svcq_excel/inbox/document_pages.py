"""How many pages a document has, where that can be known without laying it out.

Word and LibreOffice write the number into the file when they save it; in a PDF the pages are
counted. Only so much is looked at as a document of a few pages takes.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from pathlib import PurePath

from svcq_excel.workbooks.bounds import MAX_DOCUMENT, MAX_DOCUMENT_INFLATED, MAX_DOCUMENT_STREAMS
from svcq_excel.workbooks.zip_parts import Parts

_LONGEST_STREAM = 1024 * 1024  # packed
_SAID = {
    ".docx": ("docProps/app.xml", re.compile(rb"<(?:\w+:)?Pages>\s*(\d{1,5})\s*</")),
    ".odt": ("meta.xml", re.compile(rb"""meta:page-count=["'](\d{1,5})["']""")),
}
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_COUNT = re.compile(rb"/Count\s+(\d{1,5})\b")
_PACKED = re.compile(rb"/Type\s*/ObjStm\b[^>]{0,200}>>\s*stream\r?\n")
COUNTED = frozenset({*_SAID, ".pdf"})
"""Extensions of documents whose pages can be counted."""


def pages_of(data: bytes, name: str) -> int | None:
    """The number of pages; None where the file does not tell."""
    suffix = PurePath(name).suffix.lower()
    if len(data) > MAX_DOCUMENT:
        return None
    if suffix == ".pdf":
        return _in_pdf(data) or None
    return _in_zip(data, *_SAID[suffix]) or None if suffix in _SAID else None


def _in_zip(data: bytes, member: str, said: re.Pattern[bytes]) -> int:
    found = said.search(Parts(data).read(member, MAX_DOCUMENT_INFLATED))
    return int(found[1]) if found else 0


def _in_pdf(data: bytes) -> int:
    """The objects that are pages, in the open or packed in streams of objects.

    Their number must also stand in the file: in one that was changed by adding to it, pages that
    no longer count are still there.
    """
    if not data.startswith(b"%PDF-") or b"/Encrypt" in data:
        return 0
    parts = (data, *_unpacked(data))
    pages = sum(len(_PAGE.findall(part)) for part in parts)
    said = {int(count) for part in parts for count in _COUNT.findall(part)}
    return pages if pages in said else 0


def _unpacked(data: bytes) -> Iterator[bytes]:
    room = MAX_DOCUMENT_INFLATED
    for count, found in enumerate(_PACKED.finditer(data)):
        if count >= MAX_DOCUMENT_STREAMS or room <= 0:
            return
        try:
            packed = data[found.end() : found.end() + _LONGEST_STREAM]
            part = zlib.decompressobj().decompress(packed, room)
        except zlib.error:
            continue
        room -= len(part)
        yield part
