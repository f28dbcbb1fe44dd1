"""CSV that Excel opens rightly, in which what others wrote can be no formula and break no row.

Characters that cannot be seen are spelled out (`visible`). A text that a spreadsheet would take
for a formula has an apostrophe before it. Both can be undone: nothing is lost.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import StringIO

from svcq_excel.rubric.node import number
from svcq_excel.text.visible import visible

Cell = str | int | Decimal | None

# Blanks and apostrophes before it may be dropped on the way into a cell.
_FORMULA = re.compile(r"[\s']*[=+\-@＝＋－＠]")


def guarded_csv(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Rows under a row of heads: UTF-8 with its mark, as Excel opens it, and CRLF."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(map(_safe, heads))
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _safe(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case Decimal():
            return number(cell)
        case int():
            return str(cell)
    shown = visible(cell)
    return f"'{shown}" if _FORMULA.match(shown) else shown
