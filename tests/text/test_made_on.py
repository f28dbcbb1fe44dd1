"""Our own date is known for what it is, whatever the year and the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.text.made_on import is_ours, made_on

ZONES = st.integers(-14, 14).map(lambda hours: timezone(timedelta(hours=hours)))


@given(st.integers(1, 199), ZONES)
def test_the_date_of_any_year_is_ours_in_every_zone(year: int, zone: timezone) -> None:
    assert is_ours(made_on(year))
    assert is_ours(made_on(year).replace(tzinfo=zone))
    assert is_ours(made_on(year).replace(tzinfo=UTC).astimezone(zone)) or year == 1


@given(st.datetimes(timezones=st.none() | ZONES))
def test_only_a_new_year_s_midnight_is(saved: datetime) -> None:
    midnight = saved.minute == saved.second == saved.microsecond == 0
    assert not is_ours(saved) or (midnight and (saved.month, saved.day) in {(1, 1), (12, 31)})
