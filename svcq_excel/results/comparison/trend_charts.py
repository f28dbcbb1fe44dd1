"""比較歷期圖: how totals went from round to round, as lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from svcq_excel.plan.kind_words import called
from svcq_excel.results.charts.fitting import cut
from svcq_excel.results.charts.framing import framed
from svcq_excel.results.charts.model import Axis, Chart, Series
from svcq_excel.results.charts.native import native
from svcq_excel.results.charts.sheets import draw
from svcq_excel.results.charts.tables import RowCells
from svcq_excel.results.comparison.trend import ENDS, FIRST_COLUMN, FIRST_ROW, Trend, trend
from svcq_excel.results.model import Outcome
from svcq_excel.results.page.excel import ExcelBook
from svcq_excel.results.page.printing import LINE
from svcq_excel.results.page.sheet import Sheet
from svcq_excel.results.page.streaming import StreamedSheet
from svcq_excel.results.wording import beside, heading
from svcq_excel.rubric.exact import shown
from svcq_excel.rubric.model import Kind

_TOGETHER, _MOST = 5, 60
"""Lines that can be told apart in one chart, and units beyond which single ones are not drawn."""
_NAME_EMS = 8.0
_GAP_PT = 10.0
_STEPS = 10
"""Parts of an axis; it begins with the one in which the least figure lies."""


def charts_over_time(found: Trend) -> Iterator[tuple[Chart, tuple[int, ...]]]:
    """Each with the rows, from the first unit's on, in which its figures stand."""
    units = len(found.units)
    ends = tuple(
        Series(word, tuple(count(each) if each else None for each in found.by_round))
        for word, _, count in ENDS
    )
    rows = tuple(range(units, units + len(ENDS)))
    words = tuple(each.name for each in ends)
    yield _chart(found, f"歷期{found.what}：{'、'.join(words)}", ends, words), rows
    if units > _MOST:
        return
    for start in range(0, units, _TOGETHER):
        rows = tuple(range(start, min(start + _TOGETHER, units)))
        each = tuple(
            Series(cut(" ".join(found.units[at]), _NAME_EMS), found.figures[at]) for at in rows
        )
        named = f"{found.units[rows[0]][0]} 至 {found.units[rows[-1]][0]}"
        names = tuple(" ".join(found.units[at]) for at in rows)
        yield _chart(found, f"歷期{found.what}：{named}", each, names), rows


def _chart(found: Trend, title: str, series: tuple[Series, ...], names: tuple[str, ...]) -> Chart:
    """`names` are whole, as the legend has no room for them."""
    values = [value for each in series for value in each.values if value is not None]
    full = found.full or Fraction(1)
    step = full / _STEPS
    least = min(min(values, default=Fraction(0)) // step * step, full - step)
    axis = Axis(f"{found.what}（不自 0 起）" if least else found.what, least, full, not found.full)
    told = "；".join(_told(found, *each) for each in zip(names, series, strict=True))
    return Chart(title, "lines", "期別", found.rounds, series, axis, f"{told}。")


def _told(found: Trend, name: str, series: Series) -> str:
    each = zip(found.rounds, series.values, strict=True)
    said = "、".join(f"{round} {_figure(found, value)}" for round, value in each)
    return f"{name}：{said}"


def _figure(found: Trend, value: Fraction | None) -> str:
    if value is None:
        return "沒有成績"
    return f"{shown(value)} 分" if found.full else f"{shown(value * 100)}%"


def write_trend_charts(book: ExcelBook, name: str, outcome: Outcome) -> Iterable[StreamedSheet]:
    """Adds a sheet a kind of assessment, drawn of the cells of that which lists the figures."""
    for kind in outcome.kinds:
        if found := trend(outcome, kind):
            more = beside(outcome.rubric, kind, outcome.kinds[0])
            _write(book, f"{name}{more}", f"{name.removesuffix('圖')}{more}", outcome, kind, found)
    return ()


def _write(
    book: ExcelBook, name: str, listed_on: str, outcome: Outcome, kind: Kind, found: Trend
) -> None:
    sheet = Sheet(book, name, LINE)
    worksheet = book.workbook.worksheets()[-1]
    sheet.title(heading(outcome, f"{called(outcome.rubric, kind)}歷期{found.what}走勢"))
    head = sheet.next_row - 1
    if len(found.units) > _MOST:
        said = f"單位逾 {_MOST} 個，各單位歷期{found.what}見「{listed_on}」。"
        sheet.across(said, "line")
    last = FIRST_COLUMN + len(found.rounds) - 1
    for chart, rows in charts_over_time(found):
        places = tuple(FIRST_ROW + row for row in rows)
        cells = RowCells(listed_on, FIRST_COLUMN, last, FIRST_ROW - 1, places)
        frame = framed(chart)
        sheet.gap(_GAP_PT)
        drawn = native(book.workbook, chart, frame, cells)
        draw(sheet, worksheet, drawn, frame, f"{chart.title}。{chart.alternative}")
        sheet.across(chart.alternative, "note")
    sheet.finish((head, head))
