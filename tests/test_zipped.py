"""The program runs from a zip, where it has no folder; one version is told from another."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest

import svcq_excel
from svcq_excel.checks.catalogue import catalogue
from svcq_excel.rubric.shipped import folder

PACKAGE = Path(svcq_excel.__file__).parent
_KEY = "from svcq_excel.store import program; print(program())"
_RULES = "from svcq_excel.checks.catalogue import catalogue; print(*(r.code for r in catalogue()))"
_RUBRIC = "import sys; from svcq_excel.rubric.shipped import load; print(load(sys.argv[1]).id)"


def zipped(archive: Path, comment: str = "") -> Path:
    with ZipFile(archive, "w", ZIP_STORED) as target:
        for path in sorted(PACKAGE.rglob("*.py")):
            target.writestr(path.relative_to(PACKAGE.parent).as_posix(), path.read_bytes())
        target.comment = comment.encode("ascii")
    os.utime(archive, (10**9, 10**9))
    return archive


def said(code: str, package: Path, *arguments: str) -> str:
    """What a fresh Python prints that finds the program there and nowhere else."""
    first = f"import sys; sys.path.insert(0, {str(package)!r}); import svcq_excel; "
    check = f"assert svcq_excel.__file__.startswith({str(package)!r}), svcq_excel.__file__; "
    ran = subprocess.run(
        [sys.executable, "-c", first + check + code, *arguments],
        capture_output=True,
        encoding="utf-8",
        cwd=package.parent,
        check=False,
    )
    assert not ran.returncode, ran.stderr
    return ran.stdout.strip()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return zipped(tmp_path_factory.mktemp("zipped") / "program.zip")


def test_all_rules_are_known_from_a_zip(archive: Path) -> None:
    assert said(_RULES, archive).split() == [rule.code for rule in catalogue()]


def test_a_definition_in_a_file_is_read_from_a_zip(archive: Path) -> None:
    assert said(_RUBRIC, archive, str(folder() / "wra-105.yaml")) == "wra-105"


def test_a_zipped_program_is_known_again_and_told_from_another(
    archive: Path, tmp_path: Path
) -> None:
    key = said(_KEY, archive)
    assert key == said(_KEY, archive) == said(_KEY, zipped(tmp_path / "same.zip"))
    assert key != said(_KEY, zipped(tmp_path / "other.zip", "another version"))


def test_an_edited_source_makes_another_program(tmp_path: Path) -> None:
    for path in PACKAGE.rglob("*.py"):
        copy = tmp_path / path.relative_to(PACKAGE.parent)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    before = said(_KEY, tmp_path)
    assert said(_KEY, tmp_path) == before
    with (tmp_path / "svcq_excel" / "checks" / "rules" / "altered.py").open(
        "a", encoding="utf-8"
    ) as source:
        source.write("# edited\n")
    assert said(_KEY, tmp_path) != before
