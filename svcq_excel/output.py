"""Files appear whole or not at all: written beside, flushed, then renamed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from time import time
from zlib import crc32

CREATED = datetime(2000, 1, 1)
"""The date inside every workbook we make, so that equal input gives equal bytes."""

WORKING = ".svcq-"
"""How the names of unfinished files begin."""

ANOTHER_NAME = "_原檔開啟中另存"
"""What a file's name gets that could not take the place of one that is open elsewhere."""

_ABANDONED_SECONDS = 3600


class OutputBlockedError(Exception):
    """A file cannot be written: open elsewhere, no room, no permission. Nothing was changed."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"無法寫入「{path}」：{reason}。原有檔案未變動")


def write_whole(path: Path, content: bytes) -> None:
    """Puts a file in place, or raises OutputBlockedError and leaves what was there."""
    try:
        beside = _staged(path, content)
        try:
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise OutputBlockedError(path, reason_of(error)) from error


def write_together(contents: Mapping[Path, bytes]) -> dict[Path, Path]:
    """Puts files in place once all of them are written; where each came to lie.

    A file whose place is taken by one that is open elsewhere gets another name beside it. Raises
    OutputBlockedError where there is no room for all of them.
    """
    staged: dict[Path, Path] = {}
    path = Path()
    try:
        for path, content in contents.items():
            if not _holds(path, content):
                staged[path] = _staged(path, content)
        placed = {}
        for path in contents:
            placed[path] = _placed(staged[path], path) if path in staged else path
        return placed
    except OSError as error:
        raise OutputBlockedError(path, reason_of(error)) from error
    finally:
        for beside in staged.values():
            beside.unlink(missing_ok=True)


def reason_of(error: OSError) -> str:
    """Why the system refused, in words for people."""
    if isinstance(error, PermissionError):
        return "檔案可能正由 Excel 或其他程式開啟，請關閉後再試；或沒有寫入權限"
    return f"{error.strerror or error}"


def _holds(path: Path, content: bytes) -> bool:
    """Whether a file is already what it is to be: one that is open need not be disturbed then."""
    with suppress(OSError):
        return path.stat().st_size == len(content) and path.read_bytes() == content
    return False


def _staged(path: Path, content: bytes) -> Path:
    """The content in a file beside its place, safe on the disk."""
    beside = path.with_name(f"{WORKING}{os.getpid()}-{_mark(path)}")
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(path)
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    return beside


def _placed(beside: Path, path: Path) -> Path:
    """Where a file comes to lie: at its place, or beside one that is open elsewhere."""
    try:
        return beside.replace(path)
    except PermissionError:
        return beside.replace(path.with_name(f"{path.stem}{ANOTHER_NAME}{path.suffix}"))


def _sweep(path: Path) -> None:
    """Clears away what runs that were cut short left of this file."""
    with suppress(OSError):
        for left in path.parent.glob(f"{WORKING}*"):
            old = left.stat().st_mtime < time() - _ABANDONED_SECONDS
            if old and left.name.endswith(f"-{_mark(path)}"):
                left.unlink()


def _mark(path: Path) -> str:
    """What tells a file's unfinished ones from those of others; its own name may be too long."""
    return f"{crc32(path.name.encode('utf-8', 'surrogatepass')):08x}"
