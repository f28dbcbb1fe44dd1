"""What was sent, written down before and after each letter: nobody gets one twice unasked.

A file of its own beside the drafts, on the disk before a server may accept a letter. What was begun
and of which no end is known may have arrived: a person decides.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Literal

from svcq_excel.letters.letter import Letter
from svcq_excel.output import OutputBlockedError, reason_of

FILE = "寄送紀錄.sqlite"

State = Literal["begun", "sent", "refused", "failed"]
"""`begun`: handed to the server, and no answer is known. `failed`: it certainly did not arrive."""

_TABLE = """CREATE TABLE IF NOT EXISTS sent (
    number INTEGER PRIMARY KEY, key TEXT NOT NULL, occasion TEXT NOT NULL, round TEXT NOT NULL,
    unit TEXT NOT NULL, recipients TEXT NOT NULL, state TEXT NOT NULL, at TEXT NOT NULL,
    said TEXT NOT NULL)"""
_COLUMNS = "number, key, occasion, round, unit, recipients, state, at, said"
_NOT_OURS = "不是本程式的寄送紀錄，或已損壞；請改名保存，並核對寄件備份後再寄"
_BUSY = "另一個視窗正在寄送，請等它結束"


@dataclass(frozen=True, slots=True)
class Sent:
    """One attempt at a letter, and what came of it."""

    number: int
    key: str
    occasion: str
    round: str
    unit: str
    recipients: str
    state: State
    at: datetime
    said: str
    """The server's own words, where it refused anybody."""


class Journal:
    """Attempts in the order they were made; one program at a time may write."""

    def __init__(self, folder: Path) -> None:
        """Raises OutputBlockedError where it cannot be kept, or another run is sending."""
        self._path = folder / FILE
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._base = sqlite3.connect(self._path, timeout=0.5, isolation_level=None)
            self._base.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._base.execute("PRAGMA synchronous = FULL")
            self._base.execute("BEGIN EXCLUSIVE")
            self._base.execute(_TABLE)
            self._base.execute(f"SELECT {_COLUMNS} FROM sent LIMIT 1")
            self._base.execute("COMMIT")
        except (sqlite3.Error, OSError) as error:
            raise OutputBlockedError(self._path, _reason(error)) from error

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._base.close()

    def last(self, key: str) -> Sent | None:
        """The latest attempt at a letter."""
        found = _rows(
            self._base.execute(
                f"SELECT {_COLUMNS} FROM sent WHERE key = ? ORDER BY number DESC LIMIT 1", (key,)
            )
        )
        return next(found, None)

    def times_sent(self, key: str) -> int:
        """How often a letter was sent and is known to have been taken."""
        found = self._base.execute(
            "SELECT COUNT(*) FROM sent WHERE key = ? AND state = 'sent'", (key,)
        )
        return int(found.fetchone()[0])

    def begin(self, letter: Letter, at: datetime) -> int:
        """Before its last byte goes out; the number under which its end is told."""
        row = (letter.key, letter.occasion, letter.round, letter.unit, "; ".join(letter.to))
        made = self._write(
            "INSERT INTO sent (key, occasion, round, unit, recipients, state, at, said)"
            " VALUES (?, ?, ?, ?, ?, 'begun', ?, '')",
            (*row, at.isoformat()),
        )
        return int(made.lastrowid or 0)

    def arrived(self, key: str) -> None:
        """Somebody found out that a letter of which no end was known is there."""
        self._write("UPDATE sent SET state = 'sent' WHERE key = ? AND state = 'begun'", (key,))

    def end(self, number: int, state: State, said: str = "") -> None:
        self._write("UPDATE sent SET state = ?, said = ? WHERE number = ?", (state, said, number))

    def _write(self, statement: str, values: tuple[object, ...]) -> sqlite3.Cursor:
        try:
            return self._base.execute(statement, values)
        except sqlite3.Error as error:
            raise OutputBlockedError(self._path, _reason(error)) from error


def sent_in(folder: Path) -> tuple[Sent, ...]:
    """All attempts, without waiting for who is sending; none where nothing was sent or the
    record cannot be read."""
    path = folder / FILE
    if not path.is_file():
        return ()
    with suppress(sqlite3.Error, ValueError, OSError):
        base = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=0.5)
        try:
            return tuple(_rows(base.execute(f"SELECT {_COLUMNS} FROM sent ORDER BY number")))
        finally:
            base.close()
    return ()


def _rows(found: sqlite3.Cursor) -> Iterator[Sent]:
    for number, key, occasion, round, unit, recipients, state, at, said in found:
        when = datetime.fromisoformat(at)
        yield Sent(number, key, occasion, round, unit, recipients, state, when, said)


def _reason(error: Exception) -> str:
    text = str(error)
    if isinstance(error, OSError):
        return reason_of(error)
    return _BUSY if "locked" in text else "磁碟空間不足" if "full" in text else _NOT_OURS
