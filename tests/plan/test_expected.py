"""Who is expected to assess a unit, and what is decided on those who do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from svcq_excel.definition import DefinitionError
from svcq_excel.plan.assessors import HQ, Assessor
from svcq_excel.plan.decisions import Absence, Decision, read_decisions
from svcq_excel.plan.expected import Expected
from svcq_excel.plan.units import Unit

A01, A02, B01 = UNITS = (
    Unit("A01", "衛生局", "第1組"),
    Unit("A02", "稅務局", "第1組"),
    Unit("B01", "東區區公所", "第2組"),
)
ALL = Assessor("K1", "王委員", "committee")
GROUP = Assessor("K2", "李委員", "committee", "第1組")
ONE = Assessor("K3", "陳委員", "committee", "", ("東區區公所", "a02"))
HEAD = "考核人員,受考核單位,決定,理由,決定人\n"


def absent(who: str, *units: str, word: str = "缺席") -> Absence:
    return Absence(who, units, word, "因病", "秘書室", "決定.csv", 2)


def keys(expected: Expected, unit: Unit) -> list[str] | None:
    members = expected.of(unit)
    return None if members is None else [each.key for each in members]


def test_members_are_expected_for_all_units_for_a_group_or_for_some() -> None:
    expected = Expected((ALL, GROUP, ONE))
    assert [keys(expected, unit) for unit in UNITS] == [
        ["K1", "K2"],
        ["K1", "K2", "K3"],
        ["K1", "K3"],
    ]
    assert expected.kinds == {"committee"}


def test_without_a_list_of_members_nobody_says_who_is_expected() -> None:
    assert keys(Expected(), A01) is None
    assert keys(Expected((HQ,)), A01) is None
    assert Expected((HQ,)).kinds == {"hq"}


@pytest.mark.parametrize("who", ["K1", "ｋ１", "王委員"])
def test_who_is_absent_is_not_expected_and_that_is_kept(who: str) -> None:
    expected = Expected((ALL, GROUP), (absent(who, "A01"),))
    assert [keys(expected, unit) for unit in UNITS] == [["K2"], ["K1", "K2"], ["K1"]]
    assert [list(expected.absent(unit)) for unit in UNITS] == [["K1"], [], []]
    everywhere = Expected((ALL, GROUP), (absent(who),))
    assert [keys(everywhere, unit) for unit in UNITS] == [["K2"], ["K2"], []]
    assert not list(expected.unmatched(UNITS, ()))


def test_who_would_not_assess_a_unit_is_not_absent_from_it() -> None:
    """A decision for all of a member's units is not told of those that others assess."""
    expected = Expected((ALL, GROUP, ONE), (absent("K2"), absent("K3")))
    assert [list(expected.absent(unit)) for unit in UNITS] == [["K2"], ["K2", "K3"], ["K3"]]


@pytest.mark.parametrize(
    ("absence", "said"),
    [
        (absent("趙委員", "A01"), "考核人員「趙委員」不在考核人員名單內"),
        (absent("K1", "A09"), "單位「A09」不在受考核單位名單內"),
        (absent("李委員", "B01"), "考核人員「李委員」依名單不考核「B01」"),
    ],
)
def test_an_absence_that_concerns_nothing_is_told_with_its_reason(
    absence: Absence, said: str
) -> None:
    (problem,) = Expected((ALL, GROUP, ONE), (absence,)).unmatched(UNITS, ())
    assert problem.message.startswith(said)
    assert "因病" in problem.message
    assert problem.line == 2


def test_without_a_list_an_absence_needs_a_form_that_it_keeps_out() -> None:
    expected = Expected((), (absent("王委員"),))
    assert not list(expected.unmatched(UNITS, {"王委員"}))
    spelled = Expected((), (absent("Ｋ１"),))
    assert not list(spelled.unmatched(UNITS, {"ｋ１"})), "as keys are told apart elsewhere"
    (problem,) = expected.unmatched(UNITS, {"李委員"})
    assert "沒有送來任何表件" in problem.message


def test_absences_stand_in_the_table_of_decisions_beside_files(tmp_path: Path) -> None:
    path = tmp_path / "決定.csv"
    rows = (
        "表.xlsx,,,排除,誤送,王科長\n,李委員,A01、A02,迴避,親屬,王科長\n,K1,全部,不計,辭任,王科長\n"
    )
    path.write_text("檔案," + HEAD + rows, encoding="utf-8-sig")
    file, recused, gone = read_decisions(path)
    assert isinstance(file, Decision)
    assert recused == Absence("李委員", ("A01", "A02"), "迴避", "親屬", "王科長", str(path), 3)
    assert isinstance(gone, Absence)
    assert (gone.units, gone.in_words) == ((), "依決定不計：辭任（王科長）")


@pytest.mark.parametrize("head", ["編號", "受考核單位名稱", "單位", "受考核單位編號"])
def test_a_table_of_absences_needs_no_column_of_files(head: str, tmp_path: Path) -> None:
    path = tmp_path / "決定.csv"
    path.write_text(f"委員,{head},決定,理由,決定人\n甲,A01,缺席,病假,王\n", encoding="utf-8-sig")
    (absence,) = read_decisions(path)
    assert isinstance(absence, Absence)
    assert absence.is_for(A01)
    assert not absence.is_for(A02)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("甲,,缺席,因,王", "未填受考核單位"),
        ("甲,A01,排除,因,王", "「排除」無法辨識"),
        ("甲,A01,,因,王", "「」無法辨識"),
        ("甲,A01,缺席,,王", "理由空白"),
        ("甲,A01,缺席,因,", "決定人空白"),
        (",A01,缺席,因,王", "檔案空白"),
    ],
)
def test_an_absence_that_says_too_little_is_refused_with_its_line(
    row: str, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "決定.csv"
    path.write_text(HEAD + row + "\n", encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        read_decisions(path)
    (problem,) = caught.value.problems
    assert said in problem.message
    assert problem.line == 2
