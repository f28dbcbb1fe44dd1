"""How the statistics workbook looks: cell formats by name, of one family with the forms."""

from __future__ import annotations

from typing import Any

from svcq_excel.checks.violation import SEVERITY_WORDS
from svcq_excel.palette import (
    BAR,
    ENTRY,
    FONT,
    GOOD,
    GOOD_INK,
    INK,
    LINE,
    OPEN,
    OPEN_INK,
    PALE,
    SIZE_PT,
    TABS,
    WRONG,
    WRONG_INK,
)
from svcq_excel.results.model import FILE_STATUS_WORDS, UNIT_STATUS_WORDS, Reevaluation
from svcq_excel.rubric.node import STATUSES

_BASE = {"font_name": FONT, "font_size": SIZE_PT, "valign": "vcenter", "text_wrap": True}
_GRID = {**_BASE, "border": 1, "border_color": LINE}
_CENTRED = {**_GRID, "align": "center"}
_HEAD = {**_CENTRED, "bold": True, "bg_color": PALE}
_STRONG = {**_CENTRED, "bold": True}

_WRONG = {"bg_color": WRONG, "font_color": WRONG_INK, "bold": True}
_ASK = {"bg_color": OPEN, "font_color": OPEN_INK}
_GOOD = {"bg_color": GOOD, "font_color": GOOD_INK}
_LINK = {"font_color": "1F4E9E", "underline": 1}
_ASIDE = {"bg_color": PALE, "font_color": "5B6475"}

LOOKS: dict[str, dict[str, Any]] = {
    "title": {**_BASE, "font_size": 16, "bold": True, "align": "center"},
    "label": {**_BASE, "font_size": 12, "align": "right"},
    "line": {**_BASE, "align": "left"},
    "line_right": {**_BASE, "align": "right"},
    "bar": {**_GRID, "font_size": 12, "bold": True, "bg_color": BAR, "font_color": INK},
    "sub_bar": {**_GRID, "bold": True, "bg_color": PALE, "align": "left"},
    "head": _HEAD,
    # The button of a filter covers the lower right corner.
    "filter_head": {**_HEAD, "valign": "top"},
    "item_head": {**_HEAD, "font_size": 9},
    "narrow_head": {**_HEAD, "valign": "top", "font_size": 9},
    "text": {**_GRID, "align": "left"},
    "long_text": {**_GRID, "align": "left", "valign": "top"},
    "small": {**_GRID, "align": "left", "font_size": 9},
    "centred": _CENTRED,
    "small_centred": {**_CENTRED, "font_size": 9},
    "size": {
        **_GRID,
        "align": "right",
        "num_format": '[>=1000000]0.0,," MB";[>=1000]0.0," KB";0" B"',
    },
    "score": _CENTRED,
    "changed_score": {**_CENTRED, **_ASK, "bold": True},
    "figure": _CENTRED,
    "total": _STRONG,
    "exact_total": _STRONG,
    "grade": _STRONG,
    "provisional_rank": {**_STRONG, "num_format": '0"（暫定）"'},
    "rank_change": {**_CENTRED, "num_format": '"進步"0"名";"退步"0"名";"相同"'},
    "rate_change": {**_CENTRED, "num_format": "+0.00%;-0.00%;0.00%", "font_color": INK},
    "rate": {**_CENTRED, "num_format": "0.00%"},
    "choice": {**_GRID, "align": "left", "font_size": 12, "bold": True, "bg_color": ENTRY},
    "points": {**_CENTRED, "num_format": '0"分"'},
    "points_total": {**_STRONG, "num_format": '"總分："0"分"'},
    "points_difference": {**_CENTRED, "num_format": '+0"分";-0"分";0"分"'},
    "difference": {**_CENTRED, "num_format": "+0;-0;0", "font_color": INK},
    "mean": {**_STRONG, "bg_color": PALE},
    "mean_difference": {**_STRONG, "bg_color": PALE, "num_format": "+0;-0;0"},
    "mean_rate_change": {**_STRONG, "bg_color": PALE, "num_format": "+0.00%;-0.00%;0.00%"},
    "mean_rate": {**_STRONG, "bg_color": PALE, "num_format": "0.00%"},
    "mean_label": {**_STRONG, "bg_color": PALE, "align": "right"},
    "link": {**_CENTRED, **_LINK},
    "name_link": {**_GRID, **_LINK, "align": "left"},
    "note": {**_BASE, "align": "left"},
    "signature": {**_BASE, "font_size": 12, "align": "left"},
    "needs-correction": {**_CENTRED, **_ASK},
    "incomplete": {**_CENTRED, **_ASK},
    "missing": {**_CENTRED, **_WRONG},
    "wrong": _WRONG,
    "good": _GOOD,
    "aside": _ASIDE,
    "ask": _ASK,
    **{
        f"{name}_tab": {**_STRONG, "font_color": "FFFFFF", "bg_color": c}
        for name, c in TABS.items()
    },
}

FRACTIONS: dict[str, str] = {
    "figure": "General",  # what units entered, in units of their own
    "exact_total": "0.00##",  # 899.9999 is not 900.00 where that would be another grade
    "difference": "+0.00;-0.00;0.00",
    "mean_difference": "+0.00;-0.00;0.00",
    "rate_change": "+0.00%;-0.00%;0.00%",
    "mean_rate_change": "+0.00%;-0.00%;0.00%",
    "rate": "0.00%",
    "mean_rate": "0.00%",
    "points": '0.00"分"',
    "points_difference": '+0.00"分";-0.00"分";0.00"分"',
    "points_total": '"總分："0.00"分"',
}
"""The number formats where figures have decimals; others show two."""

BARS = frozenset({"bar", "sub_bar"})
"""Looks of the heads of a table's parts, which stand with the row below them."""

TOGETHER = frozenset(
    {
        *("score", "changed_score", "total", "exact_total"),
        *("difference", "points", "points_difference", "points_total"),
    }
)
"""Looks of figures that are one table: where one of them has decimals, all show them."""

STATUS_TONES: dict[str, str] = {
    UNIT_STATUS_WORDS["needs-correction"]: "ask",
    UNIT_STATUS_WORDS["incomplete"]: "ask",
    UNIT_STATUS_WORDS["missing"]: "wrong",
    FILE_STATUS_WORDS["unread"]: "wrong",
    FILE_STATUS_WORDS["rejected"]: "wrong",
}
STEP_TONES: dict[str, str] = {
    **dict(zip(STATUSES, ("good", "ask", "wrong", "aside"), strict=True)),
    UNIT_STATUS_WORDS["needs-correction"]: "ask",
    UNIT_STATUS_WORDS["incomplete"]: "ask",
    UNIT_STATUS_WORDS["missing"]: "wrong",
}
REEVALUATION_WORDS: dict[Reevaluation, str] = {
    "due": "待複評",
    "passed": "通過",
    "failed": "未通過",
}
REEVALUATION_TONES: dict[str, str] = {
    REEVALUATION_WORDS["due"]: "ask",
    REEVALUATION_WORDS["failed"]: "wrong",
}
SEVERITY_TONES: dict[str, str] = {
    SEVERITY_WORDS["error"]: "wrong",
    SEVERITY_WORDS["warning"]: "ask",
}
"""The colours of cells that hold such a word."""


def look_of(name: str, decimals: bool, is_number: bool) -> dict[str, Any]:
    """A cell format in XlsxWriter's words; a number shrinks before it would be shown as ###."""
    look = LOOKS[name]
    if is_number:
        look = {**look, "text_wrap": False, "shrink": True}
    if decimals:
        look = {**look, "num_format": FRACTIONS.get(name, "0.00")}
    return look


def size_of(name: str) -> float:
    """The font size in points."""
    return float(LOOKS[name]["font_size"])
