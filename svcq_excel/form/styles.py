"""How a form looks: one table of cell formats, by what stands in the cell."""

from __future__ import annotations

from typing import Any

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
    WORKBOOK_OPTIONS,
    WRONG,
    WRONG_INK,
)

DATE_FORMAT = '[$-404]e"年"m"月"d"日"'

FORM_OPTIONS: dict[str, Any] = {
    **WORKBOOK_OPTIONS,
    # Pasting into an entry brings the Normal style along, and a locked one would lock the entry.
    "default_format_properties": {**WORKBOOK_OPTIONS["default_format_properties"], "locked": False},
}

TEXT_MARKS = ("number_stored_as_text", "two_digit_text_year")
FORMULA_MARKS = ("formula_differs", "formula_range", "formula_unlocked")
NO_MARKS = TEXT_MARKS + FORMULA_MARKS
"""What Excel would mark with a green corner though it is meant: codes, dates as they were typed,
sums of some cells and not of their neighbours."""

_BASE = {
    "font_name": FONT,
    "font_size": SIZE_PT,
    "valign": "vcenter",
    "text_wrap": True,
    "locked": True,
}
_GRID = {**_BASE, "border": 1, "border_color": LINE}
_CENTRED = {**_GRID, "align": "center"}
_TEXT = {**_GRID, "align": "left"}
_INPUT = {**_CENTRED, "locked": False, "bg_color": ENTRY}
# As text, so that no program makes a formula of what begins with - + =, or a date of 3-5.
_TYPED = {**_INPUT, "num_format": "@"}
_WORDS = {**_TYPED, "align": "left"}

FORMATS: dict[str, dict[str, Any]] = {
    "title": {**_BASE, "font_size": 16, "bold": True, "align": "center"},
    "label": {**_BASE, "font_size": 12, "align": "right"},
    "head_label": {
        **_CENTRED,
        "bold": True,
        "bg_color": PALE,
        "shrink": True,
        "text_wrap": False,
    },
    "unit": {**_CENTRED, "font_size": 12, "num_format": "@", "shrink": True, "text_wrap": False},
    "unit_name": {**_CENTRED, "font_size": 12, "shrink": True, "text_wrap": False},
    "total": {**_CENTRED, "font_size": 12, "bold": True, "num_format": 'General"分"'},
    "assessor": _TYPED,
    # Nor a year of its own of 105/7/5.
    "date": _TYPED,
    "progress": {**_CENTRED, "font_size": 9, "font_color": OPEN_INK},
    "column_head": {**_CENTRED, "bold": True, "bg_color": PALE},
    "section": {
        **_GRID,
        "font_size": 12,
        "bold": True,
        "bg_color": BAR,
        "font_color": INK,
        "indent": 1,
    },
    "section_sum": {
        **_CENTRED,
        "font_size": 12,
        "bold": True,
        "bg_color": BAR,
        "font_color": INK,
        "num_format": '"小計 "General"分"',
    },
    "purpose": {**_TEXT, "italic": False, "font_color": INK, "indent": 1},
    "notice": {**_TEXT, "bg_color": PALE},
    "level": {**_TEXT, "valign": "top"},
    "sum": {**_TEXT, "valign": "top", "bold": True},
    "continued": {**_TEXT, "valign": "top", "font_color": "5B6475"},
    "leaf_title": {**_TEXT, "bold": True, "bg_color": PALE},
    "range": _CENTRED,
    "band_text": _TEXT,
    "criterion": _TEXT,
    "unused": {**_CENTRED, "font_color": LINE},
    "measure": _INPUT,
    "band": _TYPED,
    "score": {**_INPUT, "font_size": 14, "bold": True},
    "note": _WORDS,
    "due": _CENTRED,
    "status": {**_TYPED, "bold": True},
    "done": _WORDS,
    "proof": _WORDS,
    "this_year": _INPUT,
    "last_year": _INPUT,
    "growth": {
        **_CENTRED,
        "font_color": INK,
        "num_format": "0.00%",
        "shrink": True,  # 1234.56% would be ###
        "text_wrap": False,
    },
    "allowed": {**_CENTRED, "font_color": INK},
    "check": {**_CENTRED, "font_color": OPEN_INK},
    "comments_head": {**_GRID, "bold": True, "bg_color": BAR, "font_size": 12, "indent": 1},
    "comments": {**_WORDS, "valign": "top"},
    "document": {**_TEXT, "bold": True, "bg_color": PALE, "indent": 1},
    "handed_in": {**_TYPED, "bold": True},
    "item": {**_TEXT, "bold": True},
    "remark": {**_WORDS, "valign": "top"},
    "guide": {**_BASE, "font_size": 12, "align": "left", "valign": "top"},
    "guide_head": {**_BASE, "font_size": 12, "bold": True, "align": "left"},
    "guide_label": {**_BASE, "font_size": 12, "bold": True, "align": "left", "valign": "top"},
    "guide_number": {**_BASE, "font_size": 12, "align": "center", "valign": "top", "bold": True},
    "outside": {"locked": True},
    "hidden": {"num_format": "@", "locked": True},
    "link": {**_CENTRED, "font_color": "1A4E9B", "underline": 1},
    "good": {"bg_color": GOOD, "font_color": GOOD_INK},
    "wrong": {"bg_color": WRONG, "font_color": WRONG_INK, "bold": True},
    "ask": {"bg_color": OPEN, "font_color": OPEN_INK},
}


def column_width(pixels: int) -> float:
    """A column's width in characters of the Normal style, whose digits are 8 pixels wide."""
    return round((pixels - 5) / 8, 2)
