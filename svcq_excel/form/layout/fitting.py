"""Makes the rows of a form high enough for every text that stands in them."""

from __future__ import annotations

from collections.abc import Sequence

from svcq_excel.form.layout import metrics
from svcq_excel.form.layout.columns import Column
from svcq_excel.form.layout.grid import TOP_ROWS, Box, Role, sum_word
from svcq_excel.form.styles import FORMATS
from svcq_excel.rubric.model import Rubric, number

TEXT_PT, SMALL_PT = 10, 8
MAX_ROW_PT = 396  # Excel allows 409
_HAIR = 0.01
_ADVICE = "一\n二\n三"  # the longest advice takes three lines


def width(columns: Sequence[Column], first: int, last: int) -> int:
    """The pixels that a span of columns takes."""
    return sum(column.pixels for column in columns[first : last + 1])


def text_size(what: str, text: str, pixels: int) -> int:
    """The size in which an entry's text is set: a small one where it takes more than a row."""
    usual = int(FORMATS[what]["font_size"])
    return usual if metrics.height(text, pixels, usual) <= MAX_ROW_PT else SMALL_PT


def text_height(what: str, text: str, pixels: int) -> float:
    """The points that an entry's text needs in its size."""
    return metrics.height(text, pixels, text_size(what, text, pixels))


def fit(
    heights: Sequence[float], boxes: Sequence[Box], columns: Sequence[Column], rubric: Rubric
) -> tuple[float, ...]:
    """The heights in points, stretched: boxes of few rows first, so that long ones add less."""
    fitted = list(heights)
    for box in sorted(boxes, key=lambda box: box.last_row - box.row):
        rows = range(box.row, box.last_row + 1)
        lacking = needed(box, columns, rubric) - sum(fitted[row] for row in rows)
        if box.row >= TOP_ROWS or box.role is Role.INPUT:
            _stretch(fitted, rows, lacking)
    # What programs would make of other heights is more than was planned.
    return tuple(map(metrics.whole_pixels, fitted))


def _stretch(heights: list[float], rows: Sequence[int], lacking: float) -> None:
    """Shares what is lacking among the rows, of which none grows beyond its limit."""
    while lacking > _HAIR and (able := [row for row in rows if heights[row] < MAX_ROW_PT]):
        share = lacking / len(able)
        for row in able:
            more = min(share, MAX_ROW_PT - heights[row])
            heights[row] += more
            lacking -= more


def needed(box: Box, columns: Sequence[Column], rubric: Rubric) -> float:
    """The points that a box has to be high for its text."""
    text = box.text
    if box.what == "sum" and box.node:
        text = f"{text}\n{sum_word(rubric, box.node)}：{number(box.node.cap)}分"
    elif box.what == "check":
        text = _ADVICE
    if not text:
        return 0
    pixels = width(columns, box.column, box.last_column)
    if box.role is Role.INPUT:
        return text_height(box.what, text, pixels)
    return metrics.height(text, pixels, FORMATS[box.what]["font_size"])
