"""What tells each file from any other, and from itself once it has changed.

A disk that does not give a file is waited for no longer than where files are read, and no second
time in a run.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from hashlib import file_digest
from pathlib import Path
from threading import Thread
from typing import NamedTuple

from svcq_excel.inbox.finding import FoundFile
from svcq_excel.inbox.patience import patience_with_disks
from svcq_excel.workbooks.bounds import MAX_CONTAINER


class Fingerprint(NamedTuple):
    """Of a file that is not there, is none, or cannot be opened nothing is known."""

    size: int = 0
    sha256: str = ""
    """"" of a file that is too large to be read, too."""
    modified: int = 0
    """In nanoseconds."""
    late: bool = False
    """Whether its disk was waited for in vain."""


class Fingerprints:
    """Those of a run's files, each taken when it is first asked for."""

    def __init__(self) -> None:
        self._disks = patience_with_disks()
        self._taken: dict[Path, Fingerprint] = {}

    def of(self, path: Path) -> Fingerprint:
        if path not in self._taken:
            self._taken[path] = self._in_time(path)
        return self._taken[path]

    def is_late(self, path: Path) -> bool:
        """Whether its disk is known to be slow."""
        return path in self._taken and self._taken[path].late

    def of_all(self, found: Iterable[FoundFile]) -> list[tuple[object, ...]] | None:
        """What a run's inputs can be known by; None where a disk does not give one of them."""
        taken = [(file, self.of(file.path)) for file in found]
        if any(print.late for _, print in taken):
            return None
        return [(str(file.path), file.ignored, *print) for file, print in taken]

    def _in_time(self, path: Path) -> Fingerprint:
        seconds, taken = self._disks.allowed, list[Fingerprint]()
        # A call that waits for a disk cannot be broken off; nobody waits for this one to end.
        asking = Thread(target=lambda: taken.append(_of(path)), daemon=True)
        asking.start()
        asking.join(seconds)
        if taken:
            return taken[0]
        self._disks.spend(seconds)
        return Fingerprint(late=True)


def _of(path: Path) -> Fingerprint:
    modified = 0
    try:
        modified = path.lstat().st_mtime_ns
        if path.is_symlink() or not path.is_file():  # a pipe never ends
            return Fingerprint(modified=modified)
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            sha256 = file_digest(file, "sha256").hexdigest() if size <= MAX_CONTAINER else ""
            return Fingerprint(size, sha256, modified)
    except (OSError, ValueError):
        return Fingerprint(modified=modified)
