"""What lies in the folder stays: a notice stands, or the next one comes beside it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svcq_excel import pipeline
from svcq_excel.form.facts import FormFacts
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.plan.plan import Plan
from svcq_excel.plan.units import read_units
from svcq_excel.returns.correcting import Returned, SentBack, return_forms
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.shipped import load
from tests.conftest import Convert
from tests.receiving import content_of

SAMPLES = Path(__file__).parents[2] / "samples"
NAME = "A04_第四河川局_wra-105_105年度上半年_自行"
HANDED_IN = SAMPLES / "returned" / f"{NAME}.xlsx"
FIRST, SECOND, THIRD = (f"{NAME}_{which}.xlsx" for which in ("補正", "第2次補正", "第3次補正"))
WRONG: dict[tuple[str, str], int | str] = {("A1.1.2", "score"): 101}
RIGHT: dict[tuple[str, str], int | str] = {
    ("A1.1.2", "score"): 90,
    ("A3.1.1", "band"): "41-80分",
}
JULY, AUGUST = "105年7月31日", "105年8月31日"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "收件"
    folder.mkdir()
    shutil.copy(HANDED_IN, folder)
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "補正 表件"


def send_back(plan: Plan, inbox: Path, out: Path, deadline: str = JULY) -> SentBack:
    return return_forms(*pipeline.review(plan, [inbox]), out, deadline)


def the_one(sent: SentBack) -> Returned:
    (form,) = sent.forms
    return form


def saved_with(
    changes: Mapping[tuple[str, str], int | str], rubric: Rubric, source: Path, target: Path
) -> Path:
    """As a person opens it, changes it and saves it."""
    book, layout = openpyxl.load_workbook(source), lay_out(rubric)
    for place, value in changes.items():
        book["評分表"][layout.entries[place].address] = value
    book.save(target)
    return target


def held(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def facts_of(path: Path, rubric: Rubric) -> FormFacts:
    content = content_of(path, rubric)
    assert isinstance(content, FormFacts)
    return content


def test_a_rerun_changes_nothing_and_elsewhere_gives_the_same_bytes(
    plan: Plan, inbox: Path, out: Path, tmp_path: Path
) -> None:
    first = the_one(send_back(plan, inbox, out))
    before = held(out)
    again = send_back(plan, inbox, out)
    assert again.forms == (replace(first, new=False),) and again.outdated == ()
    assert held(out) == before
    send_back(plan, inbox, tmp_path / "別處")
    assert held(tmp_path / "別處") == before == {FIRST: before[FIRST]}


def test_another_wrong_form_gets_the_second_correction_beside_the_first(
    plan: Plan, inbox: Path, out: Path
) -> None:
    send_back(plan, inbox, out)
    before = held(out)
    (form,) = inbox.iterdir()
    saved_with(WRONG, plan.rubric, form, form)
    second = send_back(plan, inbox, out)
    assert the_one(second).path == out / SECOND and the_one(second).number == 2
    assert held(out)[FIRST] == before[FIRST]
    assert [each.path for each in second.outdated] == [out / FIRST]
    facts = facts_of(out / SECOND, plan.rubric)
    assert (facts.corrects, facts.correction) == (sha256(form.read_bytes()).hexdigest(), 2)
    rerun = send_back(plan, inbox, out)
    assert not the_one(rerun).new and the_one(rerun).path == out / SECOND
    assert sorted(held(out)) == sorted([FIRST, SECOND])


def test_a_form_filled_by_hand_and_returned_twice_ends_accepted(
    plan: Plan, inbox: Path, out: Path
) -> None:
    """Wrong, corrected wrongly, corrected rightly: each notice is made of what came last."""
    send_back(plan, inbox, out)
    saved_with(WRONG, plan.rubric, out / FIRST, inbox / "改過.xlsx")
    (inbox / HANDED_IN.name).unlink()
    second = the_one(send_back(plan, inbox, out, AUGUST))
    assert second.path == out / SECOND
    answered = sha256((inbox / "改過.xlsx").read_bytes()).hexdigest()
    facts = facts_of(second.path, plan.rubric)
    assert (facts.corrects, facts.correction) == (answered, 2)
    assert facts.correct_by.startswith("2016-08-31T23:59")
    saved_with(RIGHT, plan.rubric, second.path, inbox / "再改過.xlsx")
    (inbox / "改過.xlsx").unlink()
    last = send_back(plan, inbox, out)
    assert not last.forms and not last.without
    assert [each.path for each in last.outdated] == [out / SECOND, out / FIRST]
    assert {each.reason for each in last.outdated} == {"該單位的表件已通過檢核"}


def test_a_correction_of_a_correction_is_the_second_in_an_empty_folder_too(
    plan: Plan, inbox: Path, out: Path, tmp_path: Path
) -> None:
    send_back(plan, inbox, out)
    (inbox / HANDED_IN.name).unlink()
    saved_with(WRONG, plan.rubric, out / FIRST, inbox / "改過.xlsx")
    again = the_one(send_back(plan, inbox, tmp_path / "第二批"))
    assert again.path.name == SECOND


@pytest.mark.parametrize("saved", [False, True])
@pytest.mark.parametrize("beside", [False, True])
def test_a_notice_that_was_ignored_stands_until_a_new_deadline_is_set(
    plan: Plan, inbox: Path, out: Path, saved: bool, beside: bool
) -> None:
    """The same wrong form comes again, opened and saved or as it was."""
    send_back(plan, inbox, out)
    saved_with({}, plan.rubric, HANDED_IN, inbox / "再寄.xlsx") if saved else shutil.copy(
        HANDED_IN, inbox / "再寄.xlsx"
    )
    if not beside:
        (inbox / HANDED_IN.name).unlink()
    again = send_back(plan, inbox, out)
    assert not the_one(again).new and not again.outdated
    assert list(held(out)) == [FIRST]
    second = the_one(send_back(plan, inbox, out, AUGUST))
    assert second.path == out / SECOND
    notice = openpyxl.load_workbook(second.path)["補正通知"]
    assert notice["B1"].value == "經濟部水利署　補正通知（第 2 次）"


def test_our_own_correction_form_sent_back_as_it_was_changes_nothing(
    plan: Plan, inbox: Path, out: Path
) -> None:
    """Nobody corrected anything, or the folder of corrections lies in that of what comes."""
    send_back(plan, inbox, out)
    saved_with({}, plan.rubric, out / FIRST, inbox / "補正.xlsx")
    sent = send_back(plan, inbox, out)
    assert not the_one(sent).new and the_one(sent).path == out / FIRST and not sent.outdated
    inside = inbox / "補正"
    first = the_one(send_back(plan, inbox, inside))
    before = held(inside)
    again = send_back(plan, inbox, inside)
    assert first.new and again.forms == (replace(first, new=False),) and not again.outdated
    assert held(inside) == before


def test_another_deadline_is_another_notice(plan: Plan, inbox: Path, out: Path) -> None:
    send_back(plan, inbox, out, JULY)
    later = send_back(plan, inbox, out, AUGUST)
    assert the_one(later).path == out / SECOND
    assert [each.path for each in later.outdated] == [out / FIRST]
    facts = facts_of(out / SECOND, plan.rubric)
    assert facts.corrects == sha256(HANDED_IN.read_bytes()).hexdigest()
    assert not the_one(send_back(plan, inbox, out, AUGUST)).new


def test_without_a_deadline_the_notice_stands(plan: Plan, inbox: Path, out: Path) -> None:
    send_back(plan, inbox, out, JULY)
    assert not the_one(send_back(plan, inbox, out, "")).new


def test_a_deadline_that_was_taken_back_is_told_anew(plan: Plan, inbox: Path, out: Path) -> None:
    for deadline in (JULY, AUGUST, JULY):
        last = send_back(plan, inbox, out, deadline)
    assert the_one(last).path == out / THIRD
    assert [each.path for each in last.outdated] == [out / SECOND, out / FIRST]


def test_one_that_was_filled_in_and_kept_in_the_folder_is_no_notice(
    plan: Plan, inbox: Path, out: Path
) -> None:
    send_back(plan, inbox, out)
    (inbox / HANDED_IN.name).unlink()
    filled = saved_with(WRONG, plan.rubric, out / FIRST, out / FIRST.replace(".", " (1)."))
    shutil.copy(filled, inbox)
    assert the_one(send_back(plan, inbox, out)).path == out / SECOND


def test_what_the_secretary_changed_in_it_stays(plan: Plan, inbox: Path, out: Path) -> None:
    send_back(plan, inbox, out)
    book = openpyxl.load_workbook(out / FIRST)
    book["補正通知"]["C3"].value = "如電話所談，請惠予更正。"
    book.save(out / FIRST)
    before = held(out)
    assert not the_one(send_back(plan, inbox, out)).new
    assert held(out) == before


@pytest.mark.parametrize("taken", [b"", b"not ours", None])
def test_a_file_that_is_not_ours_is_never_replaced(
    plan: Plan, inbox: Path, out: Path, taken: bytes | None
) -> None:
    """Neither one with another extension, whose place an .ods may come to need."""
    out.mkdir()
    name = FIRST if taken is not None else FIRST.replace(".xlsx", ".ods")
    (out / name).write_bytes(HANDED_IN.read_bytes() if taken is None else taken)
    before = held(out)
    made = the_one(send_back(plan, inbox, out))
    assert (made.path.name, made.number) == (FIRST.replace(".xlsx", "-2.xlsx"), 1)
    assert held(out)[name] == before[name]
    assert not the_one(send_back(plan, inbox, out)).new


def test_another_round_counts_for_itself(
    plan: Plan, inbox: Path, out: Path, tmp_path: Path
) -> None:
    send_back(plan, inbox, out)
    next_plan = replace(plan, round="105年度下半年")
    blank = pipeline.issue(next_plan, "self", tmp_path / "空白")[3].path
    (tmp_path / "下半年").mkdir()
    saved_with(WRONG, plan.rubric, blank, tmp_path / "下半年" / "填.xlsx")
    sent = send_back(next_plan, tmp_path / "下半年", out)
    assert the_one(sent).number == 1 and "下半年" in the_one(sent).path.name
    assert sent.outdated == ()


def test_a_round_that_is_spelled_otherwise_is_the_same(plan: Plan, inbox: Path, out: Path) -> None:
    send_back(plan, inbox, out)
    assert not the_one(send_back(replace(plan, round="１０５年上半年"), inbox, out)).new


def test_two_assessors_of_one_unit_are_corrected_apart(tmp_path: Path) -> None:
    rubric, units = load("hccg-105"), read_units(SAMPLES / "hccg-105" / "units.csv")
    plan = Plan(rubric, units, "105年度")
    (tmp_path / "收件").mkdir()
    assessors = str(SAMPLES / "hccg-105" / "assessors.csv")
    for issued in pipeline.issue(plan, assessors, tmp_path / "空白")[:2]:
        leaf = rubric.leaves[0].id
        target = tmp_path / "收件" / issued.path.name
        saved_with({(leaf, "score"): 999}, rubric, issued.path, target)
    sent = send_back(plan, tmp_path / "收件", tmp_path / "補正")
    names = [form.path.name for form in sent.forms]
    assert len(names) == 2 and all(form.number == 1 for form in sent.forms)
    assert all(form.assessor in form.path.name for form in sent.forms)
    assert all(name.endswith("_補正.xlsx") for name in names)


def test_the_correction_counts_beside_the_original_even_with_an_older_date(
    plan: Plan, inbox: Path, out: Path
) -> None:
    send_back(plan, inbox, out)
    filled = saved_with(RIGHT, plan.rubric, out / FIRST, inbox / "0.xlsx")
    book = openpyxl.load_workbook(filled)
    book.properties.modified = datetime(2001, 1, 1)
    book.save(filled)
    outcome = pipeline.assess(plan, [inbox])
    status = {Path(file.path).name: file.status for file in outcome.files}
    assert status == {"0.xlsx": "accepted", HANDED_IN.name: "superseded"}
    sent = send_back(plan, inbox, out)
    assert not sent.forms and [each.path for each in sent.outdated] == [out / FIRST]


STEPS = st.lists(
    st.tuples(st.sampled_from([101, 102, 103]), st.sampled_from([JULY, AUGUST, ""])),
    min_size=2,
    max_size=4,
)


@settings(max_examples=8)
@given(steps=STEPS)
def test_whatever_comes_in_turn_nothing_in_the_folder_changes(
    plan: Plan, tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, str]]
) -> None:
    """At most one form more at each step, numbered on; and at once again none."""
    folder = tmp_path_factory.mktemp("runs")
    inbox, out = folder / "收件", folder / "補正"
    inbox.mkdir()
    numbers: list[int] = []
    for score, deadline in steps:
        saved_with({("A1.1.2", "score"): score}, plan.rubric, HANDED_IN, inbox / "表件.xlsx")
        before = held(out) if out.exists() else {}
        made = the_one(send_back(plan, inbox, out, deadline))
        after = held(out)
        assert after.items() >= before.items()
        assert len(after) == len(before) + made.new
        numbers += [made.number] if made.new else []
        assert the_one(send_back(plan, inbox, out, deadline)) == replace(made, new=False)
        assert held(out) == after
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.office
def test_a_correction_form_in_ods_stands_and_is_followed_like_any_other(
    plan: Plan, inbox: Path, out: Path, tmp_path: Path, office: Convert
) -> None:
    (form,) = inbox.iterdir()
    changed = saved_with(WRONG, plan.rubric, form, tmp_path / "改.xlsx")
    first, second = office([form, changed], "ods", tmp_path / "ods")
    form.unlink()
    shutil.copy(first, inbox / "表件.ods")
    made = the_one(send_back(plan, inbox, out))
    assert made.path == out / FIRST.replace(".xlsx", ".ods")
    before = held(out)
    assert not the_one(send_back(plan, inbox, out)).new and held(out) == before
    shutil.copy(second, inbox / "表件.ods")
    next_one = the_one(send_back(plan, inbox, out))
    assert next_one.path == out / SECOND.replace(".xlsx", ".ods")
    assert len(held(out)) == 2 and held(out).items() > before.items()
    facts = facts_of(next_one.path, plan.rubric)
    assert facts.corrects == sha256(second.read_bytes()).hexdigest()
    assert (facts.correction, facts.correct_by[:10]) == (2, "2016-07-31")
