"""重複繳交: where a form that does not count says otherwise than the one that does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from svcq_excel.results.model import FileResult, Outcome
from svcq_excel.results.page.links import OPEN, file_link
from svcq_excel.results.page.listing import ListColumn, filtered, widths
from svcq_excel.results.page.sheet import Book, Content, Sheet
from svcq_excel.results.wording import heading, unit_of
from svcq_excel.text.visible import visible

_COLUMNS = (
    ListColumn("單位", 110, identifies=True),
    ListColumn("未採計的檔案", 150, identifies=True),
    ListColumn(OPEN, 46, "link"),
    ListColumn("採計的檔案", 150, identifies=True),
    ListColumn("項目", 120, identifies=True),
    ListColumn("欄位", 76, "centred", identifies=True),
    ListColumn("儲存格", 76, "centred"),
    ListColumn("未採計者所填", 190),
    ListColumn("採計者所填", 190),
)

_WHOLE_FORM = "整份表件"


def write_several(book: Book, name: str, outcome: Outcome) -> None:
    """Adds the sheet: an entry a row, in the order of the units and of the form."""
    sheet = Sheet(book, name, widths(_COLUMNS))
    sheet.title(heading(outcome, "重複繳交表件差異"))
    filtered(sheet, _COLUMNS, _contents(outcome))


def _contents(outcome: Outcome) -> Iterator[Sequence[Content]]:
    counting = _counting(outcome.files)
    for file in outcome.by_unit:
        counts = counting.get((file.unit, file.assessor))
        for apart in file.differences:
            yield (
                unit_of(outcome, file),
                visible(file.path),
                file_link(file, apart.sheet, apart.cell),
                visible(counts.path) if counts else None,
                apart.name or _WHOLE_FORM,
                apart.entry,
                f"{apart.sheet} {apart.cell}".strip(),
                apart.here,
                apart.there,
            )


def _counting(files: Sequence[FileResult]) -> Mapping[tuple[str | None, str | None], FileResult]:
    """By unit and assessor, the form that counts; none whose unit is in doubt takes its place."""
    return {
        (file.unit, file.assessor): file
        for file in files
        if file.status in {"accepted", "needs-correction"} and file.sure_whose
    }
