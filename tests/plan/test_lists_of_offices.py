"""Lists as offices keep them: their heads, codes as they are shown, sums and notes below."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook

from svcq_excel.definition import DefinitionError
from svcq_excel.plan.assessors import Assessor
from svcq_excel.plan.assessors import read_list as read_committee
from svcq_excel.plan.units import Unit, read_list, read_units

from .conftest import Cells, Write

A, B = Unit("A01", "第一河川局"), Unit("A02", "第二河川局")
HEAD = ("編號", "受考核單位名稱")
ROWS = (("A01", "第一河川局"), ("A02", "第二河川局"))


def doubts(path: Path) -> list[tuple[int | None, str]]:
    return [(doubt.line, doubt.message) for doubt in read_list(path).doubts]


@pytest.mark.parametrize(
    "head",
    [
        ("代碼", "單位名稱"),
        ("單位代碼", "單位"),
        ("機關代碼", "機關名稱"),
        ("代號", "受評單位"),
        ("單位編號", "受考核單位"),
        ("編號", "受考核機關"),
        ("受考核單位編號", "受考核單位名稱"),
        ("編　號", "機關（單位）名稱"),
        ("單位代號：", "*單位名稱"),
        ("編號（請勿更動）", "單位名稱\n（全銜）"),
        ("编号", "单位名称"),
        ("機關(構)代碼", "機關(構)名稱"),
        ("代碼", "單位別"),
    ],
)
def test_heads_are_read_as_offices_write_them(csv_file: Write, head: tuple[str, str]) -> None:
    assert read_units(csv_file((head, *ROWS))) == (A, B)


@pytest.mark.parametrize(
    ("field", "heads"),
    [
        ("group", ["組別", "组别", "組别", "分組", "考核組別", "組"]),
        ("email", ["電子信箱", "電子郵件", "e-mail", "Ｅ－ｍａｉｌ", "Email", "E-Mail信箱"]),
        ("contact", ["連絡人", "聯絡人", "承辦人", "承辦人姓名", "聯絡窗口"]),
        ("phone", ["電話", "聯絡電話", "連絡電話", "TEL", "承辦人電話", "電話/分機"]),
    ],
)
def test_the_other_columns_too(csv_file: Write, field: str, heads: list[str]) -> None:
    for head in heads:
        [unit] = read_units(csv_file(((*HEAD, head), ("A01", "第一河川局", "a@b.tw"))))
        assert unit == replace(A, **{field: "a@b.tw"}), head


@pytest.mark.parametrize(
    "cells",
    [
        (
            ("105年度名單",),
            ("單位", "", "聯絡方式", "", "承辦人"),
            ("編號", "名稱", "電話", "電子信箱", ""),
            ("A01", "第一河川局", "02-1234", "a@b.tw", "王小明"),
        ),
        (
            ("編號", "受考核單位名稱", "承辦人", "聯絡方式", ""),
            ("", "", "", "電話", "電子信箱"),
            ("A01", "第一河川局", "王小明", "02-1234", "a@b.tw"),
        ),
        (
            ("受考核單位", "", "首長", "", "承辦人", "", ""),
            ("代碼", "名稱", "姓名", "電話", "姓名", "電話", "e-mail"),
            ("A01", "第一河川局", "李首長", "02-9999", "王小明", "02-1234", "a@b.tw"),
        ),
    ],
)
def test_a_head_may_have_two_rows(csv_file: Write, xlsx: Write, cells: Cells) -> None:
    unit = Unit("A01", "第一河川局", "", "a@b.tw", "王小明", "02-1234")
    assert read_units(csv_file(cells)) == (unit,)
    assert read_units(xlsx(cells)) == (unit,)


def test_a_head_that_stands_again_on_each_page_is_no_unit(csv_file: Write) -> None:
    assert read_units(csv_file((HEAD, ROWS[0], HEAD, ROWS[1]))) == (A, B)
    two = (("單位", "", "承辦人"), ("編號", "名稱", ""))
    rows = tuple((*row, "王小明") for row in ROWS)
    path = csv_file((*two, rows[0], *two, rows[1]))
    assert [unit.name for unit in read_units(path)] == ["第一河川局", "第二河川局"]


def test_of_two_persons_the_first_is_taken_but_of_two_codes_none(csv_file: Write) -> None:
    people = ((*HEAD, "聯絡人", "聯絡人"), ("A01", "第一河川局", "王小明", "陳大文"))
    assert read_units(csv_file(people)) == (replace(A, contact="王小明"),)
    with pytest.raises(DefinitionError, match="「代碼」欄出現兩次以上"):
        read_units(csv_file((("代碼", "代碼", "單位名稱"), ("1", "A01", "第一河川局"))))


def test_the_row_below_a_head_is_an_entry_where_it_has_a_code(csv_file: Write) -> None:
    cells = (("編號", "單位名稱", "備考"), ("A01", "第一河川局", "電話"))
    assert read_units(csv_file(cells)) == (A,)


def test_of_two_columns_that_may_be_meant_one_is_taken_and_said(csv_file: Write) -> None:
    path = csv_file((("編號", "機關名稱", "單位名稱"), ("A01", "水利署", "第一河川局")))
    assert read_units(path) == (A,)
    assert doubts(path) == [(1, "以「單位名稱」欄為受考核單位名稱；另有「機關名稱」欄，未採用")]


@pytest.mark.parametrize(
    ("number_format", "code"),
    [("00", "01"), ("000", "001"), ('"A"00', "A01"), ("General", "1"), ("#,##0", "1")],
)
def test_a_code_is_what_the_cell_shows(tmp_path: Path, number_format: str, code: str) -> None:
    path = shown_codes(tmp_path, number_format)
    assert read_units(path) == (Unit(code, "第一河川局", phone="0912345678"),)


def shown_codes(folder: Path, number_format: str) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet
    sheet.append((*HEAD, "電話"))
    sheet.append((1, "第一河川局", 912345678))
    sheet["A2"].number_format = number_format
    sheet["C2"].number_format = "0000000000"
    book.save(folder / "名單.xlsx")
    return folder / "名單.xlsx"


@pytest.mark.office
@pytest.mark.parametrize("suffix", ["ods", "xls"])
@pytest.mark.parametrize(
    ("number_format", "code"), [("000", "001"), ('"A"00', "A01"), ("#,##0", "1"), ("0.00", "1")]
)
def test_what_libreoffice_saves_shows_the_same(
    tmp_path: Path, suffix: str, number_format: str, code: str
) -> None:
    path = shown_codes(tmp_path, number_format)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", suffix, "--outdir"]
    subprocess.run(
        [*command, str(tmp_path), str(path)], check=True, capture_output=True, timeout=120
    )
    unit = Unit(code, "第一河川局", phone="0912345678")
    assert read_units(path.with_suffix(f".{suffix}")) == (unit,)


NOTES = [
    ("合計", "2", ""),
    ("", "合計", "2"),
    ("合　計", "", ""),
    ("總計：2個單位", "", ""),
    ("小計", "2", ""),
    ("共2個單位", "", ""),
    ("備註", "", ""),
    ("備註：", "依105年編制", ""),
    ("註：本表依\n105年編制", "", ""),
    ("註1.依105年編制", "", ""),
    ("※組別另行通知", "", ""),
    ("製表", "", ""),
    ("製表人：王小明", "", "主管："),
    ("製表日期", "105/7/1", ""),
    ("（以下空白）", "", ""),
    ("本名單如有異動，請於一週內告知。", "", ""),
    ("第1組小計", "2", ""),
    ("計", "2", ""),
    ("Total", "2", ""),
    ("承辦人", "", "單位主管"),
    ("截至105年7月1日止", "", ""),
    ("---", "---", "---"),
]


@pytest.mark.parametrize("note", NOTES)
def test_sums_and_notes_are_told_and_are_no_units(
    csv_file: Write, xlsx: Write, note: tuple[str, str, str]
) -> None:
    cells = ((*HEAD, "承辦人"), *((*row, "") for row in ROWS), note)
    for path in (csv_file(cells), xlsx(cells)):
        assert read_units(path) == (A, B)
        [(line, message)] = doubts(path)
        assert line == 4
        assert message.endswith("看來是合計或附註，未列入名單")


def test_a_sum_between_entries_is_told_and_what_follows_it_read(csv_file: Write) -> None:
    path = csv_file((HEAD, ROWS[0], ("小計", "1"), ROWS[1], ("合計", "2"), ("備註：無", "")))
    assert read_units(path) == (A, B)
    assert [line for line, _ in doubts(path)] == [3, 5]
    assert "「合計」等 2 列" in doubts(path)[1][1]


def test_what_lacks_a_code_or_a_name_is_no_note(csv_file: Write) -> None:
    long = "經濟部水利署某某河川局暨所屬各工務所聯合辦事處第二分處"
    for lacking in (("A03", ""), ("", "丙局"), ("", long)):
        with pytest.raises(DefinitionError, match="空白"):
            read_units(csv_file((HEAD, *ROWS, lacking)))


def test_chinese_codes_are_codes(csv_file: Write) -> None:
    with pytest.raises(DefinitionError, match="空白"):
        read_units(csv_file((HEAD, ("一河", "第一河川局"), ("二河", ""))))


@pytest.mark.parametrize(
    "name",
    [
        "註冊組",
        "計畫組",
        "共同教育中心",
        "說明會籌備處",
        "主計室",
        "製表機廠",
        "總計畫處",
        "聯絡室",
    ],
)
def test_names_that_begin_as_notes_do_are_units(csv_file: Write, name: str) -> None:
    path = csv_file((("單位代碼", "單位名稱"), ("A01", name), (name, "第二河川局")))
    assert [unit.name for unit in read_units(path)] == [name, "第二河川局"]
    assert not doubts(path)


def test_prepared_rows_that_only_have_a_serial_number_are_told(csv_file: Write) -> None:
    path = csv_file(
        (("序號", *HEAD), ("1", *ROWS[0]), ("2", *ROWS[1]), ("3", "", ""), ("4", "", ""))
    )
    assert read_units(path) == (A, B)
    assert [line for line, _ in doubts(path)] == [4]


@pytest.mark.parametrize(
    ("text", "email", "told"),
    [
        ("a＠example.gov.tw", "a@example.gov.tw", []),
        ("a@b.tw；c@d.tw", "a@b.tw; c@d.tw", []),
        ("a@b.tw、c@d.tw", "a@b.tw; c@d.tw", []),
        ("a@b.tw\nc@d.tw", "a@b.tw; c@d.tw", []),
        ("a@b", "", [(2, "e-mail「a@b」不是電子郵件地址，未採用")]),
        ("a@b.tw,無此人", "a@b.tw", [(2, "e-mail「無此人」不是電子郵件地址，未採用")]),
    ],
)
def test_addresses_that_can_be_none_are_told(
    xlsx: Write, text: str, email: str, told: list[tuple[int, str]]
) -> None:
    path = xlsx(((*HEAD, "e-mail"), ("A01", "第一河川局", text)))
    assert read_units(path) == (Unit("A01", "第一河川局", email=email),)
    assert doubts(path) == told


def test_several_persons_below_one_another_are_one_text(xlsx: Write) -> None:
    path = xlsx(((*HEAD, "承辦人", "電話"), ("A01", "第一河川局", "王小明\n陳大文", "02-1\n02-2")))
    assert read_units(path) == (Unit("A01", "第一河川局", "", "", "王小明、陳大文", "02-1、02-2"),)


def test_a_committees_list_is_read_as_leniently(csv_file: Write) -> None:
    path = csv_file((("編號", "委員姓名", "分組"), ("1", "王委員", "甲組"), ("合計", "1", "")))
    found = read_committee(str(path))
    assert found.entries == (Assessor("1", "王委員", "committee", "甲組"),)
    assert [doubt.line for doubt in found.doubts] == [3]
