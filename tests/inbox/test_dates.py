"""When a form was saved: by what the office program wrote into it, else by the file's date."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from svcq_excel.inbox.dates import saved_at

INSIDE, OUTSIDE = "活頁簿內的存檔時間", "檔案的修改時間"
MTIME = datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)
CORE = "docProps/core.xml"


def workbook(text: str, member: str = CORE) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr(member, text)
    return stream.getvalue()


def core(moment: str) -> bytes:
    tag = "dcterms:modified"
    return workbook(f'<a><{tag} xsi:type="dcterms:W3CDTF">{moment}</{tag}></a>')


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "表.xlsx"
    file.write_bytes(b"")
    os.utime(file, (MTIME.timestamp(), MTIME.timestamp()))
    return file


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2016-07-05T09:30:00Z", datetime(2016, 7, 5, 9, 30, tzinfo=UTC)),
        (
            "2016-07-05T09:30:00+08:00",
            datetime(2016, 7, 5, 9, 30, tzinfo=timezone(timedelta(hours=8))),
        ),
        ("2016-07-05T09:30:00", datetime(2016, 7, 5, 9, 30, tzinfo=UTC)),
        ("2016-07-05T09:30:00.123456789", datetime(2016, 7, 5, 9, 30, 0, 123456, UTC)),
    ],
)
def test_the_date_inside_counts(path: Path, text: str, moment: datetime) -> None:
    assert saved_at(path, core(text)) == (moment, INSIDE)


def test_the_date_inside_an_open_document_is_the_local_time_of_taipei(path: Path) -> None:
    data = workbook("<a><dc:date>2016-07-05T09:30:00</dc:date></a>", "meta.xml")
    assert saved_at(path, data) == (datetime(2016, 7, 5, 1, 30, tzinfo=UTC), INSIDE)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no workbook",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504),
        workbook("<a/>"),
        core("yesterday"),
        core("2016-13-45T99:00:00Z"),
        core("２０１６-07-05"),
        workbook("<dcterms:modified>2016-07-05T09:30:00Z<" + " " * 100_000),
    ],
    ids=[
        "empty",
        "text",
        "xls",
        "no date",
        "a word",
        "an impossible date",
        "full-width digits",
        "a cut-off tag",
    ],
)
def test_without_a_readable_date_inside_the_files_own_counts(path: Path, data: bytes) -> None:
    assert saved_at(path, data) == (MTIME, OUTSIDE)


def test_the_date_that_blank_forms_bear_says_nothing(path: Path) -> None:
    assert saved_at(path, core("2000-01-01T00:00:00Z")) == (MTIME, OUTSIDE)


def test_a_damaged_part_with_the_date_stops_nothing(path: Path, xlsx: bytes) -> None:
    with ZipFile(BytesIO(xlsx)) as archive:
        info = archive.getinfo(CORE)
    start = info.header_offset + 30 + len(CORE)
    damaged = (
        xlsx[: start + 2] + b"\xff" * (info.compress_size - 2) + xlsx[start + info.compress_size :]
    )
    assert saved_at(path, damaged) == (MTIME, OUTSIDE)


def test_any_two_dates_can_be_compared(path: Path) -> None:
    texts = ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2016-07-05", "")
    moments = [saved_at(path, core(text))[0] for text in texts]
    assert sorted(moments)[0] == moments[0]
