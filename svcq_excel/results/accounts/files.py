"""Which workbooks hold the sheets of which units: one, or of many units one a hundred."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from svcq_excel.plan.units import Unit

NAME = "各單位"
_MOST, _EACH = 300, 100
"""What opens at once and is still found through; of more units, as many a workbook."""


def files_of(table: Path, units: Sequence[Unit]) -> Mapping[Path, tuple[str, ...]]:
    """The workbooks beside the statistics workbook, each with the codes of its units."""
    codes = tuple(unit.code for unit in units)
    if len(codes) <= _MOST:
        return {table.with_name(f"{table.stem}_{NAME}{table.suffix}"): codes}
    digits = len(str(len(codes)))
    found = {}
    for first in range(0, len(codes), _EACH):
        part = codes[first : first + _EACH]
        span = f"{first + 1:0{digits}}至{first + len(part):0{digits}}"
        found[table.with_name(f"{table.stem}_{NAME}_{span}{table.suffix}")] = part
    return found
