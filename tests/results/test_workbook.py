"""The statistics workbook as a whole: its sheets, its safety, and the same bytes every time."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from zipfile import ZipFile

import pytest

from svcq_excel.results.model import FileResult, Outcome
from svcq_excel.results.workbook import write_statistics
from tests.results.reading import grid, opened, row_of
from tests.results.samples import outcome, received, submission, violation

AFTER_TABLES = ["排名與獎懲", "統計圖表", "圖表資料", "細項得分", "優缺點彙整"]
AFTER_TABLES += ["邊界清單", "檢核結果", "各項問題", "易錯細項", "繳交情形", "收件紀錄", "來源"]


def both_kinds() -> Outcome:
    forms = [
        submission("A01", 950),
        submission("A02", 950),
        submission("A03", 700),
        submission("A01", 990, "self"),
        submission("A02", 940, "self"),
        submission("A05", 800, "self"),
    ]
    files = [
        received("A01", "第一 河川局"),
        received("A04", "第四河川局", "hq", violation(), violation("band-missing", "warning")),
        received("A02", "達成100%25", "hq", violation("near-threshold", "notice")),
        FileResult("收件/a.zip!b.xlsx", "rejected", None, None, (), "讀不出", "收件/a.zip!b.xlsx"),
        FileResult("收件/Thumbs.db", "ignored", None, None),
    ]
    return outcome(forms, [("A04", "hq")], files)


def test_the_sheets_of_one_kind() -> None:
    names = opened(write_statistics(outcome([submission("A01", 900)]))).sheetnames
    assert names == ["考核結果統計表", "目次", *AFTER_TABLES]


def test_two_kinds_have_a_table_each_and_a_sheet_of_differences() -> None:
    workbook = write_statistics(both_kinds())
    tables = ["考核結果統計表", "考核結果統計表（自行）", "自行與本署差異"]
    charts = [*AFTER_TABLES[:3], "單位與同組"]
    details = [*charts, AFTER_TABLES[3], tables[2], *AFTER_TABLES[4:]]
    assert opened(workbook).sheetnames == [tables[0], "目次", tables[1], *details]
    first, third = row_of(workbook, tables[2], "A01", 0), row_of(workbook, tables[2], "A03", 0)
    assert first[-3:] == [990, 950, 40]
    assert third[-3:] == ["未繳", 700, None]


def test_equal_outcomes_give_equal_bytes() -> None:
    assert write_statistics(both_kinds()) == write_statistics(both_kinds())


def test_no_sheet_is_protected_and_every_one_prints_across() -> None:
    for sheet in opened(write_statistics(both_kinds())):
        assert not sheet.protection.sheet
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.print_title_rows
        assert sheet.freeze_panes
        assert sheet.print_area


def test_ranks_say_ties_rewards_and_their_clause() -> None:
    workbook = write_statistics(both_kinds())
    rows = grid(workbook, "排名與獎懲")
    first, second, third = rows[3:6]
    clause = ["（暫定）機關首長嘉獎二次，其他有功人員由各機關自行敘獎", "柒、二"]
    assert first == [1, "A01", "第一河川局", 950, "優", "名次暫定\n並列第1名", *clause]
    assert second == [1, "A02", "第二河川局", 950, "優", "名次暫定\n並列第1名", *clause]
    assert third[0] == 3
    assert rows[6] == [None, "A04", "第四河川局", None, None, "待補正", None, None]


def test_leaf_scores_can_be_filtered_and_the_means_stand_outside() -> None:
    workbook = write_statistics(both_kinds())
    sheet = opened(workbook)["細項得分"]
    assert sheet.auto_filter.ref == "A3:AC31"
    assert sheet["D2"].value == "服務流程"
    assert sheet["D3"].value == "提供案件承辦資訊種類\n120分"
    assert sheet["D33"].value == '=IFERROR(SUBTOTAL(101,D4:D31),"")'
    assert grid(workbook, "細項得分")[32][3] == 120


def test_remarks_notes_and_comments_stand_in_full() -> None:
    long = "本機關於年度內辦理說明會，蒐集民眾意見。" * 100
    form = submission(
        "A01",
        900,
        remarks={"A1": {"strengths": long, "progress": "已改善"}},
        notes={"A1.1.2": "依抽測"},
        comments="整體良好",
    )
    rows = [r for r in grid(write_statistics(outcome([form])), "優缺點彙整") if r[0] == "A01"]
    assert {tuple(row[:4]) for row in rows[:-2]} == {("A01", "第一河川局", "本署", "服務流程")}
    assert "".join(str(row[4]) for row in rows[:-2]) == long
    assert rows[0][7] == "已改善"
    assert rows[-2][3:5] == ["案件處理流程主動回應程度（備註）", "依抽測"]
    assert rows[-1][3:5] == ["優點、建議改進事項", "整體良好"]


def test_findings_stand_by_severity_and_open_the_cell_they_are_about() -> None:
    sheet = opened(write_statistics(both_kinds()))["檢核結果"]
    rows = list(sheet.iter_rows(min_row=4))
    assert [row[3].value for row in rows] == ["應更正", "請確認", "提示"]
    link = rows[0][1].hyperlink
    assert link
    assert (link.target, link.location) == (".\\收件\\第四河川局.xlsx", "評分表!K8")
    assert rows[2][0].value == "收件/達成100%25.xlsx"
    assert rows[2][1].hyperlink is None, "what looks escaped would open another file"


def test_without_findings_the_sheet_says_so() -> None:
    rows = grid(write_statistics(outcome([submission("A01", 900)])), "檢核結果")
    assert rows[3][0] == "無"


def test_hand_ins_tell_of_every_unit_whether_its_form_came() -> None:
    rows = grid(write_statistics(both_kinds()), "繳交情形")
    fourth = next(row for row in rows if row[0] == "A04")
    assert fourth[2:9] == ["本署", "待補正", None, None, 1, 1, "收件/第四河川局.xlsx"]
    assert [row[0] for row in rows[2:-2]] == [unit.unit.code for unit in both_kinds().units]
    assert rows[-1][0] == (
        "單位 14。本署：已繳 3、待補正 1、未繳 10；自行：已繳 3、待補正 0、未繳 11"
    )


@pytest.mark.parametrize(
    "text",
    [
        "=cmd|' /C calc'!A0",
        "@SUM(A1)",
        "+1+1",
        "-1",
        "http://x.example",
        "00123",
        "{=1}",
        "_x0041_",
    ],
)
def test_text_from_units_stays_text(text: str) -> None:
    form = submission(
        "A01",
        900,
        assessor_name=text,
        comments=text,
        notes={"A1.1.2": text},
        remarks={"A1": {"strengths": text}},
    )
    file = FileResult(
        text, "rejected", text, text, (violation(found=text, sheet=text),), text, text
    )
    workbook = write_statistics(outcome([form], files=[file]))
    assert row_of(workbook, "優缺點彙整", "服務流程", 3)[4] == text
    for sheet in opened(workbook):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert str(cell.value).startswith(("=SUM(", "=IF(", "=IFERROR(SUBTOTAL("))


@pytest.mark.parametrize("text", ["𠮷堃喆\ue000" * 8_000, "第一行\n" * 300, "字" * 32_767])
def test_what_one_cell_cannot_hold_goes_on_in_the_next_row(text: str) -> None:
    form = submission("A01", 900, notes={"A1.1.2": text}, remarks={"A1": {"strengths": text}})
    rows = grid(write_statistics(outcome([form])), "優缺點彙整")
    for what in ("服務流程", "案件處理流程主動回應程度（備註）"):
        assert "".join(str(row[4]) for row in rows if row[3] == what) == text


def test_hostile_texts_make_a_workbook_that_opens() -> None:
    hostile = "\x00\x1b\ud800" + "字" * 40_000 + "\r\n" * 300
    form = submission("A01", 900, assessor_name=hostile, comments=hostile)
    found = violation(found=hostile, sheet=hostile, cell=hostile)
    file = FileResult(hostile, "needs-correction", "A02", "hq", (found,), hostile, hostile)
    workbook = write_statistics(outcome([form], files=[file]))
    shown = [r[4] for r in grid(workbook, "優缺點彙整") if r[3] == "優點、建議改進事項"]
    assert "".join(str(text) for text in shown).count("字") == 40_000
    for part in ZipFile(BytesIO(workbook)).namelist():
        assert b"\x00" not in ZipFile(BytesIO(workbook)).read(part)


def test_awkward_names_of_kinds_make_sheets_all_the_same() -> None:
    forms = [submission("A01", 900, kind) for kind in ("hq", "self", "committee")]
    made = outcome(forms)
    rubric = made.rubric.model_copy(
        update={"kinds": dict.fromkeys(("self", "committee"), "'甲/乙:'" * 9)}
    )
    names = opened(write_statistics(Outcome(rubric, "", made.units, ()))).sheetnames
    assert len({name.casefold() for name in names}) == len(names)
    assert all(len(name) <= 31 for name in names)


def test_only_concluding_imports_pandas() -> None:
    rooms = "svcq_excel.results.scoring.totals, svcq_excel.results.workbook"
    code = f"import sys, {rooms}; print('pandas' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
