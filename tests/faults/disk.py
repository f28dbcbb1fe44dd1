"""A disk that tells what was done to it, and fails the N-th write, flush or rename."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pytest


class Disk:
    """Counts what is done to files that are written, and fails the N-th time."""

    def __init__(self, fails: int, error: int = errno.ENOSPC) -> None:
        self.fails, self.error = fails, error
        self.done: list[str] = []

    def act(self, what: str) -> None:
        self.done.append(what)
        if len(self.done) == self.fails:
            raise OSError(self.error, os.strerror(self.error))

    @contextmanager
    def mounted(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        opened, synced, replaced = Path.open, os.fsync, os.replace

        def open_(path: Path, mode: str = "r", *more: Any, **named: Any) -> Any:
            file = opened(path, mode, *more, **named)
            return _File(file, self) if "w" in mode and "b" in mode else file

        def fsync(number: int) -> None:
            self.act("fsync")
            synced(number)

        def replace(*paths: Any, **named: Any) -> None:
            self.act("replace")
            replaced(*paths, **named)

        with monkeypatch.context() as patched:
            patched.setattr(Path, "open", open_)
            patched.setattr(os, "fsync", fsync)
            patched.setattr(os, "replace", replace)
            yield


class _File:
    """A file on a disk that may be full: half of what is written is there then."""

    def __init__(self, file: IO[bytes], disk: Disk) -> None:
        self._file, self._disk = file, disk
        self.fileno = file.fileno

    def write(self, content: bytes) -> None:
        self._file.write(content[: len(content) // 2])
        self._disk.act("write")
        self._file.write(content[len(content) // 2 :])

    def flush(self) -> None:
        self._disk.act("flush")
        self._file.flush()

    def __enter__(self) -> _File:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
