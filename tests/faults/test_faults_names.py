"""Names of units and files, whatever is in them: no row, no path and no formula comes of one."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from svcq_excel.form.identity import INDEX
from svcq_excel.plan.lists.heads import CODE, NAME
from tests.faults.forms import with_parts
from tests.faults.inbox import ROOT, Inbox, Merged
from tests.inbox.containers.making import mail

HARMFUL = (
    "=1+1.xlsx",
    "+886.xlsx",
    "-x.xlsx",
    "@SUM(A1).xlsx",
    "＝全形.xlsx",
    "'=1.xlsx",
    "a,b;c.xlsx",
    "𠮷堃喆煊.xlsx",
    "名\u202exslx.xlsx",
    "無寬\u200b度.xlsx",
    "造\ue000字.xlsx",
    "é合成é.xlsx",
    "%00%2e%2e.xlsx",
    "長" * 60 + ".xlsx",
)
ONLY_POSIX = (
    'say"hi".xlsx',
    "換行\n第二行,x.xlsx",
    "回車\r\nBcc: a@example.tw.xlsx",
    "跳格\t.xlsx",
    "控\x1b[31m.xlsx",
    "back\\slash.xlsx",
    "<b>&.xlsx",
    " .xlsx",
    "尾點. ",
)


PROGRAM, SENDER = "程式.xlsx", "寄件人.eml"


def saved_by(program: str, form: bytes) -> bytes:
    """A form whose file says that this program saved it."""

    def change(part: bytes) -> bytes:
        return re.sub(rb"<Application>[^<]*", b"<Application>" + program.encode(), part)

    return with_parts(form, {"docProps/app.xml": change})


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Merged:
    inbox = Inbox(tmp_path_factory.mktemp("names"))
    for name in HARMFUL if sys.platform == "win32" else (*HARMFUL, *ONLY_POSIX):
        inbox.put(name, inbox.form(name, "xlsx"))
    inbox.put(PROGRAM, saved_by("=HYPERLINK(1)", inbox.form(PROGRAM, "xlsx")))
    letter = mail(("A01.xlsx", inbox.form(SENDER, "xlsx")), sender="=cmd <=cmd|calc@example.tw>")
    inbox.put(SENDER, letter.as_bytes())
    return inbox.merged()


@pytest.fixture(scope="module")
def rows(merged: Merged) -> list[list[str]]:
    [path] = merged.inbox.results.glob("*收件紀錄.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_whatever_came_every_file_is_told_and_no_other_suffers(merged: Merged) -> None:
    merged.assert_round_is_sound()


def test_a_form_is_read_whatever_its_file_is_called(merged: Merged) -> None:
    for name in merged.inbox.whose.keys() - {SENDER}:
        assert merged.is_read_exactly(name), name


def test_no_file_name_makes_a_row_or_a_formula_in_the_list_of_files(
    merged: Merged, rows: list[list[str]]
) -> None:
    assert len(rows) == 1 + len(merged.by_name)
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell[:1] in {*"=+-@＝＋－＠\t\r\n"}]
    assert not [cell for cell in cells if "\n" in cell or "\r" in cell]
    assert any(cell.startswith("'=HYPERLINK(1)") for cell in cells), "the program that saved it"
    assert "'=cmd|calc@example.tw" in cells, "the sender"


def test_no_file_name_becomes_a_formula_in_the_workbook(merged: Merged) -> None:
    book = openpyxl.load_workbook(merged.document["output"])
    names = [name.removesuffix(".xlsx").lstrip("'") for name in merged.by_name]
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f" and "HYPERLINK" not in str(cell.value):
                    assert not any(name in str(cell.value) for name in names if len(name) > 2)


@pytest.mark.skipif(sys.platform != "linux", reason="only here are names bytes")
def test_a_name_that_is_no_text_is_told_all_the_same(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    raw = bytes(inbox.files) + b"/\xb2\xc4\xff.xlsx"
    Path(raw.decode("utf-8", "surrogateescape")).write_bytes(inbox.form("Big5", "xlsx"))
    merged = inbox.merged()
    assert merged.document["summary"]["files"] == 4
    assert merged.units[inbox.whose["Big5"].code]["status"] == "accepted"
    [path] = inbox.results.glob("*收件紀錄.csv")
    assert "\\udcb2\\udcc4\\udcff.xlsx" in path.read_text("utf-8-sig")


# -- units ----------------------------------------------------------------------------------------

COLLIDING = {
    "width": [("A01", "甲"), ("Ａ01", "乙")],
    "blanks": [("A01", "甲"), (" A01", "乙")],
    "leading zero": [("01", "甲"), ("1", "乙")],
    "case": [("a01", "甲"), ("A01", "乙")],
    "names in width": [("A01", "第1河川局"), ("A02", "第１河川局")],
}
UNPRINTABLE = {
    "line feed": [("A01", "甲\nBcc: a@example.tw")],
    "carriage return": [("A01", "甲\r\n乙")],
    "control": [("A01", "甲\x1b[31m")],
    "code with a line feed": [("A\n01", "甲")],
}
ODD_UNITS = [
    ("CON", "History"),
    ("nul", "CON"),
    ("A/B", "甲/乙:丙*丁?戊[己]"),
    ("..", "../../etc"),
    ("A'1", "'引號'"),
    ("=1+1", "=cmd|'/c calc'!A0"),
    ("L60", "長" * 60),
    ("LONG", "同" * 60 + "一"),
    ("LONH", "同" * 60 + "二"),
    ("𠮷", "堃喆煊𠮷局"),
    ("<b>", "<b>&amp;</b>"),
    ("dot.", "尾點. "),
]


def svcq(*arguments: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "svcq_excel", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False)


def units_file(folder: Path, units: list[tuple[str, str]]) -> Path:
    path = folder / "單位.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([(CODE, NAME), *units])
    return path


@pytest.mark.parametrize("units", [*COLLIDING, *UNPRINTABLE])
def test_units_that_collide_or_break_lines_are_refused_and_nothing_is_written(
    tmp_path: Path, units: str
) -> None:
    listed = units_file(tmp_path, {**COLLIDING, **UNPRINTABLE}[units])
    out = tmp_path / "表件"
    ran = svcq("generate", "--rubric", "wra-105", "--units", listed, "--out", out)
    assert ran.returncode == 2
    assert b"Traceback" not in ran.stderr
    assert not out.exists()


def test_forms_of_units_with_odd_names_come_back_as_theirs(tmp_path: Path) -> None:
    listed, out = units_file(tmp_path, ODD_UNITS), tmp_path / "表件"
    call = ("--rubric", "wra-105", "--units", listed)
    ran = svcq("generate", *call, "--out", out, "--json")
    assert ran.returncode == 0, ran.stderr.decode()
    document = json.loads(ran.stdout)
    made = [Path(each["path"]) for each in document["forms"]]
    outlines = [Path(each["path"]) for each in document["documents"]]
    assert {path.parent for path in [*made, *outlines]} == {out}, "no name leads out of the folder"
    assert len({path.name.casefold() for path in made}) == len(ODD_UNITS)
    assert {path.name for path in out.iterdir()} == {
        INDEX,
        *(path.name for path in [*made, *outlines]),
    }
    ran = svcq("merge", out, *call, "--out", tmp_path / "統計表.xlsx", "--json")
    assert b"Traceback" not in ran.stderr
    document = json.loads(ran.stdout)
    found = {(unit["unit"], unit["name"]): unit["status"] for unit in document["units"]}
    stripped = {(code, name.strip()) for code, name in ODD_UNITS}
    assert found == dict.fromkeys(stripped, "missing")  # for they are blank
    forms = [file for file in document["files"] if file["assessor"]]
    whose = {file["unit"]: file["status"] for file in forms}
    assert whose == dict.fromkeys((code for code, _ in ODD_UNITS), "blank")
    openpyxl.load_workbook(tmp_path / "統計表.xlsx")
