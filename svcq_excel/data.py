"""Where the data that ships lies: inside the installed package or, in a checkout, beside it.

A program that is run from a zip unpacks its data for as long as it runs.
"""

from __future__ import annotations

import atexit
import shutil
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from tempfile import mkdtemp


@cache
def beside_the_package(name: str) -> Path:
    """The folder `templates` or `samples`."""
    package = files("svcq_excel")
    if isinstance(package, Path):
        inside = package.resolve() / name
        return inside if inside.is_dir() else package.resolve().parent / name
    inside_zip = package / name
    return _unpacked(inside_zip, name) if inside_zip.is_dir() else Path(str(inside_zip))


def _unpacked(folder: Traversable, name: str) -> Path:
    temporary = Path(mkdtemp(prefix="svcq-"))
    atexit.register(shutil.rmtree, temporary, ignore_errors=True)
    _copy(folder, temporary / name)
    return temporary / name


def _copy(source: Traversable, target: Path) -> None:
    if source.is_dir():
        target.mkdir()
        for each in source.iterdir():
            _copy(each, target / each.name)
    else:
        target.write_bytes(source.read_bytes())
