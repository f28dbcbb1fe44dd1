"""收件紀錄: every file that was found, what became of it and why, when it came and what it is."""

from __future__ import annotations

from collections.abc import Sequence

from svcq_excel.results.model import FILE_STATUS_WORDS, FileResult, Outcome
from svcq_excel.results.page.links import OPEN, file_link
from svcq_excel.results.page.listing import ListColumn, filtered, widths
from svcq_excel.results.page.sheet import Book, Content, Sheet
from svcq_excel.results.page.styles import STATUS_TONES
from svcq_excel.results.wording import assessor_of, files_by_status, heading, unit_of, why
from svcq_excel.text.roc_dates import roc_moment
from svcq_excel.text.visible import visible

_COLUMNS = (
    ListColumn("檔案", 210, identifies=True),
    ListColumn(OPEN, 46, "link"),
    ListColumn("單位", 100),
    ListColumn("考核人員", 70, "centred"),
    ListColumn("情形", 72, "centred", STATUS_TONES),
    ListColumn("說明", 200),
    ListColumn("寄出或最後存檔", 100, "centred"),
    ListColumn("依據", 84),
    ListColumn("寄件人", 110),
    ListColumn("存檔程式", 90),
    ListColumn("大小", 62, "size"),
    ListColumn("SHA-256", 150, "small"),
)


def write_receipts(book: Book, name: str, outcome: Outcome) -> None:
    """Adds the sheet: the files in the order they were found, and the sum that accounts for all."""
    sheet = Sheet(book, name, widths(_COLUMNS), frozen_columns=1)
    sheet.title(heading(outcome, "收件紀錄"))
    contents = [_contents(outcome, file) for file in outcome.files]
    filtered(sheet, _COLUMNS, contents, files_by_status(outcome))


def _contents(outcome: Outcome, file: FileResult) -> Sequence[Content]:
    return (
        visible(file.path),
        file_link(file),
        visible(unit_of(outcome, file)),
        visible(assessor_of(outcome, file)),
        FILE_STATUS_WORDS[file.status],
        why(file),
        roc_moment(file.dated, *(each.due for each in file.hand_ins[-1:])) if file.dated else None,
        file.evidence,
        visible(file.sender),
        visible(file.program),
        file.size,
        file.sha256,
    )
