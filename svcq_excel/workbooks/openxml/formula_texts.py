"""How formulas in cells of .xlsx are spelled, those too that are told once for several cells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

from svcq_excel.workbooks.look import CellPlace, address
from svcq_excel.workbooks.openxml.addressing import place_of

_LATER = re.compile(r"_xl(?:fn|ws|udf|pm)\.")
"""Before the names of functions and parameters that came after Excel 2007."""
_FORMULA = rb"<%bc(\s[^<>]{0,400}+)>\s*+<%bf((?:\s[^<>]*?)?)(?:/>|>([^<]{0,8192})<)"
_SHARED = re.compile(rb"""\st\s*=\s*["']shared["']""")
_INDEX = re.compile(rb"""\ssi\s*=\s*["']([0-9]{1,9})["']""")


class FormulaTexts:
    """The formulas of a sheet, found once."""

    def __init__(self, cells: bytes, prefix: bytes) -> None:
        found = re.findall(_FORMULA % (prefix, prefix), cells)
        self._at: Mapping[CellPlace, tuple[bytes, bytes]] = {
            place: (tag, text) for cell, tag, text in found if (place := place_of(cell))
        }
        self._shared: dict[bytes, CellPlace] = {}
        for place, (tag, text) in self._at.items():
            if text and (index := _shared(tag)) is not None:
                self._shared.setdefault(index, place)

    def at(self, row: int, column: int) -> str:
        """The formula in a cell, =A1+1; "" where none is spelled."""
        tag, text = self._at.get((row, column), (b"", b""))
        if text:
            return _plain(text)
        origin = self._shared.get(_shared(tag) or b"")
        return self._moved(origin, (row, column)) if origin else ""

    def _moved(self, origin: CellPlace, place: CellPlace) -> str:
        """A formula that stands in another cell, as it is for this one."""
        from openpyxl.formula.tokenizer import TokenizerError  # few forms have such formulas
        from openpyxl.formula.translate import Translator, TranslatorError

        formula = _plain(self._at[origin][1])
        try:
            return str(Translator(formula, address(*origin)).translate_formula(address(*place)))
        except (TokenizerError, TranslatorError, ValueError, IndexError):
            return ""


def _shared(tag: bytes) -> bytes | None:
    found = _INDEX.search(tag) if _SHARED.search(tag) else None
    return found[1] if found else None


def _plain(formula: bytes) -> str:
    return f"={_LATER.sub('', unescape(formula.decode('utf-8', 'replace')))}"
