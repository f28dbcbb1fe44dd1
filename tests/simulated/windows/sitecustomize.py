"""As Windows answers: on PYTHONPATH it is loaded before anything else. The environment says what.

OPEN names files, by parts of their paths, that another program has open: they can be read, but not
replaced, written or removed. SCANNED is for how many seconds a scanner holds a new file. Folders
that only their owner may enter hand that on to what is moved out of them. Paths are told with
backslashes.
"""

# Paths themselves are what is simulated.
# ruff: noqa: PTH100, PTH101, PTH110, PTH113, PTH116, PTH120

from __future__ import annotations

import io
import os
import pathlib
import sys
from collections.abc import Callable
from time import time
from typing import Any

_open, _replace, _unlink, _mkdir = io.open, os.replace, os.unlink, os.mkdir
_told = pathlib.PurePath.__str__
_OPEN = [part for part in os.environ.get("OPEN", "").split(",") if part]
_SCANNED = float(os.environ.get("SCANNED", "0"))
_DENIED, _SHARED = 5, 32
_own: set[str] = set()


def _denied(number: int, *paths: object) -> PermissionError:
    error = PermissionError(13, "存取被拒。", *paths)
    error.winerror = number  # type: ignore[attr-defined]  # Windows' own
    return error


def _is_open(path: Any) -> bool:
    if isinstance(path, int) or not os.path.exists(path):
        return False
    return any(part in os.fsdecode(path) for part in _OPEN)


def replace(source: Any, target: Any, **how: Any) -> None:
    if _is_open(source) or _is_open(target) or _is_scanned(source):
        raise _denied(_DENIED, os.fspath(source), None, os.fspath(target))
    _replace(source, target, **how)
    if os.path.dirname(os.path.abspath(source)) in _own:
        os.chmod(target, 0o600)


def _is_scanned(path: Any) -> bool:
    return os.path.isfile(path) and time() - os.stat(path).st_mtime < _SCANNED


def open_(file: Any, mode: str = "r", *more: Any, **how: Any) -> Any:
    if set(mode) & set("wax+") and _is_open(file):
        raise _denied(_SHARED, os.fspath(file))
    return _open(file, mode, *more, **how)


def unlink(path: Any, **how: Any) -> None:
    if _is_open(path):
        raise _denied(_SHARED, os.fspath(path))
    _unlink(path, **how)


def mkdir(path: Any, mode: int = 0o777, **how: Any) -> None:
    _mkdir(path, mode, **how)
    if mode == 0o700:
        _own.add(os.path.abspath(path))


def _with_slashes(parts: Any) -> list[Any]:
    return [part.replace("\\", "/") if isinstance(part, str) else part for part in parts]


def _as_text(path: Any) -> str:
    """To all but the library of paths itself."""
    asks = str(sys._getframe(1).f_globals.get("__name__"))
    told = _told(path)
    return told if asks.startswith(("pathlib", "glob")) else told.replace("/", "\\")


def _tell_paths_as_windows_does() -> None:
    path: Any = pathlib.PurePath
    path.__fspath__ = path.as_posix = _told
    path.__str__ = _as_text
    if sys.version_info >= (3, 12):
        begin: Callable[..., None] = path.__init__
        path.__init__ = lambda self, *parts: begin(self, *_with_slashes(parts))
    else:
        parse = path._parse_args.__func__
        path._parse_args = classmethod(lambda kind, parts: parse(kind, _with_slashes(parts)))


io.open = open_
for name, act in {"replace": replace, "unlink": unlink, "remove": unlink, "mkdir": mkdir}.items():
    setattr(os, name, act)
_tell_paths_as_windows_does()
