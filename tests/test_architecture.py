"""The rooms of the house: each imports only what stands above it, and files stay readable."""

from __future__ import annotations

import ast
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "svcq_excel"
# From the ground up; a room imports its own files and rooms before it.
ROOMS = (
    "data definition output store text",
    "workbooks rubric",
    "plan",
    "form",
    "inbox libreoffice",
    "issuing",
    "checks",
    "results returns",
    "rerun",
    "pipeline",
    "cli",
    "__init__ __main__",
)
LEVEL = {room: level for level, rooms in enumerate(ROOMS) for room in rooms.split()}
FILES = sorted(PACKAGE.rglob("*.py"))


def imported(file: Path) -> set[str]:
    """The rooms that a file imports."""
    rooms = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("svcq_excel"):
            parts = (node.module or "").split(".")
            names = [parts[1]] if len(parts) > 1 else [alias.name for alias in node.names]
            rooms |= {name for name in names if not name.startswith("__")}
    return rooms


def room_of(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_a_file_imports_only_rooms_above_its_own(file: Path) -> None:
    own = room_of(file)
    below = {room for room in imported(file) if room != own and LEVEL[room] >= LEVEL[own]}
    assert not below


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_a_file_opens_with_its_job_and_is_no_longer_than_a_room(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text))
    assert len(text.splitlines()) <= 250


def test_every_package_is_installed() -> None:
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    listed = set(setup["options"]["packages"].split())
    there = {".".join(file.parent.relative_to(ROOT).parts) for file in PACKAGE.rglob("__init__.py")}
    assert listed == there | {"svcq_excel.samples", "svcq_excel.templates"}
