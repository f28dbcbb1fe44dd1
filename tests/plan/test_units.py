"""Lists of units: every way they are kept is read alike, every fault is told with its place."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from svcq_excel.definition import DefinitionError
from svcq_excel.plan.units import Unit, read_units

from .conftest import Cells, Write

HEAD = ("編號", "受考核單位名稱")
ROWS = (HEAD, ("A01", "第一河川局"), ("A02", "第二河川局"))
UNITS = (Unit("A01", "第一河川局"), Unit("A02", "第二河川局"))
SAMPLE = Path(__file__).parents[2] / "samples" / "units.csv"


def faults(path: Path) -> list[tuple[int | None, str]]:
    with pytest.raises(DefinitionError) as error:
        read_units(path)
    assert all(problem.file == str(path) and problem.fix for problem in error.value.problems)
    return [(problem.line, problem.message) for problem in error.value.problems]


def test_the_sample_holds_the_fourteen_units_of_105() -> None:
    units = read_units(SAMPLE)
    assert [unit.code for unit in units] == [f"A{number:02}" for number in range(1, 15)]
    assert units[0].name == "第一河川局"
    assert units[13].name == "臺北水源特定區管理局"
    assert all(unit.email.endswith("@example.gov.tw") and unit.contact for unit in units)


def test_columns_stand_in_any_order_below_titles_and_beside_others(xlsx: Write) -> None:
    cells = (
        ("經濟部水利署105年度受考核單位",),
        (),
        ("序號", "承辦人", "組 別", "受考核\n單位名稱", " 編　號", "電子郵件"),
        (1, "研考", "甲組", "　第一河川局 ", " 01", "a@example.gov.tw"),
        (None, None, None, None, None, None),
        (2, None, "甲組", "第二河川局", "02", None),
    )
    assert read_units(xlsx(cells)) == (
        Unit("01", "第一河川局", "甲組", "a@example.gov.tw", "研考"),
        Unit("02", "第二河川局", "甲組"),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp950"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_csv_is_read_in_the_encodings_that_offices_save(
    tmp_path: Path, encoding: str, newline: str
) -> None:
    path = tmp_path / "units.csv"
    text = newline.join(",".join(row) for row in ROWS)
    path.write_bytes(text.encode(encoding))
    assert read_units(path) == UNITS


def test_the_content_decides_what_the_file_is(xlsx: Write) -> None:
    path = xlsx(ROWS)
    assert read_units(path.rename(path.with_suffix(".csv"))) == UNITS


@pytest.mark.office
@pytest.mark.parametrize("suffix", ["ods", "xls"])
def test_what_libreoffice_saves_is_read_alike(xlsx: Write, tmp_path: Path, suffix: str) -> None:
    path = xlsx((("名單",), (), HEAD, ("01", "第一河川局"), (2, "第二河川局")))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", suffix, "--outdir"]
    subprocess.run(
        [*command, str(tmp_path), str(path)], check=True, capture_output=True, timeout=120
    )
    units = (Unit("01", "第一河川局"), Unit("2", "第二河川局"))
    assert read_units(path.with_suffix(f".{suffix}")) == units


def test_a_list_on_the_second_sheet_is_found_but_hidden_sheets_are_not(tmp_path: Path) -> None:
    book = Workbook()
    book.create_chartsheet("圖", 0)
    hidden, shown = book.create_sheet("舊名單"), book.create_sheet("名單")
    hidden.sheet_state = "hidden"
    for sheet, name in ((hidden, "舊局"), (shown, "新局")):
        sheet.append(HEAD)
        sheet.append(("A01", name))
    path = tmp_path / "units.xlsx"
    book.save(path)
    assert read_units(path) == (Unit("A01", "新局"),)


def test_whole_numbers_are_codes_as_typed(xlsx: Write) -> None:
    assert [unit.code for unit in read_units(xlsx((HEAD, (1.0, "甲"), (20, "乙"))))] == ["1", "20"]


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        (date(2016, 9, 5), "編號「2016-09-05」是日期或時間，無法確定原來的寫法"),
        (True, "編號「TRUE」是邏輯值，不是文字"),
        (1.5, "編號「1.5」是帶小數或過長的數字，無法確定原來的寫法"),
        (1e16, "編號「1e+16」是帶小數或過長的數字，無法確定原來的寫法"),
        ("A\n01", "編號「A�01」含有換行或看不見的字元（U+000A）"),
        ("A\u200b01", "編號「A�01」含有換行或看不見的字元（U+200B）"),
        ("#REF!", "編號空白（公式的錯誤值也視為空白）"),
        (None, "編號空白（公式的錯誤值也視為空白）"),
        ("　", "編號空白（公式的錯誤值也視為空白）"),
    ],
)
def test_a_code_that_is_no_text_is_told(xlsx: Write, cell: object, message: str) -> None:
    assert faults(xlsx((HEAD, ("A01", "甲"), (cell, "乙")))) == [(3, message)]


def test_an_error_value_saved_as_csv_is_told(csv_file: Write) -> None:
    assert faults(csv_file((HEAD, ("#N/A", "甲")))) == [(2, "編號「#N/A」是公式的錯誤值")]


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ("A01", "A01", "編號「A01」與第 2 列的「A01」重複"),
        ("A01", "Ａ01", "編號「Ａ01」與第 2 列的「A01」只差全形半形、大小寫、空白或開頭的 0"),
        ("A01", " A01", "編號「A01」與第 2 列的「A01」重複"),
        ("A01", "a 01", "編號「a 01」與第 2 列的「A01」只差全形半形、大小寫、空白或開頭的 0"),
        ("01", "1", "編號「1」與第 2 列的「01」只差全形半形、大小寫、空白或開頭的 0"),
        ("0", "００", "編號「００」與第 2 列的「0」只差全形半形、大小寫、空白或開頭的 0"),
    ],
)
def test_codes_that_people_take_for_the_same_are_refused(
    csv_file: Write, first: str, second: str, message: str
) -> None:
    assert faults(csv_file((HEAD, (first, "甲"), (second, "乙")))) == [(3, message)]


def test_codes_that_merely_resemble_each_other_are_kept(csv_file: Write) -> None:
    codes = ["A01", "A1", "A10", "B01", "1", "10", "100"]
    rows = [(code, f"第{code}局") for code in codes]
    assert [unit.code for unit in read_units(csv_file((HEAD, *rows)))] == codes


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (
            (HEAD, ("A01", "甲"), ("A02", "甲")),
            [(3, "受考核單位名稱「甲」與第 2 列的「甲」重複")],
        ),
        (
            (HEAD, ("A01", "甲"), ("", ""), ("A02", "")),
            [(4, "受考核單位名稱空白（公式的錯誤值也視為空白）")],
        ),
        (
            (("代碼", "機關名稱"), ("A01", "甲"), ("A01", "")),
            [
                (3, "機關名稱空白（公式的錯誤值也視為空白）"),
                (3, "代碼「A01」與第 2 列的「A01」重複"),
            ],
        ),
        (
            ((*HEAD, "組別"), ("A01", "甲", "第1組"), ("A02", "乙", ""), ("A03", "丙", "")),
            [(3, "有 2 筆未填組別（此為第一筆），其餘已填")],
        ),
        (
            ((*HEAD, "組別"), ("A01", "甲", "第1組"), ("A02", "乙", "第１組")),
            [(3, "組別「第１組」與第 2 列的「第1組」寫法不一")],
        ),
        (
            ((*HEAD, "電子郵件"), ("A01", "甲", "a@example.gov.tw\nBcc: b@example.com")),
            [
                (
                    2,
                    "電子郵件「a@example.gov.tw�Bcc: b@example.com」"
                    "含有換行或看不見的字元（U+000A）",
                )
            ],
        ),
        ((HEAD,), [(1, "欄名之下沒有任何資料")]),
        ((HEAD, ("", "　")), [(1, "欄名之下沒有任何資料")]),
        (((*HEAD, "編 號"), ("A01", "甲", "1")), [(1, "「編號」欄出現兩次以上")]),
        (
            (("名單",), ("編號", "主管", "電話"), ("A01", "甲", "1")),
            [(None, "找不到「受考核單位名稱」欄；最接近欄名的一列是「編號」、「主管」、「電話」")],
        ),
        (
            (("單位",), ("甲",)),
            [(None, "找不到「編號」欄；最接近欄名的一列是「單位」")],
        ),
        ((), [(None, "檔案沒有內容")]),
    ],
)
def test_faults_of_a_list_name_their_row(
    csv_file: Write, xlsx: Write, cells: Cells, found: list[tuple[int | None, str]]
) -> None:
    assert faults(csv_file(cells)) == found
    assert faults(xlsx(cells)) == found


def test_all_faults_are_told_at_once_from_the_top_down(csv_file: Write) -> None:
    rows = (("A01", "甲"), ("", "乙"), ("A01", "丙"), ("A\t04", ""))
    assert [line for line, _ in faults(csv_file((HEAD, *rows)))] == [3, 4, 5, 5]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "檔案沒有內容"),
        (b"PK\x03\x04 damaged", "檔案已損壞或不完整，無法讀取"),
        (b"\xd0\xcf\x11\xe0" * 200, "內容不是試算表"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "不是試算表，也不是 UTF-8 或 Big5 的 CSV 檔"),
        ("編號,受考核單位名稱".encode("utf-16"), "不是試算表，也不是 UTF-8 或 Big5 的 CSV 檔"),
        (b'"' + b"a" * 200_000, "無法當作 CSV 讀取"),
        (b" " * (20 * 1024 * 1024 + 1), "檔案超過 20 MiB"),
    ],
)
def test_a_file_that_is_no_table_is_told(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "units.xlsx"
    path.write_bytes(content)
    assert faults(path) == [(None, message)]


@pytest.mark.parametrize("name", ["沒有.xlsx", ".", "a\0b", "長" * 300])
def test_a_file_that_is_not_there_is_told(tmp_path: Path, name: str) -> None:
    [(line, message)] = faults(tmp_path / name)
    assert line is None
    assert message.startswith(("找不到這個檔案", "無法開啟檔案"))


def test_a_cell_far_out_is_told_not_read(xlsx: Write) -> None:
    path = xlsx(ROWS)
    book = load_workbook(path)
    assert book.active
    book.active["A1048576"] = " "
    book.save(path)
    assert faults(path) == [
        (None, "工作表「Sheet」超過 20,000 列或 200 欄，範圍過大"),
    ]


def test_a_crash_of_the_reader_is_told_and_an_interrupt_is_not_swallowed(
    xlsx: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Panic(BaseException):
        pass

    class Reader:
        fault: BaseException = Panic()

        @classmethod
        def from_filelike(cls, _: object) -> None:
            raise cls.fault

    path = xlsx(ROWS)
    monkeypatch.setattr("svcq_excel.workbooks.opening.CalamineWorkbook", Reader)
    assert faults(path) == [(None, "檔案使讀取程式異常中止")]
    monkeypatch.setattr(Reader, "fault", KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        read_units(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary() | st.text().map(lambda text: f"編號,受考核單位名稱\n{text}".encode()))
def test_any_bytes_give_units_or_an_explained_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "units.csv"
    path.write_bytes(content)
    try:
        assert read_units(path)
    except DefinitionError as error:
        assert error.problems


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    changes=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=5),
    cut=st.integers(0, 10_000),
)
def test_a_damaged_workbook_gives_units_or_an_explained_error(
    xlsx: Write, changes: list[tuple[int, int]], cut: int
) -> None:
    path = xlsx(ROWS)
    content = bytearray(path.read_bytes())
    for at, byte in changes:
        content[at % len(content)] = byte
    path.write_bytes(content[: cut or None])
    try:
        assert read_units(path)
    except DefinitionError as error:
        assert error.problems


def test_a_name_with_a_character_that_an_office_made_itself_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "名單.csv"
    line = "A01,第一河川局,王".encode("cp950") + b"\xfa\x40" + "明".encode("cp950")
    path.write_bytes("編號,受考核單位名稱,承辦人\r\n".encode("cp950") + line)
    (unit,) = read_units(path)
    assert unit.contact == "王\ue000明"


def test_a_list_may_be_longer_than_any_form(xlsx: Write) -> None:
    rows = [(f"U{n:05}", f"第{n}單位") for n in range(6_000)]
    assert len(read_units(xlsx((HEAD, *rows)))) == 6_000


def test_a_list_opens_through_the_same_door_as_a_form(xlsx: Write, tmp_path: Path) -> None:
    path = tmp_path / "junk.xlsx"
    path.write_bytes(xlsx(ROWS).read_bytes() + b"\r\n" * 10)
    assert read_units(path) == UNITS


def test_an_archive_in_place_of_a_list_is_called_one(tmp_path: Path, xlsx: Write) -> None:
    path = tmp_path / "units.zip"
    with ZipFile(path, "w") as archive:
        archive.write(xlsx(ROWS), "名單.xlsx")
    assert faults(path) == [(None, "內容是壓縮檔，不是試算表")]
