"""What .xlsx and .xlsb have in common: a package of parts, found by their relations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import UTC, datetime
from functools import cached_property

from svcq_excel.workbooks.bounds import MAX_PROPERTIES
from svcq_excel.workbooks.look import Book, Oddity
from svcq_excel.workbooks.openxml.one_document import packages_differ
from svcq_excel.workbooks.openxml.opc import Relation, main_part, relations_of, rels_of
from svcq_excel.workbooks.openxml.repacking import repacked
from svcq_excel.workbooks.properties import moment, said_in
from svcq_excel.workbooks.zip_parts import Parts
from svcq_excel.workbooks.zip_stored import stored

_PROGRAM = re.compile(r"<(?:\w+:)?Application>([^<]+)<")
_VERSION = re.compile(r"<(?:\w+:)?AppVersion>([^<]+)<")
_MODIFIED = re.compile(r"<dcterms:modified[^>]*>([^<]+)<")
_SINGLE = ("sharedStrings", "styles")
"""Kinds of parts of which a workbook has one."""


class PackageBook(Book):
    """A workbook of parts; `ending` is that of their names, xml or bin."""

    ending = "xml"

    def __init__(self, parts: Parts) -> None:
        self.parts = parts

    @cached_property
    def main(self) -> str:
        """The part that lists the sheets."""
        return main_part(self.parts) or self._usual("workbook")

    @cached_property
    def relations(self) -> Mapping[str, Relation]:
        return relations_of(self.parts, self.main)

    def single(self, what: str) -> str:
        """The part of a kind of which there is one."""
        return self._singles[what]

    @cached_property
    def _singles(self) -> Mapping[str, str]:
        named = {each.type.rpartition("/")[2]: each.member for each in self.relations.values()}
        usual = {what: self._usual(what) for what in _SINGLE}
        return {
            what: named[what] if self.parts.has(named.get(what, "")) else usual[what]
            for what in _SINGLE
        }

    def read_ahead(self) -> None:
        self.parts.read(self.single("sharedStrings"))

    def differs(self) -> str:
        return packages_differ(self.parts, self.main, self.relations, self._usual("sharedStrings"))

    def properties(self) -> dict[str, str]:
        return {
            each.get("name", ""): "".join(text for value in each for text in value.itertext())
            for each in self.parts.xml("docProps/custom.xml")
        }

    def saved_by(self) -> tuple[str, datetime | None]:
        app = self._text("docProps/app.xml")
        program = " ".join(filter(None, (said_in(app, _PROGRAM), said_in(app, _VERSION))))
        return program, moment(said_in(self._text("docProps/core.xml"), _MODIFIED), UTC)

    def oddities(self) -> Iterator[Oddity]:
        names = [name.replace("\\", "/").lower() for name in self.parts.members]
        links = [name for name in names if name.startswith("xl/externallinks/external")]
        macro_sheets = any("macrosheet" in each.type.lower() for each in self._others.values())
        if macro_sheets or any(name.endswith("vbaproject.bin") for name in names):
            yield "macros"
        if links:
            yield "external-links"
        if any(map(self.is_dde, map(self.parts.read, links))) or self.asks_dde():
            yield "dde"
        if any(name.startswith(("xl/connections.", "xl/querytables/")) for name in names):
            yield "connections"

    def is_dde(self, link: bytes) -> bool:
        """Whether the part of a link leads to a DDE server, and not to another workbook."""
        return False

    def asks_dde(self) -> bool:
        """Whether a formula asks a DDE server itself."""
        return False

    def for_calamine(self) -> bytes:
        """The reader goes by the usual names of parts, and refuses a workbook for a sheet of
        macros, in .xlsb for a chart sheet too: a book with any of these it gets as a copy without.
        So it does where a relation makes a detour: what is read is one. Parts it gets bare.
        """
        singles = {self._usual(what): name for what, name in self._singles.items()}
        moved = any(usual.lower() != name.lower() for usual, name in singles.items())
        usual = self._usual("workbook")
        usually = not self._others and not moved and self.main.lower() == usual
        sheets = [each for each in self.relations.values() if each.is_a("worksheet")]
        if usually and all(each.is_plain for each in sheets):
            # What was unpacked is not unpacked again, and nothing else is looked into.
            parsed = self._parsed(sheets)
            parts = self.parts.peeked(parsed)
            if len(parts) == len(parsed):
                return stored(self.as_asked(parts))
            if not any(map(self.parts.is_respelled, parsed)):
                return self.parts.data
        listed = self.without(self.parts.read(self.main), self._others.keys())
        there = {name: at for name, at in singles.items() if self.parts.has(at)}
        changed = {usual: listed, **{name: self.parts.read(at) for name, at in there.items()}}
        kept = {id: each for id, each in self.relations.items() if id not in self._others}
        return repacked(self.parts, usual, changed, kept)

    def without(self, workbook: bytes, relations: Set[str]) -> bytes:
        """The list of sheets without those that these relations lead to."""
        return workbook

    def as_asked(self, parts: Mapping[str, bytes]) -> Mapping[str, bytes]:
        """These parts, without what the reader need not be asked."""
        return parts

    def _parsed(self, sheets: Iterable[Relation]) -> Sequence[str]:
        """The parts that the reader asks for."""
        asked = [rels_of(""), self.main, rels_of(self.main), *self._singles.values()]
        asked += [each.member for each in sheets]
        return [name for name in dict.fromkeys(asked) if self.parts.has(name)]

    @cached_property
    def _others(self) -> dict[str, Relation]:
        """The relations to sheets that are no worksheets."""
        return {
            id: each
            for id, each in self.relations.items()
            if each.type.lower().endswith("sheet") and not each.is_a("worksheet")
        }

    def _usual(self, what: str) -> str:
        return f"xl/{what}.{self.ending}"

    def _text(self, name: str) -> str:
        return self.parts.read(name, MAX_PROPERTIES).decode("utf-8", "replace")
