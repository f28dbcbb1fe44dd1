"""The files of a call take their places together, or all that lay there stays as it was.

Each is written beside its place first. One that lies there as it is to be is left alone, one that
is replaced hands on its permissions, and of a link the file that it names is replaced.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from time import sleep, time
from types import TracebackType
from typing import BinaryIO
from zlib import crc32

from svcq_excel.lying_there import holds, is_same, led_to, permit_as, verify_replaceable
from svcq_excel.output import OutputBlockedError, reason_of

WORKING = ".svcq-"
"""How the names of unfinished files begin."""

ANOTHER_NAME = "_原檔開啟中另存"
"""What a file's name gets that could not take the place of one that is open elsewhere."""

PAUSES = (0.05, 0.1, 0.2, 0.4, 0.55, 0.7)
"""Seconds that a call waits, in all, for what holds a file: often a virus scanner a new one."""

_ABANDONED_SECONDS = 3600

_OPEN = "檔案正由 Excel 或其他程式開啟，請關閉後再試"
_NOT_YOURS = "沒有更改這個檔案的權限，它可能屬於其他使用者，請將輸出改用其他檔名或資料夾"
_NOT_YOUR_FOLDER = "沒有在這個資料夾寫入的權限，請改用其他資料夾，或請管理者開放權限"


def write_together(contents: Iterable[tuple[Path, bytes]]) -> dict[Path, Path]:
    """Puts files in place once all of them are made and written; where each came to lie.

    One whose place is taken by a file that is open elsewhere gets another name beside it. Raises
    OutputBlockedError where that is no way out.
    """
    with Placing() as placing:
        for path, content in contents:
            placing.add(path, content)
        return placing.place(evading=True)


def moved_of(placed: Mapping[Path, Path]) -> dict[Path, Path]:
    """Those that came to lie elsewhere than they were wanted."""
    return {wanted: found for wanted, found in placed.items() if wanted != found}


def lies_otherwise(path: Path, content: bytes) -> bool:
    """Whether there is a file of this name that holds something else. Raises OutputBlockedError."""
    with _told(path, _NOT_YOURS):
        return path.exists() and not holds(path, content)


class Placing:
    """Files on their way to their places; what has not come there in the end is cleared away."""

    def __init__(self, flushed: bool = True) -> None:
        """What can be made again at any time need not be `flushed` to the disk, file by file."""
        self._flushed = flushed
        self._beside: dict[Path, Path | None] = {}
        self._streamed: set[Path] = set()
        """Those that could not be compared with what lies there, before they were written."""
        self._unfinished: list[Path] = []
        self._replaced: list[tuple[Path, Path | None]] = []
        self._marks: dict[Path, set[str]] = {}
        self._pauses = iter(PAUSES)

    def __enter__(self) -> Placing:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for path in self._unfinished:
            with suppress(OSError):
                path.unlink(missing_ok=True)
        for folder, marks in self._marks.items():
            _sweep(folder, marks)

    def add(self, path: Path, content: bytes) -> None:
        """Writes a file beside its place, unless it is there already. Raises OutputBlockedError."""
        with _told(path, _NOT_YOUR_FOLDER):
            path.parent.mkdir(parents=True, exist_ok=True)
        with _told(path, _NOT_YOURS):
            file = led_to(path)
            there = holds(file, content)
            if not there:
                verify_replaceable(path, file)
        with _told(path, _NOT_YOUR_FOLDER):
            made = None if there else self._written(file, lambda to: to.write(content))
            self._beside[path] = made

    def add_streamed(self, path: Path, write: Callable[[BinaryIO], object]) -> Path:
        """The same of a file too large to hold, written piece by piece; where it lies till then."""
        with _told(path, _NOT_YOUR_FOLDER):
            file = led_to(path)
            file.parent.mkdir(parents=True, exist_ok=True)
            self._beside[path] = beside = self._written(file, write)
        self._streamed.add(path)
        return beside

    def place(self, evading: bool = False) -> dict[Path, Path]:
        """Where each came to lie; `evading`, under another name where its place is open elsewhere.

        Raises OutputBlockedError once all that was there is there again.
        """
        try:
            return {path: self._placed(path, evading) for path in list(self._beside)}
        except BaseException:
            for file, old in reversed(self._replaced):
                with suppress(OSError):
                    old.replace(file) if old else file.unlink()
            raise

    def _placed(self, path: Path, evading: bool) -> Path:
        beside = self._beside[path]
        if beside is None:
            return path
        with _told(path, _NOT_YOURS, _OPEN):
            try:
                file = led_to(path)
                if path in self._streamed and is_same(beside, file):
                    return path
                verify_replaceable(path, file)
                self._replace(beside, file)
                return path
            except OSError as error:
                if not (evading and _is_open(error)):
                    raise
        other = another_name(path)
        self.add(other, beside.read_bytes())
        return self._placed(other, evading=False)

    def _replace(self, beside: Path, file: Path) -> None:
        old = self._kept(file) if file.exists() else None
        self._patiently(lambda: beside.replace(file))
        self._replaced.append((file, old))

    def _patiently(self, act: Callable[[], object]) -> None:
        while True:
            try:
                act()
                return
            except OSError as error:
                pause = next(self._pauses, None) if _is_open(error) else None
                if pause is None:
                    raise
                sleep(pause)

    def _written(self, file: Path, write: Callable[[BinaryIO], object]) -> Path:
        """A file written beside its place, with the permissions of what lies there."""
        beside = self._unfinished_name(file)
        with beside.open("wb") as stream:
            write(stream)
            if self._flushed:
                stream.flush()
                os.fsync(stream.fileno())
        with suppress(FileNotFoundError):
            permit_as(file.stat(), beside)
        return beside

    def _kept(self, file: Path) -> Path:
        """What a place holds, under a name from which it can be brought back."""
        kept = self._unfinished_name(file)
        try:
            kept.hardlink_to(file)
        except OSError:  # not every disk has links
            shutil.copy2(file, kept)
        return kept

    def _unfinished_name(self, file: Path) -> Path:
        # Not the file's own name: with more around it, that may be too long.
        mark = f"{crc32(file.name.encode('utf-8', 'surrogatepass')):08x}"
        self._marks.setdefault(file.parent, set()).add(mark)
        name = file.with_name(f"{WORKING}{os.getpid()}-{len(self._unfinished)}-{mark}")
        self._unfinished.append(name)
        return name


def another_name(path: Path) -> Path:
    """Where a file comes to lie whose own place is open elsewhere."""
    return path.with_name(f"{path.stem}{ANOTHER_NAME}{path.suffix}")


@contextmanager
def _told(path: Path, denied: str, in_use: str = "") -> Iterator[None]:
    """What the system refuses, in words: what it means here that it was denied."""
    try:
        yield
    except OSError as error:
        said = denied if isinstance(error, PermissionError) else reason_of(error)
        if in_use and _is_open(error):
            said = in_use
        raise OutputBlockedError(path, said) from error
    except ValueError as error:  # a character that this system cannot call a file by
        raise OutputBlockedError(path, reason_of(OSError(errno.EILSEQ, ""))) from error


def _is_open(error: OSError) -> bool:
    """Whether a file that may be written, in a folder that may be, is refused for the moment."""
    return error.errno in {errno.EACCES, errno.EBUSY, errno.ETXTBSY}


def _sweep(folder: Path, marks: set[str]) -> None:
    """Clears away what runs that were cut short left of these files."""
    with suppress(OSError):
        for left in folder.glob(f"{WORKING}*"):
            old = left.stat().st_mtime < time() - _ABANDONED_SECONDS
            if old and left.name.rpartition("-")[2] in marks:
                left.unlink()
