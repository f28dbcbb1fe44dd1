"""What tells each file from any other, and from itself once it has changed.

A disk that does not give a file is waited for no longer than where files are read, and no second
time in a run.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable
from hashlib import file_digest
from pathlib import Path
from queue import Empty, SimpleQueue
from stat import S_ISREG
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
            self._take([path])
        return self._taken[path]

    def is_late(self, path: Path) -> bool:
        """Whether its disk is known to be slow."""
        return path in self._taken and self._taken[path].late

    def of_all(self, found: Iterable[FoundFile]) -> list[tuple[object, ...]] | None:
        """What a run's inputs can be known by; None where a disk does not give one of them."""
        files = tuple(found)
        self._take([file.path for file in files])
        taken = [(file, self._taken[file.path]) for file in files]
        if any(print.late for _, print in taken):
            return None
        return [(str(file.path), file.ignored, *print) for file, print in taken]

    def _take(self, paths: Iterable[Path]) -> None:
        """Those that are not there yet; each is waited for by itself."""
        left = deque(path for path in dict.fromkeys(paths) if path not in self._taken)
        while left:
            asking = _Asking(tuple(left))
            seconds = self._disks.allowed
            try:
                while left:
                    self._taken[left[0]] = asking.taken.get(timeout=seconds)
                    left.popleft()
            except Empty:
                self._disks.spend(seconds)
                self._taken[left.popleft()] = Fingerprint(late=True)
            finally:
                asking.given_up = True


class _Asking:
    """Files asked for one after the other. A call that waits for a disk cannot be broken off;
    nobody waits for one that was given up."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self.taken = SimpleQueue[Fingerprint]()
        self.given_up = False
        Thread(target=self._ask, args=(paths,), daemon=True).start()

    def _ask(self, paths: Iterable[Path]) -> None:
        for path in paths:
            if self.given_up:
                return
            self.taken.put(_of(path))


def _of(path: Path) -> Fingerprint:
    modified = 0
    try:
        status = path.lstat()
        modified = status.st_mtime_ns
        if not S_ISREG(status.st_mode):  # a pipe never ends
            return Fingerprint(modified=modified)
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            sha256 = file_digest(file, "sha256").hexdigest() if size <= MAX_CONTAINER else ""
            return Fingerprint(size, sha256, modified)
    except (OSError, ValueError):
        return Fingerprint(modified=modified)
