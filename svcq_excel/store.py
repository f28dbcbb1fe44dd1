"""What earlier runs worked out, kept by key in `.svcq/` beside the outputs.

Nothing depends on it: what cannot be read there is as if it had never been kept.
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
from zlib import crc32

import svcq_excel

FOLDER, FILE = ".svcq", "kept.sqlite"

_SECONDS = 0.5  # to wait for another run that is writing
_MOST = 20_000  # entries, before all are forgotten

_TABLE = "CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, value BLOB, checksum INTEGER)"


class Store:
    """Bytes by key; without a folder nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / FOLDER / FILE if folder else None
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
            return self._base.execute(question, values).fetchall() if self._base else []
        except sqlite3.OperationalError:  # another run is writing, or the disk is full
            return []
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
    """The store at a path; one that is damaged is begun anew."""
    for _ in range(2):
        with suppress(OSError, sqlite3.Error):
            path.parent.mkdir(parents=True, exist_ok=True)
            base = sqlite3.connect(path, timeout=_SECONDS, isolation_level=None)
            try:
                # What is lost when the power fails is worked out again.
                base.execute("PRAGMA synchronous = OFF")
                base.execute("PRAGMA journal_mode = PERSIST")
                base.execute(_TABLE)
                (count,) = base.execute("SELECT count(*) FROM kept").fetchone()
                if count > _MOST:
                    base.execute("DELETE FROM kept")
                return base
            except sqlite3.OperationalError:  # another run is writing
                base.close()
                return None
            except sqlite3.Error:
                base.close()
                _discard(path)
    return None


def _discard(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
