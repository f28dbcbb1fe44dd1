"""FILETIME: how Windows counts time in the files that its programs write."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_BEGINNING = datetime(1601, 1, 1, tzinfo=UTC)


def moment(ticks: int) -> datetime | None:
    """Ticks are tenths of a microsecond; None for 0, which says nothing, and past the year 9999."""
    try:
        return _BEGINNING + timedelta(microseconds=ticks // 10) if ticks else None
    except OverflowError:
        return None
