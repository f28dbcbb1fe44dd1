"""The wheel is the program with its samples and templates, and works wherever it is installed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.packaging.conftest import ROOT, tracked

IDS = ["hccg-105", "khb-106", "kpw-102", "wra-105"]


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where an installer would unpack it: a pure wheel's files lie as they are."""
    folder = tmp_path_factory.mktemp("installed")
    with ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def python(installed: Path, cwd: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Runs Python where the wheel is found before the checkout."""
    there = os.environ | {"PYTHONPATH": str(installed), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, *args],
        cwd=cwd,
        env=there,
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
    )


def test_data_ship_as_they_are(installed: Path) -> None:
    data = {name for name in tracked(ROOT) if name.startswith(("samples/", "templates/"))}
    assert data
    for name in data:
        assert (installed / "svcq_excel" / name).read_bytes() == (ROOT / name).read_bytes(), name


def test_it_holds_the_program_and_no_more(installed: Path) -> None:
    program = {name for name in tracked(ROOT) if name.startswith("svcq_excel/")}
    data = {f"svcq_excel/{n}" for n in tracked(ROOT) if n.startswith(("samples/", "templates/"))}
    there = {p.relative_to(installed).as_posix() for p in installed.rglob("*") if p.is_file()}
    assert {name for name in there if ".dist-info/" not in name} == program | data
    (licence,) = installed.glob("*.dist-info/licenses/LICENSE")
    assert licence.read_bytes() == (ROOT / "LICENSE").read_bytes()


def test_what_runs_is_what_was_installed(installed: Path, tmp_path: Path) -> None:
    ran = python(installed, tmp_path, "-c", "import svcq_excel; print(svcq_excel.__file__)")
    assert Path(ran.stdout.strip()).is_relative_to(installed)


def test_the_rubrics_that_ship_are_found(installed: Path, tmp_path: Path) -> None:
    ran = python(installed, tmp_path, "-m", "svcq_excel", "rubric", "list", "--json")
    assert all(id in ran.stdout for id in IDS), ran.stdout + ran.stderr
    assert json.loads(ran.stdout)


@pytest.mark.parametrize("id", IDS)
def test_demo_runs_in_a_folder_with_chinese_and_a_space(
    installed: Path, tmp_path: Path, id: str
) -> None:
    folder = tmp_path / "考核 資料"
    folder.mkdir()
    ran = python(installed, folder, "-m", "svcq_excel", "demo", id, "示範 結果")
    assert ran.returncode == 0, ran.stderr
    assert list((folder / "示範 結果" / "空白表件").glob("*.xlsx"))
    assert len(list((folder / "示範 結果").glob("*結果統計表.xlsx"))) == 1
