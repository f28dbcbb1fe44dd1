"""The date that our own files bear: midnight of New Year's Day in the year that is assessed.

Equal input gives equal bytes with it, and nobody saves at that second: a file that still bears it
says nothing of when it was saved, whatever year it was made for, and by whichever program it was
converted without being touched.
"""

from __future__ import annotations

from datetime import UTC, datetime

from svcq_excel.text.roc_dates import ROC_OFFSET

_MOST_YEARS = 200  # of the Republic, as definitions have it


def made_on(year: int) -> datetime:
    """The date inside what is made for an assessment of this year of the Republic."""
    return datetime(year + ROC_OFFSET, 1, 1)


def is_ours(saved: datetime) -> bool:
    """Whether it is such a date, by the clock on the wall or, where a program turned it into that
    of another zone, by the one in Greenwich."""
    if not 0 < saved.year - ROC_OFFSET < _MOST_YEARS:
        return False
    clocks = (saved, saved.astimezone(UTC)) if saved.tzinfo else (saved,)
    return any(made_on(at.year - ROC_OFFSET) == at.replace(tzinfo=None) for at in clocks)
