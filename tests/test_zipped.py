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
from svcq_excel.data import beside_the_package
from svcq_excel.rubric.shipped import folder, shipped

PACKAGE = Path(svcq_excel.__file__).parent
DATA = ("templates", "samples")
_SHIPPED = "from svcq_excel.rubric.shipped import shipped; print(*(r.id for r in shipped()))"
_KEY = "from svcq_excel.store import program; print(program())"
_RULES = "from svcq_excel.checks.catalogue import catalogue; print(*(r.code for r in catalogue()))"
_RUBRIC = "import sys; from svcq_excel.rubric.shipped import load; print(load(sys.argv[1]).id)"


def zipped(archive: Path, comment: str = "", data: bool = False) -> Path:
    with ZipFile(archive, "w", ZIP_STORED) as target:
        for name in DATA if data else ():
            for path in sorted(beside_the_package(name).rglob("*")):
                inside = path.relative_to(beside_the_package(name).parent)
                target.write(path, Path("svcq_excel", inside))
        if data:
            for path in PACKAGE.rglob("*.mo"):
                target.write(path, path.relative_to(PACKAGE.parent))
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


def command(package: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`svcq` from there."""
    code = f"import sys; sys.path.insert(0, {str(package)!r}); "
    return subprocess.run(
        [sys.executable, "-c", code + "from svcq_excel.cli.main import main; main()", *arguments],
        capture_output=True,
        encoding="utf-8",
        cwd=package.parent if package.is_file() else None,
        env={**os.environ, **environment, "PYTHONUTF8": "1"},
        check=False,
    )


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return zipped(tmp_path_factory.mktemp("zipped") / "program.zip")


def test_all_rules_are_known_from_a_zip(archive: Path) -> None:
    assert said(_RULES, archive).split() == [rule.code for rule in catalogue()]


def test_a_definition_in_a_file_is_read_from_a_zip(archive: Path) -> None:
    assert said(_RUBRIC, archive, str(folder() / "wra-105.yaml")) == "wra-105"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return zipped(tmp_path_factory.mktemp("zipped") / "whole.zip", data=True)


def test_the_rubrics_that_ship_are_in_the_zip(whole: Path) -> None:
    assert said(_SHIPPED, whole).split() == [rubric.id for rubric in shipped()]
    assert said(_RUBRIC, whole, "khb-106") == "khb-106"


def test_an_empty_list_of_rubrics_is_an_error(archive: Path) -> None:
    ran = command(archive, "rubric", "list")
    assert ran.returncode == 2 and not ran.stdout
    (line,) = ran.stderr.splitlines()
    assert "找不到程式內附的評分表定義" in line


@pytest.mark.parametrize("id", ["wra-105", "hccg-105"])
def test_the_whole_chain_runs_from_a_zip_as_from_a_folder_and_leaves_nothing(
    id: str, whole: Path, tmp_path: Path
) -> None:
    (tmp_path / "temporary").mkdir()
    temporary = {"TMPDIR": str(tmp_path / "temporary"), "TEMP": str(tmp_path / "temporary")}
    for place in (whole, PACKAGE.parent):
        out = tmp_path / ("zip" if place == whole else "folder")
        ran = command(place, "demo", id, str(out), **temporary)
        assert ran.returncode == 0, ran.stderr
    made = {
        path.relative_to(tmp_path / "folder") for path in (tmp_path / "folder").rglob("*.[xd]*x")
    }
    assert len(made) > 2
    for name in made:
        if "空白表件" in str(name):
            assert (tmp_path / "zip" / name).read_bytes() == (
                tmp_path / "folder" / name
            ).read_bytes()
    assert not list((tmp_path / "temporary").iterdir())


def test_forms_in_ods_are_made_from_a_zip(whole: Path, tmp_path: Path) -> None:
    units = tmp_path / "units.csv"
    units.write_text("編號,受考核單位名稱\nA01,第一河川局\n", "utf-8")
    call = ["generate", "--rubric", "wra-105", "--units", str(units), "--out", str(tmp_path)]
    ran = command(whole, *call, "--format", "ods")
    assert ran.returncode == 0, ran.stderr
    assert list(tmp_path.glob("*.ods"))


def test_what_is_wrong_with_a_call_is_said_in_chinese_from_a_zip(whole: Path) -> None:
    ran = command(whole, "check")
    assert ran.returncode == 2 and "INBOX" in ran.stderr and "Missing" not in ran.stderr


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
