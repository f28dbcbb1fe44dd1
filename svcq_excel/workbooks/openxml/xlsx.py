"""Workbooks in .xlsx and .xlsm: which part is which sheet, what is drawn by what."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from functools import partial

from svcq_excel.workbooks.bounds import MAX_SMALL_PART
from svcq_excel.workbooks.look import CellPlace, Look, shown_in
from svcq_excel.workbooks.openxml.appearance import Drawn
from svcq_excel.workbooks.openxml.known_values import ThinSheet, thin_sheets
from svcq_excel.workbooks.openxml.listing import lists_differ, sheets_of
from svcq_excel.workbooks.openxml.package import PackageBook
from svcq_excel.workbooks.openxml.shape import cells_differ, strings_differ
from svcq_excel.workbooks.openxml.xlsx_look import XlsxLook
from svcq_excel.workbooks.thinned import Thinned
from svcq_excel.workbooks.zip_parts import Parts

_ENTRY = re.compile(rb"<(?:\w+:)?sheet\s[^<]*?(?:/>|>\s*</(?:\w+:)?sheet\s*>)")
_RELATION = re.compile(rb"""\w:id\s*=\s*["']([^"'<]*)["']""")
_DDE_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>][^<]*\|(?:'|&apos;|&#39;)")


class XlsxBook(PackageBook):
    suffixes = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"})

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._looks: dict[str, XlsxLook] = {}
        self._thin: Mapping[str, ThinSheet] = {}
        """What the reader gets of sheets, by their parts."""

    def places(self) -> Sequence[str]:
        led = (self.relations.get(id) for id in sheets_of(self._list).values())
        return [each.member.lower() for each in led if each]

    def sheet(self, name: str) -> Look:
        return self._look(name)

    def shown(self, name: str, rows: Sequence[Sequence[object]]) -> dict[CellPlace, str]:
        return shown_in(self._look(name).formats(), rows)

    def reaches_far(self, name: str) -> bool:
        return self._look(name).reaches_far(self.most_rows)

    def _look(self, name: str) -> XlsxLook:
        if name not in self._looks:
            member = self._member(name)
            styles = self.parts.read(self.single("styles"), MAX_SMALL_PART)
            # It knows nothing of the book, which would else wait for who looks for circles.
            drawn = partial(_drawn, self.parts, name, member, self._drawn_by)
            self._looks[name] = XlsxLook(self.parts.read(member), styles, drawn)
        return self._looks[name]

    def _member(self, name: str) -> str:
        leads_to = self.relations.get(sheets_of(self._list).get(name, ""))
        return leads_to.member if leads_to else ""

    def differs(self) -> str:
        if found := super().differs():
            return found
        if lists_differ(self._list):
            return "活頁簿的工作表清單可作兩種解讀"
        return strings_differ(self.parts.read(self.single("sharedStrings")))

    def differs_on(self, name: str) -> str:
        where = cells_differ(self._look(name).sheet)
        return f"工作表「{name}」{where}的內容可作兩種解讀" if where else ""

    def as_asked(self, parts: Mapping[str, bytes]) -> Mapping[str, bytes]:
        sheets = [each.member for each in self.relations.values() if each.is_a("worksheet")]
        self._thin = thin_sheets(parts, sheets)
        return {**parts, **{member: thin.spelled for member, thin in self._thin.items()}}

    def thinned(self, name: str) -> Thinned | None:
        return self._thin.get(self._member(name))

    @property
    def _list(self) -> bytes:
        return self.parts.read(self.main, MAX_SMALL_PART)

    @property
    def _drawn_by(self) -> Sequence[str]:
        """Styles, theme, texts and the list of sheets, which say how cells are drawn."""
        theme = next((each.member for each in self.relations.values() if each.is_a("theme")), "")
        return self.single("styles"), theme, self.single("sharedStrings"), self.main

    def is_dde(self, link: bytes) -> bool:
        return b"ddeLink" in link

    def asks_dde(self) -> bool:
        return any(map(_has_dde, self.parts.unpacked.values()))

    def without(self, workbook: bytes, relations: Set[str]) -> bytes:
        def kept(entry: re.Match[bytes]) -> bytes:
            relation = _RELATION.search(entry[0])
            gone = relation and relation[1].decode("utf-8", "replace") in relations
            return b"" if gone else entry[0]

        return _ENTRY.sub(kept, workbook)


def _drawn(parts: Parts, sheet: str, member: str, by: Sequence[str]) -> Drawn:
    said = [parts.read(each, MAX_SMALL_PART) for each in by]
    return Drawn(parts, sheet, member, *said)


def _has_dde(part: bytes) -> bool:
    return b"|" in part and bool(_DDE_FORMULA.search(part))
