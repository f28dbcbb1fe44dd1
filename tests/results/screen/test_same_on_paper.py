"""附表2 says the same in the workbook, in what LibreOffice prints of it and in what a browser
prints: the same texts, row by row, in the same order."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from svcq_excel.browser.finding import browser_program
from svcq_excel.libreoffice.converting import converted, office_program
from svcq_excel.results.model import Outcome
from svcq_excel.results.page.sheet import Book
from svcq_excel.results.screen.printing import pdf_of
from svcq_excel.results.sheets.statistics_table import write_table
from svcq_excel.results.workbook import write_printed
from tests.results.reading import opened
from tests.results.screen.rounds import SIGNED, round_of

TABLE = "考核結果統計表"
_ROW = re.compile(r"U\d{3}")
_NUMBER = re.compile(r"第 (\d+) 頁，共 (\d+) 頁")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not browser_program(), reason="這台電腦沒有可列印的瀏覽器"),
    pytest.mark.skipif(not shutil.which("pdftotext"), reason="這台電腦沒有 pdftotext"),
]


def text_of(pdf: bytes, tmp_path: Path) -> list[str]:
    """The lines of each page, one page after the other."""
    path = tmp_path / "print.pdf"
    path.write_bytes(pdf)
    call = ["pdftotext", "-layout", str(path), "-"]
    said = subprocess.run(call, capture_output=True, check=True, timeout=60).stdout
    return said.decode("utf-8").split("\f")


def rows_of(pages: list[str]) -> list[str]:
    """What stands in each unit's row of the first table, without the blanks between its cells."""
    lines = [line for page in pages if TABLE in page for line in page.splitlines()]
    found = ["".join(line.split()) for line in lines if _ROW.search(line)]
    return found[: len(found) // 2]


def rows_in(workbook: bytes) -> list[str]:
    rows = opened(workbook, values=True)[TABLE].iter_rows(values_only=True)
    return [
        "".join("" if cell is None else str(cell) for cell in row)
        for row in rows
        if _ROW.fullmatch(str(row[1]))
    ]


def tables(outcome: Outcome) -> bytes:
    def fill(book: Book) -> None:
        for kind in outcome.kinds:
            write_table(book, TABLE, outcome, kind)

    return pdf_of("統計表", outcome.rubric.year, fill)


@pytest.mark.office
@pytest.mark.skipif(not office_program(), reason="這台電腦沒有 LibreOffice")
def test_text_and_order_of_rows_are_the_same_wherever_it_is_printed(tmp_path: Path) -> None:
    outcome = round_of(60, signed=True)
    workbook = write_printed(outcome)
    path = tmp_path / "統計表.xlsx"
    path.write_bytes(workbook)
    made, why_not = converted([path], "pdf", beside=True)
    assert not why_not
    stored = rows_in(workbook)
    assert len(stored) == 60
    assert rows_of(text_of(made[path], tmp_path)) == stored
    assert rows_of(text_of(tables(outcome), tmp_path)) == stored


@pytest.mark.parametrize("many", [1, 25, 60])  # 24 rows are a page
def test_on_paper_pages_are_those_of_the_table_and_signatures_have_rows_above_them(
    many: int, tmp_path: Path
) -> None:
    outcome = round_of(many, signed=True)
    pages = [page for page in text_of(tables(outcome), tmp_path) if page.strip()]
    numbered = [tuple(map(int, _NUMBER.findall(page)[-1])) for page in pages]
    each = len(pages) // len(outcome.kinds)
    assert numbered == [(number, each) for _ in outcome.kinds for number in range(1, each + 1)]
    assert all("受考核單位名稱" in page for page in pages), "heads stand on each page"
    ends = [page for page in pages if all(f"{name}：" in page for name in SIGNED)]
    assert len(ends) == len(outcome.kinds)
    assert all(len(_ROW.findall(page)) >= min(many, 2) for page in ends)


def test_what_a_browser_prints_is_read_aloud_in_chinese_by_its_tags_under_its_title() -> None:
    pdf = tables(round_of(1))
    assert {*re.findall(rb"/Lang \(([^)]*)\)", pdf)} == {b"zh-Hant-TW"}
    assert b"/StructTreeRoot" in pdf and b"/S /TH" in pdf
    title = "統計表".encode("utf-16-be").hex().upper()
    assert f"/Title <FEFF{title}>".encode() in pdf and b"/DisplayDocTitle true" in pdf
