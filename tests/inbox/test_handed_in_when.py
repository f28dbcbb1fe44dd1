"""When a form was handed in: by the best evidence there is, and that is said."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from svcq_excel.inbox.finding import FoundFile
from svcq_excel.inbox.handed_in_when import dated
from svcq_excel.inbox.reading import FileReading, Mail
from svcq_excel.inbox.receiving import Received
from svcq_excel.text.roc_dates import TAIPEI, parse_deadline, roc_deadline, roc_moment
from svcq_excel.workbooks.origin import Origin

MTIME = datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)
SENT, SAVED, PACKED = (MTIME - timedelta(days) for days in (1, 2, 3))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "表.xlsx"
    file.write_bytes(b"")
    os.utime(file, (MTIME.timestamp(), MTIME.timestamp()))
    return file


def test_the_best_evidence_counts_and_is_named(path: Path) -> None:
    reading = FileReading(origin=Origin(saved=SAVED), modified=PACKED, mails=(Mail(SENT),))
    expected = [
        (SENT, "郵件的寄件時間"),
        (SAVED, "活頁簿內的存檔時間"),
        (PACKED, "壓縮檔所載的檔案時間"),
        (MTIME, "檔案的修改時間"),
    ]
    less: list[dict[str, Any]] = [{}, {"mails": ()}, {"origin": Origin()}, {"modified": None}]
    for missing, (moment, evidence) in zip(less, expected, strict=True):
        reading = replace(reading, **missing)
        told = dated(Received(FoundFile(path), reading))
        assert (told.at, told.evidence) == (moment, evidence)


def test_a_file_that_is_gone_is_the_oldest(path: Path) -> None:
    path.unlink()
    told = dated(Received(FoundFile(path), FileReading()))
    assert told.at < MTIME
    assert told.evidence == "無法得知"


@pytest.mark.parametrize("year", [1, 1899, 1970, 2500, 9999])
def test_a_date_that_cannot_be_true_is_no_evidence(path: Path, year: int) -> None:
    moment = datetime(year, 12, 31, 23, 59, tzinfo=UTC)
    reading = FileReading(origin=Origin(saved=SAVED), mails=(Mail(moment),), modified=moment)
    assert dated(Received(FoundFile(path), reading)).at == SAVED
    assert dated(Received(FoundFile(path), FileReading(mails=(Mail(moment),)))).at == MTIME


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("105年7月31日", "2016-07-31T23:59:59.999999"),
        ("105/7/31", "2016-07-31T23:59:59.999999"),
        ("2016-07-31", "2016-07-31T23:59:59.999999"),
        ("１０５年７月３１日　17:00", "2016-07-31T17:00:00"),
        ("105/7/31 17:00", "2016-07-31T17:00:00"),
        ("105年7月31日17時", "2016-07-31T17:00:00"),
        ("2016-07-31T09:30:00", "2016-07-31T09:30:00"),
        ("105年7月31日前", "2016-07-31T23:59:59.999999"),
        ("105年7月31日(星期日)以前", "2016-07-31T23:59:59.999999"),
        ("105年7月31日（週日）下午5時前", "2016-07-31T17:00:00"),
        ("105.7.31 上午9時30分止", "2016-07-31T09:30:00"),
        ("105/7/31 中午12點整", "2016-07-31T12:00:00"),
        ("105/7/31 下午12:30", "2016-07-31T12:30:00"),
        ("105/7/31 24:00", "2016-07-31T23:59:59.999999"),
        ("105/7/31 17:00:30", "2016-07-31T17:00:30"),
        ("105年7月31日17時00分30秒前", "2016-07-31T17:00:30"),
    ],
)
def test_a_deadline_is_the_last_moment_that_was_meant_in_taipei(text: str, moment: str) -> None:
    assert parse_deadline(text) == datetime.fromisoformat(moment).replace(tzinfo=TAIPEI)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "下週五",
        "105年7月",
        "105/7/32",
        "105/7/31 25:00",
        "105/7/31 17:75",
        "105/7/31 17:00:60",
        "17:00",
        "星期日前",
    ],
)
def test_what_names_no_day_is_no_deadline(text: str) -> None:
    assert parse_deadline(text) is None


@pytest.mark.parametrize("clock", [time.max, time(17), time(17, 0, 30), time(9, 5)])
def test_a_deadline_is_written_so_that_the_same_moment_is_read(clock: time) -> None:
    due = datetime.combine(date(2016, 7, 31), clock, TAIPEI)
    assert parse_deadline(roc_deadline(due)) == due


def test_moments_are_told_by_the_clock_in_taipei() -> None:
    assert roc_moment(datetime(2016, 7, 31, 16, 5, tzinfo=UTC)) == "105年8月1日 00:05"
    paris = timezone(timedelta(hours=2))
    assert roc_moment(datetime(2016, 7, 31, 11, 0, tzinfo=paris)) == "105年7月31日 17:00"
