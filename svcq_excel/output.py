"""Files appear whole or not at all: written beside, flushed, then renamed."""

from __future__ import annotations

import os
from pathlib import Path

WORKING = ".svcq-"
"""How the names of unfinished files begin."""


class OutputBlockedError(Exception):
    """A file cannot be written: open elsewhere, no room, no permission. Nothing was changed."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"無法寫入「{path}」：{reason}。原有檔案未變動")


def write_whole(path: Path, content: bytes) -> None:
    """Puts a file in place, or raises OutputBlockedError and leaves what was there."""
    beside = path.with_name(f"{WORKING}{os.getpid()}-{path.name}"[:200])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise OutputBlockedError(path, reason_of(error)) from error


def reason_of(error: OSError) -> str:
    """Why the system refused, in words for people."""
    if isinstance(error, PermissionError):
        return "檔案可能正由 Excel 或其他程式開啟，請關閉後再試；或沒有寫入權限"
    return f"{error.strerror or error}"
