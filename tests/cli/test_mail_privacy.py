"""What a letter must never hold: another unit, a rank that is not told, a trick in a name."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from svcq_excel.assessment.folder import Folder
from svcq_excel.pipeline import define, issue
from svcq_excel.plan.assessors import SELF
from tests.assessment.folders import MATTERS, assessment, units_of
from tests.cli.conftest import Run
from tests.cli.letters import drafts, everything_in, text_of
from tests.paper.filled_form import Paper
from tests.paper.filling import fill

SAID = {**MATTERS, "聯絡電子郵件": "plan@example.gov.tw"}
UNITS = [
    ["編號", "受考核單位名稱", "電子郵件"],
    ["A01", "臺北市政府衛生局", "a@example.gov.tw"],
    ["A02", "衛生局", "b@example.gov.tw"],
    ["A03", "臺中分署", "c@example.gov.tw"],
]


def filled(folder: Folder, tmp_path: Path, note: str, comments: str) -> None:
    """Every unit's form, whose texts say something of all of them."""
    lists = tmp_path / "units.csv"
    lists.write_text("\n".join(",".join(row) for row in UNITS), "utf-8")
    plan = define("wra-105", lists, MATTERS["期別"])
    rubric = plan.rubric
    folder.inbox.mkdir(exist_ok=True)
    for at, form in enumerate(issue(plan, [SELF], tmp_path / "空白")):
        paper = Paper(form.path, rubric)
        fill(paper, form.unit.code, 900 - at, "王", "105年7月20日")
        paper.enter(rubric.leaves[0].id, note=note)
        paper.remark(rubric.items[0].id, suggestions=note)
        paper.enter(comments=comments)
        paper.save(folder.inbox / f"{form.unit.code}.xlsx")


@pytest.fixture
def folder(svcq: Run, tmp_path: Path) -> Folder:
    made = assessment(Path("評語 提到別人"), SAID, UNITS, returned=None)
    filled(
        made,
        tmp_path,
        "優於衛生局，可參考台 中分署及Ａ０３；A031 號案另計",
        "臺北市政府衛生局較佳\nA02 次之\n=1+1",
    )
    return made


def test_what_was_written_of_another_unit_never_travels_however_it_is_spelled(
    svcq: Run, folder: Folder
) -> None:
    ran = svcq("-C", folder.path, "mail", "notify")
    found = drafts(folder, "通知結果")
    assert [*found] == ["A01", "A02", "A03"]
    told = everything_in(found["A01"])
    assert "優於其他單位,可參考其他單位及其他單位;A031 號案另計" in told
    assert "臺北市政府衛生局較佳" in told and "其他單位 次之" in told
    assert "優於衛生局" in everything_in(found["A02"])
    assert "可參考其他單位" in everything_in(found["A02"])
    assert "其他單位較佳" in everything_in(found["A02"])
    assert "A01" not in everything_in(found["A03"])
    for name in ("A01 臺北市政府衛生局", "A02 衛生局", "A03 臺中分署"):
        assert f"請注意　{name}的評語或說明提到其他單位，信中改為「其他單位」。" in ran.err


def test_a_rank_that_is_not_told_stands_neither_in_the_letter_nor_in_what_goes_with_it(
    svcq: Run, folder: Folder
) -> None:
    svcq("-C", folder.path, "mail", "notify")
    for message in drafts(folder, "通知結果").values():
        whole = everything_in(message)
        assert "名次" not in whole and "第1名" not in whole and "獎懲" not in whole
    book = load_workbook(folder.plan_workbook)
    book["計畫"].append(["通知名次", "是"])
    book.save(folder.plan_workbook)
    svcq("-C", folder.path, "mail", "notify")
    whole = everything_in(drafts(folder, "通知結果")["A01"])
    assert "名次：第 1 名" in whole and whole.count("名次") >= 2


def test_no_text_from_a_form_is_a_formula_or_a_field_of_a_letter(
    svcq: Run, folder: Folder, tmp_path: Path
) -> None:
    filled(folder, tmp_path, "@SUM(1)、-1+1", "{總分}「等第」\r\nBcc: x@evil.tw")
    svcq("-C", folder.path, "mail", "notify")
    message = drafts(folder, "通知結果")["A01"]
    assert "{總分}「等第」" in text_of(message) and "Bcc" not in message
    assert message["To"] == "a@example.gov.tw"
    (sheet,) = message.iter_attachments()
    book = load_workbook(BytesIO(sheet.get_payload(decode=True)))  # type: ignore[arg-type]
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert {c.data_type for c in cells if str(c.value).startswith("@SUM(1)")} == {"s"}


@pytest.mark.parametrize("name", ["=1+1局", "+總務處", "-@局", "@SUM(A1)科"])
def test_a_unit_that_is_named_like_a_formula_is_text_everywhere(svcq: Run, name: str) -> None:
    units = [UNITS[0], ["A01", name, "a@example.gov.tw"], ["=2", "正常局", "b@example.gov.tw"]]
    folder = assessment(Path("公式"), SAID, units, returned=None)
    book = load_workbook(folder.plan_workbook)
    for row in book["受考核單位"].iter_rows():
        for cell in row:
            cell.data_type = "s"
    book.save(folder.plan_workbook)
    svcq("-C", folder.path, "generate")
    svcq("-C", folder.path, "mail", "announce")
    svcq("-C", folder.path, "status")
    assert f"受文者：{name}\n" in text_of(drafts(folder, "發送表件")["A01"])
    for path in (folder.blank_forms / "表件清單.xlsx", folder.results / "進度.xlsx"):
        cells = [cell for sheet in load_workbook(path) for row in sheet.iter_rows() for cell in row]
        held = [cell for cell in cells if cell.value in (name, "=2")]
        assert held and {cell.data_type for cell in held} == {"s"}


CYRILLIC = "plаn@example.gov.tw"  # its a is Cyrillic
FOLDED = "plan＠example.gov.tw"


def test_an_address_that_only_looks_like_one_gets_nothing(svcq: Run) -> None:
    units = [
        *UNITS[:2],
        ["A02", "衛生局", CYRILLIC],
        ["A03", "臺中分署", f"{CYRILLIC}; c@example.gov.tw"],
        ["A04", "全形局", "ｄ＠ｅｘａｍｐｌｅ．ｇｏｖ．ｔｗ"],
    ]
    folder = assessment(Path("同形字"), SAID, units, returned=None)
    ran = svcq("-C", folder.path, "mail", "announce", "--json")
    assert {each["unit"]: each["to"] for each in ran.document["mails"]} == {
        "A01": ["a@example.gov.tw"],
        "A03": ["c@example.gov.tw"],
        "A04": ["d@example.gov.tw"],
    }
    assert ran.document["without"] == [{"unit": "A02", "reason": "名單上沒有電子郵件"}]
    assert ran.err.count("不是電子郵件地址，未採用") == 2


def test_copies_and_senders_that_only_look_like_addresses_are_refused(svcq: Run) -> None:
    for at, said in enumerate((CYRILLIC, "a@b.tw\r\nBcc: c@d.tw", "王小姐")):
        folder = assessment(Path(f"副本{at}"), {**SAID, "副本收件人": said}, UNITS, returned=None)
        ran = svcq("-C", folder.path, "mail", "announce")
        assert ran.code == 2 and "「計畫」 B9：" in ran.err
        assert "不是電子郵件地址" in ran.err or "含有換行" in ran.err
    folder = assessment(Path("寄件"), {**SAID, "副本收件人": FOLDED}, UNITS, returned=None)
    call = ["-C", folder.path, "mail", "announce", "--send", "--smtp-host", "127.0.0.1"]
    ran = svcq(*call, "--from", CYRILLIC)
    assert ran.code == 2 and "不是一個電子郵件地址" in ran.err
    svcq("-C", folder.path, "mail", "announce")
    assert drafts(folder, "發送表件")["A01"]["Cc"] == "plan@example.gov.tw"


def test_nothing_of_the_samples_names_another_unit(svcq: Run) -> None:
    folder = assessment(Path("範例"), SAID)
    svcq("-C", folder.path, "mail", "notify")
    names = {row[0]: row[1] for row in units_of("wra-105")[1:]}
    for code, message in drafts(folder, "通知結果").items():
        whole = everything_in(message)
        assert not [name for other, name in names.items() if other != code and name in whole]
