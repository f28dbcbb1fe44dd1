"""Lateness goes by the first form with entries, a correction's by its notice; no date to come."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from svcq_excel.checks.batch import CheckedFile, check_file
from svcq_excel.checks.examples import clean_facts, edit
from svcq_excel.checks.settling import settle
from svcq_excel.form.entered import in_short
from svcq_excel.form.facts import FormFacts
from svcq_excel.inbox.reading import Mail
from svcq_excel.plan.plan import Plan
from svcq_excel.text.roc_dates import TAIPEI
from svcq_excel.workbooks.origin import Origin
from tests.receiving import facts_received

DUE = datetime(2016, 7, 31, 23, 59, tzinfo=TAIPEI)
LATE, IN_TIME = DUE + timedelta(days=2), DUE - timedelta(days=2)


@pytest.fixture
def plan(plan: Plan) -> Plan:
    return replace(plan, deadline=DUE)


def entered(plan: Plan, score: float = 100.0) -> FormFacts:
    return edit("A1.1.2", score=score)(clean_facts(plan.rubric))


def correction(of: FormFacts, name: str, by: datetime | None, score: float) -> FormFacts:
    """The correction form of the file of this name, filled in."""
    filled = edit("A1.1.2", score=score)(of)
    until = by.isoformat() if by else ""
    printed = in_short(of)
    return replace(filled, corrects=name, correction=1, correct_by=until, printed=printed)


def settled(plan: Plan, **forms: tuple[FormFacts, dict[str, Any]]) -> dict[str, CheckedFile]:
    files = [
        check_file(facts_received(name, facts, plan.rubric, **_as_mailed(known)), plan)
        for name, (facts, known) in forms.items()
    ]
    return {file.name: file for file in settle(files, plan)}


def _as_mailed(known: dict[str, Any]) -> dict[str, Any]:
    sent = known.get("sent")
    rest = {key: value for key, value in known.items() if key != "sent"}
    return {**rest, "mails": (Mail(sent),)} if sent else rest


def codes(file: CheckedFile) -> list[str]:
    return [violation.code for violation in file.violations]


def test_a_form_in_time_is_not_late_because_the_unit_sent_another(plan: Plan) -> None:
    files = settled(
        plan, 先=(entered(plan, 90.0), {"sent": IN_TIME}), 後=(entered(plan), {"sent": LATE})
    )
    assert files["後"].status == "accepted" and codes(files["後"]) == []
    (first,) = files["後"].hand_ins
    assert (first.name, first.dated.at, first.late) == ("先", IN_TIME, False)


def test_the_first_form_that_came_late_makes_its_unit_late_whichever_counts(plan: Plan) -> None:
    files = settled(
        plan,
        先=(entered(plan, 90.0), {"sent": LATE}),
        後=(entered(plan), {"sent": LATE + timedelta(days=1)}),
    )
    (told,) = [v for v in files["後"].violations if v.code == "late-submission"]
    assert "首次繳交的「先」於 105年8月2日 23:59 寄出（依郵件的寄件時間）" in told.found
    assert "期限為 105年7月31日 23:59" in told.found
    assert "送達" not in told.message


def test_what_was_saved_is_not_said_to_be_sent(plan: Plan) -> None:
    files = settled(plan, 檔=(entered(plan), {"origin": Origin(saved=LATE)}))
    (told,) = files["檔"].violations
    assert told.found.startswith("於 105年8月2日 23:59 最後存檔（依活頁簿內的存檔時間）")


def test_a_blank_form_in_time_is_no_hand_in(plan: Plan) -> None:
    nothing = FormFacts(clean_facts(plan.rubric).identity, ())
    files = settled(plan, 空=(nothing, {"sent": IN_TIME}), 填=(entered(plan), {"sent": LATE}))
    assert files["空"].status == "blank"
    assert codes(files["填"]) == ["late-submission"]


@pytest.mark.parametrize("given", [None, DUE + timedelta(days=9)])
def test_a_correction_has_the_deadline_of_its_notice_or_the_one_that_was_given(
    given: datetime | None, plan: Plan
) -> None:
    plan = replace(plan, correction_deadline=given)
    by = DUE + timedelta(days=5)
    wrong = entered(plan, 999.0)
    for sent, late in ((by, False), (by + timedelta(days=1), given is None)):
        answer = correction(wrong, "原", by, 90.0)
        files = settled(plan, 原=(wrong, {"sent": IN_TIME}), 補=(answer, {"sent": sent}))
        assert files["補"].status == "accepted"
        assert codes(files["補"]) == (["late-submission"] if late else [])
        if late:
            (told,) = files["補"].violations
            assert told.found.startswith("補正表件於") and "，補正期限為" in told.found


def test_a_correction_alone_is_not_judged_by_the_deadline_of_forms(plan: Plan) -> None:
    answer = correction(entered(plan, 999.0), "不在", None, 90.0)
    files = settled(plan, 補=(answer, {"sent": LATE}))
    assert files["補"].status == "accepted" and codes(files["補"]) == []


def test_a_correction_counts_after_the_form_that_it_corrects_whatever_their_dates(
    plan: Plan,
) -> None:
    wrong = entered(plan, 999.0)
    answer = correction(wrong, "原", None, 90.0)
    early = {"origin": Origin(saved=IN_TIME - timedelta(days=5))}
    files = settled(plan, 原=(wrong, {"origin": Origin(saved=IN_TIME)}), 補=(answer, early))
    assert {name: file.status for name, file in files.items()} == {
        "原": "superseded",
        "補": "accepted",
    }
    assert files["補"].reason == "「原」的補正表件"
    assert "是本檔的補正表件" in files["原"].reason


def test_a_correction_that_nobody_changed_is_blank_and_says_so(plan: Plan) -> None:
    wrong = entered(plan, 999.0)
    unchanged = correction(wrong, "原", None, 999.0)
    files = settled(plan, 原=(wrong, {"sent": IN_TIME}), 補=(unchanged, {"sent": LATE}))
    assert {name: file.status for name, file in files.items()} == {
        "原": "needs-correction",
        "補": "blank",
    }
    assert files["補"].violations[0].found == "補正表件尚未更正"


def test_a_date_in_the_future_decides_nothing_and_is_told(plan: Plan) -> None:
    future = datetime(2099, 1, 1, tzinfo=UTC)
    forged = {"sent": future, "origin": Origin(saved=IN_TIME - timedelta(days=1))}
    files = settled(
        plan,
        後=(entered(plan), {"sent": IN_TIME, "origin": Origin(saved=IN_TIME)}),
        假=(entered(plan, 90.0), forged),
    )
    assert files["後"].status == "accepted"
    assert files["假"].status == "superseded"
    assert [v.code for v in (*files["假"].violations, *files["假"].set_aside)] == [
        "duplicate-submission",
        "date-in-future",
    ]
    alone = settled(plan, 假=(entered(plan), forged))["假"]
    assert codes(alone) == ["date-in-future"]
    assert "188年1月1日" in alone.violations[0].message


@pytest.mark.parametrize(
    ("due", "sent", "told"),
    [
        (time(17), time(17, 0, 30), ("17:00:30", "17:00:00")),
        (time(17, 0, 15), time(17, 0, 16), ("17:00:16", "17:00:15")),
        (time(17), time(17, 0, 0, 500000), ("17:00:00.500000", "17:00:00.000000")),
        (time(17), time(17, 1, 30), ("17:01", "17:00")),
    ],
)
def test_a_message_shows_as_many_digits_of_both_moments_as_decide(
    due: time, sent: time, told: tuple[str, str], plan: Plan
) -> None:
    plan = replace(plan, deadline=datetime.combine(DUE.date(), due, TAIPEI))
    came = datetime.combine(DUE.date(), sent, TAIPEI)
    (late,) = settled(plan, 檔=(entered(plan), {"sent": came}))["檔"].violations
    assert late.found.startswith(f"於 105年7月31日 {told[0]} 寄出")
    assert late.found.endswith(f"期限為 105年7月31日 {told[1]}")
