"""Collects the raw data of a definition cell by cell, with the places and the faults of them."""

from __future__ import annotations

from svcq_excel.rubric.sheets.cells import NOT_COMPUTED, Cell, Place
from svcq_excel.rubric.sheets.values import ValueKind, WrongError
from svcq_excel.rubric.source import GivenAt, Keys

Raw = dict[str, object]

_COMPUTE = "請改填內容，或以試算表程式開啟後存檔"


class Taking:
    """What was taken so far."""

    def __init__(self) -> None:
        self.cells: dict[Keys, Place] = {}
        self.faults: list[tuple[Keys, Place | None, str, str, str]] = []
        """Keys, place, sheet, message, fix."""
        self.given: dict[GivenAt, str] = {}

    def stands(self, keys: Keys, place: Place | None) -> None:
        """Notes where a part stands, or would stand if it were filled."""
        if place:
            self.cells[keys] = place

    def stands_first(self, keys: Keys, place: Place | None) -> None:
        """The same, unless it is known already."""
        if keys not in self.cells:
            self.stands(keys, place)

    def tell(
        self, place: Place | None, sheet: str, message: str, fix: str, keys: Keys = ()
    ) -> None:
        self.faults.append((keys, place, sheet, message, fix))

    def value(self, kind: ValueKind, cell: Cell, called: str, keys: Keys) -> object:
        """What a cell gives for a part; where it is wrong, that is told, and a stand-in is read."""
        try:
            if cell is NOT_COMPUTED:
                raise WrongError(cell.fault, _COMPUTE)
            return kind.taken(cell)
        except WrongError as wrong:
            place = self.cells.get(keys)
            of = "" if cell is NOT_COMPUTED else "的"
            self.tell(
                place,
                place.sheet if place else "",
                f"「{called}」{of}{wrong.message}",
                wrong.fix,
                keys,
            )
            return kind.stand_in

    def put(
        self, part: Raw, at: Keys, kind: ValueKind, cell: Cell, called: str, keys: Keys
    ) -> None:
        """Puts what a filled cell gives into a part, at keys that may lead deeper."""
        if cell.is_blank:
            return
        *above, last = at
        for key in above:
            deeper = part.setdefault(str(key), {})
            assert isinstance(deeper, dict)
            part = deeper
        part[str(last)] = self.value(kind, cell, called, (*keys, *at))
