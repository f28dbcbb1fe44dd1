"""Letters of every kind of assessment: committees, checklists, rounds, no deadline, many units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook

from svcq_excel.letters.journal import Journal
from svcq_excel.letters.letter import Letter
from tests.assessment.folders import MATTERS, SAMPLES, assessment
from tests.assessments.checklists import handed_in, plan_of
from tests.cli.conftest import Run
from tests.cli.letters import drafts, everything_in, names_in, read, text_of
from tests.letters.servers import Office, port_of, served

SAID = {**MATTERS, "聯絡電子郵件": "plan@example.gov.tw"}
UNITS = [
    ["編號", "受考核單位名稱", "組別", "電子郵件"],
    ["A01", "衛生局", "第1組", "a@example.gov.tw、a2@example.gov.tw"],
    ["A02", "稅務局", "第1組", "b@example.gov.tw"],
]


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def server(office: Office) -> Iterator[list[object]]:
    """What a call says to reach it."""
    controller = served(office)
    yield [
        *("--send", "--smtp-host", "127.0.0.1", "--smtp-port", port_of(controller)),
        *("--smtp-security", "none"),
    ]
    controller.stop()


def test_what_members_of_a_committee_fill_in_goes_to_no_unit_which_is_said_once(svcq: Run) -> None:
    matters = {"評分表定義": "hccg-105", "聯絡電子郵件": "plan@example.gov.tw"}
    members = [["考核人員"], ["委員甲"], ["委員乙"]]
    folder = assessment(Path("小組"), matters, UNITS, returned=None, 考核人員=members)
    ran = svcq("-C", folder.path, "mail", "announce")
    assert not drafts(folder, "發送表件")
    assert ran.err.count("沒有要由這個單位填寫的表件") == 1
    assert "另有由考核人員填寫的表件 4 份" in ran.err
    ran = svcq("-C", folder.path, "mail", "remind", "--json")
    assert ran.document["mails"] == [] and len(ran.document["notes"]) == 1


@pytest.mark.processes
def test_a_notice_tells_what_a_committee_wrote_and_not_who_of_it(svcq: Run) -> None:
    demo = SAMPLES / "hccg-105"
    units = [line.split(",") for line in (demo / "units.csv").read_text("utf-8-sig").split()]
    units = [[*units[0], "電子郵件"], *([*unit, "u@example.gov.tw"] for unit in units[1:])]
    lines = (demo / "assessors.csv").read_text("utf-8-sig").split()
    members = [line.split(",") for line in lines]
    matters = {"評分表定義": "hccg-105", "聯絡電子郵件": "plan@example.gov.tw"}
    returned = demo / "returned"
    folder = assessment(Path("委員"), matters, units, returned=returned, 考核人員=members)
    svcq("-C", folder.path, "mail", "notify")
    told = "\n".join(map(everything_in, drafts(folder, "通知結果").values()))
    assert "民眾免奔波" in told and "考核人員：共 3 位" in told
    names = [row[0] for row in members[1:]]
    assert not [name for name in names if name in told], "nor in the sheet that goes with it"
    book = load_workbook(folder.plan_workbook)
    book["計畫"].append(["通知各考核人員評分", "是"])
    book.save(folder.plan_workbook)
    svcq("-C", folder.path, "mail", "notify")
    told = "\n".join(map(everything_in, drafts(folder, "通知結果").values()))
    assert [name for name in names if name in told]


@pytest.mark.processes
def test_who_had_nothing_to_say_is_not_quoted(svcq: Run) -> None:
    units = Path("名單.csv")
    units.write_text("編號,受考核單位名稱,電子郵件\nKHB,高雄區營業處,k@example.gov.tw\n", "utf-8")
    call = ["--rubric", "khb-106", "--units", units, "--out", "信", "--show", "KHB"]
    shown = svcq("mail", "notify", SAMPLES / "khb-106" / "returned", *call)
    assert "各項得分" in shown.out and "：無" not in shown.out


def test_a_checklist_s_notice_counts_its_steps_and_has_no_total(svcq: Run, tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "102年4月", ("P1", "P2"))
    inbox = handed_in(plan, tmp_path, {"P1": {}, "P2": {"A1": {"status": "未辦理"}}})
    units = tmp_path / "有址.csv"
    units.write_text(
        "編號,受考核單位名稱,電子郵件\nP1,新建工程處,p1@example.gov.tw\nP2,養護工程處,p2@example.gov.tw\n",
        "utf-8",
    )
    call = ["--rubric", "kpw-102", "--units", units, "--round", "102年4月", "--out", "信"]
    assert svcq("mail", "notify", inbox, *call).code == 0
    said = {path.name[:2]: text_of(read(path)) for path in Path("信/通知結果").glob("*.eml")}
    assert "：已完成 1 項" in said["P1"] and "：未辦理 1 項" in said["P2"]
    assert not any(word in text for text in said.values() for word in ("總分", "各項得分", "等第"))
    Path("空").mkdir()
    ran = svcq("mail", "notify", "空", *call, "--json")
    assert {each["reason"] for each in ran.document["without"]} == {
        "考核結果尚未確定（自行檢核未繳）"
    }
    ran = svcq("mail", "announce", *call, "--forms", "表件", "--show", "P1")
    assert "檢核表" in ran.out and "評分表" not in ran.out


def test_each_round_of_a_folder_has_its_own_letters_and_its_own_record(
    svcq: Run, office: Office, server: list[object]
) -> None:
    folder = assessment(Path("兩期"), {"評分表定義": "wra-105"}, UNITS, returned=None)
    from openpyxl import load_workbook

    book = load_workbook(folder.plan_workbook)
    sheet = book["計畫"]
    for half, deadline in (("上半年", "190年7月31日"), ("下半年", "191年1月31日")):
        sheet.append(["期別", f"105年度{half}"])
        sheet.append(["繳交期限", deadline])
    for row in (("本次期別", "105年度上半年"), ("聯絡電子郵件", "plan@example.gov.tw")):
        sheet.append([*row])
    sheet.append(["考核種類", "自行考核"])
    book.save(folder.plan_workbook)
    for half, deadline in (("上半年", "190年7月31日"), ("下半年", "191年1月31日")):
        call = ["-C", folder.path, "mail", "announce", "--round", f"105年度{half}"]
        assert svcq(*call).code == 0
        made = folder.in_round(f"105年度{half}")
        text = text_of(drafts(made, "發送表件")["A01"])
        assert f"105年度{half}評分表" in text and f"繳交期限：{deadline}" in text
        assert "已寄出 2 封" in svcq(*call, *server).err
    assert len(office.taken) == 4


def test_without_deadlines_a_letter_asks_to_hurry_and_names_none(svcq: Run) -> None:
    said = {name: value for name, value in SAID.items() if name != "繳交期限"}
    folder = assessment(Path("無期限"), said)
    for occasion in ("announce", "remind", "return", "notify"):
        svcq("-C", folder.path, "mail", occasion)
    assert "請儘速填妥寄回" in text_of(drafts(folder, "發送表件")["A01"])
    assert "請儘速寄回" in text_of(drafts(folder, "催請繳交")["A04"])
    assert "請儘速補正後寄回" in text_of(drafts(folder, "退請補正")["A04"])
    for path in folder.letters.rglob("*.eml"):
        text = text_of(read(path))
        assert "期限：" not in text and "申復" not in text and "{" not in text, path


def test_a_unit_with_several_addresses_gets_one_letter_to_all_of_them(
    svcq: Run, office: Office, server: list[object]
) -> None:
    folder = assessment(Path("多址"), SAID, UNITS, returned=None)
    svcq("-C", folder.path, "mail", "announce")
    message = drafts(folder, "發送表件")["A01"]
    assert message["To"] == "a@example.gov.tw, a2@example.gov.tw"
    svcq("-C", folder.path, "mail", "announce", *server)
    assert [len(each.recipients) for each in office.taken] == [2, 1]


def test_forms_in_ods_are_announced_as_they_are(svcq: Run) -> None:
    folder = assessment(Path("ods"), {**SAID, "表件格式": "ods"}, UNITS, returned=None)
    svcq("-C", folder.path, "mail", "announce")
    names = names_in(drafts(folder, "發送表件")["A02"])
    assert [name for name in names if str(name).endswith(".ods")] and not [
        name for name in names if str(name).endswith(".xlsx")
    ]


def test_a_plan_in_yaml_says_who_is_to_be_asked(svcq: Run) -> None:
    Path("計畫.yaml").write_text(
        f"rubric: wra-105\nunits: {(SAMPLES / 'units.csv').as_posix()}\nround: 105年度上半年\n"
        "deadline: 190年7月31日\ncontact: 林小姐\nemail: plan@example.gov.tw\n",
        "utf-8",
    )
    ran = svcq("mail", "announce", "--plan", "計畫.yaml", "--forms", "表件", "--out", "信")
    assert ran.code == 0, ran.err
    message = read(next(Path("信/發送表件").glob("A01*.eml")))
    assert "於190年7月31日" in text_of(message) and "聯絡人 林小姐" in text_of(message)
    assert message["Reply-To"] == "plan@example.gov.tw"


def test_letters_to_three_hundred_units_are_their_own(svcq: Run) -> None:
    units: list[Sequence[object]] = [
        ["編號", "受考核單位名稱", "電子郵件"],
        *([f"U{n:03}", f"第{n}科", f"u{n}@example.gov.tw"] for n in range(300)),
        *([None] for _ in range(20)),
        [" ", "", "　"],
    ]
    folder = assessment(Path("三百"), SAID, units, returned=None)
    ran = svcq("-C", folder.path, "mail", "announce", "--json")
    assert len(ran.document["mails"]) == 300
    for code, message in drafts(folder, "發送表件").items():
        number = int(code[1:])
        assert message["To"] == f"u{number}@example.gov.tw"
        assert f"受文者：第{number}科\n" in text_of(message)
        assert all(str(name).startswith(f"{code}_第{number}科_") for name in names_in(message))


@pytest.mark.parametrize("answer, sent, asked_again", [("1", 1, 0), ("2", 2, 0), ("3", 1, 1)])
def test_what_may_have_arrived_is_asked_about_at_a_terminal(
    svcq: Run,
    office: Office,
    server: list[object],
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    sent: int,
    asked_again: int,
) -> None:
    import click

    folder = assessment(Path("問"), SAID, UNITS, returned=None)
    call = ["-C", folder.path, "mail", "announce", *server]
    office.answers = lambda at, what, before: (
        "cut" if at == "DATA" and what == "a@example.gov.tw" and not before else None
    )
    first = svcq(*call)
    assert first.code == 1 and "加上 --again A01 再寄；已經寄達時，加上 --arrived A01" in first.out
    asked = list[str]()
    monkeypatch.setattr("svcq_excel.cli.letters.sending.is_watched", lambda stream: True)

    def prompt(text: str, **more: object) -> str:
        asked.append(text)
        return answer

    monkeypatch.setattr(click, "prompt", prompt)
    assert svcq(*call).code == asked_again
    assert len(asked) == 1 and len(office.taken) == sent
    asked.clear()
    svcq(*call)
    assert len(asked) == asked_again and len(office.taken) == sent


def test_what_is_known_to_have_arrived_is_not_asked_about_any_more(
    svcq: Run, office: Office, server: list[object]
) -> None:
    folder = assessment(Path("寄達"), SAID, UNITS, returned=None)
    call = ["-C", folder.path, "mail", "announce", *server]
    office.answers = lambda at, what, before: "take and cut" if at == "DATA" else None
    svcq(*call)
    ran = svcq(*call, "--arrived", "A01", "--arrived", "A02")
    assert ran.code == 0 and "先前已寄 2 封" in ran.err and len(office.taken) == 2


def test_a_disk_that_is_full_stops_the_sending_before_the_letter(
    svcq: Run, office: Office, server: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    from svcq_excel.output import OutputBlockedError

    folder = assessment(Path("滿"), SAID, UNITS, returned=None)
    begin = Journal.begin

    def full(self: Journal, letter: Letter, at: object) -> int:
        if letter.unit == "A02":
            raise OutputBlockedError(folder.letters / "寄送紀錄.sqlite", "磁碟空間不足")
        return begin(self, letter, at)  # type: ignore[arg-type]

    monkeypatch.setattr(Journal, "begin", full)
    ran = svcq("-C", folder.path, "mail", "announce", *server)
    assert ran.code == 3 and "磁碟空間不足" in ran.err and "已寄出 1 封" in ran.err
    assert len(office.taken) == 1
    monkeypatch.setattr(Journal, "begin", begin)
    assert svcq("-C", folder.path, "mail", "announce", *server).code == 0
    assert len(office.taken) == 2


def test_the_index_of_forms_leads_to_the_drafts_that_there_are(svcq: Run) -> None:
    from openpyxl import load_workbook

    def links() -> dict[str, set[str]]:
        sheet = load_workbook(folder.blank_forms / "表件清單.xlsx").active
        assert sheet
        heads = [str(cell.value) for cell in sheet[1]]
        return {
            head: {
                str(cell.hyperlink.target).replace("\\", "/")
                for (cell,) in sheet.iter_rows(min_row=2, min_col=at, max_col=at)
                if cell.hyperlink
            }
            for at, head in enumerate(heads, 1)
            if head.endswith("信件草稿")
        }

    folder = assessment(Path("清單 與 草稿"), SAID, UNITS, returned=None)
    svcq("-C", folder.path, "generate")
    assert not links()
    svcq("-C", folder.path, "mail", "announce")
    assert [*links()] == ["發送表件信件草稿"]
    svcq("-C", folder.path, "mail", "remind")
    found = links()
    assert [*found] == ["發送表件信件草稿", "催請繳交信件草稿"]
    for targets in found.values():
        assert len(targets) == 2
        for target in targets:
            assert target.startswith("../信件/") and (folder.blank_forms / target).is_file()
    before = (folder.blank_forms / "表件清單.xlsx").read_bytes()
    svcq("-C", folder.path, "generate")
    assert (folder.blank_forms / "表件清單.xlsx").read_bytes() == before
    for path in folder.letters.rglob("*.eml"):
        path.unlink()
    svcq("-C", folder.path, "generate")
    assert not links()
