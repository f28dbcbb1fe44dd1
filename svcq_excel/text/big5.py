"""Big5 as Windows in Taiwan writes it (cp950), with the characters that offices made themselves.

造字 have no place in Unicode but that of private use; Windows maps four areas of Big5 there.
"""

from __future__ import annotations

import codecs

_TRAILS = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
_AREAS = ((0xFA, 0xFE, 0xE000), (0x8E, 0xA0, 0xE311), (0x81, 0x8D, 0xEEB8))
"""The first and the last row of an area, and the character that it begins with."""
_LAST, _LAST_FROM = (0xC6A1, 0xC8FE), 0xF6B1
"""An area that begins in the middle of a row."""

_ERRORS = "private-use"


def decoded_big5(data: bytes) -> str:
    """The text. Raises UnicodeDecodeError where it is none."""
    return data.decode("cp950", _ERRORS)


def _private(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    pair = error.object[error.start : error.start + 2]
    if len(pair) < 2 or pair[1] not in _TRAILS:
        raise error
    return _character(pair[0], pair[1], error), error.start + 2


def _character(lead: int, trail: int, error: UnicodeDecodeError) -> str:
    at = _TRAILS.index(trail)
    for first, last, begins in _AREAS:
        if first <= lead <= last:
            return chr(begins + (lead - first) * len(_TRAILS) + at)
    first, last = _LAST
    if first <= lead << 8 | trail <= last:
        skipped = _TRAILS.index(first & 0xFF)
        return chr(_LAST_FROM + ((lead - (first >> 8)) * len(_TRAILS) + at - skipped))
    raise error


codecs.register_error(_ERRORS, _private)
