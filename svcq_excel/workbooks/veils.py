"""Why a person may see something else in a cell than what it holds: formats, fonts, what lies over.

Each file format's look tells what it can: .xlsx and .ods all of it; .xls all but conditional
formats and print areas; .xlsb number formats, fonts, rows, columns and merges. Of the rest nothing
is said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from typing import Literal, NamedTuple

from svcq_excel.text.shown_numbers import shown
from svcq_excel.workbooks.areas import Area, CellPlace, Merges, within
from svcq_excel.workbooks.bounds import MAX_ROWS

Why = Literal[
    "format",
    "unread-format",
    "ink",
    "size",
    "symbols",
    "struck",
    "repeated",
    "zero",
    "row",
    "column",
    "merge",
    "covered",
    "unprinted",
    "conditional",
]
SMALLEST_PT, LARGEST_PT = 5, 100
"""Letters below are no letters; of those beyond a cell shows a corner."""
LOWEST_PT, NARROWEST_PT = 7, 12
"""A row or a column below shows half a letter."""
_LEAST_CONTRAST = 1.5
"""Of ink and ground, as WCAG 2 counts it: black on white is 21, and a pale yellow on white 1.1."""
_SYMBOLS = ("wingdings", "webdings", "symbol", "dingbats", "marlett", "opensymbol", "mt extra")
_WORDS = {
    "black": "000000",
    "white": "FFFFFF",
    "red": "FF0000",
    "green": "00FF00",
    "blue": "0000FF",
    "yellow": "FFFF00",
    "magenta": "FF00FF",
    "cyan": "00FFFF",
    "color1": "000000",
    "color2": "FFFFFF",
    "color6": "FFFF00",
    "color8": "00FFFF",
    "color19": "FFFFCC",
    "color20": "CCFFFF",
    "color34": "CCFFFF",
    "color36": "FFFF99",
}
"""The colours that a number format names, as far as one could be hidden in them."""


class Veil(NamedTuple):
    """One reason why a cell is seen otherwise."""

    row: int
    column: int
    why: Why
    shown: str = ""
    """What is seen there instead, where that is known; what covers it, or in what it is written."""


class Face(NamedTuple):
    """How the cells of one format are drawn."""

    code: str = "General"
    """The number format."""
    ink: str = "000000"
    """As RRGGBB; so is the fill."""
    fill: str = "FFFFFF"
    size: float = 10
    font: str = ""
    struck: bool = False
    repeated: bool = False
    """Whether its content is repeated until the cell is full."""

    @property
    def plain(self) -> bool:
        """Whether it shows whatever stands in it."""
        return self.code in {"General", "@", ""} and not any(drawn(self))


@lru_cache(maxsize=1024)
def drawn(face: Face) -> tuple[tuple[Why, str], ...]:
    """What hides everything in cells of this face."""
    found: list[tuple[Why, str]] = []
    if is_pale(face.ink, face.fill):
        found.append(("ink", ""))
    if not SMALLEST_PT <= face.size <= LARGEST_PT:
        found.append(("size", f"{face.size:g}"))
    if any(word in face.font.lower() for word in _SYMBOLS):
        found.append(("symbols", face.font))
    if face.struck:
        found.append(("struck", ""))
    if face.repeated:
        found.append(("repeated", ""))
    return tuple(found)


def seen_as(face: Face, value: object) -> Iterator[tuple[Why, str]]:
    """Why a value in a cell of this face is seen otherwise."""
    yield from drawn(face)
    if face.code in {"General", "@", ""} or isinstance(value, bool):
        return
    if not isinstance(value, str | int | float):
        return
    known = shown(value if isinstance(value, str) else float(value), face.code)
    if known is None:
        yield "unread-format", face.code
    else:
        held = value.strip() if isinstance(value, str) else f"{value:.12g}"
        if known.text != held:
            yield "format", known.text
        if known.colour and is_pale(_WORDS.get(known.colour, face.ink), face.fill):
            yield "ink", ""


@lru_cache(maxsize=1024)
def is_pale(ink: str, ground: str) -> bool:
    """Whether ink of this colour can hardly be told from the ground."""
    dark, light = sorted((_light(ink), _light(ground)))
    return (light + 0.05) / (dark + 0.05) < _LEAST_CONTRAST


def _light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class Frame(NamedTuple):
    """What a sheet as a whole does to what is seen in its cells."""

    merges: Merges
    heights: Mapping[int, float]
    """Of low rows, in points; of a hidden one 0."""
    widths: Mapping[int, float]
    """Of narrow columns, in points; of a hidden one 0."""
    hidden_rows: frozenset[int] = frozenset()
    hides_zeros: bool = False
    covers: Sequence[tuple[Area, str]] = ()
    """Where shapes lie, and what they are called."""
    printed: Sequence[Area] | None = None
    """What is printed; None for all."""
    conditional: Sequence[Area] = ()
    """Where a condition hides what stands there."""

    def veils_nothing(self, cells: Collection[CellPlace]) -> bool:
        """Whether it is known of all of these cells at once that each is seen, as mostly."""
        if self.hides_zeros or self.covers or self.conditional:
            return False
        rows, columns = {row for row, _ in cells}, {column for _, column in cells}
        if not (rows.isdisjoint(self.heights) and columns.isdisjoint(self.widths)):
            return False
        return self.merges.are_seen(cells) and (self.printed is None or self._prints(rows, columns))

    def _prints(self, rows: Set[int], columns: Set[int]) -> bool:
        """Whether all that lies in these rows and columns is on one of the areas printed."""
        first, last = (min(rows), min(columns)), (max(rows), max(columns))
        return any(within(first, area) and within(last, area) for area in self.printed or ())

    def veils(self, place: CellPlace, value: object) -> Iterator[tuple[Why, str]]:
        row, column = place
        first = self.merges.first(place)
        if first != place:
            yield "merge", f"{first[0]} {first[1]}"
            return
        last_row, last_column = self.merges.last(place)
        told = row in self.hidden_rows
        low = row in self.heights and not told
        if low and _extent(self.heights, row, last_row, LOWEST_PT) < LOWEST_PT:
            yield "row", ""
        narrow = column in self.widths
        if narrow and _extent(self.widths, column, last_column, NARROWEST_PT) < NARROWEST_PT:
            yield "column", ""
        if self.hides_zeros and not isinstance(value, str | bool) and value == 0:
            yield "zero", ""
        names = (name for area, name in self.covers if within(place, area))
        if self.covers and (name := next(names, None)) is not None:
            yield "covered", name
        if self.printed is not None and not any(within(place, area) for area in self.printed):
            yield "unprinted", ""
        if self.conditional and any(within(place, area) for area in self.conditional):
            yield "conditional", ""


def _extent(sizes: Mapping[int, float], first: int, last: int, enough: float) -> float:
    total = 0.0
    for at in range(first, min(last, MAX_ROWS) + 1):
        total += sizes.get(at, enough)
        if total >= enough:
            break
    return total


def veils_in(
    cells: Mapping[CellPlace, object], frame: Frame, faces: Mapping[CellPlace, Iterable[Face]]
) -> Iterator[Veil]:
    """Every reason for every cell."""
    seen = not cells or frame.veils_nothing(cells)
    if seen and not faces:
        return
    for place, value in cells.items():
        for why, said in () if seen else frame.veils(place, value):
            yield Veil(*place, why, said)
        if place in faces:
            told = {each for face in faces[place] for each in seen_as(face, value)}
            yield from (Veil(*place, why, said) for why, said in sorted(told))
