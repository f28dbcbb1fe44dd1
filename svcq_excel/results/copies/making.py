"""Makes the copies of a result; what could not be made is told, and the rest is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from svcq_excel.browser.printing import NotPrintedError
from svcq_excel.libreoffice.converting import ABSENT, To, converted
from svcq_excel.libreoffice.timeless import timeless_ods, timeless_pdf
from svcq_excel.plan.copies import Copies
from svcq_excel.results.copies.files import paths_of, published_of
from svcq_excel.results.copies.published_workbook import published_sheets, write_published
from svcq_excel.results.model import Outcome
from svcq_excel.results.page.sheet import Sheets
from svcq_excel.results.screen.printing import pdf_of
from svcq_excel.results.screen.report import write_html
from svcq_excel.results.workbook import printed_sheets, write_printed
from svcq_excel.text.made_on import made_on

_DEEP = ("a",) * 12
"""Folders in which a file to be converted lies: a link may lead up from it, folder by folder."""
_BY_HAND: dict[To, str] = {
    "ods": "也可以用 Excel 開啟 .xlsx，另存為「OpenDocument 試算表」",
    "pdf": "也可以加上 --html，以瀏覽器開啟所寫的網頁，列印時選「另存為 PDF」",
}


def copies_of(
    outcome: Outcome,
    table: Path,
    statistics: bytes,
    wanted: Copies,
    lacks: Callable[[str], object],
) -> Iterator[tuple[Path, bytes]]:
    """What is wanted beside the statistics workbook, as far as it can be made here."""
    wants, made = paths_of(table, wanted), dict[Path, bytes]()
    book, ods, pdf = published_of(table)
    if book in wants:
        made[book] = write_published(outcome, wanted.announced)
    if (page := table.with_suffix(".html")) in wants:
        made[page] = write_html(outcome)
    printed, year = table.with_suffix(".pdf"), outcome.rubric.year
    sheets: dict[Path, Sheets] = {}
    books: dict[To, dict[Path, bytes]] = {"pdf": {}, "ods": {}}
    if printed in wants:
        books["pdf"][printed] = write_printed(outcome)
        sheets[printed] = printed_sheets(outcome)
    if (whole := table.with_suffix(".ods")) in wants:
        books["ods"][whole] = statistics
    if pdf in wants:
        books["pdf"][pdf] = books["ods"][ods] = made[book]
        sheets[pdf] = published_sheets(outcome, wanted.announced)
    for to, each in ((to, each) for to, each in books.items() if each):
        found, why_not = _converted(each, to, year)
        lacking = {path: sheets[path] for path in each if path not in found and to == "pdf"}
        by_browser, why_not_either = _printed(lacking, year)
        found |= by_browser
        made |= found
        if missing := [path.name for path in each if path not in found]:
            lacks(_told(missing, to, "，也".join(filter(None, (why_not, why_not_either)))))
    yield from ((path, made[path]) for path in wants if path in made)


def _converted(books: Mapping[Path, bytes], to: To, year: int) -> tuple[dict[Path, bytes], str]:
    """By LibreOffice; why not all, "" where all are."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name, *_DEEP)
        folder.mkdir(parents=True)
        files = {folder / f"{at}.xlsx": path for at, path in enumerate(books)}
        for file, path in files.items():
            file.write_bytes(books[path])
        found, why_not = converted(list(files), to, beside=True)
    timeless = timeless_ods if to == "ods" else timeless_pdf
    return {files[file]: timeless(data, made_on(year)) for file, data in found.items()}, why_not


def _printed(documents: Mapping[Path, Sheets], year: int) -> tuple[dict[Path, bytes], str]:
    """The same by a browser."""
    made: dict[Path, bytes] = {}
    try:
        for path, (title, fill) in documents.items():
            made[path] = pdf_of(title, year, fill)
    except NotPrintedError as error:
        return made, str(error)
    return made, ""


def _told(missing: list[str], to: To, why_not: str) -> str:
    names = "、".join(f"「{name}」" for name in missing)
    absent = why_not.startswith(ABSENT)
    again = "安裝 LibreOffice 後再執行一次即可" if absent else "請再執行一次"
    return f"未能另存{names}：{why_not}。{again}；{_BY_HAND[to]}。"
