"""A closer look into .ods: cells are counted, since only their order says where they stand.

Regular expressions find rows and cells many times faster than a parser reads the whole; they rest
on what XML promises: inside a tag or a text there is no bare `<`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property, partial

from svcq_excel.text.roc_dates import TAIPEI
from svcq_excel.workbooks.bounds import MAX_PROPERTIES, MAX_SMALL_PART
from svcq_excel.workbooks.look import (
    Book,
    CellPlace,
    Look,
    Oddity,
)
from svcq_excel.workbooks.opendocument.appearance import Sheet, veils
from svcq_excel.workbooks.opendocument.cells import codes_shown, look_at
from svcq_excel.workbooks.opendocument.content import Content
from svcq_excel.workbooks.opendocument.known_values import ThinTable, thin
from svcq_excel.workbooks.opendocument.shape import SIGNS, content_differs
from svcq_excel.workbooks.properties import moment, said_in
from svcq_excel.workbooks.thinned import Thinned
from svcq_excel.workbooks.zip_parts import Parts, packed
from svcq_excel.workbooks.zip_stored import stored

_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_PREFIX = re.compile(
    rb"""xmlns:(\w+)\s*=\s*["']urn:oasis:names:tc:opendocument:xmlns:table:1\.0["']"""
)
_PROTECTED = re.compile(rb""":protected\s*=\s*["']true["']""")
# White space beside the tags that make up tables; within a paragraph it is text. %b stands for the
# prefix of their names.
_AFTER = rb"(</?%b:[^<>]*+>)\s++(?=<)"
_BEFORE = rb"(?<=>)\s++(?=</?%b:)"
_BETWEEN_PARAGRAPHS = re.compile(rb"(</\w+:p\s*+>)\s++(?=<)")
_MANIFEST = "META-INF/manifest.xml"
_READ = "mimetype", _MANIFEST, "content.xml"
"""What the reader of values asks for."""
_ALSO_DRAWN_BY = ("styles.xml", "settings.xml")
_GENERATOR = re.compile(r"<meta:generator>([^<]+)<")
_SAVED = re.compile(r"<dc:date>([^<]+)<")


class OdsBook(Book):
    suffixes = frozenset({".ods", ".ots"})

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._tables: Mapping[str, ThinTable] = {}

    def read_ahead(self) -> None:
        self._parts.read("content.xml")

    def for_calamine(self) -> bytes:
        """The reader takes white space after a paragraph for part of the cell's text."""
        spaced = any(line.spaced for line in self._content.lines)
        respelled = self._parts.is_respelled("content.xml")
        if (spaced or respelled) and (copy := self.mended()):
            return copy
        if not 0 < len(self._content.xml) <= MAX_SMALL_PART:
            return self._parts.data
        members = self._parts.peeked(_READ)
        if members.keys() != {*_READ}:
            return self._parts.data
        found = thin(self._content)
        self._tables = found.tables if found else {}
        spelled = found.spelled if found else self._content.values
        return stored({**members, "content.xml": spelled})

    def thinned(self, name: str) -> Thinned | None:
        return self._tables.get(name)

    def mended(self) -> bytes | None:
        """The reader stumbles over white space between rows and cells, which means nothing."""
        self._tables = {}
        content, prefix = self._content.xml, self._content.prefix
        bare = re.sub(_BEFORE % prefix, b"", re.sub(_AFTER % prefix, rb"\1", content))
        bare = _BETWEEN_PARAGRAPHS.sub(rb"\1", bare)
        if len(bare) == len(content) and not self._parts.is_respelled("content.xml"):
            return None
        members = {name: self._parts.read(name) for name in _READ}
        return packed({**members, "content.xml": bare})

    def differs(self) -> str:
        return content_differs(self._content.xml, self._content.head, self._content.lines)

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
        seen = {oddity for line in self._content.lines for oddity in line.oddities}
        yield from (oddity for oddity in SIGNS if oddity in seen)

    def sheet(self, name: str) -> Look:
        if (table := self._content.table(name)) is None:
            return Look()
        prefix, head = self._content.prefix, self._content.head
        look = look_at(table.lines, prefix, bool(_PROTECTED.search(table.attributes)))
        members = (self._parts.read(member, MAX_SMALL_PART) for member in _ALSO_DRAWN_BY)
        sheet = Sheet(*table, prefix, head, *members)
        return replace(look, appearance=partial(veils, sheet))

    def shown(self, name: str, rows: Sequence[Sequence[object]]) -> dict[CellPlace, str]:
        """The file itself says what each cell shows."""
        if (table := self._content.table(name)) is None:
            return {}
        return dict(codes_shown(table.lines, self._content.prefix, self.most_rows))

    def hides(self, name: str) -> bool:
        """The reader is given no styles."""
        return self._content.hides(name)

    def properties(self) -> dict[str, str]:
        found = self._parts.xml("meta.xml").iter(f"{_META}user-defined")
        return {each.get(f"{_META}name", ""): "".join(each.itertext()) for each in found}

    @cached_property
    def _content(self) -> Content:
        """Nothing where it is none that could be looked into."""
        content = self._parts.read("content.xml")
        prefix = _PREFIX.search(content, 0, 16_384)
        if not prefix or "content.xml" in self._parts.declaring or b"\0" in content:
            return Content(b"", b"")
        return Content(content, prefix[1])
