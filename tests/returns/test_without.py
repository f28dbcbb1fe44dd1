"""Every form to correct gets a correction form, or stands in `without` with why and what to do."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from svcq_excel import pipeline
from svcq_excel.form.identity import HIDDEN_SHEET
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.plan.plan import Plan
from svcq_excel.returns.correcting import SentBack, return_forms

SAMPLES = Path(__file__).parents[2] / "samples"
WRONG = SAMPLES / "returned" / "A04_第四河川局_wra-105_105年度上半年_自行.xlsx"


def sent_back(plan: Plan, inbox: Path, out: Path) -> SentBack:
    plan, files = pipeline.review(plan, [inbox])
    sent = return_forms(plan, files, out)
    wanting = {each.received.listed for each in files if each.status == "needs-correction"}
    unusable = {each.received.listed for each in files if each.status == "rejected"}
    given = [each.answers for each in sent.forms] + [each.path for each in sent.without]
    assert sorted(given) == sorted(wanting | unusable)
    return sent


def test_every_file_of_the_samples_is_in_one_of_the_two(plan: Plan, tmp_path: Path) -> None:
    sent = sent_back(plan, SAMPLES / "returned", tmp_path)
    assert len(sent.forms) == 3 and len(sent.without) == 2
    for each in sent.without:
        assert "沒有可帶入的內容" in each.reason and "請另寄空白表件" in each.reason


def rekeyed(key: str, value: str) -> Callable[[Workbook], None]:
    """Another value in the hidden sheet, and no properties that would disagree."""

    def change(book: Workbook) -> None:
        for row in book[HIDDEN_SHEET].iter_rows(max_col=2):
            if row[0].value == key:
                row[1].value = value
        book.custom_doc_props.props.clear()  # type: ignore[attr-defined]

    return change


def titled(book: Workbook) -> None:
    """No marks but those of the head, and there none of who assessed."""
    del book[HIDDEN_SHEET]
    book.custom_doc_props.props.clear()  # type: ignore[attr-defined]
    book["評分表"]["B1"] = "評分表"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (rekeyed("rubric", "wra-104"), "請另寄本次考核的空白表件"),
        (rekeyed("round", "105年度下半年"), "請另寄本次考核的空白表件"),
        (rekeyed("unit", "A05"), "請先問明是誰的表件"),
        (titled, "請先問明是誰的考核表"),
    ],
)
def test_a_form_that_is_not_surely_somebodys_gets_none(
    plan: Plan, tmp_path: Path, change: Callable[[Workbook], None], said: str
) -> None:
    book = openpyxl.load_workbook(WRONG)
    change(book)
    (tmp_path / "收件").mkdir()
    book.save(tmp_path / "收件" / "壞.xlsx")
    (right,) = (SAMPLES / "returned").glob("A01*.xlsx")
    shutil.copy(right, tmp_path / "收件")
    sent = sent_back(plan, tmp_path / "收件", tmp_path / "補正")
    assert not sent.forms and not (tmp_path / "補正").exists()
    (without,) = sent.without
    assert said in without.reason
    assert not re.search(
        "[a-z]+-[a-z]+", without.reason.replace(plan.rubric.id, "").replace("wra-104", "")
    )


def test_a_unit_that_is_not_in_the_list_gets_none(plan: Plan, tmp_path: Path) -> None:
    fewer = replace(plan, units=plan.units[:3])
    (tmp_path / "收件").mkdir()
    shutil.copy(WRONG, tmp_path / "收件")
    (without,) = sent_back(fewer, tmp_path / "收件", tmp_path / "補正").without
    assert without.unit == "A04" and "請確認名單是否完整" in without.reason


def test_a_unit_whose_printed_name_was_added_to_gets_its_form(plan: Plan, tmp_path: Path) -> None:
    book, layout = openpyxl.load_workbook(WRONG), lay_out(plan.rubric)
    shown = next(box for box in layout.boxes if box.what == "unit_name")
    book["評分表"][shown.address] = "第四河川局（含各工務課）"
    (tmp_path / "收件").mkdir()
    book.save(tmp_path / "收件" / "A04.xlsx")
    sent = sent_back(plan, tmp_path / "收件", tmp_path / "補正")
    (form,) = sent.forms
    assert form.unit.code == "A04" and not sent.without
    again = openpyxl.load_workbook(form.path)["評分表"]
    assert again[shown.address].value == "第四河川局"


def test_a_decision_that_leaves_a_file_out_leaves_it_out_here_too(
    plan: Plan, tmp_path: Path
) -> None:
    (tmp_path / "收件").mkdir()
    shutil.copy(WRONG, tmp_path / "收件")
    (tmp_path / "補正").mkdir()
    text = f"檔案,決定,理由,決定人\n{WRONG.name},排除,誤送,王\n"
    (tmp_path / "補正" / "決定.csv").write_text(text, "utf-8")
    sent = pipeline.send_back(plan, tmp_path / "收件", tmp_path / "補正")
    assert not sent.forms and not sent.without
