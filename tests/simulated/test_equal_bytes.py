"""generate, check, merge and return make the same bytes in whatever surroundings."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.equal_bytes import CALLS, inboxes, made

SURROUNDINGS: Mapping[str, Mapping[str, str]] = {
    "another hash seed, no locale, a zone ahead": {
        "PYTHONHASHSEED": "424242",
        "LC_ALL": "C",
        "TZ": "Pacific/Kiritimati",
    },
    "one more hash seed, a zone behind, optimised": {
        "PYTHONHASHSEED": "1",
        "PYTHONOPTIMIZE": "2",
        "TZ": "<-0930>9:30",
    },
}
METHODS = multiprocessing.get_all_start_methods()


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packed")
    inboxes(folder)
    return folder


@pytest.fixture(scope="module")
def as_usual(packed: Path) -> dict[str, str]:
    told = made(packed, PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C.UTF-8")
    assert all(sum(f"/{id}/" in name for name in told) > 8 for id in CALLS)
    return told


@pytest.mark.parametrize("where", SURROUNDINGS)
def test_the_same_is_made(where: str, packed: Path, as_usual: dict[str, str]) -> None:
    assert made(packed, **SURROUNDINGS[where]) == as_usual


@pytest.mark.parametrize("method", METHODS)
def test_the_same_is_made_whatever_way_of_starting_processes_is_set(
    method: str, packed: Path, as_usual: dict[str, str]
) -> None:
    assert made(packed, method=method) == as_usual


@pytest.mark.skipif(os.name == "nt", reason="no locale can be made there")
@pytest.mark.parametrize("locale", ["zh_TW.BIG5", "zh_TW.BIG5-HKSCS"])
def test_the_same_is_made_where_names_of_files_are_in_big5(
    locale: str, packed: Path, as_usual: dict[str, str], tmp_path: Path
) -> None:
    make = [shutil.which("localedef") or "", "-i", "zh_TW", "-f", locale.partition(".")[2]]
    tried = make[0] and subprocess.run(
        [*make, str(tmp_path / locale)], capture_output=True, timeout=120, check=False
    )
    if not tried or not (tmp_path / locale / "LC_CTYPE").exists():
        pytest.skip("this system cannot make a locale of Big5")
    told = made(packed, LOCPATH=str(tmp_path), LC_ALL=locale, PYTHONUTF8="0")
    assert told == as_usual
