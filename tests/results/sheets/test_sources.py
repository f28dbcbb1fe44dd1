"""來源 leads every score that counts back to its file and cell, however many there are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook

from svcq_excel.cli.demo import plan_of, samples_of
from svcq_excel.pipeline import assess
from svcq_excel.plan.score_changes import ScoreChange
from svcq_excel.results.model import Outcome
from svcq_excel.results.sheets import sources
from svcq_excel.results.workbook import write_statistics
from tests.results.demos import DEMOS
from tests.results.reading import opened
from tests.results.recounting import entries, figure, files
from tests.results.samples import outcome, received, submission

SOURCES = "來源"
HEADS = 3


def table(workbook: bytes) -> pd.DataFrame:
    read = pd.read_excel(BytesIO(workbook), sheet_name=SOURCES, header=2, engine="calamine")
    return read.rename(columns=str)


@cache
def outcome_of(id: str) -> Outcome:
    return assess(plan_of(id), [samples_of(id) / "returned"], Path("out/t.xlsx"))


@pytest.mark.parametrize("id", DEMOS)
def test_each_score_of_the_demos_is_what_another_reader_finds_in_that_cell(id: str) -> None:
    """Files are opened by openpyxl and pandas: nothing here is the program's but what it says."""
    found = table(write_statistics(outcome_of(id)))
    rows = found[found["代號"].notna()]
    key = "status" if id == "kpw-102" else "score"
    every = entries(id)
    there = every[every.key == key].set_index(["path", "leaf"]).value
    assert len(rows) >= 10
    for row in rows.to_dict("records"):
        name = str(row["檔案"]).rpartition("/returned/")[2] or str(row["檔案"])
        value = there[name.rpartition("/")[2], row["代號"]]
        if key == "score":
            assert figure(row["表件所填"]) == figure(value) == row["採計"]
        else:
            assert str(row["表件所填"]).strip() == str(value).strip()


def test_the_digest_is_that_of_the_file_s_bytes() -> None:
    from hashlib import sha256

    found = table(write_statistics(outcome_of("hccg-105")))
    digests = {sha256(data).hexdigest() for data in files("hccg-105").values()}
    assert set(found["檔案的 SHA-256"].dropna()) <= digests
    assert found["檔案的 SHA-256"].dropna().nunique() > 10


def test_what_counts_adds_up_to_the_totals_of_the_table() -> None:
    made = outcome_of("wra-105")
    rows = table(write_statistics(made))
    leaves, whole = rows[rows["代號"].notna()], rows[rows["細項"].str.startswith("總分")]
    sums = leaves.groupby("編號")["採計"].sum()
    totals = {row["編號"]: row["採計"] for row in whole.to_dict("records")}
    for unit in made.units:
        said = totals[unit.unit.code]
        assert said == (sums[unit.unit.code] if unit.total is not None else said)
        assert isinstance(said, str) == (unit.total is None)


def changed() -> Outcome:
    row = ScoreChange(
        *("A01", "hq", "A1.1.1.1", Decimal(120), Decimal(118), "申復", "王處長"),
        *(date(2016, 7, 20), "成績調整.csv", 2),
    )
    form = submission("A01", 900)
    made = outcome([replace(form, scores={**form.scores, "A1.1.1.1": Decimal(118)})])
    first = replace(made.units[0], score_changes=(row,))
    file = received("A01", "一", sha256="ab" * 32)
    return replace(made, units=(first, *made.units[1:]), files=(file,))


def test_a_changed_score_says_what_was_decided() -> None:
    rows = table(write_statistics(changed()))
    (row,) = rows[rows["代號"] == "A1.1.1.1"].to_dict("records")
    assert row["採計"] == 118
    said = "「提供案件承辦資訊種類」經申復由 120 分調整為 118 分（核定人 王處長，105年7月20日）"
    assert row["調整"] == said
    assert rows[rows["代號"] == "A1.1.2"]["調整"].isna().all()


def test_a_unit_without_a_form_has_a_row_that_says_so() -> None:
    rows = table(write_statistics(changed()))
    (row,) = rows[rows["編號"] == "A05"].to_dict("records")
    assert (row["細項"], row["採計"]) == ("總分（滿分1000分）", "未繳")


def test_rows_are_filtered_frozen_and_open_the_cell() -> None:
    book = opened(write_statistics(outcome_of("wra-105")))
    sheet = book[SOURCES]
    assert sheet.auto_filter.ref == f"A3:N{sheet.max_row}"
    assert sheet.freeze_panes == "C4" and sheet.print_title_rows == "$3:$3"
    link = sheet["K4"].hyperlink
    assert link and link.location == f"{sheet['L4'].value}!{sheet['M4'].value}"
    assert link.target and link.target.endswith(Path(str(sheet["J4"].value)).name)


def test_beyond_what_a_sheet_can_link_each_form_is_linked_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sources, "MOST_LINKS", 10)
    sheet = opened(write_statistics(outcome_of("wra-105")))[SOURCES]
    linked = [row[0].row or 0 for row in sheet.iter_rows(min_row=4, min_col=11) if row[0].hyperlink]
    assert linked and all(b - a >= 25 for a, b in pairwise(linked))


def test_rows_beyond_a_sheet_go_on_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "_MOST_ROWS", 100)
    book = load_workbook(BytesIO(write_statistics(outcome_of("wra-105"))), read_only=True)
    names = [name for name in book.sheetnames if name.startswith(SOURCES)]
    assert names[:2] == [SOURCES, f"{SOURCES}_2"]
    rows = [row for name in names for row in book[name].iter_rows(min_row=4, values_only=True)]
    assert len(rows) == len(table(write_statistics_whole()))


def write_statistics_whole() -> bytes:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sources, "_MOST_ROWS", 1_000_000)
        return write_statistics(outcome_of("wra-105"))


@pytest.mark.parametrize(
    "text", ["=1+1", "<b>&\"'</b>", "_x0041_", "甲\n乙\t丙", "\x00\ud800", " 前後 "]
)
def test_whatever_a_form_or_a_file_is_called_stays_text(text: str) -> None:
    made: Any = changed()
    file = replace(made.files[0], path=text)
    unit = made.units[0]
    form = replace(unit.forms[0], called=text)
    made = replace(made, files=(file,), units=(replace(unit, forms=(form,)), *made.units[1:]))
    sheet = opened(write_statistics(made))[SOURCES]
    assert sheet["A4"].value == "A01" and sheet["D4"].data_type == "s"
    again = write_statistics(made)
    assert again == write_statistics(made)
