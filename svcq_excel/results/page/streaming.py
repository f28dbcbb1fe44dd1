"""Sheets whose rows are written one by one when their workbook is put together.

XlsxWriter makes the workbook, with these sheets empty but for how they look; then their rows take
their places, so that nobody has to hold hundreds of thousands of cells. What they may hold, and how
they look, is as in `sheet`.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from html import escape
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from xlsxwriter.url import Url
from xlsxwriter.utility import xl_col_to_name

from svcq_excel.form.layout import metrics
from svcq_excel.form.styles import column_width
from svcq_excel.results.page.excel import MOST_PT, ExcelGrid
from svcq_excel.results.page.figures import with_decimals
from svcq_excel.results.page.printing import PrintSetUp, footer
from svcq_excel.results.page.sheet import LEAST_PT, Formula, Link, SheetCell
from svcq_excel.results.page.styles import size_of
from svcq_excel.rubric.exact import Figure
from svcq_excel.rubric.node import json_number
from svcq_excel.text.visible import printable

_LOOKS_LIKE_CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_EMPTY, _SIZE = "<sheetData/>", '<dimension ref="A1"/>'
_FOOT_ENDS = "</headerFooter>"
_FILTER = re.compile("<autoFilter [^>]*/>")
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HYPERLINK = f"{_OFFICE}/hyperlink"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
)
_PIECE = 65_536


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, and its least height; `tied` to the row above, it stays on its page."""

    cells: Sequence[SheetCell]
    least: float = LEAST_PT
    more: float = 0
    tied: bool = False


class StreamedSheet:
    """A sheet of a book, and how its rows are had once it is their turn.

    `looks` are all that its cells have. Where the rows shall tell whether their figures have
    decimals, `alike`, all of them are had first.
    """

    def __init__(
        self,
        grid: ExcelGrid,
        widths: Sequence[int],
        looks: Iterable[str],
        rows: Callable[[], Iterable[Row]],
        set_up: PrintSetUp,
        alike: bool = True,
    ) -> None:
        book, raw = grid.book, grid.worksheet
        self.name: str = raw.get_name()
        self.part = f"xl/worksheets/sheet{raw.index + 1}.xml"
        self.widths, self._rows, self._alike = widths, rows, alike
        self._texts = {look: book.style(look, False, False) for look in looks}
        self._figures = {look: book.style(look, False, True) for look in self._texts}
        self._decimals = {look: book.style(look, True, True) for look in self._texts}
        self._sizes = {look: size_of(look) for look in self._texts}
        self._heights, self._tied = array("d"), set[int]()
        self._set_up = set_up
        grid.finish(set_up)
        self._merged: list[str] = []
        self._links: list[str] = []
        self._targets: dict[str, str] = {}
        for at, pixels in enumerate(widths):
            raw.set_column(at, at, column_width(pixels))

    def xml(self, skeleton: str) -> Iterator[str]:
        """The whole part, from the empty one."""
        before, after = skeleton.replace(_SIZE, "", 1).split(_EMPTY, 1)
        yield f"{before}<sheetData>"
        rows = self._rows()
        if self._alike:
            rows = list(rows)
            for look in with_decimals(_figures(rows)) & self._decimals.keys():
                self._figures[look] = self._decimals[look]
        for number, row in enumerate(rows, 1):
            yield self._row(number, row)
        yield "</sheetData>"
        if filtered := _FILTER.match(after):
            yield filtered[0]
            after = after[filtered.end() :]
        if self._merged:
            yield f'<mergeCells count="{len(self._merged)}">{"".join(self._merged)}</mergeCells>'
        if self._links:
            yield f"<hyperlinks>{''.join(self._links)}</hyperlinks>"
        yield self._paged(after)

    def _paged(self, after: str) -> str:
        """With the pages, which are known once all rows are."""
        so = self._set_up
        pages = so.pages.of_rows(self._heights, so.heads, 0, self._tied, may_shrink=False)
        foot, own = (escape(footer(count), quote=False) for count in (0, pages.count))
        after = after.replace(foot, own)
        if not pages.rows:
            return after
        each = "".join(f'<brk id="{row}" max="16383" man="1"/>' for row in pages.rows)
        many = len(pages.rows)
        said = f'<rowBreaks count="{many}" manualBreakCount="{many}">{each}</rowBreaks>'
        return after.replace(_FOOT_ENDS, f"{_FOOT_ENDS}{said}")

    def relationships(self) -> str:
        """What the links lead to, once all rows are written; "" where there are none."""
        each = "".join(
            f'<Relationship Id="{id}" Type="{_HYPERLINK}" Target="{escape(target)}" '
            'TargetMode="External"/>'
            for target, id in self._targets.items()
        )
        return f"{_HEAD}{each}</Relationships>" if each else ""

    def _row(self, number: int, row: Row) -> str:
        column, height = 0, row.least
        written: list[str] = []
        for cell in row.cells:
            content, look, columns = cell.content, cell.look, cell.columns
            at = f"{letters(column)}{number}"
            if isinstance(content, Link):
                self._link(at, content.target)
                content = content.text
            if content is None or content == "":
                written.append(f'<c r="{at}" s="{self._texts[look]}"/>')
            elif isinstance(content, str):
                style, text = self._texts[look], _text(content)
                written.append(f'<c r="{at}" s="{style}" t="inlineStr">{text}</c>')
                pixels = self.widths[column]
                if columns > 1:
                    pixels = sum(self.widths[column : column + columns])
                needed = metrics.height(content, pixels, self._sizes[look])
                if needed > height:
                    height = needed
            else:
                written.append(self._figure(at, content, look))
            if columns > 1:
                more = range(column + 1, column + columns)
                written += [f'<c r="{letters(i)}{number}" s="{self._texts[look]}"/>' for i in more]
                last = letters(column + columns - 1)
                self._merged.append(f'<mergeCell ref="{at}:{last}{number}"/>')
            column += columns
        points = metrics.whole_pixels(min(height + row.more, MOST_PT))
        if row.tied:
            self._tied.add(number - 1)
        self._heights.append(points)
        return f'<row r="{number}" ht="{points:g}" customHeight="1">{"".join(written)}</row>'

    def _figure(self, at: str, content: int | Figure | Formula, look: str) -> str:
        """A number, or what is live."""
        if isinstance(content, int):
            return f'<c r="{at}" s="{self._texts[look]}"><v>{content}</v></c>'
        live, value = "", content.value if isinstance(content, Formula) else content
        if isinstance(content, Formula):
            live = f"<f>{escape(content.text[1:], quote=False)}</f>"
        if isinstance(value, str):
            said = f"<v>{escape(value, quote=False)}</v>"
            return f'<c r="{at}" s="{self._texts[look]}" t="str">{live}{said}</c>'
        return f'<c r="{at}" s="{self._figures[look]}">{live}<v>{json_number(value)!r}</v></c>'

    def _link(self, at: str, target: str) -> None:
        path, _, anchor = target.partition("#")
        id = self._targets.setdefault(_led_to(path), f"rId{len(self._targets) + 1}")
        place = f' location="{escape(anchor)}"' if anchor else ""
        self._links.append(f'<hyperlink ref="{at}" r:id="{id}"{place}/>')


@lru_cache(maxsize=64)
def _led_to(path: str) -> str:
    """As XlsxWriter spells it for the other sheets."""
    spelled: str = Url(path)._target()
    return spelled


def poured(workbook: bytes, sheets: Iterable[StreamedSheet]) -> bytes:
    """The workbook with the rows of these sheets, which are empty in it."""
    by_part = {sheet.part: sheet for sheet in sheets}
    if not by_part:
        return workbook
    out = BytesIO()
    with ZipFile(BytesIO(workbook)) as source, ZipFile(out, "w") as target:
        for info in source.infolist():
            sheet, part = by_part.get(info.filename), _like(info, info.filename)
            if sheet is None:
                target.writestr(part, source.read(info))
                continue
            with target.open(part, "w") as stream:
                for piece in _together(sheet.xml(source.read(info).decode("utf-8"))):
                    stream.write(piece.encode("utf-8"))
            if relationships := sheet.relationships():
                name = f"xl/worksheets/_rels/{PurePosixPath(info.filename).name}.rels"
                target.writestr(_like(info, name), relationships)
    return out.getvalue()


def _like(info: ZipInfo, name: str) -> ZipInfo:
    like = ZipInfo(name, info.date_time)
    like.compress_type, like.external_attr = ZIP_DEFLATED, info.external_attr
    like.create_system = info.create_system
    return like


def _together(pieces: Iterable[str]) -> Iterator[str]:
    """In fewer pieces, none of them large."""
    kept: list[str] = []
    size = 0
    for piece in pieces:
        kept.append(piece)
        size += len(piece)
        if size > _PIECE:
            yield "".join(kept)
            kept, size = [], 0
    yield "".join(kept)


def _figures(rows: Iterable[Row]) -> Iterator[tuple[str, Figure]]:
    for row in rows:
        for cell in row.cells:
            value = cell.content.value if isinstance(cell.content, Formula) else cell.content
            if isinstance(value, Decimal | Fraction):
                yield cell.look, value


letters = cache(xl_col_to_name)


@lru_cache(maxsize=4096)  # names, paths and digests of a unit stand in many rows
def _text(content: str) -> str:
    spelled = _LOOKS_LIKE_CODE.sub("_x005F_", printable(content))
    return f'<is><t xml:space="preserve">{escape(spelled, quote=False)}</t></is>'
