"""The letters and colours that all of our sheets share."""

from __future__ import annotations

from typing import Any

FONT = "標楷體"
SIZE_PT = 10

_NORMAL = {"font_name": FONT, "font_size": 12, "font_scheme": "none"}
"""Of the scheme, a font would become the theme's in Excel (新細明體), and XlsxWriter takes every
default font for one of it."""

WORKBOOK_OPTIONS: dict[str, Any] = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": _NORMAL,
    "default_row_height": 22,
    "default_column_width": 72,
}

INK, PALE, BAR, LINE = "1F2A44", "F3F5F9", "DCE4F0", "8A94A6"
ENTRY, GOOD, WRONG, OPEN = "FFF8DC", "E6F4E6", "FBE3E1", "FFF3D6"
GOOD_INK, WRONG_INK, OPEN_INK = "1E6B2B", "B3261E", "7A5200"
ASIDE_INK = "5B6475"

TABS = {
    "results": "1F4E9E",
    "details": "1E6B2B",
    "checking": "7A5200",
    "units": "5B3F8C",
    "internal": "5B6475",
}
"""The tabs of a workbook's sections; white is read on each of them."""
