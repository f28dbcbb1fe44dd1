"""A plain list on a sheet: one row of heads, rows of any length, a filter, words with colours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from svcq_excel.results.page.sheet import Content, Sheet, SheetCell

BUTTON_PT = 18.0
"""The height of a filter's button, which covers the foot of a head."""


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a list; `tones` names the colour of cells that hold a certain word."""

    title: str
    pixels: int
    look: str = "text"
    tones: Mapping[str, str] = field(default_factory=dict)
    hidden: bool = False
    """For programs: people are told it otherwise."""
    identifies: bool = False
    """Stands again where a row has to go on in another."""


def widths(columns: Sequence[ListColumn]) -> list[int]:
    """Nobody reads what is hidden: it takes no room on paper, either."""
    return [0 if column.hidden else column.pixels for column in columns]


def heads(
    sheet: Sheet, columns: Sequence[ListColumn], look: str = "head", least: float = 24
) -> int:
    """Adds the row of heads; returns its number."""
    return sheet.row([SheetCell(column.title, look) for column in columns], least)


def filtered(
    sheet: Sheet,
    columns: Sequence[ListColumn],
    contents: Iterable[Sequence[Content]],
    foot: str = "",
) -> None:
    """Adds a list that is all of a sheet from here on, with a filter over it, and finishes it.

    A line below it, `foot`, is no part of what is filtered.
    """
    texts = [SheetCell(column.title, "filter_head") for column in columns]
    head = sheet.row(texts, 0, BUTTON_PT)
    last = rows(sheet, columns, contents)
    sheet.filter(head, last)
    if foot:
        sheet.gap(6)
        sheet.across(foot, "line_right")
    sheet.finish((head, head))


def rows(
    sheet: Sheet,
    columns: Sequence[ListColumn],
    contents: Iterable[Sequence[Content | SheetCell]],
) -> int:
    """Adds one row each, or 無 where there is none; returns the last row's number. A cell that is
    given whole has a look of its own.

    The last content of a short row takes the columns that are left. A row that would be higher
    than a row can be goes on in the next: no text is lost.
    """
    first = sheet.next_row
    for row in contents:
        for cells in _cells(sheet, columns, row):
            sheet.row(cells)
    if sheet.next_row == first:
        sheet.row([SheetCell("無", "centred", len(columns))])
    _colour(sheet, columns, first)
    return sheet.next_row - 1


def _cells(
    sheet: Sheet, columns: Sequence[ListColumn], row: Sequence[Content | SheetCell]
) -> Iterator[list[SheetCell]]:
    spans = [1] * (len(row) - 1) + [len(columns) - len(row) + 1]
    parts = [
        sheet.pieces(content, sum(widths(columns[at : at + span])), column.look)
        if isinstance(content, str) and not column.hidden
        else [content]
        for at, (content, column, span) in enumerate(zip(row, columns, spans, strict=False))
    ]
    for part in zip_longest(*parts):
        yield [
            _cell(whole[0] if column.identifies else content, column, span)
            for content, whole, column, span in zip(part, parts, columns, spans, strict=False)
        ]


def _cell(content: Content | SheetCell, column: ListColumn, span: int) -> SheetCell:
    if isinstance(content, SheetCell):
        return replace(content, columns=span)
    return SheetCell(content, column.look, span)


def _colour(sheet: Sheet, columns: Sequence[ListColumn], first: int) -> None:
    for i, column in enumerate(columns):
        sheet.colour_words((first, i, sheet.next_row - 1, i), column.tones)
