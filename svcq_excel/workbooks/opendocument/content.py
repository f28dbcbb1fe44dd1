"""The content of an .ods, cut once where rows begin: its sheets, and what stands before them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple
from xml.parsers.expat import ExpatError, ParserCreate

from svcq_excel.workbooks.opendocument.cells import lines_of
from svcq_excel.workbooks.opendocument.markup import text_in
from svcq_excel.workbooks.opendocument.shape import Line, TableTag, lines_by

_NAME = re.compile(rb"""\w:name\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_PLAIN_NAME = re.compile(rb"""(?:^|\s)table:name="([^"&<>\t\r\n]+)\"""")
_STYLE_NAME = re.compile(rb"""\w:style-name\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_STYLE = re.compile(rb"<\w+:style\s")
_HIDING = re.compile(rb"""<\w+:table-properties\s[^<>]*?\w:display\s*=\s*["']false["']""")
_DECLARATION = re.compile(rb"<\?xml\s[^<>]*\?>")
_AROUND_SHEETS = "document-content", "body", "spreadsheet"


class Table(NamedTuple):
    """A sheet."""

    attributes: bytes
    lines: Sequence[bytes]
    """What stands before its first row, and each row."""
    beside: bytes
    """Those of them that say more than what stands in a row."""


class _Place(NamedTuple):
    """Where a sheet begins and ends: in which line, and where in it."""

    attributes: bytes
    first: int
    start: int
    last: int
    end: int | None


class Content:
    """The content, its prefix for the names of what makes up tables, and where its head ends."""

    def __init__(self, xml: bytes, prefix: bytes) -> None:
        self.xml, self.prefix = xml, prefix
        self.head = xml[: _end_of_head(xml)]
        """What stands before all sheets, but for what is said of them together."""
        self.pieces = lines_of(xml[len(self.head) :], prefix)
        """What follows it up to the first row, and each row with what comes before the next."""

    @cached_property
    def lines(self) -> Sequence[Line]:
        """What is said of what follows the head, and of each row."""
        return lines_by(self.prefix).said_of(self.pieces) or ()

    def table(self, name: str) -> Table | None:
        """The first sheet of a name."""
        if (place := self._tables.get(name)) is None:
            return None
        known = self.lines[place.first : place.last + 1]
        lines = self.pieces[place.first : place.last + 1]
        lines[-1] = lines[-1][: place.end]
        lines[0] = lines[0][place.start :]
        said = zip(lines, known, strict=True)
        beside = b"".join(line for line, each in said if each.beside or each.tables)
        return Table(place.attributes, lines, beside)

    @cached_property
    def _tables(self) -> Mapping[str, _Place]:
        found: dict[str, _Place] = {}
        begun = list[tuple[TableTag, int]]()

        def end(last: int, end: int | None) -> None:
            for tag, first in begun:
                if named := _NAME.search(tag.attributes):
                    place = _Place(tag.attributes, first, tag.end, last, end)
                    found.setdefault(text_in(named[1] or named[2] or b""), place)
            begun.clear()

        for at, line in enumerate(self.lines):
            for tag in line.tables:
                if tag.closes:
                    end(at, tag.start)
                else:
                    begun.append((tag, at))
        end(len(self.lines) - 1, None)
        return found

    def hides(self, name: str) -> bool:
        """Whether its style hides a sheet."""
        place = self._tables.get(name)
        style = _STYLE_NAME.search(place.attributes) if place else None
        return style is not None and (style[1] or style[2]) in _hiding(self.head)

    def in_order(self) -> Mapping[str, tuple[int, int]] | None:
        """By name, in which pieces each sheet begins and ends; None where it is not plain."""
        found: dict[str, tuple[int, int]] = {}
        tags = [(tag, at) for at, line in enumerate(self.lines) for tag in line.tables]
        for (begin, first), (end, last) in zip(tags[::2], tags[1::2], strict=False):
            named = _PLAIN_NAME.search(begin.attributes)
            if begin.closes or not end.closes or not named or begin.attributes.count(b":name") > 1:
                return None
            found[text_in(named[1])] = first, last
        return found if 2 * len(found) == len(tags) else None

    @cached_property
    def first(self) -> int:
        """Where in the first piece a sheet begins."""
        return next((tag.start for tag in self.lines[0].tables), 0)

    @cached_property
    def begun(self) -> bytes:
        """What a document begins with that holds nothing before its sheets; nothing in place of
        what is no XML up to there."""
        return _begun(self.head, self.pieces[0][: self.first])

    @property
    def values(self) -> bytes:
        """All that values stand in: half of what is written is how they look."""
        return self.begun + self.xml[len(self.head) + self.first :] if self.begun else self.xml


def _end_of_head(xml: bytes) -> int:
    body = xml.find(b"<office:body")
    if body < 0:
        body = xml.rfind(b"<", 0, max(xml.find(b":body"), 0))
    return max(body, 0)


@lru_cache(maxsize=2)  # the forms of a round agree in them, and each of their sheets asks
def _hiding(styles: bytes) -> frozenset[bytes]:
    """The styles of sheets that are hidden."""
    pieces = (each for each in _STYLE.split(styles)[1:] if _HIDING.search(each))
    named = (_NAME.search(each.partition(b"<")[0]) for each in pieces)
    return frozenset(name[1] or name[2] for name in named if name)


@lru_cache(maxsize=2)
def _begun(head: bytes, between: bytes) -> bytes:
    begun: list[str] = []
    parser = ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda name, _: begun.append(name.rpartition(" ")[2])
    parser.EndElementHandler = lambda _: begun.pop()
    try:
        parser.Parse(head + between)
    except (ExpatError, LookupError, ValueError):
        return b""
    if tuple(begun) != _AROUND_SHEETS:
        return b""
    declared = _DECLARATION.match(head)
    tags = "".join(f"<office:{name}>" for name in begun)
    return (declared[0] if declared else b"") + tags.encode()
