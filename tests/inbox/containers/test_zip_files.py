"""Every file in an archive is told once, whatever it is called and however it was packed."""

from __future__ import annotations

import tracemalloc
import zipfile
from datetime import datetime, timedelta, timezone
from io import BytesIO
from random import Random
from struct import pack_into

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.inbox.reading import Piece
from svcq_excel.workbooks.workbook import Unreadable
from tests.inbox.containers.making import changed, names, told, zipped, zipped_as

MIB = 1024 * 1024


def refusals(found: list[Piece]) -> list[str]:
    return [piece.refused.reason if piece.refused else "" for piece in found]


def test_a_file_that_is_no_archive_is_one_piece(xlsx: bytes, ods: bytes, xls: bytes) -> None:
    for data in (xlsx, ods, xls, b"", b"PK\x03\x04", b"%PDF", b"\0" * 40):
        assert told(data) == [Piece(data=data)]


def test_an_archive_stands_for_the_files_in_it(xlsx: bytes, ods: bytes) -> None:
    archive = zipped({"第一河川局.xlsx": xlsx, "南區/": b"", "南區/第六河川局.ods": ods})
    itself, first, second = told(archive)
    assert itself == Piece(data=archive, ignored="壓縮檔，其中 2 個檔案逐一列出")
    assert (first.inside, first.data) == (("第一河川局.xlsx",), xlsx)
    assert (second.inside, second.data) == (("南區/第六河川局.ods",), ods)


def test_archives_within_archives_are_opened(xlsx: bytes) -> None:
    archive = zipped({"甲.zip": zipped({"乙.zip": zipped({"丙.xlsx": xlsx})}), "丁.xlsx": xlsx})
    assert names(told(archive)) == ["甲.zip", "甲.zip!乙.zip", "甲.zip!乙.zip!丙.xlsx", "丁.xlsx"]


def test_junk_around_an_archive_changes_nothing(xlsx: bytes) -> None:
    assert names(told(b"\0junk" + zipped({"a.xlsx": xlsx}) + b"junk")) == ["a.xlsx"]


def test_the_time_a_file_was_changed_is_that_of_a_clock_in_taiwan(xlsx: bytes) -> None:
    _, piece = told(zipped({"a.xlsx": xlsx}))
    zone = timezone(timedelta(hours=8))
    assert piece.modified == datetime(2016, 7, 29, 16, 5, tzinfo=zone)
    _, piece = told(changed(zipped({"a.xlsx": xlsx}), 12, 14, b"\0\0"))  # month 0
    assert piece.modified is None


NEVER = {
    "~$第一河川局.xlsx": "暫存檔",
    "__MACOSX/._第一河川局.xlsx": "暫存檔",
    "__MACOSX/第一河川局.xlsx": "暫存檔",
    "表件/.DS_Store": "暫存檔",
    "Thumbs.db": "暫存檔",
    "公文.PDF": "PDF 文件",
    "表件\\說明.docx": "文書檔",
    "照片.jpg": "圖片",
}


def test_leftovers_and_documents_are_ignored_and_told() -> None:
    _, *found = told(zipped(dict.fromkeys(NEVER, b"x")))
    assert [piece.data for piece in found] == [b"x"] * len(NEVER), "to be hashed all the same"
    for piece, reason in zip(found, NEVER.values(), strict=True):
        assert reason in piece.ignored


def test_a_link_in_an_archive_is_told_and_leads_nowhere() -> None:
    info = zipfile.ZipInfo("表.xlsx")
    info.create_system, info.external_attr = 3, 0o120777 << 16
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    assert "連結" in told(stream.getvalue())[1].ignored


def test_an_archive_without_files_is_refused() -> None:
    for empty in (zipped({}), zipped({"資料夾/": b""})):
        assert told(empty) == [
            Piece(data=empty, refused=Unreadable("unreadable", "壓縮檔內沒有檔案"))
        ]


def test_a_file_that_calls_itself_a_folder_is_told() -> None:
    assert told(zipped({"資料夾/": b"x"}))[1].data == b"x"


SHOWN = {
    "UTF-8 without saying so": ("功許蓋.xlsx".encode(), "功許蓋.xlsx"),
    "Big5, also with a backslash as second byte": ("功許蓋.xlsx".encode("cp950"), "功許蓋.xlsx"),
    "ASCII": (b"A01.xlsx", "A01.xlsx"),
    "neither": (b"\xff\xfe\x81.xlsx", "\\udcff\\udcfe\\udc81.xlsx"),
    "folders of Windows": ("南區\\表.xlsx".encode("cp950"), "南區/表.xlsx"),
    "up and away": (b"../../etc/passwd", "../../etc/passwd"),
    "an absolute path": (b"C:\\CON.xlsx", "C:/CON.xlsx"),
    "line breaks and NUL": (b"a\r\nBcc: x\0.xlsx", "a\\r\\nBcc: x\\x00.xlsx"),
    "turned around": ("a\u202excslx.exe".encode(), "a\\u202excslx.exe"),
    "nothing": (b" ", "（無檔名）"),
}


@pytest.mark.parametrize(("raw", "shown"), SHOWN.values(), ids=SHOWN)
def test_names_are_shown_as_they_were_meant(raw: bytes, shown: str) -> None:
    assert names(told(zipped_as(raw, b"x"))) == [shown]


@given(st.binary(min_size=1, max_size=30).filter(lambda raw: b"/" not in raw))
def test_whatever_a_name_is_it_stays_on_one_line(raw: bytes) -> None:
    [name] = names(told(zipped_as(raw, b"x")))
    assert name.splitlines() == [name]
    assert not set(name) & {*map(chr, range(32)), "\x7f", "\u202e"}
    name.encode("utf-8")


def test_the_field_with_the_name_in_unicode_counts_while_it_fits() -> None:
    raw = b"\xa4\x40?.xlsx"
    assert names(told(zipped_as(raw, b"x", "一堃.xlsx"))) == ["一堃.xlsx"]
    assert names(told(zipped_as(raw, b"x", "一堃.xlsx", crc=1))) == ["一?.xlsx"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_files_of_one_name_are_told_apart(xlsx: bytes) -> None:
    called = ("表.xlsx", "表 (2).xlsx", "表.xlsx", "表.xlsx")
    archive = zipped([(name, b"%d" % number) for number, name in enumerate(called, 1)])
    found = told(archive)
    assert [piece.data for piece in found[1:]] == [b"1", b"2", b"3", b"4"]
    assert names(found) == ["表.xlsx", "表 (2).xlsx", "表 (3).xlsx", "表 (4).xlsx"]


def one_refused(archive: bytes) -> Unreadable:
    itself, piece = told(archive)
    assert itself.ignored
    assert piece.refused
    assert piece.data == b""
    return piece.refused


def test_a_file_with_a_password_is_told() -> None:
    assert one_refused(changed(zipped({"a.xlsx": b"x"}), 6, 8, b"\x01\0")) == Unreadable(
        "locked", "壓縮檔設有密碼"
    )


@pytest.mark.parametrize("method", [9, 12, 14, 93, 99])
def test_packings_that_cannot_be_undone_are_told(method: int) -> None:
    packed = changed(zipped({"a.xlsx": b"x"}), 8, 10, method.to_bytes(2, "little"))
    assert "壓縮方式" in one_refused(packed).found


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_damaged_file_is_told_and_the_others_are_read(packing: int, xlsx: bytes) -> None:
    archive = bytearray(zipped({"a.xlsx": xlsx, "b.xlsx": xlsx}, packing))
    archive[5_000] ^= 0x10
    _, damaged, sound = told(bytes(archive))
    assert damaged.refused == Unreadable("unreadable", "檔案在壓縮檔內已損壞")
    assert sound.data == xlsx


def test_an_archive_that_was_cut_off_is_one_piece(xlsx: bytes) -> None:
    archive = zipped({"a.xlsx": xlsx, "b.xlsx": xlsx})
    for end in range(0, len(archive), 1024):
        assert told(archive[:end]) == [Piece(data=archive[:end])]


def test_a_file_that_swells_is_refused() -> None:
    assert one_refused(zipped({"a.xlsx": b" " * (2 * MIB)})).found == "檔案的壓縮比過高"
    assert told(zipped({"a.xlsx": b" " * MIB}))[1].data == b" " * MIB


def test_a_file_that_is_too_large_is_refused() -> None:
    large = bytes(20 * MIB + 1)
    assert one_refused(zipped({"a.xlsx": large}, zipfile.ZIP_STORED)).reason == "unsafe"


def test_a_file_larger_than_declared_is_not_inflated_to_the_end() -> None:
    bomb = changed(zipped({"a.xlsx": b" " * (9 * MIB)}), 22, 24, (5_000).to_bytes(4, "little"))
    tracemalloc.start()
    refused = one_refused(bomb)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert refused.found == "檔案在壓縮檔內已損壞"
    assert most < MIB


def test_more_files_than_anyone_sends_are_refused_without_listing_them() -> None:
    [itself] = told(zipped({f"{i}.xlsx": b"" for i in range(2_001)}))
    assert itself.refused
    assert itself.refused.reason == "unsafe"


def test_what_goes_beyond_the_files_of_all_archives_is_listed_and_not_opened(xlsx: bytes) -> None:
    inner = zipped({f"{i}.csv": b"x" for i in range(1_500)})
    found = told(zipped({"甲.zip": inner, "乙.zip": inner, "丙.xlsx": xlsx}))
    assert len(found) == 1 + 2 * 1_501 + 1
    assert refusals(found)[1_502:].index("unsafe") == 2_000 - 1_501
    assert found[-1].refused
    assert found[-1].inside == ("丙.xlsx",)


@pytest.mark.parametrize("apart", [True, False], ids=["each packed", "all the same bytes"])
def test_files_that_together_inflate_to_too_much_are_refused(apart: bool) -> None:
    some = Random(0).randbytes(100 * 1024)
    sparse = b"".join(some[at : at + 100].ljust(10 * 1024) for at in range(0, len(some), 100))
    found = told(repeated(zipped({"表.bin": sparse}), 30, apart))
    assert len(found) == 31
    taken = [len(piece.data) for piece in found[1:] if not piece.refused]
    assert refusals(found)[-1]
    assert sum(taken) <= 256 * MIB
    if apart:
        assert sum(taken) > 240 * MIB


def repeated(archive: bytes, times: int, apart: bool) -> bytes:
    """A zip with its only file many times over, or one that only says so in its directory."""
    at = archive.index(b"PK\x01\x02")
    packed, entry, end = archive[:at], archive[at:-22], bytearray(archive[-22:])
    starts = [number * at * apart for number in range(times)]
    packed *= times if apart else 1
    directory = b"".join(entry[:42] + start.to_bytes(4, "little") + entry[46:] for start in starts)
    pack_into("<HHII", end, 8, times, times, len(directory), len(packed))
    return packed + directory + bytes(end)


def test_archives_packed_too_deep_are_not_opened(xlsx: bytes) -> None:
    archive = zipped({"表.xlsx": xlsx})
    for depth in range(5, 0, -1):
        assert names(told(archive))[-1].endswith("表.xlsx")
        archive = zipped({f"{depth}.zip": archive})
    found = told(archive)
    assert found[-1].inside == ("1.zip", "2.zip", "3.zip", "4.zip", "5.zip")
    assert found[-1].refused
    assert found[-1].refused.reason == "unsafe"


@given(st.integers(0, 2_000), st.binary(min_size=1, max_size=4))
def test_whatever_befalls_an_archive_it_is_told(at: int, some: bytes) -> None:
    archive = zipped({"甲.xlsx": b"x" * 300, "乙.zip": zipped({"丙.csv": b"1,2"})})
    at %= len(archive)
    found = told(archive[:at] + some + archive[at + len(some) :])
    assert all(piece.refused or piece.ignored or piece.data or piece.inside for piece in found)
