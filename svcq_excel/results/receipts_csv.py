"""收件紀錄.csv: the same list for programs; what others wrote can be no formula and break no row.

Characters that cannot be seen are spelled out (`visible`). A text that a spreadsheet would take
for a formula has an apostrophe before it. Both can be undone: nothing is lost.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from io import StringIO

from svcq_excel.results.model import FILE_STATUS_WORDS, FileResult, Outcome
from svcq_excel.results.wording import assessor_of, received, unit_of, why
from svcq_excel.text.visible import visible

HEADS = (
    *("檔案", "單位", "考核人員", "情形", "說明", "繳交時間", "依據"),
    *("寄件人", "存檔程式", "大小（位元組）", "SHA-256", "技術訊息"),
)

# Blanks and apostrophes before it may be dropped on the way into a cell.
_FORMULA = re.compile(r"[\s']*[=+\-@＝＋－＠]")


def receipts_csv(outcome: Outcome) -> bytes:
    """A row a file under a row of heads: UTF-8 with its mark, as Excel opens it, and CRLF."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADS)
    writer.writerows(map(_safe, _texts(outcome, file)) for file in outcome.files)
    return text.getvalue().encode("utf-8-sig")


def _texts(outcome: Outcome, file: FileResult) -> Sequence[str]:
    return (
        file.path,
        unit_of(outcome, file),
        assessor_of(outcome, file),
        FILE_STATUS_WORDS[file.status],
        why(file),
        received(file),
        file.evidence,
        file.sender,
        file.program,
        str(file.size),
        file.sha256,
        file.fault,
    )


def _safe(text: str) -> str:
    shown = visible(text)
    return f"'{shown}" if _FORMULA.match(shown) else shown
