"""What a workbook says of how it came about is told, and nothing of it is followed."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from struct import pack
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.workbooks.ole.properties import saved_by
from svcq_excel.workbooks.opening import OpenedWorkbook, open_bytes
from svcq_excel.workbooks.origin import Origin, origin_of
from svcq_excel.workbooks.xls.book import XlsBook
from tests.workbooks.spoiling import A1, ods, table, xlsx
from tests.workbooks.test_xls import compound, workbook
from tests.workbooks.xlsb import Sheet, record, xlsb

CORE, APP = "docProps/core.xml", "docProps/app.xml"


def origin(data: bytes, suffix: str = "") -> Origin:
    opened = open_bytes(data, suffix)
    assert isinstance(opened, OpenedWorkbook), opened
    return opened.origin


def saved(moment: str) -> datetime | None:
    tag = "dcterms:modified"
    core = f'<a><{tag} xsi:type="dcterms:W3CDTF">{moment}</{tag}></a>'
    return origin(xlsx(A1, {CORE: core})).saved


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
def test_the_date_inside_is_told(text: str, moment: datetime) -> None:
    assert saved(text) == moment


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "2016-13-45T99:00:00Z", "２０１６-07-05", "2016-07-05" + " " * 100_000],
    ids=["none", "a word", "an impossible date", "full-width digits", "too long a part"],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert saved(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "2016-01-01T00:00:00Z",  # of a form of 105年度
        "2000-01-01T00:00:00Z",  # of forms of earlier versions
        "2016-01-01T08:00:00+08:00",  # the first again, by the clock in Taipei
        "2027-01-01T00:00:00",
    ],
)
def test_the_date_that_blank_forms_bear_says_nothing(text: str) -> None:
    assert saved(text) is None


@pytest.mark.parametrize(
    "text", ["2016-01-01T00:00:01Z", "2016-01-02T00:00:00Z", "1911-01-01T00:00:00Z"]
)
def test_any_other_date_is_one_of_saving(text: str) -> None:
    assert saved(text)


def test_any_two_dates_can_be_compared() -> None:
    moments = [saved(text) for text in ("0001-01-01T00:00:00+14:00", "9999-12-31", "2016-07-05")]
    assert sorted(filter(None, moments))[0] == moments[0]


def test_the_date_inside_an_open_document_is_the_local_time_of_taipei() -> None:
    meta = "<a><meta:generator>LibreOffice/7.4.7.2$Linux_X86_64 x</meta:generator>"
    meta += "<dc:date>2016-07-05T09:30:00</dc:date></a>"
    found = origin(ods(table("評分表"), {"meta.xml": meta}))
    assert found.saved == datetime(2016, 7, 5, 1, 30, tzinfo=UTC)
    assert found.program == "LibreOffice/7.4.7.2"


@pytest.mark.parametrize(
    ("app", "program"),
    [
        (
            "<Application>Microsoft Excel</Application><AppVersion>16.0300</AppVersion>",
            "Microsoft Excel 16.0300",
        ),
        ("<a:Application>WPS 表格</a:Application>", "WPS 表格"),
        ("<Application>x\n\x7f\u202ey</Application>", "xy"),
        (f"<Application>{'x' * 500}</Application>", "x" * 100),
        ("<Application/>", ""),
    ],
)
def test_the_program_is_told_by_its_name(app: str, program: str) -> None:
    assert origin(xlsx(A1, {APP: app})).program == program


def summary(*properties: tuple[int, bytes]) -> bytes:
    """A property set stream with the summary that every office program writes."""
    values = [(1, pack("<IHH", 2, 950, 0)), *properties]
    at, table, body = 8 + 8 * len(values), b"", b""
    for id, value in values:
        table += pack("<II", id, at + len(body))
        body += value
    section = pack("<II", at + len(body), len(values)) + table + body
    kind = UUID("F29F85E0-4FF9-1068-AB91-08002B27B3D9").bytes_le
    return pack("<HHI16sI", 0xFFFE, 0, 0, bytes(16), 1) + kind + pack("<I", 48) + section


def filetime(moment: datetime) -> bytes:
    ticks = (moment - datetime(1601, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) * 10
    return pack("<IQ", 0x40, ticks)


MOMENT = datetime(2016, 7, 5, 1, 30, 0, 500_000, UTC)
PROGRAM = pack("<II", 0x1E, 16) + b"Microsoft Excel\0"


def of_xls(
    said: tuple[int, bytes] = (0x0E, b""), streams: Mapping[str, bytes] | None = None
) -> Origin:
    """The origin of an .xls too small for the reader."""
    data = compound(Workbook=workbook(before=said), **(streams or {}))
    return origin_of(XlsBook(data), ())


def test_the_program_and_the_date_are_told_of_xls() -> None:
    properties = summary((0x0D, filetime(MOMENT)), (0x12, PROGRAM))
    found = of_xls(streams={"\x05SummaryInformation": properties})
    assert (found.program, found.saved) == ("Microsoft Excel", MOMENT)


@pytest.mark.parametrize("ticks", [0, 2**63, 2**64 - 1])
def test_a_date_that_no_calendar_has_is_none(ticks: int) -> None:
    assert saved_by(summary((0x0D, pack("<IQ", 0x40, ticks)), (0x12, PROGRAM))) == (
        "Microsoft Excel",
        None,
    )


@given(at=st.integers(0, 120), junk=st.binary(max_size=8), cut=st.integers(0, 8))
def test_a_spoilt_summary_raises_nothing(at: int, junk: bytes, cut: int) -> None:
    whole = summary((0x0D, filetime(MOMENT)), (0x12, PROGRAM))
    program, _ = saved_by(whole[:at] + junk + whole[at + cut :])
    assert isinstance(program, str)


SUFFIXES = {
    "xlsx": (xlsx(), ".xlsx .xlsm .xltx .XLSX", ".xls .ods .xlsb .csv .bak"),
    "xlsb": (xlsb([Sheet("a", [[1]])]), ".xlsb", ".xlsx"),
    "ods": (ods(table("a")), ".ods .ots", ".xlsx"),
}


@pytest.mark.parametrize(("data", "right", "wrong"), SUFFIXES.values(), ids=SUFFIXES)
def test_an_extension_of_another_format_is_told(data: bytes, right: str, wrong: str) -> None:
    assert [origin(data, suffix).oddities for suffix in ("", *right.split())] == [()] * (
        1 + len(right.split())
    )
    for suffix in wrong.split():
        assert origin(data, suffix).oddities == ("wrong-extension",)


def test_an_xls_under_its_own_name_is_not_odd(xls: bytes) -> None:
    assert origin(xls, ".xls").oddities == origin(xls, ".et").oddities == ()
    assert origin(xls, ".xlsx").oddities == ("wrong-extension",)


@pytest.mark.parametrize("junk", [b"\r\n", b"--boundary\r\n" * 20])
def test_junk_around_a_workbook_is_told(junk: bytes) -> None:
    assert origin(xlsx() + junk, ".xlsx").oddities == ("junk-around",)
    assert origin(junk + xlsx(), ".xlsx").oddities == ("junk-around",)


DDE_IN_XLSB = record(360, pack("<H", 1))
BOOK_IN_XLSB = record(360, pack("<H", 0))
LINK = "xl/externalLinks/externalLink1"
IN_ZIP: dict[str, tuple[bytes, tuple[str, ...]]] = {
    "macros": (xlsx(A1, {"xl/vbaProject.bin": "x"}), ("macros",)),
    "macros in .xlsb": (xlsb([Sheet("a", [[1]])], {"xl/vbaProject.bin": "x"}), ("macros",)),
    "macros in .ods": (ods(table("a"), {"Basic/Standard/Module1.xml": "<x/>"}), ("macros",)),
    "a script in .ods": (ods(table("a"), {"Scripts/python/x.py": ""}), ("macros",)),
    "no macro in a library": (
        ods(table("a"), {"Basic/Standard/script-lb.xml": "<x/>", "Basic/script-lc.xml": "<x/>"}),
        (),
    ),
    "another workbook": (xlsx(A1, {f"{LINK}.xml": "<externalLink/>"}), ("external-links",)),
    "another workbook in .xlsb": (
        xlsb([Sheet("a", [[1]])], {f"{LINK}.bin": BOOK_IN_XLSB}),
        ("external-links",),
    ),
    "another workbook in .ods": (
        ods("<table:table-source/>" + table("a")),
        ("external-links",),
    ),
    "dde": (xlsx(A1, {f"{LINK}.xml": "<x><ddeLink/></x>"}), ("external-links", "dde")),
    "dde in .xlsb": (
        xlsb([Sheet("a", [[1]])], {f"{LINK}.bin": DDE_IN_XLSB}),
        ("external-links", "dde"),
    ),
    "dde in .ods": (ods(table("a") + "<office:dde-source/>"), ("dde",)),
    "dde in a formula": (
        xlsx(A1 + """<row r="2"><c r="A2"><f>cmd|'/c x'!A0</f><v>1</v></c></row>"""),
        ("dde",),
    ),
    "no dde in a text": (
        xlsx(A1 + """<row r="2"><c r="A2" t="str"><v>a|'b</v></c></row>"""),
        (),
    ),
    "a connection": (xlsx(A1, {"xl/connections.xml": "<x/>"}), ("connections",)),
    "a query": (xlsx(A1, {"xl/queryTables/queryTable1.xml": "<x/>"}), ("connections",)),
    "a connection in .ods": (ods(table("a") + "<table:database-source-sql/>"), ("connections",)),
}


@pytest.mark.parametrize(("data", "oddities"), IN_ZIP.values(), ids=IN_ZIP)
def test_what_is_unusual_in_a_workbook_is_told(data: bytes, oddities: tuple[str, ...]) -> None:
    assert origin(data).oddities == oddities


def link(name: str) -> tuple[int, bytes]:
    return 0x1AE, pack("<HHB", 1, len(name), 0) + name.encode("ascii")


IN_XLS = {
    "this workbook": ((0x1AE, pack("<HH", 1, 0x401)), ()),
    "another workbook": (link("\x01other.xls"), ("external-links",)),
    "dde": (link("cmd\x03x"), ("dde",)),
    "a connection": ((0x876, b"\0" * 12), ("connections",)),
    "a sheet of macros": ((0x85, pack("<IBBBB", 0, 0, 1, 1, 0) + b"m"), ("macros",)),
}


@pytest.mark.parametrize(("said", "oddities"), IN_XLS.values(), ids=IN_XLS)
def test_what_is_unusual_in_an_xls_is_told(
    said: tuple[int, bytes], oddities: tuple[str, ...]
) -> None:
    assert of_xls(said).oddities == oddities


def test_macros_in_an_xls_are_told() -> None:
    assert of_xls(streams={"_VBA_PROJECT_CUR": b""}).oddities == ("macros",)


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*_: object) -> None:
        raise AssertionError("a workbook made the reader reach for the network")

    monkeypatch.setattr(socket.socket, "connect", connect)
    for data, _ in IN_ZIP.values():
        opened = open_bytes(data)
        assert isinstance(opened, OpenedWorkbook)
        for name in opened.sheet_names:
            opened.rows(name)
        assert isinstance(opened.origin, Origin)
