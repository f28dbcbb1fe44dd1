"""Makes the copies of a result; what could not be made is told, and the rest is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from svcq_excel.libreoffice.converting import ABSENT, To, converted
from svcq_excel.libreoffice.timeless import timeless_ods, timeless_pdf
from svcq_excel.plan.copies import Copies
from svcq_excel.results.copies.files import paths_of, published_of
from svcq_excel.results.copies.published_workbook import write_published
from svcq_excel.results.model import Outcome
from svcq_excel.results.workbook import write_printed
from svcq_excel.text.made_on import made_on

_DEEP = ("a",) * 12
"""Folders in which a file to be converted lies: a link may lead up from it, folder by folder."""
_BY_HAND: dict[To, str] = {
    "ods": "也可以用 Excel 開啟 .xlsx，另存為「OpenDocument 試算表」",
    "pdf": "也可以用 Excel 開啟 .xlsx，另存為 PDF",
}


def copies_of(
    outcome: Outcome, table: Path, statistics: bytes, wanted: Copies, lacks: Callable[[str], object]
) -> Iterator[tuple[Path, bytes]]:
    """What is wanted beside the statistics workbook, as far as it can be made here."""
    wants, made = paths_of(table, wanted), dict[Path, bytes]()
    book, *converted_from_it = published_of(table)
    if book in wants:
        made[book] = write_published(outcome, wanted.announced)
    xlsx: dict[To, dict[Path, bytes]] = {"pdf": {}, "ods": {}}
    for path in wants:
        to: To = "pdf" if path.suffix == ".pdf" else "ods"
        if path in converted_from_it:
            xlsx[to][path] = made[book]
        elif path != book:
            xlsx[to][path] = statistics if to == "ods" else write_printed(outcome)
    for to, books in xlsx.items():
        made |= _converted(books, to, outcome.rubric.year, lacks)
    for path in wants:
        if path in made:
            yield path, made[path]


def _converted(
    books: Mapping[Path, bytes], to: To, year: int, lacks: Callable[[str], object]
) -> dict[Path, bytes]:
    if not books:
        return {}
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name, *_DEEP)
        folder.mkdir(parents=True)
        files = {folder / f"{at}.xlsx": path for at, path in enumerate(books)}
        for file, path in files.items():
            file.write_bytes(books[path])
        found, why_not = converted(list(files), to, beside=True)
        timeless = timeless_ods if to == "ods" else timeless_pdf
        made = {files[file]: timeless(data, made_on(year)) for file, data in found.items()}
    if missing := [path.name for path in books if path not in made]:
        lacks(_told(missing, to, why_not))
    return made


def _told(missing: list[str], to: To, why_not: str) -> str:
    names = "、".join(f"「{name}」" for name in missing)
    again = "安裝 LibreOffice 後再執行一次即可" if why_not == ABSENT else "請再執行一次"
    return f"未能另存{names}：{why_not}。{again}；{_BY_HAND[to]}。"
