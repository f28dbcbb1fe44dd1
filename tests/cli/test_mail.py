"""`svcq mail` in a folder: whom letters go to, what stands in them, that each goes out once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from openpyxl import load_workbook

from svcq_excel.assessment.folder import Folder
from tests.assessment.folders import MATTERS, SAMPLES, assessment, units_of
from tests.cli.conftest import Run
from tests.cli.letters import drafts, everything_in, names_in, read, text_of
from tests.letters.servers import Office, port_of, served

SAID = {
    **MATTERS,
    "聯絡電子郵件": "plan@example.gov.tw",
    "補正期限": "105年8月15日",
    "申復期限": "105年11月30日",
    "申復方式": "以書面敘明理由向本署秘書室提出申復",
}


@pytest.fixture
def folder(svcq: Run) -> Folder:
    return assessment(Path("105 年度"), SAID)


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def port(office: Office) -> Iterator[int]:
    controller = served(office)
    yield port_of(controller)
    controller.stop()


def test_announcing_gives_each_unit_its_own_form_and_outlines(svcq: Run, folder: Folder) -> None:
    (folder.blank_forms / "第一河川局.xlsx").unlink()
    ran = svcq("-C", folder.path, "mail", "announce", "--json")
    assert ran.code == 0
    found = drafts(folder, "發送表件")
    assert [each["unit"] for each in ran.document["mails"]] == list(found)
    for code, name, email, *_ in units_of("wra-105")[1:]:
        message = found[code]
        assert message["To"] == email
        assert names_in(message) == [
            f"{code}_{name}_wra-105_105年度上半年_自行.xlsx",
            f"{code}_{name}_創意服務計畫.docx",
            f"{code}_{name}_績效總報告.docx",
        ]
        assert f"受文者：{name}\n" in text_of(message)
        assert "請於105年7月31日（星期日）前填妥寄回" in text_of(message)


def test_no_letter_holds_a_word_about_another_unit(svcq: Run, folder: Folder) -> None:
    for occasion in ("announce", "remind", "return", "notify"):
        svcq("-C", folder.path, "mail", occasion)
    names = {row[0]: row[1] for row in units_of("wra-105")[1:]}
    looked = 0
    for path in folder.letters.rglob("*.eml"):
        own, whole = path.name[:3], everything_in(read(path))
        others = {name for code, name in names.items() if code != own and name in whole}
        assert not others, path
        looked += 1
    assert looked >= 14 + 4 + 3


def test_reminding_goes_to_who_has_not_handed_in_or_not_corrected(
    svcq: Run, folder: Folder
) -> None:
    assert svcq("-C", folder.path, "mail", "remind").code == 0
    found = drafts(folder, "催請繳交")
    assert [*found] == ["A04", "A05", "A06", "A14"]
    assert "自行考核評分表：所送檔案無法採用，請重新填寫寄送" in text_of(found["A14"])
    assert "第一次通知" in text_of(found["A14"])
    assert "已收到，惟有應補正事項" in text_of(found["A04"])


def test_who_is_late_is_asked_to_hurry_and_who_is_not_is_told_until_when(svcq: Run) -> None:
    for name, year, by in (("前", "105", "儘速"), ("後", "190", "於190年7月31日（星期日）前")):
        folder = assessment(Path(name), {**SAID, "繳交期限": f"{year}年7月31日"}, returned=None)
        svcq("-C", folder.path, "mail", "remind")
        text = text_of(drafts(folder, "催請繳交")["A01"])
        assert f"請{by}寄回" in text and "自行考核評分表：尚未收到" in text
        assert ("已逾期限：105年7月31日（星期日）" in text) == (year == "105")


def test_who_was_reminded_when_is_listed_and_who_has_handed_in_since_too(
    svcq: Run, office: Office, port: int
) -> None:
    folder = assessment(Path("催"), SAID, returned=None)
    call = ["-C", folder.path, "mail", "remind", "--send", "--smtp-host", "127.0.0.1"]
    call += ["--smtp-port", port, "--smtp-security", "none"]
    svcq(*call)
    svcq(*call, "--again", "A14")
    shutil.copytree(SAMPLES / "returned", folder.inbox, dirs_exist_ok=True)
    said = svcq("-C", folder.path, "mail", "remind", "--list").out.splitlines()
    by_unit = {line[:3]: line for line in said}
    assert by_unit["A14"].count("已寄出") == 2 and "現已不必寄" not in by_unit["A14"]
    assert by_unit["A01"].count("已寄出") == 1 and by_unit["A01"].endswith("現已不必寄")
    assert "已寄出" not in svcq("-C", folder.path, "mail", "return", "--list").out


def test_sending_back_lists_in_the_letter_what_has_to_be_corrected(
    svcq: Run, folder: Folder
) -> None:
    assert svcq("-C", folder.path, "mail", "return").code == 0
    found = drafts(folder, "退請補正")
    assert [*found] == ["A04", "A05", "A06"]
    assert "得分 110 超過滿分" in text_of(found["A04"])
    assert names_in(found["A04"]) == ["A04_第四河川局_wra-105_105年度上半年_自行_補正.xlsx"]


def test_a_notice_tells_a_unit_its_own_result_and_how_to_appeal(svcq: Run, folder: Folder) -> None:
    results = svcq("-C", folder.path, "merge", "--json").document
    assert svcq("-C", folder.path, "mail", "notify").code == 1  # others have no result yet
    found = drafts(folder, "通知結果")
    accepted = {u["unit"]: u for u in results["units"] if u["status"] == "accepted"}
    assert [*found] == [*accepted]
    for code, message in found.items():
        unit, text = accepted[code], text_of(message)
        assert names_in(message) == [f"{code}_{unit['name']}_成績說明.xlsx"]
        assert f"總分 {unit['total']:g} 分（滿分 1000 分）" in text
        assert f"等第：{unit['grade']}。" in text
        for item, score in unit["items"].items():
            assert f"{item}：{score:g} 分" in text
        assert "請於105年11月30日（星期三）前以書面敘明理由向本署秘書室提出申復。" in text
        assert "名次" not in text


@pytest.mark.parametrize("only", [["--list"], ["--dry-run"], ["--show", "A01"]])
def test_letters_that_are_only_looked_at_make_no_blank_forms(
    svcq: Run, folder: Folder, only: list[str]
) -> None:
    shutil.rmtree(folder.blank_forms, ignore_errors=True)
    for occasion in ("announce", "remind"):
        assert "A01" in svcq("-C", folder.path, "mail", occasion, *only).out or occasion == "remind"
    assert not folder.blank_forms.exists() and not (folder.letters / "發送表件").exists()


def test_ranks_are_told_only_where_the_plan_says_so_and_they_are_final(
    svcq: Run, tmp_path: Path
) -> None:
    folder = assessment(Path("准"), {**SAID, "通知名次": "是"})
    ran = svcq("-C", folder.path, "mail", "notify", "--json")
    assert not ran.document["mails"]
    assert {each["reason"] for each in ran.document["without"]} >= {
        "名次為暫定，其他單位的結果尚未確定"
    }
    wrong = assessment(Path("不明"), {**SAID, "通知名次": "也許"})
    ran = svcq("-C", wrong.path, "mail", "notify")
    assert ran.code == 2 and "通知名次「也許」無法辨識" in ran.err and "「計畫」 B" in ran.err


def test_sending_twice_sends_once_and_says_so(
    svcq: Run, folder: Folder, office: Office, port: int
) -> None:
    call = ["-C", folder.path, "mail", "remind", "--send", "--smtp-host", "127.0.0.1"]
    call += ["--smtp-port", port, "--smtp-security", "none"]
    dry = svcq(*call, "--dry-run")
    assert not office.taken and dry.out.count("→ 會寄出") == 4
    first = svcq(*call)
    assert first.code == 0 and "已寄出 4 封" in first.err
    assert {each.sender for each in office.taken} == {"plan@example.gov.tw"}
    second = svcq(*call)
    assert len(office.taken) == 4 and "先前已寄 4 封" in second.err
    listed = svcq("-C", folder.path, "mail", "remind", "--list")
    assert listed.out.count("已寄出") == 4
    dry = svcq("-C", folder.path, "mail", "remind", "--dry-run", "--again", "A14")
    assert (dry.out.count("→ 不再寄"), dry.out.count("→ 會寄出")) == (3, 1)
    assert not (folder.letters / "催請繳交").exists()
    assert svcq(*call, "--again", "X99").code == 2
    third = svcq(*call, "--again", "A14", "--json")
    assert len(office.taken) == 5
    assert all(each["sent"] for each in third.document["mails"])
    text = message_from_bytes(office.taken[-1].content, policy=policy.default)
    assert isinstance(text, EmailMessage)
    assert "第二次通知" in text_of(text)


def test_the_preview_and_the_sending_have_the_same_letters(
    svcq: Run, folder: Folder, office: Office, port: int
) -> None:
    previewed = svcq("-C", folder.path, "mail", "remind", "--list", "--json").document["mails"]
    call = ["-C", folder.path, "mail", "remind", "--send", "--smtp-host", "127.0.0.1"]
    svcq(*call, "--smtp-port", port, "--smtp-security", "none")
    assert [each["to"] for each in previewed] == [each.recipients for each in office.taken]


def test_a_draft_of_who_has_handed_in_since_is_gone_the_next_time(
    svcq: Run, folder: Folder
) -> None:
    svcq("-C", folder.path, "mail", "remind")
    stale = folder.letters / "催請繳交" / "A01_第一河川局_催請繳交.eml"
    stale.write_bytes(
        (folder.letters / "催請繳交" / "A14_臺北水源特定區管理局_催請繳交.eml").read_bytes()
    )
    (folder.letters / "催請繳交" / "自己寫的.eml").write_bytes(b"Subject: x\r\n\r\n")
    svcq("-C", folder.path, "mail", "remind")
    assert not stale.exists()
    assert (folder.letters / "催請繳交" / "自己寫的.eml").exists()


def test_the_plans_own_texts_are_used_and_their_faults_told_by_cell(svcq: Run) -> None:
    own = [["信件", "主旨", "內文"], ["催請繳交", "{受考核單位名稱}請繳", "第一行\n{未完成事項}"]]
    folder = assessment(Path("自訂"), SAID, 信件=own)
    svcq("-C", folder.path, "mail", "remind")
    message = drafts(folder, "催請繳交")["A14"]
    assert message["Subject"] == "臺北水源特定區管理局請繳"
    assert text_of(message).startswith("第一行\n　　　　（一）自行考核")
    wrong = [own[0], ["催請繳交", "{單位}", "x"], ["催繳", "a", "b"], ["通知結果", "", "只有內文"]]
    ran = svcq("-C", assessment(Path("錯誤"), SAID, 信件=wrong).path, "mail", "remind")
    assert ran.code == 2
    assert "「信件」 B2：" in ran.err and "不認得信件「催繳」" in ran.err and "沒有主旨" in ran.err


def test_units_without_an_address_are_named(svcq: Run) -> None:
    units = [row[:] for row in units_of("wra-105")]
    units[14][2] = ""
    folder = assessment(Path("無址"), SAID, units)
    ran = svcq("-C", folder.path, "mail", "remind", "--json")
    assert ran.code == 1
    assert ran.document["without"] == [{"unit": "A14", "reason": "名單上沒有電子郵件"}]


def test_without_a_server_sending_says_where_it_is_to_be_said(svcq: Run, folder: Folder) -> None:
    ran = svcq("-C", folder.path, "mail", "remind", "--send")
    assert ran.code == 2 and "請在「計畫」填寄件伺服器" in ran.err


def test_letters_outside_of_a_folder_take_what_the_call_says(svcq: Run, tmp_path: Path) -> None:
    call = ["--rubric", "wra-105", "--units", SAMPLES / "units.csv", "--round", "105年度上半年"]
    ran = svcq("mail", "announce", *call, "--forms", "表件", "--out", "信", "--json")
    assert ran.code == 0 and len(ran.document["mails"]) == 14
    assert len([*Path("信/發送表件").glob("*.eml")]) == 14
    assert svcq("mail", "announce", *call, "--forms", "表件").code == 2


def test_one_letter_is_shown_whole(svcq: Run, folder: Folder) -> None:
    ran = svcq("-C", folder.path, "mail", "remind", "--show", "A14")
    assert ran.out.startswith("收件人：taipei@example.gov.tw\n主旨：請儘速繳交")
    assert svcq("-C", folder.path, "mail", "remind", "--show", "A01").code == 2


def test_neither_the_plan_nor_the_inbox_is_written(svcq: Run, folder: Folder) -> None:
    def held() -> dict[Path, bytes]:
        files = [folder.plan_workbook, *folder.inbox.rglob("*")]
        return {path: path.read_bytes() for path in files if path.is_file()}

    before = held()
    for occasion in ("announce", "remind", "return", "notify"):
        svcq("-C", folder.path, "mail", occasion)
    assert held() == before
    assert [*folder.letters.iterdir()]


def test_status_tells_what_was_sent_to_a_unit_and_when(
    svcq: Run, folder: Folder, office: Office, port: int
) -> None:
    call = ["-C", folder.path, "mail", "remind", "--send", "--smtp-host", "127.0.0.1"]
    svcq(*call, "--smtp-port", port, "--smtp-security", "none")
    ran = svcq("-C", folder.path, "status")
    assert ran.out.count("「催請繳交」已寄出") == 4
    told = svcq("-C", folder.path, "status", "--json").document["units"]
    by_unit = {each["unit"]: each["letters"] for each in told}
    assert [each["occasion"] for each in by_unit["A14"]] == ["remind"] and not by_unit["A01"]
    assert "「催請繳交」已寄出" in (folder.results / "進度.html").read_text("utf-8")
    book = load_workbook(folder.results / "進度.xlsx")
    cells = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row]
    assert sum("「催請繳交」已寄出" in text for text in cells) == 4
