"""When a form was handed in, and what says so; dates of different kinds are never compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import reduce
from pathlib import Path
from stat import S_ISDIR

from svcq_excel.inbox.reading import Mail
from svcq_excel.inbox.receiving import Received
from svcq_excel.text.roc_dates import roc_moment

_FIRST, _LAST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
"""Whatever says that a form came before or after says nothing."""
_FAST = timedelta(days=1)
"""How far clocks and their zones may be ahead of ours."""
_NOW: ContextVar[datetime | None] = ContextVar("now", default=None)


@dataclass(frozen=True, slots=True)
class Dated:
    """A moment, and the evidence for it in words for people."""

    at: datetime
    evidence: str
    what: str = "最後存檔"
    """What happened then: 寄出 or 最後存檔."""


@dataclass(frozen=True, slots=True)
class HandIn:
    """When a unit first handed in a form with entries, or when its correction came."""

    name: str
    """Of the file."""
    dated: Dated
    due: datetime | None
    """The last moment at which it was in time; None where there is none."""
    correction: bool = False

    @property
    def late(self) -> bool:
        return self.due is not None and self.dated.at > self.due


MAIL, SAVED, ARCHIVE, FILE = (
    "郵件的寄件時間",
    "活頁簿內的存檔時間",
    "壓縮檔所載的檔案時間",
    "檔案的修改時間",
)
_BEST_FIRST = (MAIL, SAVED, ARCHIVE, FILE)
_UNKNOWN = Dated(_FIRST, "無法得知")


@contextmanager
def as_of(moment: datetime) -> Iterator[None]:
    """What was still to come at a moment of the past is so within: a result is worked out again as
    it was then."""
    token = _NOW.set(moment)
    try:
        yield
    finally:
        _NOW.reset(token)


def dates(received: Received) -> Mapping[str, Dated]:
    """Every date that a form has, by its evidence, the best first; none from the future."""
    return {each.evidence: each for each in _told(received, to_come=False)}


def future(received: Received) -> tuple[Dated, ...]:
    """The dates that are still to come: of a clock set wrong, or of a mail that was forged."""
    return tuple(_told(received, to_come=True))


def dated(received: Received) -> Dated:
    """The date of the mail that it came with, else when its program saved it, else its file's."""
    return next(iter(dates(received).values()), _UNKNOWN)


def earliest(forms: Iterable[Mapping[str, Dated]]) -> dict[str, Dated]:
    """Of forms that say the same, when it was first said, by each kind of date."""
    first: dict[str, Dated] = {}
    for form in forms:
        for kind, date in form.items():
            first[kind] = min(first.get(kind, date), date, key=lambda each: each.at)
    return first


def comparable(forms: Iterable[Mapping[str, Dated]]) -> tuple[Dated, ...]:
    """One date of each form: of the best kind that all of them have."""
    forms = list(forms)
    common = reduce(set.intersection, (set(form) for form in forms))
    kind = next((each for each in _BEST_FIRST if each in common), None)
    return tuple(form[kind] if kind else _UNKNOWN for form in forms)


def _told(received: Received, to_come: bool) -> Iterable[Dated]:
    """What is said, of the past or of what is still to come."""
    now = (_NOW.get() or datetime.now(UTC)) + _FAST
    return [each for each in _said(received) if (each.at > now) is to_come]


def _said(received: Received) -> Iterable[Dated]:
    reading, mails = received.reading, received.mails
    said = (
        (mails[0].sent if mails else None, MAIL, "寄出"),
        (reading.origin.saved, SAVED, "最後存檔"),
        (reading.modified, ARCHIVE, "最後存檔"),
        (_modified(received.found.path), FILE, "最後存檔"),
    )
    return [Dated(at, by, what) for at, by, what in said if at and believable(at)]


def believable(at: datetime | None) -> bool:
    return at is not None and _FIRST < at < _LAST


def sent_in_words(mail: Mail) -> str:
    """When a mail was sent, as it says itself; "" where that cannot be told."""
    return roc_moment(mail.sent) if mail.sent and believable(mail.sent) else ""


def _modified(path: Path) -> datetime | None:
    """When a file was changed; a folder, which is listed where none of it is taken, changes
    whenever something is laid into it."""
    try:
        status = path.stat()
        return None if S_ISDIR(status.st_mode) else datetime.fromtimestamp(status.st_mtime, UTC)
    except (OSError, OverflowError, ValueError):  # gone since it was read, or beyond all years
        return None
