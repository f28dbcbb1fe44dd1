"""Every file of the inbox: which may be a form, and which never is one, and why."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from svcq_excel.inbox.names import LINK, never_a_form
from svcq_excel.store import FOLDER, OWN_FILES, is_ours

WORKBOOK_SUFFIXES = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".xltx", ".ots", ".et"}

OURS = "本系統的暫存資料夾，不是收件"


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file of the inbox, by the path that leads to it from where the program was called."""

    path: Path
    ignored: str = ""
    """Why it is never a form; "" where it may be one."""


def find(inbox: Iterable[Path]) -> tuple[FoundFile, ...]:
    """The files in folders and below, and files named one by one, each once, in a fixed order."""
    seen: dict[tuple[str, str], FoundFile] = {}
    real = cache(os.path.realpath)
    for entry in inbox:
        for found in _walk(entry):
            # However its folder was spelled; where a link leads to does not matter here.
            seen.setdefault((real(found.path.parent), found.path.name), found)
    return tuple(seen.values())


def _walk(entry: Path) -> Iterator[FoundFile]:
    if not entry.is_dir():
        yield FoundFile(entry, _never(entry))
        return
    closed: list[OSError] = []
    for at, folders, files in os.walk(entry, onerror=closed.append):
        folder = Path(at)
        own = frozenset[str]()
        if folder.name == FOLDER and is_ours(folder):
            yield FoundFile(folder, OURS)
            own = OWN_FILES
        folders.sort()
        for path in (folder / name for name in folders):
            if path.is_symlink():
                yield FoundFile(path, LINK)
            elif path.suffix.lower() in WORKBOOK_SUFFIXES:
                yield FoundFile(path, "是資料夾，不是檔案")
        for path in (folder / name for name in sorted(files) if name not in own):
            yield FoundFile(path, LINK if path.is_symlink() else _never(path))
    # That it cannot be opened is told when that is tried.
    yield from (FoundFile(Path(error.filename)) for error in closed)


def _never(path: Path) -> str:
    return never_a_form(path) or ("" if path.is_file() else "不是一般檔案")
