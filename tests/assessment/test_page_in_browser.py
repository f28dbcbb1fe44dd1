"""The page in a browser: nothing is fetched, nobody is kept out, what came from forms is text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from svcq_excel.assessment.progress.page import progress_page
from tests.assessment.standings import NASTY, standing_of
from tests.browsing import in_a_browser, page_of, verify_by_axe

pytestmark = in_a_browser


@pytest.fixture
def page_file(tmp_path: Path) -> Path:
    path = tmp_path / "進度.html"
    path.write_bytes(progress_page(standing_of(40)))
    return path


@pytest.fixture(params=["light", "dark"])
def page(browser: Any, page_file: Path, request: pytest.FixtureRequest) -> Iterator[Any]:
    yield from page_of(browser, page_file, color_scheme=request.param, bypass_csp=True)


def test_axe_finds_nothing(page: Any) -> None:
    verify_by_axe(page)


def test_what_came_from_lists_and_forms_is_text(page: Any) -> None:
    assert page.locator("script, img, iframe, link, object").count() == 0
    assert page.get_by_text(NASTY, exact=True).count() == 1


def test_each_status_is_said_in_words(page: Any) -> None:
    rows = page.locator("tbody tr")
    assert rows.count() == 40
    for at, words in {0: "已繳", 3: "逾期", 4: "待補正", 5: "未繳", 6: "尚缺 2 份"}.items():
        assert words in rows.nth(at).locator(".state").inner_text()
    assert "02-2720-1005" in rows.nth(5).inner_text()


def test_it_is_read_with_the_keyboard_alone(page: Any) -> None:
    reached = []
    for _ in range(6):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent.trim()"))
    assert reached[:3] == ["跳到各單位", "第1組", "第2組"]
    page.keyboard.press("Shift+Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_it_goes_on_narrow_screens_without_scrolling_the_page_sideways(page: Any) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_it_prints_on_a4(page: Any, tmp_path: Path) -> None:
    pdf = page.pdf(prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
    assert re.search(rb"/MediaBox ?\[ ?0 0 84[12]", pdf)  # the longer edge lies


def test_the_page_itself_forbids_whatever_would_be_fetched_or_run(
    browser: Any, tmp_path: Path, page_file: Path
) -> None:
    """Were something planted in spite of all, the page's own rule stops it."""
    path = tmp_path / "planted.html"
    planted = b'<script>document.title="ran"</script><img src="http://127.0.0.1:9/x.png"></body>'
    path.write_bytes(page_file.read_bytes().replace(b"</body>", planted))
    opened = browser.new_page()
    sent: list[str] = []
    opened.on("requestfinished", lambda each: sent.append(each.url))
    opened.goto(path.as_uri())
    assert opened.title() != "ran" and sent == [path.as_uri()]
    opened.close()
