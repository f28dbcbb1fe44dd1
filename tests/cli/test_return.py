"""`svcq return`: what it prints, its JSON and its exit code; what lies in the folder stays."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import SAMPLES, UNITS, Run

CALL = ("--rubric", "wra-105", "--units", UNITS, "--out", "補正")
RETURNED = SAMPLES / "returned"
FORM = "A04_第四河川局_wra-105_105年度上半年_自行"


@pytest.fixture
def inbox(svcq: Run) -> Path:
    Path("收件").mkdir()
    shutil.copy(RETURNED / f"{FORM}.xlsx", "收件")
    return Path("收件")


def test_forms_and_those_without_are_told_with_the_keys_of_the_contract(svcq: Run) -> None:
    ran = svcq("return", RETURNED, *CALL, "--json")
    assert ran.code == 1
    document = ran.document
    assert (document["rubric"], document["round"]) == ("wra-105", "105年度上半年")
    first = document["forms"][0]
    assert first["unit"] == "A04" and first["assessor"] == "self"
    assert first["path"] == str(Path("補正") / f"{FORM}_補正.xlsx")
    assert (first["corrections"], first["correction"], first["new"]) == (2, 1, True)
    assert {"unit", "assessor", "path", "reason"} == set(document["without"][0])
    checked = svcq("check", RETURNED, *CALL[:4], "--json").document["files"]
    wanted = [f["path"] for f in checked if f["status"] in {"needs-correction", "rejected"}]
    told = [form["answers"] for form in document["forms"]]
    assert sorted(told + [each["path"] for each in document["without"]]) == sorted(wanted)


@pytest.mark.parametrize("does", ["absent", "fails"])
def test_which_forms_are_xlsx_for_want_of_libreoffice_and_why_is_told(
    does: str, svcq: Run, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What it holds tells what a file is; its name says what the unit works with.
    (inbox / f"{FORM}.xlsx").rename(inbox / f"{FORM}.ods")
    program = None if does == "absent" else str(inbox / "soffice")
    monkeypatch.setattr("svcq_excel.libreoffice.converting.office_program", lambda: program)
    ran = svcq("return", inbox, *CALL)
    assert ran.code == 1 and f"{FORM}_補正.xlsx" in ran.out
    why = "電腦上沒有安裝 LibreOffice" if does == "absent" else "LibreOffice 無法啟動（"
    (line,) = [line for line in ran.err.splitlines() if "改製為 .xlsx" in line]
    assert line.startswith(why) and f"「{FORM}_補正.xlsx」" in line


def test_a_rerun_says_that_the_notice_stands(svcq: Run, inbox: Path) -> None:
    svcq("return", inbox, *CALL, "--deadline", "105年7月31日")
    ran = svcq("return", inbox, *CALL, "--deadline", "105年7月31日")
    assert f"先前已製　{Path('補正') / FORM}_補正.xlsx" in ran.out
    assert "已製作 0 份補正表件" in ran.err and "原通知仍有效" in ran.err
    assert len(list(Path("補正").iterdir())) == 1


def test_the_second_correction_comes_beside_and_the_first_is_told_as_outdated(
    svcq: Run, inbox: Path
) -> None:
    svcq("return", inbox, *CALL)
    book = openpyxl.load_workbook(inbox / f"{FORM}.xlsx")
    book["評分表"]["I16"] = 101
    book.save(inbox / f"{FORM}.xlsx")
    ran = svcq("return", inbox, *CALL)
    assert f"{FORM}_第2次補正.xlsx" in ran.out
    assert f"不必再寄　{Path('補正') / FORM}_補正.xlsx：已有較新的補正表件。" in ran.out
    document = svcq("return", inbox, *CALL, "--json").document
    assert [each["path"] for each in document["outdated"]] == [
        str(Path("補正") / f"{FORM}_補正.xlsx")
    ]


def test_files_that_get_none_need_a_person_too(svcq: Run) -> None:
    Path("收件").mkdir()
    shutil.copy(RETURNED / "開會通知.xlsx", "收件")
    ran = svcq("return", "收件", *CALL)
    assert ran.code == 1
    assert "未能製作補正表件" in ran.out and "已製作 0 份" in ran.err
    assert not Path("補正").exists()


def test_where_nothing_is_wrong_all_is_well(svcq: Run) -> None:
    Path("收件").mkdir()
    (form,) = RETURNED.glob("A01*.xlsx")
    shutil.copy(form, "收件")
    assert svcq("return", "收件", *CALL).code == 0


def test_a_deadline_that_is_no_day_is_printed_and_told(svcq: Run, inbox: Path) -> None:
    ran = svcq("return", inbox, *CALL, "--deadline", "下次會議前")
    assert "「下次會議前」不是日期" in ran.err
    notice = openpyxl.load_workbook(Path("補正") / f"{FORM}_補正.xlsx")["補正通知"]
    assert any("下次會議前" in str(cell.value) for row in notice.iter_rows() for cell in row)


def test_the_plan_file_says_whom_to_ask(svcq: Run, inbox: Path) -> None:
    said = (
        f"rubric: wra-105\nunits: {Path(UNITS).as_posix()}\ncontact: 王小明\nphone: 02-37073000\n"
    )
    Path("計畫.yaml").write_text(said, "utf-8")
    svcq("return", inbox, "--plan", "計畫.yaml", "--out", "補正")
    notice = openpyxl.load_workbook(Path("補正") / f"{FORM}_補正.xlsx")["補正通知"]
    texts = [str(cell.value) for row in notice.iter_rows() for cell in row]
    assert any("王小明，電話 02-37073000" in text for text in texts)


def test_the_plan_file_has_the_deadline_for_corrections_and_the_call_another(
    svcq: Run, inbox: Path
) -> None:
    said = f"rubric: wra-105\nunits: {Path(UNITS).as_posix()}\ncorrection_deadline: 105年8月1日\n"
    Path("計畫.yaml").write_text(said, "utf-8")
    svcq("return", inbox, "--plan", "計畫.yaml", "--out", "一")
    svcq("return", inbox, "--plan", "計畫.yaml", "--out", "二", "--deadline", "105/8/2 17:00")
    subjects = [
        str(openpyxl.load_workbook(Path(out) / f"{FORM}_補正.xlsx")["補正通知"]["C3"].value)
        for out in ("一", "二")
    ]
    assert "請於105年8月1日（星期一）前" in subjects[0]
    assert "請於105年8月2日（星期二）17時前" in subjects[1]


def test_a_phone_number_that_lost_its_zero_is_refused(svcq: Run, inbox: Path) -> None:
    Path("計畫.yaml").write_text("rubric: wra-105\nphone: 0237073000\n", "utf-8")
    ran = svcq("return", inbox, "--plan", "計畫.yaml", "--out", "補正")
    assert ran.code == 2
    assert "第 2 行" in ran.err and "請以引號括起" in ran.err
