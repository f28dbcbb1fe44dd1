"""XML without what means nothing in it: comments, instructions; what is set apart, as plain text;
what is spelled by its number, as itself.

Readers differ in what they make of a value with a comment in its midst, or of one spelled by
numbers; of one that is plainly spelled they do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

_COMMENT, _SET_APART, _INSTRUCTION = b"<!--", b"<![CDATA[", b"<?"
_ENDS = {_COMMENT: b"-->", _SET_APART: b"]]>", _INSTRUCTION: b"?>"}
_DECLARATION = b"<?xml "
_FEW = 500
_NUMBERED = re.compile(rb"&#(?:0{0,9}([0-9]{2,3})|x0{0,9}([2-7][0-9A-Fa-f]));")
_TELLING = frozenset(map(ord, "<>&'\""))
"""What means something in XML where it stands itself."""


def bare(part: bytes) -> bytes:
    """The same document, bare; itself where it is bare already, as nearly every part is."""
    found = _without_marks(part)
    return _NUMBERED.sub(_itself, found) if has_pair(found, b"&", b"#", 1) else found


def _itself(spelled: re.Match[bytes]) -> bytes:
    """What a number stands for where figures consist of such; in texts every reader knows it."""
    point = int(spelled[1]) if spelled[1] else int(spelled[2], 16)
    plain = 0x20 < point < 0x7F and point not in _TELLING
    return b"%c" % point if plain else spelled[0]


def _without_marks(part: bytes) -> bytes:
    start = 0
    if part.startswith(_DECLARATION):
        start = max(part.find(b"?>"), 0)
    # One letter is looked for many times faster than two, and few parts have these.
    if not any(has_pair(part, b"<", sign, start + 2) for sign in (b"!", b"?")):
        return part
    return part[:start] + b"".join(_pieces(part, start))


def has_pair(part: bytes, before: bytes, sign: bytes, start: int = 0) -> bool:
    """Whether the one letter stands before the other anywhere from a place on."""
    for _ in range(_FEW):
        if (start := part.find(sign, start) + 1) == 0:
            return False
        if part.startswith(before, start - 2):
            return True
    return part.find(before + sign, start - 1) >= 0


def _pieces(part: bytes, at: int) -> Iterator[bytes]:
    """What is left. Each piece is looked at once, however many are never closed."""
    while (begin := _next(part, at)) >= 0:
        yield part[at:begin]
        mark = next((mark for mark in _ENDS if part.startswith(mark, begin)), b"")
        end = part.find(_ENDS[mark], begin + len(mark)) if mark else -1
        if end < 0:  # a document type, or no XML
            at = begin
            break
        if mark == _SET_APART:
            text = part[begin + len(mark) : end].decode("utf-8", "surrogateescape")
            yield escape(text, quote=False).encode("utf-8", "surrogateescape")
        at = end + len(_ENDS[mark])
    yield part[at:]


def _next(part: bytes, at: int) -> int:
    found = [place for sign in (b"<!", b"<?") if (place := part.find(sign, at)) >= 0]
    return min(found, default=-1)
