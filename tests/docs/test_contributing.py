"""CONTRIBUTING says what stands: its table of rooms, its commands, its files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.test_architecture import PACKAGE, rank

ROOT = Path(__file__).parents[2]
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
ROOMS = re.findall(r"^\| `([a-z_]+(?:/|\.py))` \|", CONTRIBUTING, re.MULTILINE)
TARGETS = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_the_table_names_exactly_the_rooms_that_exist() -> None:
    folders = {f"{init.parent.name}/" for init in PACKAGE.glob("*/__init__.py")}
    modules = {file.name for file in PACKAGE.glob("*.py") if not file.name.startswith("__")}
    assert sorted(ROOMS) == sorted(folders | modules)


def test_the_table_is_in_the_order_of_the_rooms() -> None:
    levels = [rank("", room.removesuffix("/").removesuffix(".py"))[0] for room in ROOMS]
    assert levels == sorted(levels)


def test_the_table_names_every_target_that_makes_something() -> None:
    named = set(re.findall(r"^\| `make ([a-z]+)`", CONTRIBUTING, re.MULTILINE))
    assert named == set(TARGETS) - {"demo", "clean"}


@pytest.mark.parametrize("path", re.findall(r"`([\w./-]+/[\w.-]+\.\w+)`", CONTRIBUTING))
def test_a_file_that_it_names_is_there(path: str) -> None:
    assert (ROOT / path).is_file() or (PACKAGE / path).is_file()
