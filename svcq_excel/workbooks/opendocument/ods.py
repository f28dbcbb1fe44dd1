"""A closer look into .ods: cells are counted, since only their order says where they stand.

Regular expressions find rows and cells many times faster than a parser reads the whole; they rest
on what XML promises: inside a tag or a text there is no bare `<`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property, lru_cache, partial

from svcq_excel.text.roc_dates import TAIPEI
from svcq_excel.workbooks.bounds import MAX_PROPERTIES, MAX_SMALL_PART
from svcq_excel.workbooks.look import (
    Book,
    CellPlace,
    Look,
    Oddity,
)
from svcq_excel.workbooks.opendocument.appearance import Sheet, veils
from svcq_excel.workbooks.opendocument.cells import codes_shown, lines_of, look_at, text_in
from svcq_excel.workbooks.opendocument.shape import SIGNS, Line, content_differs, lines_by
from svcq_excel.workbooks.properties import moment, said_in
from svcq_excel.workbooks.zip_parts import Parts, packed

_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_PREFIX = re.compile(
    rb"""xmlns:(\w+)\s*=\s*["']urn:oasis:names:tc:opendocument:xmlns:table:1\.0["']"""
)
# %b stands for that prefix. A tag's attributes reach to the next tag: in between are only blanks.
_TABLE = rb"<%b:table\s([^<]*)"
_NAME = re.compile(rb"""\w:name\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_STYLE_NAME = re.compile(rb"""\w:style-name\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_HIDING = re.compile(
    rb"""<\w+:style\s([^<>]*)>\s*<\w+:table-properties\s[^<>]*?\w:display\s*=\s*["']false["']"""
)
_PROTECTED = re.compile(rb""":protected\s*=\s*["']true["']""")
# White space beside the tags that make up tables; within a paragraph it is text.
_AFTER = rb"(</?%b:[^<>]*+>)\s++(?=<)"
_BEFORE = rb"(?<=>)\s++(?=</?%b:)"
_BETWEEN_PARAGRAPHS = re.compile(rb"(</\w+:p\s*+>)\s++(?=<)")
_MANIFEST = "META-INF/manifest.xml"
_ALSO_DRAWN_BY = ("styles.xml", "settings.xml")
_GENERATOR = re.compile(r"<meta:generator>([^<]+)<")
_SAVED = re.compile(r"<dc:date>([^<]+)<")


class OdsBook(Book):
    suffixes = frozenset({".ods", ".ots"})

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def read_ahead(self) -> None:
        self._parts.read("content.xml")

    def for_calamine(self) -> bytes:
        """The reader takes white space after a paragraph for part of the cell's text."""
        spaced = any(line.spaced for line in self._lines)
        respelled = self._parts.is_respelled("content.xml")
        return (self.mended() if spaced or respelled else None) or self._parts.data

    def mended(self) -> bytes | None:
        """The reader stumbles over white space between rows and cells, which means nothing."""
        content, prefix = self._content
        bare = re.sub(_BEFORE % prefix, b"", re.sub(_AFTER % prefix, rb"\1", content))
        bare = _BETWEEN_PARAGRAPHS.sub(rb"\1", bare)
        if len(bare) == len(content) and not self._parts.is_respelled("content.xml"):
            return None
        members = {name: self._parts.read(name) for name in ("mimetype", _MANIFEST)}
        return packed({**members, "content.xml": bare})

    def differs(self) -> str:
        return content_differs(self._content[0], self._head, self._lines)

    def is_encrypted(self) -> bool:
        return b"encryption-data" in self._parts.read(_MANIFEST)

    def saved_by(self) -> tuple[str, datetime | None]:
        text = self._parts.read("meta.xml", MAX_PROPERTIES).decode("utf-8", "replace")
        return said_in(text, _GENERATOR), moment(said_in(text, _SAVED), TAIPEI)

    def oddities(self) -> Iterator[Oddity]:
        names = [name.lower() for name in self._parts.members]
        modules = (
            name
            for name in names
            if name.startswith(("basic/", "scripts/"))
            and not name.endswith(("-lb.xml", "-lc.xml", "/"))
        )
        if any(modules):
            yield "macros"
        seen = {oddity for line in self._lines for oddity in line.oddities}
        yield from (oddity for oddity in SIGNS if oddity in seen)

    def sheet(self, name: str) -> Look:
        content, prefix = self._content
        if (table := self._tables.get(name)) is None:
            return Look()
        attributes, where = table
        cells = content[where]
        lines = lines_of(cells, prefix)
        look = look_at(lines, prefix, bool(_PROTECTED.search(attributes)))
        members = (self._parts.read(member, MAX_SMALL_PART) for member in _ALSO_DRAWN_BY)
        sheet = Sheet(attributes, cells, lines, prefix, self._head, *members)
        return replace(look, appearance=partial(veils, sheet))

    def shown(self, name: str, rows: Sequence[Sequence[object]]) -> dict[CellPlace, str]:
        """The file itself says what each cell shows."""
        content, prefix = self._content
        if (table := self._tables.get(name)) is None:
            return {}
        return dict(codes_shown(lines_of(content[table[1]], prefix), prefix, self.most_rows))

    @cached_property
    def _tables(self) -> Mapping[str, tuple[bytes, slice]]:
        """By name, the attributes of each sheet, and where its cells stand; of the first of them
        that have the same."""
        content, prefix = self._content
        found: dict[str, tuple[bytes, slice]] = {}
        end_tag, end = b"</%b:table>" % prefix, 0
        for table in re.compile(_TABLE % prefix).finditer(content, len(self._head)):
            if 0 <= end < table.end():
                end = content.find(end_tag, table.end())
            if named := _NAME.search(table[1]):
                cells = slice(table.end(), end if end >= 0 else None)
                found.setdefault(text_in(named[1] or named[2] or b""), (table[1], cells))
        return found

    def hides(self, name: str) -> bool:
        """The reader knows the styles of sheets by the usual prefix only."""
        attributes, _ = self._tables.get(name, (b"", slice(0)))
        style = _STYLE_NAME.search(attributes)
        return style is not None and (style[1] or style[2]) in _hiding(self._head)

    def properties(self) -> dict[str, str]:
        found = self._parts.xml("meta.xml").iter(f"{_META}user-defined")
        return {each.get(f"{_META}name", ""): "".join(each.itertext()) for each in found}

    @cached_property
    def _lines(self) -> Sequence[Line]:
        """What follows the head, cut where rows begin."""
        content, prefix = self._content
        return lines_by(prefix).said_of(lines_of(content[len(self._head) :], prefix)) or ()

    @cached_property
    def _head(self) -> bytes:
        """What stands before all sheets."""
        content, _ = self._content
        body = content.find(b"<office:body")
        if body < 0:
            body = content.rfind(b"<", 0, max(content.find(b":body"), 0))
        return content[: max(body, 0)]

    @cached_property
    def _content(self) -> tuple[bytes, bytes]:
        """The content, and its prefix for the names of what makes up tables."""
        content = self._parts.read("content.xml")
        prefix = _PREFIX.search(content, 0, 16_384)
        if not prefix or "content.xml" in self._parts.declaring or b"\0" in content:
            return b"", b""
        return content, prefix[1]


@lru_cache(maxsize=2)  # the forms of a round agree in them, and each of their sheets asks
def _hiding(styles: bytes) -> frozenset[bytes]:
    """The styles of sheets that are hidden."""
    named = (_NAME.search(found[1]) for found in _HIDING.finditer(styles))
    return frozenset(name[1] or name[2] for name in named if name)
