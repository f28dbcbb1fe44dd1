"""收件紀錄.csv: the list of what came in, a row a file, for programs."""

from __future__ import annotations

from collections.abc import Sequence

from svcq_excel.results.guarded_csv import guarded_csv
from svcq_excel.results.model import FILE_STATUS_WORDS, FileResult, Outcome
from svcq_excel.results.wording import assessor_of, received, unit_of, why

HEADS = (
    *("檔案", "單位", "考核人員", "情形", "說明", "寄出或最後存檔", "依據"),
    *("寄件人", "存檔程式", "大小（位元組）", "SHA-256", "技術訊息"),
)


def receipts_csv(outcome: Outcome) -> bytes:
    """A row a file under a row of heads."""
    return guarded_csv(HEADS, (_texts(outcome, file) for file in outcome.files))


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
