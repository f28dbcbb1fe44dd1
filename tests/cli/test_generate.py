"""`svcq generate`: forms in a folder, an index, and nothing that was there is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from svcq_excel.issuing import masters
from svcq_excel.libreoffice.converting import ABSENT, Converted
from svcq_excel.rubric.shipped import folder
from tests.cli.conftest import UNITS, Run
from tests.rubric.small_rubric import SOUND

CALL = ("generate", "--rubric", "wra-105", "--units", UNITS)


def index_of(folder: Path) -> list[tuple[Any, ...]]:
    sheet = openpyxl.load_workbook(folder / "表件清單.xlsx").worksheets[0]
    return list(sheet.iter_rows(values_only=True))


def test_one_form_per_unit_and_an_index(svcq: Run) -> None:
    ran = svcq(*CALL, "--out", "表 件", "--round", "105年度上半年", "--json")
    assert ran.code == 0
    assert ran.document["rubric"] == "wra-105"
    assert ran.document["round"] == "105年度上半年"
    paths = [Path(form["path"]) for form in ran.document["forms"]]
    assert len(paths) == 14 and all(path.is_file() for path in paths)
    assert paths[0].name == "A01_第一河川局_wra-105_105年度上半年_自行.xlsx"
    outlines = [Path(each["path"]) for each in ran.document["documents"]]
    assert [each["document"] for each in ran.document["documents"]][:2] == [
        "creative-service",
        "annual-report",
    ]
    made = {path.name for path in (*paths, *outlines)}
    assert {path.name for path in Path("表 件").iterdir()} == made | {"表件清單.xlsx"}
    first, *listed = index_of(Path("表 件"))
    assert first[-2:] == ("應另附文件", "檔名")
    assert {row[-1] for row in listed} == made and len(listed) == len(made)
    assert [row[-2] for row in listed][:4] == ["", "創意服務計畫", "績效總報告", ""]


def test_a_rerun_writes_the_same_bytes(svcq: Run) -> None:
    svcq(*CALL, "--out", "a")
    before = {path.name: path.read_bytes() for path in Path("a").iterdir()}
    assert svcq(*CALL, "--out", "a").code == 0
    assert {path.name: path.read_bytes() for path in Path("a").iterdir()} == before


def test_a_form_that_may_have_been_filled_in_is_never_overwritten(svcq: Run) -> None:
    svcq(*CALL, "--out", "a")
    filled = Path("a/A03_第三河川局_wra-105_自行.xlsx")
    book = openpyxl.load_workbook(filled)
    book.save(filled)
    before = {path.name: path.read_bytes() for path in Path("a").iterdir()}
    ran = svcq(*CALL, "--out", "a")
    assert ran.code == 2
    assert "A03" in ran.err and "已填寫" in ran.err
    assert {path.name: path.read_bytes() for path in Path("a").iterdir()} == before


def test_an_outline_that_may_have_been_filled_in_is_never_overwritten(svcq: Run) -> None:
    svcq(*CALL, "--out", "a")
    filled = Path("a/A03_第三河川局_績效總報告.docx")
    filled.write_bytes(filled.read_bytes() + b"filled in")
    ran = svcq(*CALL, "--out", "a")
    assert ran.code == 2
    assert "A03_第三河川局_績效總報告" in ran.err and "已填寫" in ran.err


def test_outlines_go_to_units_that_fill_in_a_form_themselves(svcq: Run) -> None:
    ran = svcq(*CALL, "--out", "a", "--assessor", "hq", "--json")
    assert ran.document["documents"] == [] and not list(Path("a").glob("*.docx"))


def test_head_office_forms_say_so_in_title_and_name(svcq: Run) -> None:
    ran = svcq(*CALL, "--out", "a", "--assessor", "hq", "--json")
    form = ran.document["forms"][0]
    assert form["assessor"] == "hq"
    sheet = openpyxl.load_workbook(form["path"])["評分表"]
    assert sheet["B1"].value == "經濟部水利署105年度提升服務品質(本署)考核項目及評分表"


def test_each_member_of_a_committee_gets_a_form_for_each_unit(svcq: Run) -> None:
    Path("委員.csv").write_text("編號,考核人員\nC1,委員一\nC2,委員二\n", encoding="utf-8-sig")
    ran = svcq(*CALL, "--out", "a", "--assessor", "委員.csv", "--json")
    assert len(ran.document["forms"]) == 28
    assert {form["assessor"] for form in ran.document["forms"]} == {"C1", "C2"}


def test_forms_in_both_formats_are_listed_one_by_one(svcq: Run) -> None:
    ran = svcq(*CALL, "--out", "a", "--format", "both", "--json")
    assert ran.code == 0
    paths = [Path(form["path"]) for form in ran.document["forms"]]
    assert len(paths) == 28 and all(path.is_file() for path in paths)
    assert [path.suffix for path in paths] == [".xlsx", ".ods"] * 14
    assert [path.stem for path in paths[::2]] == [path.stem for path in paths[1::2]]
    listed = [row[-1] for row in index_of(Path("a"))[1:]]
    assert [name for name in listed if not name.endswith(".docx")] == [p.name for p in paths]
    before = {path.name: path.read_bytes() for path in Path("a").iterdir()}
    assert "14 份" in svcq(*CALL, "--out", "a", "--format", "both").err
    assert {path.name: path.read_bytes() for path in Path("a").iterdir()} == before


def test_forms_in_ods_only(svcq: Run) -> None:
    assert svcq(*CALL, "--out", "a", "--format", "ods").code == 0
    others = {"表件清單.xlsx", *(path.name for path in Path("a").glob("*.docx"))}
    names = {path.name for path in Path("a").iterdir()} - others
    assert len(names) == 14
    assert all(name.endswith("_自行.ods") for name in names)


def test_a_filled_ods_keeps_both_formats_from_being_written(svcq: Run) -> None:
    svcq(*CALL, "--out", "a", "--format", "ods")
    filled = Path("a/A03_第三河川局_wra-105_自行.ods")
    filled.write_bytes(filled.read_bytes() + b"filled in")
    ran = svcq(*CALL, "--out", "a", "--format", "both")
    assert ran.code == 2
    assert "A03" in ran.err and "已填寫" in ran.err
    assert not list(Path("a").glob("A*.xlsx"))


def test_an_unknown_format_is_answered_with_those_there_are(svcq: Run) -> None:
    ran = svcq(*CALL, "--out", "a", "--format", "doc")
    assert ran.code == 2
    assert "請填 xlsx、ods 或 both" in ran.err
    assert not Path("a").exists()


def test_ods_of_a_rubric_of_ones_own_needs_libreoffice(
    svcq: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (folder() / "wra-105.yaml").read_text(encoding="utf-8")
    Path("自訂.yaml").write_text(text.replace("id: wra-105", "id: own-105", 1), encoding="utf-8")
    monkeypatch.setattr(masters, "to_ods", lambda forms: Converted({}, ABSENT))
    own = ("generate", "--rubric", "自訂.yaml", "--units", UNITS, "--out", "a")
    ran = svcq(*own, "--format", "both")
    assert ran.code == 2
    assert "請安裝 LibreOffice" in ran.err
    assert not Path("a").exists()
    assert svcq(*own).code == 0


def test_a_wrong_list_of_units_costs_a_message_and_writes_nothing(svcq: Run) -> None:
    Path("名單.csv").write_text("編號,受考核單位名稱\nA01,甲\nＡ01,乙\n", encoding="utf-8")
    ran = svcq("generate", "--rubric", "wra-105", "--units", "名單.csv", "--out", "a")
    assert ran.code == 2
    assert "名單.csv 第 3 列" in ran.err
    assert not Path("a").exists()


def test_a_folder_that_cannot_be_made_is_a_fault_of_the_machine(svcq: Run) -> None:
    Path("檔案").write_text("", encoding="utf-8")
    ran = svcq(*CALL, "--out", "檔案")
    assert ran.code == 3
    assert "無法寫入" in ran.err and "Traceback" not in ran.err


@pytest.mark.parametrize("how", [(), ("-q",), ("--json",)])
def test_what_is_no_unit_in_a_list_is_said_and_gets_no_form(
    svcq: Run, how: tuple[str, ...]
) -> None:
    Path("名單.csv").write_text("單位代碼,單位名稱\nA01,第一河川局\n合計,1\n", "utf-8")
    call = ("generate", "--rubric", "wra-105", "--units", "名單.csv", "--out", "a")
    ran = svcq(*call, *how)
    assert ran.code == 0
    assert "名單.csv 第 3 列" in ran.err and "「合計」" in ran.err
    assert {path.name[:3] for path in Path("a").iterdir()} == {"A01", "表件清"}


def test_a_check_and_a_merge_say_the_same_of_a_list(svcq: Run) -> None:
    Path("名單.csv").write_text("單位代碼,單位名稱\nA01,第一河川局\n合計,1\n", "utf-8")
    Path("收件").mkdir()
    call = ("收件", "--rubric", "wra-105", "--units", "名單.csv", "--json")
    for ran in (svcq("check", *call), svcq("merge", *call, "--out", "a.xlsx")):
        assert ran.document["summary"]["expected"] == 1
        assert "名單.csv 第 3 列" in ran.err


@pytest.mark.parametrize("name", ["第一區域服務據點暨附屬機關" * 8, "Long " * 60])
def test_a_long_name_leaves_round_and_kind_in_the_files_name(svcq: Run, name: str) -> None:
    Path("名單.csv").write_text(f"編號,單位名稱\nA01,{name}\n", "utf-8")
    call = ("generate", "--rubric", "wra-105", "--units", "名單.csv", "--round", "105年度上半年")
    ran = svcq(*call, "--out", "a", "--json")
    [form] = ran.document["forms"]
    assert Path(form["path"]).name.endswith("_wra-105_105年度上半年_自行.xlsx")


@pytest.mark.parametrize(
    ("rubric", "assessor", "said"),
    [
        ("khb-106", "hq", "khb-106：考核類別只有 self（自行），沒有 hq（主辦機關）"),
        ("khb-106", "委員.csv", "沒有 committee（考核小組）"),
        ("hccg-105", "hq", "考核類別只有 committee（考核小組）、self（自行檢測），沒有 hq"),
    ],
)
def test_forms_of_a_kind_that_the_definition_does_not_have_are_refused(
    svcq: Run, rubric: str, assessor: str, said: str
) -> None:
    Path("委員.csv").write_text("考核人員\n王委員\n", "utf-8")
    call = ("generate", "--rubric", rubric, "--units", UNITS, "--out", "a")
    ran = svcq(*call, "--assessor", assessor)
    assert ran.code == 2
    assert said in ran.err
    assert not Path("a").exists()


def test_without_a_word_on_who_assesses_a_definition_without_self_assessment_asks(
    svcq: Run,
) -> None:
    text = SOUND.replace("  self: 自行\n", "  hq: 本署\n").replace("kind: self", "kind: hq")
    Path("小.yaml").write_text(text, "utf-8")
    call = ("generate", "--rubric", "小.yaml", "--units", UNITS, "--out", "a")
    assert svcq(*call).code == 2 and not Path("a").exists()
    assert svcq(*call, "--assessor", "hq").code == 0
