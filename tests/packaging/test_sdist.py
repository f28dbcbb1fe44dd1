"""The sdist holds the whole project, and its tests run from where it is unpacked."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.packaging.conftest import ROOT, tracked


def test_it_holds_every_file_of_the_project(unpacked: Path) -> None:
    there = {p.relative_to(unpacked).as_posix() for p in unpacked.rglob("*") if p.is_file()}
    assert tracked(ROOT) - there == set()


def test_its_tests_run_from_there(unpacked: Path) -> None:
    tests = ["tests/test_architecture.py", "tests/docs/test_contributing.py", "tests/rubric"]
    command = [sys.executable, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests]
    ran = subprocess.run(command, cwd=unpacked, capture_output=True, check=False, text=True)
    assert ran.returncode == 0, ran.stdout
