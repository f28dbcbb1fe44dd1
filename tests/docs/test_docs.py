"""The manual says what the code does: generated pages are fresh, README's commands exist."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SPEC = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
assert SPEC and SPEC.loader
generate = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(generate)


@pytest.mark.parametrize("page", generate.PAGES, ids=lambda page: page.name)
def test_generated_page_is_up_to_date(page: Path) -> None:
    text = generate.PAGES[page]()
    assert page.read_text(encoding="utf-8") == text, "run: make docs"
