"""Of several forms of one unit and assessor the one saved last counts; nothing else is touched."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.checks.batch import CheckedFile, check_file
from svcq_excel.checks.counting.round_meant import round_meant
from svcq_excel.checks.examples import UNIT, clean_facts, edit, marked, removed, stamped
from svcq_excel.checks.rule import Example
from svcq_excel.checks.settling import settle
from svcq_excel.definition import OtherRoundsError, SeveralRoundsError
from svcq_excel.form.facts import FormFacts
from svcq_excel.inbox.reading import FileReading, Mail
from svcq_excel.plan.plan import Plan
from svcq_excel.rubric.shipped import load
from svcq_excel.workbooks.origin import Origin
from svcq_excel.workbooks.workbook import Unreadable
from tests.receiving import as_received, facts_received

NO_UNITS = Plan(load("wra-105"), (), None)
DAY = datetime(2016, 7, 1, tzinfo=UTC)
MAIL = "郵件的寄件時間"


def checked(plan: Plan, name: str, *examples: Example) -> CheckedFile:
    facts = clean_facts(plan.rubric)
    for each in examples:
        facts = each(facts)
    return check_file(facts_received(name, facts, plan.rubric, mails=(Mail(DAY),)), plan)


def dated(file: CheckedFile, days: int = 0, **known: Any) -> CheckedFile:
    """The same file, handed in so many days later."""
    known = {"mails": (Mail(DAY + timedelta(days)),), **known}
    reading = replace(file.received.reading, **known)
    return replace(file, received=replace(file.received, reading=reading))


def settled(
    *files: CheckedFile, days: dict[str, int], same: str = "", plan: Plan = NO_UNITS
) -> dict[str, CheckedFile]:
    """The files by name; `days` says when each was sent, `same` which have one content."""
    came = [
        dated(
            file,
            days.get(file.name, 0),
            sha256="same" if file.name in same.split() else file.name,
        )
        for file in files
    ]
    return {file.name: file for file in settle(came, plan)}


def statuses(files: dict[str, CheckedFile]) -> dict[str, str]:
    return {name: file.status for name, file in files.items()}


def test_the_form_saved_later_counts_whatever_its_name_and_place(plan: Plan) -> None:
    first, second = checked(plan, "z"), checked(plan, "a")
    assert statuses(settled(first, second, days={"z": 1, "a": 2})) == {
        "z": "superseded",
        "a": "accepted",
    }
    assert statuses(settled(first, second, days={"z": 2, "a": 1})) == {
        "z": "accepted",
        "a": "superseded",
    }


def test_a_superseded_form_hands_nothing_in_and_says_which_counts_and_why(plan: Plan) -> None:
    first = checked(plan, "舊", edit("A1.1.2", score=20.0))
    files = settled(first, checked(plan, "新"), days={"舊": 1, "新": 2})
    old = files["舊"]
    assert old.submission is None
    assert files["新"].submission is not None
    assert files["新"].violations == ()
    assert [v.code for v in old.violations] == ["duplicate-submission"]
    assert "「新」較晚（依郵件的寄件時間）" in old.violations[0].message


def test_a_later_form_with_errors_supersedes_an_earlier_sound_one(plan: Plan) -> None:
    sound = checked(plan, "先")
    wrong = checked(plan, "後", edit("A1.1.2", score="良好"))
    assert statuses(settled(sound, wrong, days={"先": 1, "後": 2})) == {
        "先": "superseded",
        "後": "needs-correction",
    }


def test_what_is_wrong_with_a_superseded_form_is_set_aside(plan: Plan) -> None:
    wrong = checked(plan, "先", edit("A1.1.2", score="良好"))
    files = settled(wrong, checked(plan, "後"), days={"先": 1, "後": 2})
    assert [v.code for v in files["先"].violations] == ["duplicate-submission"]
    assert [v.code for v in files["先"].set_aside] == ["score-not-a-number"]


def test_of_identical_files_one_counts_and_the_others_say_so(plan: Plan) -> None:
    files = settled(checked(plan, "a"), checked(plan, "b"), days={"a": 1, "b": 1}, same="a b")
    assert sorted(statuses(files).values()) == ["accepted", "superseded"]
    (copy,) = [file for file in files.values() if file.status == "superseded"]
    assert "內容相同" in copy.reason


def test_of_different_forms_saved_at_one_moment_none_is_called_later(plan: Plan) -> None:
    other = checked(plan, "b", edit("A1.1.2", score=20.0))
    files = settled(checked(plan, "a"), other, days={"a": 1, "b": 1})
    (copy,) = [file for file in files.values() if file.status == "superseded"]
    assert "較晚" not in copy.reason
    assert "時間相同" in copy.reason


def test_of_three_forms_of_one_unit_only_the_last_counts(plan: Plan) -> None:
    three = [
        checked(plan, name, edit("A1.1.2", score=score))
        for name, score in {"a": 10.0, "b": 20.0, "c": 30.0}.items()
    ]
    files = settled(*three, days={"a": 2, "b": 3, "c": 1})
    assert statuses(files) == {"a": "superseded", "b": "accepted", "c": "superseded"}
    assert all("「b」" in files[name].reason for name in "ac")


def test_forms_that_say_the_same_are_one_though_their_files_differ(plan: Plan) -> None:
    files = settled(checked(plan, "a"), checked(plan, "b"), days={"a": 1, "b": 2})
    assert statuses(files) == {"a": "superseded", "b": "accepted"}
    assert files["a"].differences == ()
    assert "填寫內容相同" in files["a"].reason


def test_of_a_superseded_form_every_entry_that_differs_is_listed(plan: Plan) -> None:
    changes = {"A1.1.2": 20.0, "A2.3.1": 2.0, "C1.1": 7.0, "D1.1": 8.0}
    edits = [edit(leaf, score=score, note="改") for leaf, score in changes.items()]
    old = settled(checked(plan, "舊", *edits), checked(plan, "新"), days={"新": 1})["舊"]
    scores = [each for each in old.differences if each.is_score]
    assert [each.here for each in scores] == ["20", "2", "7", "8"]
    assert len(old.differences) == 8
    assert all(each.cell and each.sheet == "評分表" for each in old.differences)
    (told,) = [v.message for v in old.violations if v.code == "duplicate-submission"]
    assert "有 8 處不同" in told
    assert "得分「20」" in told


def test_of_forms_that_were_all_mailed_the_one_mailed_last_counts_whatever_else_they_say(
    plan: Plan,
) -> None:
    early, late = DAY - timedelta(9), DAY + timedelta(9)
    last = dated(checked(plan, "後"), 1, origin=Origin(saved=early), modified=early)
    first = dated(checked(plan, "先", edit("A1.1.2", score=20.0)), origin=Origin(saved=late))
    files = {file.name: file for file in settle([last, first], plan)}
    assert statuses(files) == {"後": "accepted", "先": "superseded"}
    assert MAIL in files["先"].reason


def test_a_date_of_sending_never_competes_with_a_date_of_saving(plan: Plan) -> None:
    """The mail came last, but the form in it had been saved before the other."""
    early = DAY - timedelta(9)
    mailed = dated(checked(plan, "信"), 1, origin=Origin(saved=early), modified=DAY)
    loose = dated(checked(plan, "檔", edit("A1.1.2", score=20.0)))
    loose = dated(loose, mails=(), origin=Origin(saved=DAY), modified=early)
    files = {file.name: file for file in settle([mailed, loose], plan)}
    assert statuses(files) == {"信": "superseded", "檔": "accepted"}
    assert "活頁簿內的存檔時間" in files["信"].reason


def test_forms_of_different_units_leave_each_other_alone(plan: Plan) -> None:
    own = checked(plan, "甲")
    other = checked(plan, "乙", stamped(unit="A02", unit_name="第二河川局"))
    files = settled(own, other, days={})
    assert set(statuses(files).values()) == {"accepted"}


def test_beside_a_form_of_the_round_asked_for_one_of_another_round_is_no_fault(plan: Plan) -> None:
    """Whichever came later, and whether the former is sound."""
    other = checked(plan, "下半年", stamped(round="105年度下半年"))
    for edits, status in (((), "accepted"), ((removed("A1.1.2"),), "needs-correction")):
        mine = checked(plan, "上半年", *edits)
        for days in ({"上半年": 1, "下半年": 2}, {"上半年": 2, "下半年": 1}):
            files = settled(mine, other, days=days)
            assert statuses(files) == {"上半年": status, "下半年": "ignored"}
            assert files["下半年"].violations == ()
            assert files["下半年"].reason.startswith("這是105年度下半年的表件，同一單位已有")


@pytest.mark.parametrize(
    "mine",
    [
        (stamped(unit="A02", unit_name="第二河川局"),),
        (stamped(assessor="hq"),),
        (marked("表首", "A02", "第二河川局"),),
    ],
)
def test_a_form_of_another_round_is_a_fault_where_its_assessor_sent_no_other(
    plan: Plan, mine: tuple[Example, ...]
) -> None:
    """Of another unit, by another, or of nobody knows which unit."""
    other = checked(plan, "下半年", stamped(round="105年度下半年"))
    files = settled(checked(plan, "上半年", *mine), other, days={})
    assert statuses(files)["下半年"] == "needs-correction"
    assert [v.code for v in files["下半年"].violations] == ["other-rubric"]


def test_forms_of_another_rubric_neither_supersede_nor_are_superseded(plan: Plan) -> None:
    files = settled(
        checked(plan, "我"), checked(plan, "他", stamped(rubric="wra-104")), days={"我": 1, "他": 2}
    )
    assert statuses(files) == {"我": "accepted", "他": "needs-correction"}


def test_members_of_a_committee_and_kinds_of_assessors_do_not_supersede_each_other(
    plan: Plan,
) -> None:
    keys = ("self", "hq", "王委員", "李委員")
    files = settled(*(checked(plan, key, stamped(assessor=key)) for key in keys), days={})
    assert set(statuses(files).values()) == {"accepted"}
    kinds = [file.submission.kind for file in files.values() if file.submission]
    assert kinds == ["self", "hq", "committee", "committee"]


def test_a_second_form_of_one_member_supersedes_his_first_only(plan: Plan) -> None:
    named = (("王1", "王委員"), ("王2", "王委員"), ("李", "李委員"))
    forms = [checked(plan, name, stamped(assessor=key)) for name, key in named]
    files = settled(*forms, days={"王1": 1, "王2": 2, "李": 0})
    assert statuses(files) == {"王1": "superseded", "王2": "accepted", "李": "accepted"}


@given(st.permutations(["K1", "k1", "Ｋ１", "K\u200b1"]))
def test_a_member_whose_key_is_spelled_in_several_ways_counts_once(keys: list[str]) -> None:
    plan = Plan(load("wra-105"), (UNIT,), None)
    forms = [checked(plan, key, stamped(assessor=key)) for key in keys]
    files = settled(*forms, days={"k1": 1})
    counting = [file for file in files.values() if file.submission]
    assert [file.name for file in counting] == ["k1"]
    assert {file.identity.assessor for file in files.values() if file.identity} == {"K1"}
    assert [file.submission.assessor for file in counting if file.submission] == ["K1"]


@pytest.mark.parametrize("ignored", ["", "PDF 文件，不是試算表"])
def test_files_that_are_no_forms_are_told_but_never_settled(plan: Plan, ignored: str) -> None:
    content = None if ignored else Unreadable("locked", "檔案設有開啟密碼")
    reading = FileReading(content=content, ignored=ignored)
    file = check_file(as_received(Path("x"), reading, plan.rubric), plan)
    assert settle([file, file], plan) == (file, file)
    assert file.status == ("ignored" if ignored else "rejected")
    assert file.reason == ignored
    assert [v.code for v in file.violations] == ([] if ignored else ["password-protected"])


def test_marks_without_a_form_sheet_are_no_form(plan: Plan) -> None:
    facts = clean_facts(plan.rubric)
    bare = FormFacts(facts.identity, facts.marks, is_form=False)
    file = check_file(facts_received("x", bare, plan.rubric), plan)
    assert (file.status, [v.code for v in file.violations]) == ("rejected", ["unknown-form"])


def test_rounds_are_those_of_this_assessment_each_once(plan: Plan) -> None:
    open_plan = replace(plan, round=None)
    files = [
        checked(open_plan, "a"),
        checked(open_plan, "b"),
        checked(open_plan, "c", stamped(round="105年度下半年")),
        checked(open_plan, "d", stamped(rubric="wra-104", round="104年度")),
    ]
    with pytest.raises(SeveralRoundsError) as error:
        round_meant(files, open_plan)
    assert error.value.rounds == ("105年度上半年", "105年度下半年")


@pytest.mark.parametrize(
    "spelled",
    ["105年度上半年 ", "１０５年度上半年", "105 年度 上半年", "105年上半年", "民國105年上半年度"],
)
def test_a_round_is_the_one_that_people_read_however_it_is_spelled(
    spelled: str, plan: Plan
) -> None:
    typed = replace(plan, round=spelled)
    assert checked(typed, "a").status == "accepted"
    files = [checked(plan, "a"), checked(plan, "b", stamped(round=spelled))]
    assert round_meant(files, replace(plan, round=None)) in {"105年度上半年", spelled}


def test_where_no_form_is_of_the_round_that_was_named_those_that_came_are_told(plan: Plan) -> None:
    other = replace(plan, round="106年度上半年")
    files = [checked(other, "a"), checked(other, "b", stamped(round="105年度下半年"))]
    with pytest.raises(OtherRoundsError, match="「105年度上半年」、「105年度下半年」"):
        round_meant(files, other)
    assert round_meant([], other) == other.round


def test_a_blank_form_of_another_round_asks_nothing(plan: Plan) -> None:
    nothing = FormFacts(replace(clean_facts(plan.rubric).identity, round="105年度下半年"), ())
    open_plan = replace(plan, round=None)
    blank = check_file(facts_received("空", nothing, plan.rubric), open_plan)
    assert blank.status == "blank"
    assert round_meant([blank, checked(open_plan, "a")], open_plan) == "105年度上半年"


@given(days=st.lists(st.integers(0, 3), min_size=1, max_size=5), data=st.data())
def test_exactly_one_form_counts_in_whatever_order_they_come(
    days: list[int], data: st.DataObject
) -> None:
    forms = [checked(NO_UNITS, f"{i}") for i in range(len(days))]
    when = {f"{i}": day for i, day in enumerate(days)}
    mixed = data.draw(st.permutations(forms))
    files = settled(*mixed, days=when)
    assert statuses(files) == statuses(settled(*forms, days=when))
    (last,) = [name for name, file in files.items() if file.status != "superseded"]
    assert when[last] == max(days)
    assert len(files) == len(forms)


def test_a_form_with_the_marks_of_two_units_takes_no_ones_place(plan: Plan) -> None:
    sound = checked(plan, "A01")
    borrowed = checked(plan, "借用", marked("表首", "A02", "第二河川局"))
    files = settled(sound, borrowed, days={"A01": 1, "借用": 2})
    assert statuses(files) == {"A01": "accepted", "借用": "needs-correction"}
