"""The cells of a sheet as a section of a page: its title, its lines of text, and its tables with
heads that say what they are heads of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from svcq_excel.results.page.printing import PrintSetUp
from svcq_excel.results.page.styles import BARS, LOOKS
from svcq_excel.results.screen.cells import Cell, Cells
from svcq_excel.results.screen.paper import scale_of

_TITLE = "title"
_NAMES = frozenset({"text", "small", "long_text"})
"""Looks of texts: the first of a row names what the row is of."""
_SUMS = "mean"
_CHOSEN = frozenset({"組別", "類別", "等第"})
"""Heads of columns that hold few words, among which readers choose; those with colours too."""

Row = Sequence[tuple[int, Cell]]


def section_of(cells: Cells, name: str, id: str, set_up: PrintSetUp) -> str:
    """The section, but for its own tags."""
    parts = "\n".join(_Section(cells, name, id, set_up).parts())
    scale = scale_of(set_up.pages, sum(cells.widths))
    return f'<div style="--scale:{scale:.3f}">\n{parts}\n</div>'


class _Section:
    def __init__(self, cells: Cells, name: str, id: str, set_up: PrintSetUp) -> None:
        self.cells, self.name, self.id, self.set_up = cells, name, id, set_up
        self.hidden = cells.hidden()
        self.widths = [w for at, w in enumerate(cells.widths) if at not in self.hidden]
        self.notes: list[str] = []
        self.tables = 0

    def parts(self) -> Iterator[str]:
        for is_table, rows in groupby(self._rows(), lambda row: _in_a_table(row[1])):
            if is_table:
                yield from self._table(list(rows))
                continue
            yield '<div class="lines">'
            yield from map(self._lines, (row for _, row in rows))
            yield "</div>"
        if self.notes:
            yield f'<ol class="notes">{"".join(self.notes)}</ol>'

    def _rows(self) -> Iterator[tuple[int, Row]]:
        for at in range((self.set_up.bottom or 0) + 1):
            seen = [(i, cell) for i, cell in self.cells.of_row(at) if i not in self.hidden]
            if seen:
                yield at, seen

    def _lines(self, row: Row) -> str:
        """A row outside of tables."""
        (_, first), *others = row
        beside = "".join(_span(cell) for _, cell in others)
        if first.look == _TITLE:
            return f'<div class="title"><h2 id="{self.id}-h">{first.markup}</h2>{beside}</div>'
        if others:
            return f'<div class="beside">{_span(first)}{beside}</div>'
        return f'<p class="{first.look}">{first.markup}</p>'

    def _table(self, rows: Sequence[tuple[int, Row]]) -> Iterator[str]:
        self.tables += 1
        many = f"（{self.tables}）" if self.tables > 1 else ""
        pixels = sum(self.widths)
        heads = [at for at, row in rows if self._is_head(at, row)]
        body = [(at, row) for at, row in rows if at not in heads]
        sums = [each for each in body if each[1][-1][1].look.startswith(_SUMS)]
        yield (
            f'<div class="table" role="region" aria-label="{escape(self.name)}{many}" '
            f'tabindex="0"><table style="--wide:{pixels}px">'
            f'<caption class="unseen">{escape(self.name)}{many}</caption><colgroup>'
        )
        yield "".join(f'<col style="width:{each / pixels:.2%}">' for each in self.widths)
        yield "</colgroup><thead>"
        for at in heads:
            yield f"<tr>{''.join(self._head(at, i, cell) for i, cell in self._row(at))}</tr>"
        yield "</thead>"
        yield from self._bodies([each for each in body if each not in sums])
        if sums:
            yield f"<tfoot>{''.join(self._line(at, row) for at, row in sums)}</tfoot>"
        yield "</table></div>"

    def _is_head(self, at: int, row: Row) -> bool:
        first, last = self.set_up.heads
        return first <= at <= last or all(cell.look.endswith("head") for _, cell in row)

    def _row(self, at: int) -> Row:
        return [(i, cell) for i, cell in self.cells.of_row(at) if i not in self.hidden]

    def _bodies(self, rows: Sequence[tuple[int, Row]]) -> Iterator[str]:
        """A body for the rows below each bar; what readers sort stays below its own."""
        yield "<tbody>"
        begun = False
        for at, row in rows:
            if row[0][1].look in BARS:
                if begun:
                    yield "</tbody><tbody>"
                yield self._bar(row[0][1])
            else:
                yield self._line(at, row)
            begun = True
        yield "</tbody>"

    def _bar(self, cell: Cell) -> str:
        """It goes over all columns; on paper it is seen on the first of several pages."""
        look, span = f' class="{cell.look}"', f' colspan="{len(self.widths)}"'
        return f'<tr{look}><th scope="rowgroup"{look}{span}>{cell.markup}</th></tr>'

    def _line(self, at: int, row: Row) -> str:
        name = next((i for i, cell in row if cell.look in _NAMES and cell.content), None)
        said = (self._cell(at, i, cell, "th" if i == name else "td") for i, cell in row)
        return f"<tr>{''.join(said)}</tr>"

    def _head(self, at: int, i: int, cell: Cell) -> str:
        if not cell.text:
            return self._cell(at, i, cell, "td")
        span = self._spans(at, i)
        scope = "colgroup" if "colspan" in span else "col"
        coloured = any(area[1] <= i <= area[3] for area, _, _ in self.cells.toned_words)
        chosen = " choice" if cell.text in _CHOSEN or (coloured and scope == "col") else ""
        return f'<th scope="{scope}" class="{cell.look}{chosen}"{span}>{cell.markup}</th>'

    def _cell(self, at: int, i: int, cell: Cell, tag: str) -> str:
        tone = self.cells.tone(at, i, cell)
        looks = f"{cell.look} {tone}" if tone else cell.look
        said = cell.markup
        if (at, i) in self.cells.toned:
            said += '<span class="unseen">（加底色）</span>'
        if comment := self.cells.comments.get((at, i)):
            said += self._noted(comment)
        scope = ' scope="row"' if tag == "th" else ""
        return f'<{tag}{scope} class="{looks}"{self._spans(at, i)}>{said}</{tag}>'

    def _noted(self, comment: str) -> str:
        """Leads to the comment, which stands below: nobody has to point at a cell to read it."""
        number = len(self.notes) + 1
        id = f"{self.id}-n{number}"
        self.notes.append(f'<li id="{id}">{escape(comment)}</li>')
        return f'<sup><a href="#{id}" aria-label="註{number}">{number}</a></sup>'

    def _spans(self, at: int, i: int) -> str:
        last_row, last = self.cells.merged.get((at, i), (at, i))
        columns = sum(each not in self.hidden for each in range(i, last + 1))
        rows = last_row - at + 1
        across = f' colspan="{columns}"' if columns > 1 else ""
        return across + (f' rowspan="{rows}"' if rows > 1 else "")


def _in_a_table(row: Row) -> bool:
    """What has no frame stands outside of tables."""
    return "border" in LOOKS[row[0][1].look]


def _span(cell: Cell) -> str:
    return f'<span class="{cell.look}">{cell.markup}</span>' if cell.text else ""
