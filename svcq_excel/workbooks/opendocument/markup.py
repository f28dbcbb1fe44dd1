"""What tags in .ods say, and what texts show.

A tag's attributes reach to the next tag: in between are only blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import unescape
from xml.parsers.expat import ExpatError, ParserCreate

_ATTRIBUTE = re.compile(rb"""\s[\w.-]+:([\w.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_REPEATED = re.compile(rb"""-repeated\s*=\s*["']([0-9]{1,9})["']""")
_TEXT = re.compile(rb"<(/?)(\w+:(?:annotation|p))\b[^<>]*>")
_TAG = re.compile(rb"<[^<>]*>")
_SLASH = ord("/")


@lru_cache(maxsize=8192)  # the forms of a round have most tags in common
def said_in(tag: bytes) -> Mapping[str, str]:
    """The attributes of a tag, whatever their namespaces."""
    if b"&" in tag:
        tag = unescape(tag.decode("utf-8", "replace")).encode()
    return {k.decode(): (a or b).decode("utf-8", "replace") for k, a, b in _ATTRIBUTE.findall(tag)}


def repeats(said: bytes) -> int:
    if b"-repeated" not in said:
        return 1
    found = _REPEATED.search(said)
    return int(found[1]) if found else 1


def plain(cell: bytes) -> str:
    """The text that a cell shows."""
    return text_in(_TAG.sub(b"", b"".join(_lines(cell))))


def _lines(cell: bytes) -> Iterator[bytes]:
    """What stands in its paragraphs, but not in comments; from tag to tag, so that no tag that is
    never closed has everything after it searched."""
    comment, paragraph, start = b"", b"", 0
    for tag in _TEXT.finditer(cell):
        closing, name = tag[1], tag[2]
        if not closing and cell[tag.end() - 2] == _SLASH:
            continue  # empty
        if comment:
            if closing and name == comment:
                comment, start = b"", tag.end()
        elif name.endswith(b":annotation"):
            if paragraph and not closing:
                yield cell[start : tag.start()]
            comment = b"" if closing else name
        elif not closing and not paragraph:
            paragraph, start = name, tag.end()
        elif closing and name == paragraph:
            yield cell[start : tag.start()]
            paragraph = b""


def text_in(raw: bytes) -> str:
    return unescape(raw.decode("utf-8", "replace"))


def is_xml(document: bytes) -> bool:
    try:
        ParserCreate().Parse(document, True)
    except (ExpatError, LookupError, ValueError):
        return False
    return True
