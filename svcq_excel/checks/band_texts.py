"""適用級距 as people type it: which spellings name a band of a leaf, and which none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from unicodedata import normalize

from svcq_excel.checks.numerals import shorten
from svcq_excel.form.facts import Cell
from svcq_excel.rubric.model import Band, Node
from svcq_excel.text.unseen import BLANKS

_DASHES = str.maketrans(dict.fromkeys("~〜∼‐‑‒–—―−─ーㄧ至到", "-"))
_AROUND = "「」『』《》〈〉【】()[]{}\"'“”‘’。.,:;、"
_RANGE = re.compile(
    r"(?:適用)?(?:級距)?:?([0-9]{1,5}(?:\.[0-9]{1,3})?)分?-+([0-9]{1,5}(?:\.[0-9]{1,3})?)分?"
)

_Ends = tuple[Decimal, Decimal]


class BandReading(NamedTuple):
    """What was entered as 適用級距, and the band of the leaf that it is, where it is one."""

    text: str = ""
    band: Band | None = None
    normalised: bool = False
    """Whether it is spelled otherwise than in the list to choose from."""


_NONE = BandReading()


def read_band(cell: Cell | None, leaf: Node) -> BandReading:
    if cell is None or (cell.blank and not cell.formula):
        return _NONE
    text = shorten(cell.error or cell.text)
    if band := leaf.band_labelled(text.replace(" ", "")):
        return BandReading(text, band)
    ends = set(_meant(cell))
    bands = [band for band in leaf.bands if (band.min, band.max) in ends]
    if len(bands) == 1:
        return BandReading(text, bands[0], normalised=True)
    return BandReading(shorten(cell.formula_text) or text or "公式")


def _meant(cell: Cell) -> Iterator[_Ends]:
    """The ends of the range that was typed. Of 6-10 office programs make the 10th of June, of 1-40
    January 1940."""
    if isinstance(cell.value, date):
        day = cell.value
        yield Decimal(day.month), Decimal(day.day)
        if day.day == 1:
            yield Decimal(day.month), Decimal(day.year % 100)
    elif isinstance(cell.value, str):
        text = "".join(char for char in normalize("NFKC", cell.value) if char not in BLANKS)
        found = _RANGE.fullmatch(text.strip(_AROUND).translate(_DASHES))
        if found:
            yield Decimal(found[1]), Decimal(found[2])
