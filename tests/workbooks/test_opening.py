"""A workbook is opened safely and wholly: what cannot be had of it is told, never passed over."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from struct import pack
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import openpyxl
import pytest

from svcq_excel.form.identity import FORM_SHEET
from svcq_excel.workbooks import decrypting
from svcq_excel.workbooks.bounds import MAX_SHEETS
from svcq_excel.workbooks.guarding import guarded
from svcq_excel.workbooks.opening import OpenedWorkbook, open_bytes
from svcq_excel.workbooks.workbook import Rows, Unreadable
from svcq_excel.workbooks.xls.book import XlsBook
from tests.conftest import Convert
from tests.faults.forms import form, unit, with_parts
from tests.form.filling import saved
from tests.workbooks.spoiling import (
    A1,
    MICROSOFT,
    RELATIONS,
    encrypted,
    encrypted_xls,
    ods,
    table,
    xlsx,
    xlsx_parts,
    zipped,
)
from tests.workbooks.xlsb import Cell, Sheet, Value, xlsb

BUILT_IN = "VelvetSweatshop"
FAR = '<row r="1048576"><c r="XFD1048576"%s</row>'


def opened(data: bytes, suffix: str = "") -> OpenedWorkbook:
    workbook = open_bytes(data, suffix)
    assert isinstance(workbook, OpenedWorkbook), workbook
    return workbook


def refused(data: bytes) -> tuple[str, str]:
    workbook = open_bytes(data)
    assert isinstance(workbook, Unreadable)
    return workbook.reason, workbook.found


SMALL = {"xlsx": xlsx(), "xlsb": xlsb([Sheet(FORM_SHEET, [[95]])]), "ods": ods(table(FORM_SHEET))}


@pytest.mark.parametrize("data", SMALL.values(), ids=SMALL)
def test_a_small_workbook_is_opened(data: bytes) -> None:
    workbook = opened(data)
    assert workbook.sheet_names == [FORM_SHEET]
    assert workbook.rows(FORM_SHEET) == [[95]]
    assert workbook.origin.oddities == ()


@pytest.mark.parametrize("family", ["xlsx", "xlsb"])
def test_what_excel_opens_without_asking_for_a_password_is_read(family: str) -> None:
    workbook = opened(encrypted(SMALL[family], BUILT_IN), f".{family}")
    assert workbook.rows(FORM_SHEET) == [[95]]
    assert workbook.origin.oddities == ("built-in-password",)


def test_an_old_workbook_that_excel_opens_without_asking_is_read(xls: bytes) -> None:
    workbook = opened(encrypted_xls(xls, BUILT_IN), ".xls")
    assert workbook.rows(FORM_SHEET) == opened(xls).rows(FORM_SHEET)
    assert workbook.closer.sheet(FORM_SHEET).formulas()
    assert workbook.origin.oddities == ("built-in-password",)


LOCKED = ("locked", "檔案設有開啟密碼")


@pytest.mark.parametrize("family", ["xlsx", "xlsb"])
def test_a_workbook_with_a_password_is_told(family: str) -> None:
    assert refused(encrypted(SMALL[family], "secret")) == LOCKED


def test_an_old_workbook_with_a_password_is_told(xls: bytes) -> None:
    assert refused(encrypted_xls(xls, "secret")) == LOCKED


def test_an_open_document_with_a_password_is_told() -> None:
    manifest = {"META-INF/manifest.xml": "<m><manifest:encryption-data/></m>"}
    assert refused(ods("</broken>", manifest)) == LOCKED


def test_an_encryption_that_would_take_hours_to_try_is_not_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(decrypting, "MAX_KEY_ROUNDS", 99_999)  # one less than the file asks for
    assert refused(encrypted(SMALL["xlsx"], BUILT_IN)) == LOCKED


@pytest.mark.parametrize("kind", ["xlMacrosheet", "xlIntlMacrosheet"])
def test_the_worksheets_beside_a_sheet_of_macros_are_read(kind: str) -> None:
    macros = ("巨集", f"{MICROSOFT}/{kind}", A1)
    data = zipped(xlsx_parts(("評分表", "worksheet", A1), macros, ("備註", "worksheet", A1)))
    workbook = opened(data)
    assert workbook.sheet_names == ["評分表", "備註"]
    assert workbook.rows("備註") == [[95]]
    assert workbook.origin.oddities == ("macros",)


@pytest.mark.parametrize("kind", ["chartsheet", "dialogsheet"])
def test_sheets_that_are_no_worksheets_are_left_out(kind: str) -> None:
    data = zipped(xlsx_parts(("圖", kind, A1), ("評分表", "worksheet", A1)))
    binary = xlsb([Sheet("圖", kind=kind), Sheet("評分表", [[95]])])
    for workbook in map(opened, (data, binary)):
        assert workbook.sheet_names == ["評分表"]
        assert workbook.rows("評分表") == [[95]]


def test_hidden_sheets_are_read() -> None:
    workbook = opened(xlsb([Sheet("評分表", [[95]]), Sheet("_svcq", [["unit"]], hidden=True)]))
    assert workbook.rows("_svcq") == [["unit"]]


NOTHING = {
    "沒有工作表": (zipped(xlsx_parts()), xlsb([]), ods("")),
    "沒有工作表 ": (zipped(xlsx_parts(("圖", "chartsheet", A1))),),
    "都是空白": (
        xlsx(""),
        xlsx(FAR % ' s="1"/>'),
        xlsb([Sheet("a", [[None]])]),
        ods(table("a", "")),
    ),
}
TWINS = (
    zipped(xlsx_parts(("甲", "worksheet", A1), ("甲", "worksheet", A1))),
    xlsb([Sheet("甲", [[1]]), Sheet("甲", [[2]])]),
    ods(table("甲", "1") + table("甲", "2")),
)


@pytest.mark.parametrize(
    ("why", "data"), [(why, data) for why, files in NOTHING.items() for data in files]
)
def test_a_workbook_of_which_nothing_certain_can_be_read_is_told(why: str, data: bytes) -> None:
    code, found = refused(data)
    assert code == "unreadable"
    assert why.strip() in found


@pytest.mark.parametrize("data", TWINS)
def test_two_sheets_of_one_name_are_refused(data: bytes) -> None:
    code, found = refused(data)
    assert code == "two-documents"
    assert "不只一張工作表名為「甲」" in found


def test_thousands_of_sheets_are_refused() -> None:
    sheets = "".join(table(f"表{i}") for i in range(MAX_SHEETS + 1))
    assert refused(ods(sheets)) == ("unsafe", "活頁簿有 1,001 張工作表")


FAR_VALUES = {
    "xlsx": xlsx(A1 + FAR % "><v>1</v></c>"),
    "xlsx, formula": xlsx(A1 + FAR % "><f>1</f></c>"),
    "xlsx, behind it only styling": xlsx(
        A1 + '<row r="9000"><c r="ZZ9000"><v>1</v></c></row>' + FAR % ' s="1"/>'
    ),
    "xlsx, wide": xlsx('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>'),
    "xlsb": xlsb([Sheet("評分表", [[1], *[[]] * 5_000, [1]])]),
    "ods": ods(
        '<table:table table:name="評分表"><table:table-row table:number-rows-repeated="1048576">'
        '<table:table-cell office:value-type="float" office:value="1"/></table:table-row>'
        "</table:table>"
    ),
}


@pytest.mark.parametrize("data", FAR_VALUES.values(), ids=FAR_VALUES)
def test_a_sheet_with_a_value_far_out_is_not_read(data: bytes) -> None:
    workbook = opened(data)
    assert workbook.rows("評分表") == []
    assert workbook.too_large == ["評分表"]


@pytest.mark.parametrize(
    "data",
    [
        xlsx(A1 + FAR % ' s="1"/>'),
        xlsx(A1 + "".join(f'<row r="{i}"><c r="A{i}" s="1"/></row>' for i in range(2, 100_000))),
        xlsx(A1, {"xl/comments1.xml": '<comments><comment ref="XFD1048576"/></comments>'}),
    ],
    ids=["a cell", "many rows", "a comment"],
)
def test_styling_and_comments_far_out_do_no_harm(data: bytes) -> None:
    workbook = opened(data)
    assert workbook.rows("評分表") == [[95]]
    assert workbook.too_large == []


def replaced(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """A file with other bytes in a part that was put in as it is, and the old checksum."""
    whole = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(whole, "w", ZIP_STORED) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
        at = target.getinfo(part).header_offset
    found = whole.getvalue().index(old, at)
    return whole.getvalue()[:found] + new + whole.getvalue()[found + len(old) :]


STRINGS = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
_LINKS = xlsx_parts(("評分表", "worksheet", A1))["xl/_rels/workbook.xml.rels"]
SHARED = {
    "xl/sharedStrings.xml": '<sst xmlns="urn:x"><si><t>95</t></si></sst><!--end-->',
    "xl/_rels/workbook.xml.rels": str(_LINKS).replace(
        "</Rel",
        f'<Relationship Id="s" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Rel',
    ),
}
DAMAGES = {
    "a value": (xlsx(), "xl/worksheets/sheet1.xml", b"95", b"45"),
    "behind the cells": (xlsx(), "xl/worksheets/sheet1.xml", b"</worksheet>", b"</workshee>>"),
    "a shared text": (xlsx(STRINGS, SHARED), "xl/sharedStrings.xml", b"95", b"45"),
    "the list of sheets": (xlsx(), "xl/workbook.xml", "評".encode(), "平".encode()),
    "a value in .xlsb": (
        SMALL["xlsb"],
        "xl/worksheets/sheet1.bin",
        pack("<d", 95),
        pack("<d", 45),
    ),
    "a value in .ods": (SMALL["ods"], "content.xml", b'"95"', b'"45"'),
}


@pytest.mark.parametrize(("data", "part", "old", "new"), DAMAGES.values(), ids=DAMAGES)
def test_a_part_that_fails_its_checksum_is_not_read(
    data: bytes, part: str, old: bytes, new: bytes
) -> None:
    assert isinstance(open_bytes(replaced(data, part, old, old)), OpenedWorkbook)
    assert refused(replaced(data, part, old, new)) == ("unreadable", "檔案已損壞，無法讀取")


def test_damage_to_a_part_that_is_not_read_does_no_harm() -> None:
    data = xlsx(A1, {"xl/media/image1.png": b"PNG1"})
    assert opened(replaced(data, "xl/media/image1.png", b"PNG1", b"PNG2")).rows("評分表") == [[95]]


def test_a_sheet_that_fails_its_checksum_is_told_when_it_is_read() -> None:
    parts = xlsx_parts(("評分表", "worksheet", A1), ("備註", "worksheet", A1))
    workbook = opened(replaced(zipped(parts), "xl/worksheets/sheet2.xml", b"95", b"45"))
    told = guarded(lambda: workbook.rows("備註"))
    assert isinstance(told, Unreadable)
    assert told.reason == "unreadable"
    assert "sheet2.xml" in told.cause


def rows_of(data: bytes) -> Rows | Unreadable:
    workbook = open_bytes(data)
    if isinstance(workbook, Unreadable):
        return workbook
    return guarded(lambda: workbook.rows(FORM_SHEET))


def test_one_flipped_bit_never_changes_a_value(xlsx: bytes) -> None:
    """In packed parts, of which a reader need not notice that they end differently."""
    whole = opened(xlsx).rows(FORM_SHEET)
    with ZipFile(BytesIO(xlsx)) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
        assert info.compress_type == ZIP_DEFLATED
    for at in range(info.header_offset + 60, info.header_offset + info.compress_size, 97):
        spoilt = xlsx[:at] + bytes([xlsx[at] ^ 4]) + xlsx[at + 1 :]
        rows = rows_of(spoilt)
        assert isinstance(rows, Unreadable) or rows == whole


def test_what_a_reader_stumbled_over_is_kept_for_the_log() -> None:
    def fail() -> None:
        raise KeyError("評分表")

    told = guarded(fail)
    assert isinstance(told, Unreadable)
    assert told.found == "檔案已損壞，無法讀取"
    assert told.cause.startswith("KeyError: '評分表'")


def test_a_fault_of_this_program_is_told_with_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OpenedWorkbook, "rows", lambda self, name: self.no_such_thing)
    told = open_bytes(xlsx())
    assert isinstance(told, Unreadable)
    assert told.cause.startswith("AttributeError: ")
    assert "(workbooks/opening.py:" in told.cause


@pytest.mark.parametrize(
    ("error", "code"),
    [(MemoryError(), "unsafe"), (BaseException("panic"), "unsafe")],
)
def test_a_panic_of_the_reader_is_told(error: BaseException, code: str) -> None:
    def fail() -> None:
        raise error

    told = guarded(fail)
    assert isinstance(told, Unreadable)
    assert told.reason == code


def test_long_words_of_a_reader_are_cut() -> None:
    def fail() -> None:
        raise ValueError("x" * 10_000)

    told = guarded(fail)
    assert isinstance(told, Unreadable)
    assert len(told.cause) == 500


# What values alone do not tell, or tell differently: the same in every format.
PLAIN = openpyxl.Workbook()
PLAIN.worksheets[0]["C5"] = 95
PLAIN.worksheets[0]["C6"] = 0.95
PLAIN.worksheets[0]["C6"].number_format = "0%"
PLAIN.worksheets[0]["C7"] = "=1/0"
PLAIN.worksheets[0]["C8"] = date(2016, 9, 5)
PLAIN.worksheets[0]["D9"] = "end"


def assert_told(workbook: OpenedWorkbook) -> None:
    [name] = workbook.sheet_names
    rows, look = workbook.rows(name), workbook.closer.sheet(name)
    assert [row[2] for row in rows[:8]] == ["", "", "", "", 95, 0.95, "", date(2016, 9, 5)]
    assert look.percent(5, 2)
    assert not look.percent(4, 2)
    assert (6, 2) in look.formulas()


def test_addresses_errors_percents_and_dates_are_told_of_xlsx() -> None:
    workbook = opened(saved(PLAIN))
    assert_told(workbook)


@pytest.mark.office
@pytest.mark.parametrize("to", ["xlsx", "ods", "xls"])
def test_addresses_errors_percents_and_dates_are_told_of_every_format(
    office: Convert, tmp_path: Path, to: str
) -> None:
    (tmp_path / "a.xlsx").write_bytes(saved(PLAIN))
    [made] = office([tmp_path / "a.xlsx"], to, tmp_path / "out")
    workbook = opened(made.read_bytes(), f".{to}")
    assert_told(workbook)
    [name] = workbook.sheet_names
    assert workbook.closer.sheet(name).error(6, 2) == "#DIV/0!"


def test_addresses_errors_and_percents_are_told_of_xlsb() -> None:
    rows: list[list[Cell | Value]] = [
        *[[]] * 4,
        [None, None, 95],
        [None, None, Cell(0.95, percent=True)],
        [None, None, Cell("#DIV/0!", formula=True, error=True), "end"],
    ]
    workbook = opened(xlsb([Sheet("a", rows)]))
    look = workbook.closer.sheet("a")
    assert [row[2] for row in workbook.rows("a")] == ["", "", "", "", 95, 0.95, ""]
    assert look.percent(5, 2)
    assert look.error(6, 2) == "#DIV/0!"
    assert look.formulas() == {(6, 2)}


def _two_in_one_place(suffix: str) -> bytes:
    """A workbook with two sheets, of which the second lies where the first does."""
    if suffix == "xls":
        data = form("xls", unit(1))
        starts = list(XlsBook(data).globals.starts.values())
        first, second = (pack("<I", start) for start in starts[:2])
        assert data.count(second) == 1
        return data.replace(second, first)
    rows: list[list[Value | Cell]] = [[95]]
    is_binary = suffix == "xlsb"
    data = xlsb([Sheet(name, rows) for name in "ab"]) if is_binary else form("xlsx", unit(1))
    part = f"xl/_rels/workbook.{'bin' if is_binary else 'xml'}.rels"
    return with_parts(data, {part: lambda rels: rels.replace(b"sheet2.", b"sheet1.")})


@pytest.mark.parametrize("suffix", ["xlsx", "xlsb", "xls"])
def test_two_sheets_in_one_place_are_refused(suffix: str) -> None:
    reason, found = refused(_two_in_one_place(suffix))
    assert reason == "unreadable"
    assert "同一處" in found
