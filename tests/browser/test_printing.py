"""A page is printed by the browser that there is; where there is none, that is said."""

from __future__ import annotations

import re
import shutil
from datetime import datetime
from pathlib import Path, PureWindowsPath

import pytest

from svcq_excel.browser import finding, printing
from svcq_excel.browser.finding import ABSENT, browser_program, places
from svcq_excel.browser.printing import NotPrintedError, pages_by_heading, printed

MADE = datetime(2016, 1, 1)
PAGE = """<!doctype html><meta charset="utf-8"><title>頁</title>
<style>h2,div{break-before:page}div{height:9mm}</style>
<h2>甲表</h2><div></div><h2>乙表</h2><p>一頁</p><h2>丙表</h2><div></div><div></div>""".encode()

needs_a_browser = pytest.mark.skipif(not browser_program(), reason="這台電腦沒有可列印的瀏覽器")


def test_on_windows_it_lies_where_programs_do() -> None:
    found = list(places({"ProgramFiles(x86)": r"D:\Apps (x86)", "LOCALAPPDATA": r"C:\L"}))
    names = [str(PureWindowsPath(str(each).replace("/", "\\"))) for each in found]
    assert names[0] == r"D:\Apps (x86)\Microsoft\Edge\Application\msedge.exe"
    assert r"C:\L\Google\Chrome\Application\chrome.exe" in names


def test_where_no_browser_is_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "browser_program", lambda: None)
    with pytest.raises(NotPrintedError, match=ABSENT):
        printed(PAGE, MADE)


def test_a_browser_that_does_not_print_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lazy = tmp_path / "lazy"
    lazy.write_text("#!/bin/sh\nexit 0\n", encoding="ascii")
    lazy.chmod(0o755)
    monkeypatch.setattr(printing, "browser_program", lambda: str(lazy))
    with pytest.raises(NotPrintedError, match="瀏覽器未能列印"):
        printed(PAGE, MADE)


def test_who_has_a_browser_on_the_path_is_found_by_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/x/{name}" if "chrom" in name else None)
    assert finding.browser_program() == "/x/google-chrome"


@pytest.mark.browser
@needs_a_browser
def test_equal_pages_give_equal_bytes_that_bear_the_date_of_their_year() -> None:
    pdf = printed(PAGE, MADE)
    assert pdf == printed(PAGE, MADE)
    assert set(re.findall(rb"Date ?\(D:([^)]*)\)", pdf)) == {b"20160101000000+00'00'"}
    assert pages_by_heading(pdf) == [2, 1, 3]


@pytest.mark.browser
@needs_a_browser
def test_a_printed_page_does_not_tell_what_the_computer_runs() -> None:
    pdf = printed(PAGE, MADE)
    assert re.findall(rb"/Creator \((.*?)\)", pdf) == [b"svcq_excel"]
    assert b"Mozilla" not in pdf and b"Linux" not in pdf


@pytest.mark.browser
@needs_a_browser
def test_the_pages_of_long_tables_are_counted_too() -> None:
    many = "".join(f"<h2>{at}</h2>" + "<div></div>" * 40 for at in range(3))
    assert pages_by_heading(printed(PAGE + many.encode("utf-8"), MADE)) == [2, 1, 3, 41, 41, 41]


def test_of_another_pdf_nothing_is_told_of_pages() -> None:
    assert pages_by_heading(b"%PDF-1.7 compressed") == []
