"""補正通知 says what a letter says: to whom, by when, whither, whom to ask, then the list."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from svcq_excel import pipeline
from svcq_excel.checks.answers import CheckedForm
from svcq_excel.checks.batch import CheckedFile, facts_of
from svcq_excel.checks.catalogue import catalogue, form_rules
from svcq_excel.checks.examples import ROUND, UNIT, clean_facts, rubric_for
from svcq_excel.checks.rule import FormRule
from svcq_excel.checks.runner import check
from svcq_excel.checks.violation import Violation
from svcq_excel.form.identity import CorrectionMark, Identity
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.form.writing.prefilled import Notice
from svcq_excel.plan.plan import Contact, Plan
from svcq_excel.plan.units import read_units
from svcq_excel.returns.correcting import correction_form, return_forms
from svcq_excel.returns.letter import notice_of, until
from svcq_excel.rubric.shipped import load

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture(scope="module")
def file(plan: Plan) -> CheckedFile:
    (form,) = (SAMPLES / "returned").glob("A04*")
    return pipeline.review(plan, [form])[1][0]


def letter(
    plan: Plan,
    file: CheckedFile,
    deadline: str = "",
    number: int = 1,
    violations: Sequence[Violation] | None = None,
    **identity: str,
) -> Notice:
    facts = facts_of(file, plan)
    assert facts
    whose: Identity = replace(facts.identity, **identity)
    said = file.violations if violations is None else violations
    return notice_of(plan, whose, facts, said, deadline, CorrectionMark("", number))


def test_it_names_agency_plan_round_unit_and_deadline(plan: Plan, file: CheckedFile) -> None:
    said = letter(plan, file, "105年7月31日")
    assert said.title == "經濟部水利署　補正通知"
    assert said.addressee == "第四河川局（編號 A04）"
    assert said.subject == (
        "貴單位所送105年度上半年「經濟部水利署105年度提升服務品質(自行)考核項目及評分表」"
        "有 2 項須補正，請於105年7月31日（星期日）前補正並寄回經濟部水利署，請查照。"
    )
    assert said.explanations[0] == (
        "依「經濟部水利署105年度提升服務品質執行計畫」辦理，考核期別為105年度上半年。"
    )


def test_it_says_whither_and_whom_to_ask(plan: Plan, file: CheckedFile) -> None:
    asked = replace(plan, contact=Contact("王小明", "02-3707-3000 分機 1234", "svc@wra.gov.tw"))
    whole = "".join(letter(asked, file, "105/7/31 17:00").explanations)
    assert (
        "請於105年7月31日（星期日）17時前將本檔原件以電子郵件寄回經濟部水利署（svc@wra.gov.tw）"
        in whole
    )
    assert "請洽經濟部水利署王小明，電話 02-3707-3000 分機 1234。" in whole
    assert letter(plan, file).explanations[-1] == "如有疑問，請洽經濟部水利署承辦人員。"
    only_phone = replace(plan, contact=Contact(phone="1999"))
    assert letter(only_phone, file).explanations[-1] == "如有疑問，請洽經濟部水利署，電話 1999。"


@pytest.mark.parametrize(
    ("deadline", "said"),
    [
        ("105年7月31日", "105年7月31日（星期日）"),
        ("2016-08-01", "105年8月1日（星期一）"),
        ("105.8.1 9:05", "105年8月1日（星期一）9時5分"),
        ("105/8/1 0:00", "105年8月1日（星期一）0時"),
        ("下次會議", ""),
        ("", ""),
    ],
)
def test_a_deadline_that_can_be_read_is_told_with_its_weekday(deadline: str, said: str) -> None:
    assert until(deadline) == said


def test_without_a_day_it_says_what_was_given_or_to_hurry(plan: Plan, file: CheckedFile) -> None:
    assert "請依補正期限（下次會議前）補正並寄回" in letter(plan, file, "下次會議前").subject
    assert "請儘速補正並寄回" in letter(plan, file).subject


def test_a_second_notice_says_that_it_takes_the_place_of_the_first(
    plan: Plan, file: CheckedFile
) -> None:
    said = letter(plan, file, number=2)
    assert said.title == "經濟部水利署　補正通知（第 2 次）"
    assert any("先前寄發的補正表件請勿再使用" in text for text in said.explanations)
    assert not any("次補正通知" in text for text in letter(plan, file).explanations)


def test_questions_are_counted_and_listed_after_what_must_be_corrected(
    plan: Plan, file: CheckedFile
) -> None:
    first, second = file.violations[:2]
    asked = replace(first, severity="warning", code="band-missing")
    said = letter(plan, file, violations=[asked, second])
    assert "有 1 項須補正、1 項請確認，" in said.subject
    assert [each.must for each in said.corrections] == [True, False]
    assert any("標示「請確認」者，無誤即不必更改" in text for text in said.explanations)


def test_what_the_office_asks_itself_stays_out_of_it(plan: Plan, file: CheckedFile) -> None:
    """A letter to a unit speaks of that unit alone, and of what it entered."""
    own = ("late-submission", "borrowed-form", "duplicate-submission", "name-differs")
    assert {*own} <= {rule.code for rule in catalogue()}
    error = file.violations[0]
    others = [
        replace(error, severity="warning", code=code, found=f"「A03 第三河川局」{code}")
        for code in own
    ]
    assert len(letter(plan, file, violations=[error, *others]).corrections) == 1


@pytest.mark.parametrize(
    "rule",
    [rule for rule in form_rules() if rule.of_entries and rule.severity != "notice"],
    ids=lambda rule: rule.code,
)
def test_what_it_asks_can_be_done_by_the_unit_in_this_very_file(rule: FormRule) -> None:
    """It says what to do in a form that is whole again, and speaks to the unit, not of it."""
    reference = rubric_for(rule)
    plan = Plan(reference, (UNIT,), ROUND)
    facts = type(rule).bad(clean_facts(reference))
    found = check(CheckedForm(facts, reference, plan.by_code, ROUND))
    said = notice_of(plan, facts.identity, facts, found, "", CorrectionMark("", 1))
    assert said.corrections
    for each in said.corrections:
        assert not re.search("該單位|請單位|原表件|原檔|重新寄送|決定檔|收件", each.todo), each


def test_a_row_that_was_gone_is_asked_for_where_it_is_now(plan: Plan, file: CheckedFile) -> None:
    facts = facts_of(file, plan)
    assert facts
    leaf = plan.rubric.leaves[0].id
    gone = replace(facts, entries={id: rows for id, rows in facts.entries.items() if id != leaf})
    found = check(CheckedForm(gone, plan.rubric, plan.by_code, plan.round))
    said = notice_of(plan, gone.identity, gone, found, "", CorrectionMark("", 1))
    assert (leaf, "score") in [each.place for each in said.corrections]


def test_a_text_about_an_item_is_led_to_on_its_own_sheet(plan: Plan, file: CheckedFile) -> None:
    item = plan.rubric.items[1]
    said = replace(file.violations[0], criterion=item.id, entry="weaknesses")
    facts = facts_of(file, plan)
    assert facts
    notice = notice_of(plan, facts.identity, facts, [said], "", CorrectionMark("", 1))
    book = openpyxl.load_workbook(BytesIO(correction_form(plan, facts.identity, facts, notice)))
    (link,) = (cell for row in book["補正通知"].iter_rows() for cell in row if cell.hyperlink)
    assert link.value == "缺點 D5"
    assert link.hyperlink and link.hyperlink.location == "'優缺點及改善事項'!D5"
    sheet = book["優缺點及改善事項"]
    assert (sheet["A5"].value, sheet["D2"].value) == (item.id, "weaknesses")


def test_a_member_of_a_committee_is_written_to_about_the_unit(tmp_path: Path) -> None:
    rubric, units = load("hccg-105"), read_units(SAMPLES / "hccg-105" / "units.csv")
    plan = Plan(rubric, units, "105年度")
    members = str(SAMPLES / "hccg-105" / "assessors.csv")
    blank = pipeline.issue(plan, members, tmp_path / "空白")[0]
    (tmp_path / "收件").mkdir()
    book = openpyxl.load_workbook(blank.path)
    book["評分表"][lay_out(rubric).entries["A1.1.1", "score"].address] = 999
    book.save(tmp_path / "收件" / "a.xlsx")
    (returned,) = return_forms(*pipeline.review(plan, [tmp_path / "收件"]), tmp_path / "back").forms
    notice = openpyxl.load_workbook(returned.path)["補正通知"]
    texts = [str(cell.value) for row in notice.iter_rows() for cell in row if cell.value]
    whose = f"{blank.unit.code} {blank.unit.name}"
    assert f"考核人員 {blank.assessor.key}" in texts
    assert any(text.startswith(f"台端考核「{whose}」所填") for text in texts)


def test_what_people_typed_into_a_plan_cannot_break_the_sheet(
    plan: Plan, file: CheckedFile, tmp_path: Path
) -> None:
    asked = replace(plan, contact=Contact("=cmd|x\x07", "\ud800", "a" * 3000))
    facts = facts_of(file, plan)
    assert facts
    notice = notice_of(
        asked, facts.identity, facts, file.violations, "\x00" * 9, CorrectionMark("", 1)
    )
    book = openpyxl.load_workbook(BytesIO(correction_form(asked, facts.identity, facts, notice)))
    values = [cell for row in book["補正通知"].iter_rows() for cell in row if cell.value]
    assert all(cell.data_type != "f" for cell in values)


def test_the_plan_file_names_whom_to_ask(tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "units.csv", tmp_path)
    text = (
        "rubric: wra-105\nunits: units.csv\ncontact: 王小明\nphone: 02-3707-3000\nemail: a@b.tw\n"
    )
    (tmp_path / "計畫.yaml").write_text(text, "utf-8")
    plan = pipeline.define(plan_file=tmp_path / "計畫.yaml")
    assert plan.contact == Contact("王小明", "02-3707-3000", "a@b.tw")
