"""承辦人、科長、首長: the line of signatures below a table of results."""

from __future__ import annotations

from itertools import pairwise

from svcq_excel.results.page.sheet import Sheet, SheetCell
from svcq_excel.rubric.model import Rubric

ROOM_TO_SIGN = 46.0


def sign(sheet: Sheet, rubric: Rubric, room_to_sign: float = ROOM_TO_SIGN) -> None:
    """Each signature's name at the left of its part of the row, with room to sign."""
    parts, columns = len(rubric.signatures), len(sheet.widths)
    edges = pairwise(round(i * columns / parts) for i in range(parts + 1)) if parts else ()
    cells = [
        SheetCell(f"{name}：", "signature", end - start)
        for name, (start, end) in zip(rubric.signatures, edges, strict=True)
    ]
    if cells:
        sheet.row(cells, room_to_sign)
