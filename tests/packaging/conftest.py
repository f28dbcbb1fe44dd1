"""The sdist, and the wheel that is built from it, both once and without the network."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def tracked(root: Path) -> set[str]:
    """The files of the project: what git knows, or in an unpacked sdist all that came with it."""
    if (root / ".git").exists():
        # In a container the checkout may belong to somebody else.
        command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
        said = subprocess.run(command, cwd=root, check=True, capture_output=True).stdout
        return {name for name in said.decode().split("\0") if name and (root / name).exists()}
    (listed,) = root.glob("*.egg-info/SOURCES.txt")
    names = set(listed.read_text(encoding="utf-8").splitlines())
    return {name for name in names if ".egg-info/" not in name}


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean copy: nothing of a checkout's own can get into what is built."""
    folder = tmp_path_factory.mktemp("source")
    for name in tracked(ROOT):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="session")
def unpacked(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sdist, unpacked where nothing else of the project lies."""
    folder = tmp_path_factory.mktemp("sdist")
    with tarfile.open(_built("sdist", source, folder)) as archive:
        archive.extractall(folder, filter="data")
    (inside,) = (path for path in folder.iterdir() if path.is_dir())
    return inside


@pytest.fixture(scope="session")
def wheel(unpacked: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, from the sdist as package indexes and distributions build it."""
    # Building leaves folders behind, which are no part of the sdist.
    copy = shutil.copytree(unpacked, tmp_path_factory.mktemp("tree") / "tree")
    return _built("wheel", copy, tmp_path_factory.mktemp("wheel"))


def _built(what: str, tree: Path, folder: Path) -> Path:
    code = f"from setuptools import build_meta as it; it.build_{what}({str(folder)!r})"
    made = subprocess.run([sys.executable, "-c", code], cwd=tree, capture_output=True, check=False)
    assert made.returncode == 0, made.stderr.decode("utf-8", "replace")
    (file,) = (path for path in folder.iterdir() if path.is_file())
    return file
