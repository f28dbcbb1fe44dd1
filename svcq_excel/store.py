"""What earlier runs worked out, kept by key in `.svcq/` beside the outputs.

Nothing depends on it: what cannot be read there is as if it had never been kept. Nor is it trusted:
only a plain table of this shape is read, nothing that a link leads to, and no answer takes long.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from stat import S_ISREG
from time import monotonic
from zlib import crc32

import svcq_excel

FOLDER, FILE, MARK = ".svcq", "kept.sqlite", "CACHEDIR.TAG"
OWN_FILES = frozenset({MARK, *(FILE + end for end in ("", "-journal", "-wal", "-shm"))})
"""All that this program writes into the folder."""

_SIGNATURE = b"Signature: 8a477f597d28d172789f06886806bc55"
"""How the mark of a folder begins that can be deleted at any time, as programs for backups know."""
_SAID = "\n# 服務品質考核程式（svcq）的暫存資料夾，可以刪除。\n"

_HIDDEN = 2  # FILE_ATTRIBUTE_HIDDEN
_SECONDS = 0.5  # to wait for another run that is writing
_SECONDS_TO_ANSWER = 5.0
_STEPS = 10_000  # of an answer, before the clock is looked at
_MOST = 200_000  # entries, before the first of them are forgotten
_MOST_BYTES, _LARGEST = 1024**3, 128 * 1024**2  # of all, of one

_TABLE = "CREATE TABLE kept (key TEXT PRIMARY KEY, value BLOB, checksum INTEGER)"
_SHAPE = [("table", "kept", "kept", _TABLE), ("index", "sqlite_autoindex_kept_1", "kept", None)]


def is_ours(folder: Path) -> bool:
    """Whether a folder bears the mark of one that this program keeps things in."""
    with suppress(OSError), (folder / MARK).open("rb") as mark:
        return _is_plain(folder / MARK) and mark.read(len(_SIGNATURE)) == _SIGNATURE
    return False


class Store:
    """Bytes by key; without a folder nothing is kept. Where it is only read, none is begun."""

    def __init__(self, folder: Path | None, only_read: bool = False) -> None:
        self._path = folder / FOLDER / FILE if folder else None
        if only_read and self._path and not self._path.is_file():
            self._path = None
        self._base = _opened(self._path) if self._path else None

    def holds(self, prefix: str) -> bool:
        """Whether anything is kept under a key that begins so."""
        question = "SELECT 1 FROM kept WHERE key >= ? AND key < ? LIMIT 1"
        return bool(self._ask(question, prefix, prefix + "\U0010ffff"))

    def get(self, key: str) -> bytes | None:
        for value, checksum in self._ask("SELECT value, checksum FROM kept WHERE key = ?", key):
            if isinstance(value, bytes) and _checksum(key, value) == checksum:
                return value
        return None

    def put(self, key: str, value: bytes) -> None:
        """Kept at once, so that a run that is cut short has not worked for nothing."""
        self._ask("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", key, value, _checksum(key, value))

    def forget(self, prefix: str) -> None:
        """Whatever is kept under keys that begin so."""
        self._ask("DELETE FROM kept WHERE key >= ? AND key < ?", prefix, prefix + "\U0010ffff")

    def close(self) -> None:
        if self._base:
            self._base.close()

    def _ask(self, question: str, *values: object) -> list[tuple[object, ...]]:
        """The rows of an answer; none where the store is damaged, or another run is writing."""
        try:
            return _answer(self._base, question, *values) if self._base else []
        except (sqlite3.OperationalError, sqlite3.DataError):
            return []  # another run is writing, the disk is full, or it takes too long
        except sqlite3.Error:
            self.close()
            self._base = None
            if self._path:
                _discard(self._path)
            return []


def _checksum(key: str, value: bytes) -> int:
    """Of both: where the list of keys is damaged, a sound value may be found under another's."""
    return crc32(value, crc32(key.encode("utf-8", "surrogatepass")))


@cache
def program() -> str:
    """What tells this program from every other version of it, and of what it reads with.

    Where it has no files of its own, because it is zipped or frozen, the file that holds it tells.
    """
    package = Path(svcq_excel.__file__).parent
    sources = _sources(os.fspath(package)) or [_told(_holder(package).stat())]
    said = json.dumps([svcq_excel.__version__, _calamine(), sources])
    return sha256(said.encode()).hexdigest()


def _sources(folder: str) -> list[tuple[str | int, ...]]:
    """The sources below a folder, each by its name, size and time."""
    found: list[tuple[str | int, ...]] = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.name.endswith(".py"):
                found.append((entry.name, *_told(entry.stat())))
            elif "." not in entry.name and entry.name != "__pycache__" and entry.is_dir():
                found.append((entry.name,))
                found += _sources(entry.path)
    return found


def _told(stat: os.stat_result) -> tuple[int, int]:
    return stat.st_size, stat.st_mtime_ns


def _holder(package: Path) -> Path:
    """The archive that the package lies in, or the executable."""
    return next((path for path in package.parents if path.is_file()), Path(sys.executable))


def _calamine() -> str:
    try:
        return version("python-calamine")
    except PackageNotFoundError:  # it lies in the same file
        return ""


def _opened(path: Path) -> sqlite3.Connection | None:
    """The store at a path; one that is damaged, or is none of ours, is begun anew."""
    for _ in range(2):
        with suppress(OSError, sqlite3.Error):
            _prepare(path)
            base = sqlite3.connect(path, timeout=_SECONDS, isolation_level=None)
            try:
                if _is_sound(base):
                    return base
            except sqlite3.OperationalError:  # another run is writing
                base.close()
                return None
            except sqlite3.Error:
                pass
            base.close()
            _discard(path)
    return None


def _prepare(path: Path) -> None:
    """A folder with its mark, and in it nothing that is no plain file or is too large."""
    folder = path.parent
    if folder.is_symlink():
        folder.unlink()
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        _hide(folder)
    for name in OWN_FILES:
        own = folder / name
        if os.path.lexists(own) and not (_is_plain(own) and own.stat().st_size <= _MOST_BYTES):
            own.unlink()
    if not is_ours(folder):
        (folder / MARK).write_bytes(_SIGNATURE + _SAID.encode("utf-8"))


def _hide(folder: Path) -> None:
    """A name that begins with a dot hides nothing on Windows."""
    if sys.platform == "win32":
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.WinDLL("kernel32").SetFileAttributesW(str(folder), _HIDDEN)


def _is_plain(path: Path) -> bool:
    return S_ISREG(path.lstat().st_mode)


def _is_sound(base: sqlite3.Connection) -> bool:
    """Whether it holds one plain table of ours, once it is there."""
    # What is lost when the power fails is worked out again.
    for setting in ("trusted_schema = OFF", "synchronous = OFF", "journal_mode = PERSIST"):
        _answer(base, f"PRAGMA {setting}")
    base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST)
    there = _answer(
        base, f"SELECT type, name, tbl_name, sql FROM sqlite_schema LIMIT {1 + len(_SHAPE)}"
    )
    if not there:
        _answer(base, _TABLE.replace("TABLE", "TABLE IF NOT EXISTS", 1))
    elif there != _SHAPE:
        return False
    first = "SELECT rowid FROM kept ORDER BY rowid DESC LIMIT 1 OFFSET ?"
    for (last,) in _answer(base, first, _MOST):
        _answer(base, "DELETE FROM kept WHERE rowid <= ?", last)
    return True


def _answer(base: sqlite3.Connection, question: str, *values: object) -> list[tuple[object, ...]]:
    """All rows. Raises sqlite3.Error, also where it takes too long."""
    until = monotonic() + _SECONDS_TO_ANSWER
    base.set_progress_handler(lambda: monotonic() > until, _STEPS)
    return base.execute(question, values).fetchall()


def _discard(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
