"""成績調整 is read from a small table; what cannot be understood is told at once, what cannot be
done is kept with its reason."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from svcq_excel.definition import DefinitionError
from svcq_excel.plan.score_changes import ScoreChange, read_score_changes
from svcq_excel.plan.sources import Sources
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.shipped import load

from .conftest import Write

HEADS = "編號,考核種類,代號,原得分,調整後得分,理由,核定人,日期,考核人員"
LEAF = "A1.1.1.1"
"""提供案件承辦資訊種類, of 120 in bands."""
UNITS = Path(__file__).parents[2] / "samples" / "units.csv"


def read(folder: Path, *rows: str, rubric: str = "wra-105") -> tuple[ScoreChange, ...]:
    path = folder / "成績調整.csv"
    path.write_text("\n".join((HEADS, *rows, "")), "utf-8")
    return read_score_changes(path, load(rubric))


def test_a_row_is_a_change(tmp_path: Path) -> None:
    (change,) = read(tmp_path, f"A03,本署,{LEAF},45,48,申復,王處長,105年7月20日")
    assert (change.unit, change.kind, change.leaf) == ("A03", "hq", LEAF)
    assert (change.before, change.after) == (Decimal(45), Decimal(48))
    assert (change.reason, change.by, change.day) == ("申復", "王處長", date(2016, 7, 20))
    assert (change.line, change.fault) == (2, "")


@pytest.mark.parametrize(
    ("reason", "assessor", "told"),
    [
        ("申復", "", "「窗口」經申復由 45 分調整為 48 分（核定人 王處長，105年7月20日）"),
        ("經實地複查", "", "「窗口」經實地複查由 45 分調整為 48 分（核定人 王處長，105年7月20日）"),
        (
            "原漏計哺乳室一處",
            "委員甲",
            "「窗口」（委員甲所評）經核定由 45 分調整為 48 分"
            "（理由：原漏計哺乳室一處；核定人 王處長，105年7月20日）",
        ),
    ],
)
def test_it_is_told_as_an_official_would_sign_it(
    tmp_path: Path, reason: str, assessor: str, told: str
) -> None:
    row = f"A03,本署,{LEAF},45,48,{reason},王處長,105年7月20日,{assessor}"
    (change,) = read(tmp_path, row)
    assert change.told("窗口") == told


def test_a_score_that_was_looked_at_and_stays_is_told_so(tmp_path: Path) -> None:
    (change,) = read(tmp_path, f"A03,本署,{LEAF},45,45,申復,王處長,105年7月20日")
    assert change.told() == "經申復維持 45 分（核定人 王處長，105年7月20日）"


@pytest.mark.parametrize(
    "said", ["本署", "本署考核", "hq", "ＨＱ", "主辦機關", "主辦機關考核", " 本署 "]
)
def test_a_kind_is_understood_as_people_call_it(tmp_path: Path, said: str) -> None:
    assert read(tmp_path, f"A03,{said},{LEAF},45,48,申復,王,105/7/20")[0].kind == "hq"


def test_the_only_kind_there_is_need_not_be_named(tmp_path: Path) -> None:
    leaf = load("khb-106").leaves[0].id
    row = f"K01,,{leaf},95,96,申復,王,106/7/20"
    (change,) = read(tmp_path, row, rubric="khb-106")
    assert (change.kind, change.fault) == ("self", "")


def test_numbers_and_days_may_be_typed_as_such(xlsx: Write) -> None:
    heads = HEADS.split(",")
    row = ("A03", "本署", LEAF, 45, 48.0, "申復", "王處長", datetime(2016, 7, 20), None)
    early = (*row[:7], "105.7.20", None)
    found = read_score_changes(xlsx((heads, row, early)), load("wra-105"))
    assert {(each.before, each.after, each.day) for each in found} == {
        (Decimal(45), Decimal(48), date(2016, 7, 20))
    }


@pytest.mark.parametrize("said", ["４８", "48分", " 48 ", "48.0"])
def test_points_are_read_as_people_write_them(tmp_path: Path, said: str) -> None:
    assert read(tmp_path, f"A03,本署,{LEAF},45,{said},申復,王,105/7/20")[0].after == 48


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (f",本署,{LEAF},45,48,申復,王,105/7/20", "編號空白"),
        ("A03,本署,,45,48,申復,王,105/7/20", "代號空白"),
        (f"A03,本署,{LEAF},,48,申復,王,105/7/20", "原得分空白"),
        (f"A03,本署,{LEAF},45,48,,王,105/7/20", "理由空白"),
        (f"A03,本署,{LEAF},45,48,申復,,105/7/20", "核定人空白"),
        (f"A03,本署,{LEAF},45,48,申復,王,", "日期空白"),
        (f"A03,本署,{LEAF},45,48,申復,王,昨天", "日期「昨天」不是日期"),
        (f"A03,本署,{LEAF},45,-3,申復,王,105/7/20", "調整後得分「-3」不是分數"),
        (f"A03,本署,{LEAF},四十五,48,申復,王,105/7/20", "原得分「四十五」不是分數"),
    ],
)
def test_what_cannot_be_understood_is_told_with_its_row(
    tmp_path: Path, row: str, message: str
) -> None:
    with pytest.raises(DefinitionError) as caught:
        read(tmp_path, f"A01,本署,{LEAF},45,48,申復,王,105/7/20", row)
    (problem,) = caught.value.problems
    assert problem.message.startswith(message) and problem.line == 3


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (f"A03,,{LEAF},45,48", "未填考核種類，本次考核有「"),
        (f"A03,市府,{LEAF},45,48", "考核種類「市府」不是本次考核的「"),
        ("A03,本署,Z9,45,48", "評分表沒有代號「Z9」的細項"),
        ("A03,本署,A1.1,45,48", "「處理透明度」的得分是其下各細項的合計，不能直接調整"),
        (f"A03,本署,{LEAF},45,121", "調整後得分 121 分超過「提供案件承辦資訊種類」的滿分 120 分"),
        (f"A03,本署,{LEAF},45,48.5", "調整後得分 48.5 分的小數過細，得分以 1 分為單位"),
    ],
)
def test_what_cannot_be_done_is_kept_with_its_reason(tmp_path: Path, row: str, fault: str) -> None:
    (change,) = read(tmp_path, f"{row},申復,王,105/7/20")
    assert change.fault.startswith(fault)


def test_a_score_between_two_bands_cannot_be(tmp_path: Path) -> None:
    whole = load("khb-106").model_dump()
    leaf = whole["tree"][0]["children"][0]
    leaf["bands"] = [{"min": 81, "max": 100, "text": "好"}, {"min": 40, "max": 60, "text": "可"}]
    rubric = Rubric.model_validate(whole)
    rows = [f"K01,,{leaf['id']},95,{after},申復,王,106/7/20" for after in (70, 0, 60)]
    path = tmp_path / "成績調整.csv"
    path.write_text("\n".join((HEADS, *rows, "")), "utf-8")
    faults = [change.fault for change in read_score_changes(path, rubric)]
    assert faults[0].endswith("的任何級距內（81-100分、40-60分）")
    assert faults[1:] == ["", ""], "0 is no band reached"


def test_a_row_may_be_of_one_of_the_year_s_rounds(tmp_path: Path) -> None:
    path, row = tmp_path / "成績調整.csv", f"A03,本署,{LEAF},45,48,申復,王,105/7/20,"
    lines = (f"{HEADS},期別", f"{row},105年度上半年", f"{row},", f"{row},下半年")
    path.write_text("\n".join(lines), "utf-8")
    changes = read_score_changes(path, load("wra-105"))
    assert [each.is_of("１０５年上半年") for each in changes] == [True, True, False]


def test_a_checklist_has_no_scores_to_change(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="檢核表沒有得分可以調整"):
        read(tmp_path, f"A03,,{LEAF},45,48,申復,王,105/7/20", rubric="kpw-102")


def test_the_plan_holds_them_and_names_their_file_as_an_input(tmp_path: Path) -> None:
    read(tmp_path, f"A03,本署,{LEAF},45,48,申復,王,105/7/20")
    path = tmp_path / "成績調整.csv"
    plan = Sources("wra-105", UNITS, score_changes=path).read()
    assert [change.unit for change in plan.score_changes] == ["A03"]
    assert path in plan.inputs
    assert Sources("wra-105", UNITS).read() != plan
