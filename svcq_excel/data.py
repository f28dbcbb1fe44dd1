"""Where the data that ships lies: inside the installed package or, in a checkout, beside it."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def beside_the_package(name: str) -> Path:
    """The folder `templates` or `samples`."""
    installed = _PACKAGE / name
    return installed if installed.is_dir() else _PACKAGE.parent / name
