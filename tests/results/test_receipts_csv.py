"""收件紀錄.csv: a row a file, whatever is in its name, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.results.model import FileResult
from svcq_excel.results.receipts_csv import HEADS, receipts_csv
from tests.results.reading import recovered
from tests.results.samples import ANYTHING, outcome, received


def rows_of(*files: FileResult) -> list[list[str]]:
    made = receipts_csv(outcome([], files=files)).decode("utf-8-sig")
    return list(csv.reader(made.splitlines(keepends=True), strict=True))


def original(field: str) -> str:
    """What a field said before it was made safe."""
    return recovered(re.sub(r"^'(?=[\s']*[=+\-@＝＋－＠])", "", field))


def test_a_file_has_one_row_with_all_that_the_sheet_says() -> None:
    file = received(
        *("A01", "一", "self"),
        size=45_312,
        sha256="ab" * 32,
        dated=datetime(2016, 7, 31, 9, 0, 30, 5, tzinfo=UTC),
        evidence="郵件的寄件時間",
        program="LibreOffice/7.4",
        sender="a@example.gov.tw",
    )
    assert rows_of(file) == [
        list(HEADS),
        [
            *("收件/一.xlsx", "A01 第一河川局", "自行", "採用", ""),
            *("2016-07-31T17:00:30+08:00", "郵件的寄件時間"),
            *("a@example.gov.tw", "LibreOffice/7.4", "45312", "ab" * 32, ""),
        ],
    ]


def test_excel_knows_its_encoding_and_its_lines() -> None:
    made = receipts_csv(outcome([], files=[received("A01", "堃𠮷")]))
    assert made.startswith(b"\xef\xbb\xbf" + "檔案,".encode())
    assert made.count(b"\r\n") == made.count(b"\n") == 2
    assert "收件/堃𠮷.xlsx".encode() in made


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("＝1+1", "'＝1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        (" \u3000-1", "' \u3000-1"),
        ("'=1", "''=1"),
        ("\t=1", r"\x09=1"),
        ("a\r\n=1,2", r"a\x0d\x0a=1,2"),
        ("壞\udcff.xlsx", r"壞\udcff.xlsx"),
        ("'95", "'95"),
        (r"收件\新.xlsx", r"收件\新.xlsx"),
        (r"收件\udcff.xlsx", r"收件\x5cudcff.xlsx"),
    ],
)
def test_a_name_is_shown_so_that_it_stays_a_name(name: str, shown: str) -> None:
    assert rows_of(FileResult(name, "rejected", None, None))[1][0] == shown


@given(st.lists(st.tuples(*[ANYTHING] * 6)))
def test_as_many_rows_as_files_no_formula_and_nothing_lost(
    texts: Sequence[tuple[str, ...]],
) -> None:
    files = [
        FileResult(path, "ignored", path, who, (), why, "", 1, "", None, when, program, sender)
        for path, who, why, when, program, sender in texts
    ]
    rows = rows_of(*files)[1:]
    assert len(rows) == len(files)
    for row, file in zip(rows, files, strict=True):
        assert not any(re.match(r"\s*[=+\-@＝＋－＠]|[\t\r]", field) for field in row)
        told = (file.path, file.assessor, file.reason, file.evidence, file.sender, file.program)
        kept = [row[at] for at in (0, 2, 4, 6, 7, 8)]
        assert tuple(map(original, kept)) == told
