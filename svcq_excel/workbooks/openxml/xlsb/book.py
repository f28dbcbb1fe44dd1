"""A closer look into .xlsb: its BIFF12 records, one after the other.

The numbers of records and the places in them are those of [MS-XLSB], sections 2.3 and 2.4.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import cached_property, lru_cache, partial
from struct import unpack_from

from svcq_excel.workbooks.look import CellPlace, Look, Seen, percent_formats
from svcq_excel.workbooks.openxml.package import PackageBook
from svcq_excel.workbooks.openxml.xlsb.appearance import faces_of, veils
from svcq_excel.workbooks.openxml.xlsb.records import DAMAGES, records, text
from svcq_excel.workbooks.openxml.xlsb.rows import Told, drawn_by, rows_of, seen
from svcq_excel.workbooks.veils import Face, Veil
from svcq_excel.workbooks.zip_parts import Parts

BUNDLE_SHEET = 156
_FORMAT, _BEGIN_CELL_FORMATS, _END_CELL_FORMATS, _CELL_FORMAT = 44, 617, 618, 47
_DDE_LINK, _BEGIN_LINK = 1, 360  # [MS-XLSB] BrtBeginSupBook


class XlsbBook(PackageBook):
    suffixes = frozenset({".xlsb"})
    ending = "bin"

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._by_rows: dict[str, tuple[Sequence[bytes], Sequence[Told]]] = {}
        self._looks: dict[str, Seen] = {}

    def places(self) -> Sequence[str]:
        return [member.lower() for member in self._members.values() if member]

    def sheet(self, name: str) -> Look:
        look = self._look(name)
        return replace(look, appearance=partial(self._veils, name)) if look else Look()

    def _veils(self, name: str, cells: Mapping[CellPlace, object]) -> Iterable[Veil]:
        try:
            faces = _faces(self.parts.read(self.single("styles")))
            return list(veils(drawn_by(self._rows(name)[0]), faces, cells))
        except DAMAGES:
            return ()

    def differs_on(self, name: str) -> str:
        look = self._look(name)
        return f"工作表「{name}」的內容可作兩種解讀" if look and look.is_twice else ""

    def reaches_far(self, name: str) -> bool:
        look = self._look(name)
        return bool(look and look.is_far)

    def _look(self, name: str) -> Seen | None:
        if name not in self._looks and name in self._members:
            percents = _percents(self.parts.read(self.single("styles")))
            self._looks[name] = seen(self._rows(name)[1], percents)
        return self._looks.get(name)

    def _rows(self, name: str) -> tuple[Sequence[bytes], Sequence[Told]]:
        if name not in self._by_rows:
            part = self.parts.read(self._members[name])
            self._by_rows[name] = rows_of(part, self.most_rows)
        return self._by_rows[name]

    def is_dde(self, link: bytes) -> bool:
        kind, at, _ = next(iter(records(link)), (0, 0, 0))
        return kind == _BEGIN_LINK and link[at : at + 2] == _DDE_LINK.to_bytes(2, "little")

    def without(self, workbook: bytes, relations: Set[str]) -> bytes:
        kept, at = [], 0
        for place, relation, _ in sheets(workbook):
            if relation in relations:
                kept.append(workbook[at : place.start])
                at = place.stop
        return b"".join((*kept, workbook[at:]))

    @cached_property
    def _members(self) -> dict[str, str]:
        """The zip member of each sheet, by the sheet's name."""
        found: dict[str, str] = {}
        for _, id, name in sheets(self.parts.read(self.main)):
            relation = self.relations.get(id)
            found.setdefault(name, relation.member if relation else "")
        return found


def sheets(workbook: bytes) -> Iterator[tuple[slice, str, str]]:
    """Where each sheet's record lies in the workbook's part; its relation's id; its name."""
    begin = 0
    try:
        for kind, at, end in records(workbook):
            if kind == BUNDLE_SHEET:
                relation, after = text(workbook, at + 8)
                yield slice(begin, end), relation, text(workbook, after)[0]
            begin = end
    except DAMAGES:
        pass


@lru_cache(maxsize=4)  # the forms of a round agree in them, unless a program saved them anew
def _percents(styles: bytes) -> frozenset[int]:
    """The cell formats, counted from 0, that show a percentage."""
    codes: dict[int, str] = {}
    formats: list[int] = []
    of_cells = False
    try:
        for kind, at, _ in records(styles):
            if kind == _FORMAT:
                codes[unpack_from("<H", styles, at)[0]] = text(styles, at + 2)[0]
            elif kind in {_BEGIN_CELL_FORMATS, _END_CELL_FORMATS}:
                of_cells = kind == _BEGIN_CELL_FORMATS
            elif kind == _CELL_FORMAT and of_cells:
                formats.append(unpack_from("<H", styles, at + 2)[0])
    except DAMAGES:
        pass
    percents = percent_formats(codes)
    return frozenset(i for i, id in enumerate(formats) if id in percents)


@lru_cache(maxsize=4)
def _faces(styles: bytes) -> Sequence[Face]:
    return faces_of(styles, records(styles))
