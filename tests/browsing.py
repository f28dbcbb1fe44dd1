"""Pages in a browser: opened from disk, asked of no other place, read by axe-core."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_PLAIN = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]

in_a_browser = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="這台電腦沒有 Chromium"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    play = pytest.importorskip("playwright.sync_api", reason="沒有安裝 playwright")
    with play.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=_PLAIN)
        yield opened
        opened.close()


def page_of(browser: Any, path: Path, **how: Any) -> Iterator[Any]:
    """Opened from disk; whatever it asks of another place, or complains of, fails the test."""
    context = browser.new_context(**how)
    said: list[str] = []
    opened = context.new_page()
    opened.on("request", lambda each: said.append(each.url))
    opened.on("console", lambda each: said.append(each.text))
    opened.on("pageerror", lambda each: said.append(str(each)))
    context.set_offline(True)
    opened.goto(path.as_uri())
    yield opened
    context.close()
    assert said == [path.as_uri()]


def verify_by_axe(page: Any) -> None:
    """Axe-core finds nothing, and has looked at what can be seen."""
    if not AXE.is_file():
        pytest.skip("沒有安裝 axe-core（npm install axe-core）")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    assert any(each["id"] == "color-contrast" for each in found["passes"])
