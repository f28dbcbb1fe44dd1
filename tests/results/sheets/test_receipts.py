"""收件紀錄: every file is there, with its fate, its reason and what it is; the sum adds up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from svcq_excel.checks.batch import FileStatus
from svcq_excel.checks.violation import Violation
from svcq_excel.plan.decisions import Decision
from svcq_excel.results.model import FileResult, Outcome
from svcq_excel.results.wording import decided, files_by_status
from svcq_excel.results.workbook import write_report
from tests.results.reading import Grid, grid, opened, recovered
from tests.results.samples import ANYTHING, outcome, received, submission, violation

WEB_PAGE = Violation(
    *("unreadable-file", "error", None, "", None, None, None),
    *("檔案是網頁（HTML）", "", "請重送"),
)
CAME: dict[str, Any] = {
    "size": 45_312,
    "sha256": "0123456789abcdef" * 4,
    "dated": datetime(2016, 7, 31, 9, 0, tzinfo=UTC),
    "evidence": "郵件的寄件時間",
    "program": "Microsoft Excel 16.0300",
    "sender": "river1@example.gov.tw",
}


def of_every_fate() -> Outcome:
    files = [
        received("A01", "一", **CAME),
        received("A02", "二", "self", violation(), violation("band-missing", "warning")),
        received("A01", "一舊", status="superseded", reason="「一」較晚"),
        FileResult("收件/頁.xls", "rejected", None, None, (WEB_PAGE,), link="收件/頁.xls"),
        FileResult("收件/~$一.xlsx", "ignored", None, None, reason="暫存檔"),
        received("Z99", "王委員", "王大明"),
    ]
    return outcome([submission("A01", 900)], files=files)


def listed(made: Outcome) -> Grid:
    return grid(write_report(made), "收件紀錄")


def test_every_file_stands_in_order_with_its_fate_and_reason() -> None:
    rows = [[row[0], *row[2:6]] for row in listed(of_every_fate())[2:8]]
    assert rows == [
        ["收件/一.xlsx", "A01 第一河川局", "本署", "採用", None],
        ["收件/二.xlsx", "A02 第二河川局", "自行", "待補正", "應更正 1 項，請確認 1 項"],
        ["收件/一舊.xlsx", "A01 第一河川局", "本署", "已被取代", "「一」較晚"],
        ["收件/頁.xls", None, None, "無法採用", "檔案是網頁（HTML）；請重送。"],
        ["收件/~$一.xlsx", None, None, "略過", "暫存檔"],
        ["收件/王委員.xlsx", "Z99", "王大明", "採用", None],
    ]


def test_when_a_file_came_and_what_it_is_stand_beside_it() -> None:
    assert listed(of_every_fate())[2][6:] == [
        *("105年7月31日 17:00", "郵件的寄件時間", "river1@example.gov.tw"),
        *("Microsoft Excel 16.0300", 45_312, "0123456789abcdef" * 4),
    ]


def test_only_documents_that_lie_open_are_linked_to() -> None:
    names = {
        "a.xlsx": True,
        "b.PDF": True,
        "外.zip": True,
        "外.zip!內.xlsx": False,
        "run.exe": False,
        "a.xlsx.lnk": False,
        "a\nb.xlsx": True,
        "a\u202eslx.xlsx": True,
        "a\nb.exe": False,
        "a#b.xlsx": False,
        "": False,
    }
    files = [FileResult(name, "ignored", None, None, link=name) for name in names]
    sheet = opened(write_report(outcome([], files=files)))["收件紀錄"]
    found = [row[1].hyperlink is not None for row in sheet.iter_rows(min_row=3, max_row=13)]
    assert found == list(names.values())


def test_heads_repeat_the_list_can_be_filtered_and_the_sum_stands_below_it() -> None:
    sheet = opened(write_report(of_every_fate()))["收件紀錄"]
    assert sheet.print_title_rows == "$2:$2"
    assert sheet.auto_filter.ref == "A2:L8"
    assert sheet["A9"].value is None
    account = "檔案數 6 = 採用 2 + 待補正 1 + 已被取代 1 + 無法採用 1 + 略過 1"
    assert sheet["A10"].value == account


@given(st.lists(st.sampled_from(get_args(FileStatus))))
def test_the_sum_always_adds_up(statuses: list[FileStatus]) -> None:
    files = tuple(FileResult("", status, None, None) for status in statuses)
    total, _, parts = files_by_status(replace(of_every_fate(), files=files)).partition(" = ")
    counts = [int(part.split()[-1]) for part in parts.split(" + ") if part]
    assert int(total.split()[-1]) == sum(counts) == len(statuses)


def test_a_decision_is_known_by_its_words() -> None:
    words = Decision("a.xlsx", True, "經確認", "王大明", "決定.xlsx", 2).in_words
    adopted = received("A01", "一", reason=words)
    assert decided(adopted)
    assert not decided(replace(adopted, reason="「a.xlsx」依決定採用"))


@settings(max_examples=15)
@given(st.lists(st.tuples(*[ANYTHING] * 6), min_size=1, max_size=12))
def test_whatever_a_file_is_called_is_text_and_can_be_told_again(
    texts: list[tuple[str, ...]],
) -> None:
    told_apart = [(f"{path}{at}", *more) for at, (path, *more) in enumerate(texts)]
    files = [
        FileResult(path, "rejected", path, who, (), why, path, 1, "", None, when, by, sender)
        for path, who, why, when, by, sender in told_apart
    ]
    sheet = opened(write_report(outcome([], files=files)))["收件紀錄"]
    rows = list(sheet.iter_rows(min_row=3, max_row=sheet.max_row - 2))
    shown = dict.fromkeys(recovered(str(row[0].value)) for row in rows)
    assert list(shown) == [file.path for file in files]
    for row in rows:
        for cell in row:
            text = cell.value is not None and cell.column_letter != "K"
            assert cell.data_type == ("s" if text else "n")
            assert cell.hyperlink is None or cell.value == "開啟"
