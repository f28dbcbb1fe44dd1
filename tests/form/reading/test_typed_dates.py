"""A date in the year 105 is the day that stands there, however an office program stores it."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from svcq_excel.rubric.model import Rubric
from tests.form.filling import facts_of

_STORED = re.compile(rb'office:date-value="2016-07-08"')


@pytest.mark.parametrize(
    ("stored", "seen"),
    [
        (b"0105-07-04", date(105, 7, 5)),
        (b"0105-07-04T10:00:00", date(105, 7, 5)),
        (b"0114-12-30", date(114, 12, 31)),
        (b"2016-07-05", date(2016, 7, 5)),
    ],
)
def test_in_an_ods_it_is_stored_by_another_calendar_than_it_is_shown_by(
    stored: bytes, seen: date, ods: bytes, rubric: Rubric, tmp_path: Path
) -> None:
    with ZipFile(BytesIO(ods)) as old, ZipFile(tmp_path / "form.ods", "w") as new:
        for name in old.namelist():
            part, times = _STORED.subn(b'office:date-value="%b"' % stored, old.read(name))
            assert times == (name == "content.xml")
            new.writestr(name, part)
    facts = facts_of(tmp_path / "form.ods", rubric)
    assert facts.date and isinstance(facts.date.value, date)
    assert facts.date.value.timetuple()[:3] == seen.timetuple()[:3]
