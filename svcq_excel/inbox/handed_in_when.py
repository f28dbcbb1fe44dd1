"""When a form was handed in, and what says so: the later of two forms of one unit counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from svcq_excel.inbox.receiving import Received

_FIRST, _LAST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
"""Whatever says that a form came before or after says nothing."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A moment, and the evidence for it in words for people."""

    at: datetime
    evidence: str


def dated(received: Received) -> Dated:
    """The date of the mail that it came with, else when its program saved it, else its file's."""
    reading = received.reading
    evidence = (
        (reading.sent, "郵件的寄件時間"),
        (reading.origin.saved, "活頁簿內的存檔時間"),
        (reading.modified, "壓縮檔所載的檔案時間"),
        (_modified(received.found.path), "檔案的修改時間"),
    )
    known = (Dated(at, said) for at, said in evidence if at and _FIRST < at < _LAST)
    return next(known, Dated(_FIRST, "無法得知"))


def _modified(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, OverflowError, ValueError):  # gone since it was read, or beyond all years
        return None
