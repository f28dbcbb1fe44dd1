"""A folder whose result is frozen, made once and copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from svcq_excel.inbox import collecting
from tests.locking.office_desk import assessment, locked, new_folder
from tests.receiving import InProcess


@pytest.fixture(scope="session")
def frozen_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = new_folder(tmp_path_factory.mktemp("年度") / "考核 資料")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(collecting, "Workers", InProcess)
        assessment(path).merge()
        locked(path)
    return path


@pytest.fixture
def frozen(frozen_once: Path, tmp_path: Path) -> Path:
    """The folder, with its archive."""
    return Path(shutil.copytree(frozen_once, tmp_path / "考核 資料"))


@pytest.fixture
def archive(frozen: Path) -> Path:
    """The archive alone, on another machine."""
    (made,) = (frozen / "封存").glob("*.zip")
    return Path(shutil.move(made, frozen.parent / "封存檔.zip"))
