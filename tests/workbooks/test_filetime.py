"""Moments as Windows counts them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from svcq_excel.workbooks.ole.filetime import moment


@pytest.mark.parametrize(
    ("ticks", "then"),
    [
        (116_444_736_000_000_000, datetime(1970, 1, 1, tzinfo=UTC)),  # the epoch of Unix
        (116_444_736_000_000_019, datetime(1970, 1, 1, microsecond=1, tzinfo=UTC)),
        (0, None),
        (2**64 - 1, None),  # beyond the year 9999
    ],
)
def test_ticks_are_tenths_of_a_microsecond_from_the_year_1601(
    ticks: int, then: datetime | None
) -> None:
    assert moment(ticks) == then
