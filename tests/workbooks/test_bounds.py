"""What no form can be is refused before it is read."""

from __future__ import annotations

import zipfile
from io import BytesIO
from struct import pack_into

import pytest

from svcq_excel.workbooks.sniffing import sniff
from svcq_excel.workbooks.workbook import Unreadable
from tests.inbox.containers.making import package

MIB = 1024 * 1024


def refused(data: bytes) -> str:
    found = sniff(data)
    assert isinstance(found, Unreadable)
    assert found.reason == "unsafe"
    return found.found


def test_more_parts_than_any_workbook_has_are_refused() -> None:
    parts = [f"xl/p{i}" for i in range(2_000)]
    assert refused(package("xl/workbook.xml", *parts)) == "檔案由 2001 個部分組成"
    assert sniff(package("xl/workbook.xml", *parts[:-1])) == "xlsx"


def test_a_directory_that_takes_long_to_read_is_refused_unread() -> None:
    archive = package("a")
    at = archive.index(b"PK\x01\x02")
    entry, end = archive[at:-22], bytearray(archive[-22:])
    pack_into("<I", end, 12, len(entry) * 100_000)
    assert "過多" in refused(archive[:at] + entry * 100_000 + bytes(end))


def test_a_directory_of_few_but_endless_names_is_refused_unread() -> None:
    parts = [f"xl/{i:03}" + "x" * 60_000 for i in range(70)]
    assert "過多" in refused(package("xl/workbook.xml", *parts))
    assert sniff(package("xl/workbook.xml", *parts[:60])) == "xlsx"


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("twin", ["xl/workbook.xml", "XL/workbook.xml", "xl\\workbook.xml"])
def test_two_parts_of_one_name_are_refused(twin: str) -> None:
    found = sniff(package("xl/workbook.xml", twin))
    assert isinstance(found, Unreadable)
    assert found.reason == "two-documents"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packings_that_no_office_program_uses_are_refused(method: int) -> None:
    assert "壓縮方式" in refused(package("xl/workbook.xml", method=method))


def test_a_part_that_swells_is_refused_without_inflating_it() -> None:
    bomb = package("xl/workbook.xml", of=b" " * (2 * MIB), method=zipfile.ZIP_DEFLATED)
    assert len(bomb) < 4_000
    assert sniff(package("xl/workbook.xml")) == "xlsx"  # the same parts, but for their size
    assert refused(bomb) == "檔案的壓縮比過高"


def test_parts_too_large_alone_or_together_are_refused() -> None:
    noise = package("xl/workbook.xml")
    alone = _declaring(noise, 64 * MIB + 1)
    assert refused(alone) == "檔案解壓縮後過大"
    sheets = [f"xl/worksheets/sheet{i}.xml" for i in range(5)]
    together = package("xl/workbook.xml", *sheets, of=b"x" * (26 * MIB))
    assert refused(together) == "檔案解壓縮後過大"


def test_photographs_pasted_into_a_form_do_not_count() -> None:
    photos = [f"xl/media/image{i}.png" for i in range(5)]
    stream = BytesIO(package("xl/workbook.xml"))
    with zipfile.ZipFile(stream, "a") as archive:
        for photo in photos:
            archive.writestr(photo, bytes(26 * MIB), zipfile.ZIP_STORED)
    assert sniff(stream.getvalue()) == "xlsx"


def _declaring(data: bytes, size: int) -> bytes:
    """A zip whose directory declares another inflated size of its only part."""
    at = data.rindex(b"PK\x01\x02") + 24
    return data[:at] + size.to_bytes(4, "little") + data[at + 4 :]
