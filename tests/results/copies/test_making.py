"""Copies by LibreOffice: what they hold, equal bytes, and what is told where it lacks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from svcq_excel.browser.finding import ABSENT as NO_BROWSER
from svcq_excel.browser.finding import browser_program
from svcq_excel.browser.printing import NotPrintedError
from svcq_excel.libreoffice.converting import ABSENT, Converted, To
from svcq_excel.plan.copies import EVERY, NONE, Copies
from svcq_excel.replacing import is_ours
from svcq_excel.results.copies import making
from svcq_excel.results.copies.files import paths_of
from svcq_excel.results.copies.making import copies_of
from svcq_excel.results.workbook import statistics_sheets, write_printed
from tests.results.copies.telling import told_in
from tests.results.copies.test_published import EVERYTHING, kept_to_itself
from tests.results.demos import DEMOS, outcome_of, workbook_of
from tests.results.reading import opened

TABLE = Path("結果/統計表.xlsx")
ALIKE = ["統計表.html", "統計表_公告版.xlsx"]
"""What this program makes alone."""


def made_of(
    id: str, wanted: Copies = EVERY, table: Path = TABLE
) -> tuple[dict[Path, bytes], list[str]]:
    lacking: list[str] = []
    made = dict(copies_of(outcome_of(id), table, workbook_of(id), wanted, lacking.append))
    return made, lacking


def test_nothing_is_made_that_nobody_asked_for() -> None:
    assert paths_of(TABLE, NONE) == ()
    assert made_of("khb-106", NONE) == ({}, [])
    assert [path.name for path in paths_of(TABLE, EVERY)] == [
        *("統計表.pdf", "統計表.ods", "統計表.html"),
        *("統計表_公告版.xlsx", "統計表_公告版.ods", "統計表_公告版.pdf"),
    ]
    assert [path.name for path in paths_of(TABLE, EVERY.alike)] == ALIKE


def without_programs(monkeypatch: pytest.MonkeyPatch, why: str) -> None:
    def none(title: str, year: int, fill: object) -> bytes:
        raise NotPrintedError(NO_BROWSER)

    monkeypatch.setattr(making, "converted", lambda *given, **more: Converted({}, why))
    monkeypatch.setattr(making, "pdf_of", none)


@pytest.mark.parametrize("why", [ABSENT, "LibreOffice 未能完成（結束代碼 1）"])
def test_what_no_program_makes_is_told_and_the_rest_is_there(
    why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_programs(monkeypatch, why)
    made, lacking = made_of("khb-106")
    assert [path.name for path in made] == ALIKE
    pdf, ods = lacking
    assert f"未能另存「統計表.pdf」、「統計表_公告版.pdf」：{why}，也{NO_BROWSER}。" in pdf
    assert "--html" in pdf and "瀏覽器" not in ods
    assert f"未能另存「統計表.ods」、「統計表_公告版.ods」：{why}。" in ods
    assert all(("安裝 LibreOffice 後" in said) == (why == ABSENT) for said in lacking)


def test_without_libreoffice_a_browser_prints_the_same_sheets(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[str, int]] = []

    def by_browser(title: str, year: int, fill: object) -> bytes:
        asked.append((title, year))
        return b"%PDF-"

    without_programs(monkeypatch, ABSENT)
    monkeypatch.setattr(making, "pdf_of", by_browser)
    made, lacking = made_of("khb-106", Copies(("pdf",), public=True))
    assert {"統計表.pdf", "統計表_公告版.pdf"} <= {path.name for path in made}
    assert len(lacking) == 1 and ".ods" in lacking[0] and len(asked) == 2


@pytest.mark.browser
def test_a_browser_publishes_what_the_workbook_says_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not browser_program():
        pytest.skip("no browser is installed")
    monkeypatch.setattr(making, "converted", lambda *given, **more: Converted({}, ABSENT))
    wanted = Copies(public=True, announced=EVERYTHING)
    made, _ = made_of("hccg-105", wanted)
    told = told_in("", made[TABLE.with_name("統計表_公告版.pdf")])
    outcome = outcome_of("hccg-105")
    assert not [each for each in kept_to_itself(outcome) if each in told]
    assert "/tmp" not in told and "file:" not in told
    assert all(result.unit.name in told for result in outcome.units)


def test_what_is_the_same_on_every_computer_needs_no_libreoffice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[To] = []

    def never(files: Sequence[Path], to: To, **more: object) -> Converted:
        asked.append(to)
        return Converted({})

    monkeypatch.setattr(making, "converted", never)
    made, lacking = made_of("khb-106", EVERY.alike)
    assert [path.name for path in made] == ALIKE and not lacking and not asked


@pytest.mark.parametrize("id", DEMOS)
def test_printed_is_what_is_signed_in_the_order_of_the_workbook(id: str) -> None:
    printed = opened(write_printed(outcome_of(id))).sheetnames
    every = opened(workbook_of(id)).sheetnames
    assert printed == [name for name in every if name in printed]
    assert printed[0] == every[0]
    internal = {
        each.name for each in statistics_sheets(outcome_of(id)) if "內部" in each.section.value
    }
    assert {"收件紀錄", "繳交情形", "來源"} <= internal
    assert not {*printed} & {*internal, "目次", "檢核結果", "優缺點彙整"}


@pytest.mark.office
@pytest.mark.parametrize("id", DEMOS)
def test_copies_are_equal_are_ours_and_lead_nowhere_on_this_machine(
    id: str, tmp_path: Path
) -> None:
    wanted = replace(EVERY, announced=EVERYTHING)
    made, lacking = made_of(id, wanted, tmp_path / "表.xlsx")
    assert not lacking and list(made) == [*paths_of(tmp_path / "表.xlsx", wanted)]
    if id == "hccg-105":
        assert made_of(id, wanted, tmp_path / "表.xlsx")[0] == made
    for path, data in made.items():
        path.write_bytes(data)
        assert is_ours(path)
        told = told_in(path.name, data)
        assert "file:///" not in told and "/tmp" not in told
        if path.suffix == ".pdf":
            assert b"/URI" not in data
        if "公告版" in path.name:
            assert not [each for each in kept_to_itself(outcome_of(id)) if each in told]


@pytest.mark.office
def test_an_ods_copy_holds_what_the_workbook_holds_and_opens_the_same_files(tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    made, _ = made_of("wra-105", Copies(("ods",)), tmp_path / "表.xlsx")
    (data,) = made.values()
    (tmp_path / "表.ods").write_bytes(data)
    (tmp_path / "表.xlsx").write_bytes(workbook_of("wra-105"))
    books = [CalamineWorkbook.from_path(tmp_path / f"表.{each}") for each in ("ods", "xlsx")]
    ods, xlsx = (
        {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
        for book in books
    )
    assert list(ods) == list(xlsx)
    first = next(iter(ods))
    assert [row[:8] for row in ods[first]] == [row[:8] for row in xlsx[first]]


def test_dates_of_a_pdf_are_found_however_it_is_spelled() -> None:
    from datetime import datetime

    from svcq_excel.libreoffice.timeless import timeless_pdf

    made = datetime(2016, 1, 1)
    pdfs = [
        b"%%PDF-1.6\n<</CreationDate(D:2026112913%02d00Z)>>\ntrailer\n<</ID [ <%032X>\n<%032X> ]\n"
        b"/DocChecksum /%032X\n>>\n%%%%EOF\n" % (n, n, n, n)
        for n in (1, 2)
    ]
    one, other = (timeless_pdf(each, made) for each in pdfs)
    assert one == other and b"D:20160101000000Z" in one
    assert len(re.findall(rb"[0-9A-F]{32}", one)) == 3
