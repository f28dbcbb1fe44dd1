"""The page of results in a browser: sorted, filtered, read without a mouse, printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from svcq_excel.results.screen.report import write_html
from tests.browsing import in_a_browser, page_of, verify_by_axe
from tests.results.demos import outcome_of
from tests.results.screen.rounds import HOSTILE, round_of

TABLE = '[data-sheet="考核結果統計表"]'

pytestmark = in_a_browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


@pytest.fixture
def page(browser: Any, folder: Path) -> Iterator[Any]:
    path = folder / "結果.html"
    path.write_bytes(write_html(round_of(40, signed=True)))
    yield from page_of(browser, path)


@pytest.fixture(params=["light", "dark"])
def demo(browser: Any, folder: Path, request: pytest.FixtureRequest) -> Iterator[Any]:
    path = folder / "示範.html"
    path.write_bytes(write_html(outcome_of("hccg-105")))
    yield from page_of(browser, path, color_scheme=request.param, bypass_csp=True)


def column(page: Any, at: int, table: str = TABLE) -> list[str]:
    """What is seen in a column, from the top down."""
    seen: list[str] = page.locator(f"{table} tbody tr:visible").evaluate_all(
        f"rows => rows.map(row => row.cells[{at}].textContent)"
    )
    return seen


def test_axe_finds_nothing(demo: Any) -> None:
    verify_by_axe(demo)


def test_a_head_sorts_its_column_up_then_down_then_as_it_was(page: Any) -> None:
    as_it_was = column(page, 10)
    head = page.locator(f"{TABLE} thead th", has_text="總分")
    head.locator("button").click()
    up = [float(each) for each in column(page, 10) if each[0].isdigit()]
    assert up == sorted(up) and head.get_attribute("aria-sort") == "ascending"
    assert column(page, 10)[-1] == "未繳", "who has no total stands last"
    head.locator("button").click()
    down = [float(each) for each in column(page, 10) if each[0].isdigit()]
    assert down == sorted(up, reverse=True) and column(page, 10)[-1] == "未繳"
    head.locator("button").click()
    assert column(page, 10) == as_it_was and head.get_attribute("aria-sort") is None


def test_a_list_is_filtered_by_words_and_by_a_choice(page: Any) -> None:
    tools = page.locator(f"{TABLE} .tools")
    tools.get_by_label("篩選").fill("u00 河川局")
    assert column(page, 1) == [f"U{at:03}" for at in range(1, 10)]
    assert tools.locator("output").inner_text() == "顯示 9 列，共 40 列"
    tools.get_by_label("篩選").fill("")
    tools.get_by_label("等第").select_option("優")
    assert set(column(page, 11)) == {"優"}


def test_a_bar_goes_with_its_rows(page: Any) -> None:
    ranking = '[data-sheet="排名與獎懲"]'
    page.locator(f"{ranking} .tools").get_by_label("篩選").fill("沒有這個單位")
    assert page.locator(f"{ranking} tbody tr:visible").count() == 0


def test_all_can_be_done_with_the_keyboard(page: Any) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到統計表"
    page.locator(f"{TABLE} .tools input").focus()
    page.keyboard.type("U001")
    assert column(page, 1) == ["U001"]
    head = page.locator(f"{TABLE} thead th", has_text="總分").locator("button")
    head.focus()
    page.keyboard.press("Enter")
    assert page.locator(f"{TABLE} th[aria-sort=ascending]").count() == 1
    assert head.evaluate("each => getComputedStyle(each).outlineStyle") == "solid"


@pytest.mark.parametrize("width", [320, 640])  # 640 is a window of 1280 at 200 %
def test_the_page_is_not_scrolled_sideways(demo: Any, width: int) -> None:
    demo.set_viewport_size({"width": width, "height": 512})
    assert demo.evaluate("document.documentElement.scrollWidth") <= width


def test_names_of_units_run_nothing(browser: Any, folder: Path) -> None:
    path = folder / "惡意.html"
    path.write_bytes(write_html(round_of(5, HOSTILE, note=HOSTILE)))
    for page in page_of(browser, path):
        assert page.locator("img, iframe, object, link").count() == 0
        page.locator(f"{TABLE} .tools").get_by_label("篩選").fill("<img")
        assert len(column(page, 1)) == 5
        assert page.get_by_text("onerror").first.is_visible()


def test_a_script_that_was_planted_does_not_run(browser: Any, folder: Path) -> None:
    path = folder / "植入.html"
    planted = b'<script>document.title="ran"</script><img src="http://127.0.0.1:9/x.png"></body>'
    path.write_bytes(write_html(round_of(2)).replace(b"</body>", planted))
    opened = browser.new_page()
    sent: list[str] = []
    opened.on("requestfinished", lambda each: sent.append(each.url))
    opened.goto(path.as_uri())
    assert opened.title() != "ran" and sent == [path.as_uri()]
    assert opened.locator(f"{TABLE} .tools").count() == 1, "ours ran"
    opened.close()


def test_what_is_signed_is_printed_whole_however_it_was_filtered(page: Any) -> None:
    page.locator(f"{TABLE} .tools").get_by_label("篩選").fill("U001")
    page.evaluate('dispatchEvent(new Event("beforeprint"))')
    assert len(column(page, 1)) == 40


def test_it_prints_what_is_signed_and_by_choice_all(page: Any) -> None:
    page.emulate_media(media="print")
    assert page.locator("section:visible").count() == page.locator("section.printed").count() > 1
    page.emulate_media(media="screen")
    page.locator("#whole").check()
    page.emulate_media(media="print")
    assert page.locator("section:visible").count() == page.locator("section").count()


def test_one_table_is_printed_alone(page: Any) -> None:
    page.evaluate("window.print = () => { window.asked = true; }")
    page.locator('[data-sheet="檢核結果"]').get_by_text("列印本表").click()
    assert page.evaluate("window.asked")
    page.emulate_media(media="print")
    seen = page.locator("section:visible").evaluate_all(
        "all => all.map(each => each.dataset.sheet)"
    )
    assert seen == ["檢核結果"]
    assert re.search(rb"/MediaBox ?\[ ?0 0 84[12]", page.pdf(prefer_css_page_size=True))
