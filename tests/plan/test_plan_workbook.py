"""A plan workbook says what a run works with; what is wrong in it is told by sheet and cell."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from svcq_excel.definition import DefinitionError
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.plan.plan import Plan
from svcq_excel.plan.plan_workbook import read_plan_workbook
from tests.plan.planning import HEADS, USUAL, units_of, write_plan


def plan_of(path: Path) -> Plan:
    return read_plan_workbook(path).read()


def told(path: Path) -> list[str]:
    """Where each problem is and what it says, without the file's own path."""
    with pytest.raises(DefinitionError) as caught:
        plan_of(path)
    return [str(problem).removeprefix(f"{path} ") for problem in caught.value.problems]


def test_a_plan_workbook_is_all_that_a_run_needs(tmp_path: Path) -> None:
    matters = {**USUAL, "繳交期限": "105年7月31日", "聯絡人": "王大明", "聯絡電話": "02-2311-1234"}
    plan = plan_of(write_plan(tmp_path / "考核計畫.xlsx", matters))
    assert (plan.rubric.id, len(plan.units), plan.round) == ("wra-105", 14, "105年度上半年")
    assert plan.deadline and (plan.deadline.year, plan.deadline.month) == (2016, 7)
    assert (plan.contact.name, plan.contact.phone) == ("王大明", "02-2311-1234")
    assert [each.key for each in plan.assessors] == ["self"]


@pytest.mark.parametrize(
    "typed",
    [
        "105年7月31日",
        "105/7/31",
        "１０５．７．３１",
        "2016-07-31",
        "105年7月31日(星期日)",
        1050731,
        date(2016, 7, 31),
        datetime(2016, 7, 31),
    ],
)
def test_a_deadline_is_understood_however_it_is_typed(tmp_path: Path, typed: object) -> None:
    plan = plan_of(write_plan(tmp_path / "考核計畫.xlsx", {**USUAL, "繳交期限": typed}))
    assert plan.deadline and plan.deadline.date() == date(2016, 7, 31)
    assert plan.deadline.hour == 23


def test_a_time_of_day_in_a_date_cell_counts(tmp_path: Path) -> None:
    matters = {**USUAL, "繳交期限": datetime(2016, 7, 31, 17, 0)}
    plan = plan_of(write_plan(tmp_path / "考核計畫.xlsx", matters))
    assert plan.deadline and plan.deadline.hour == 17


def test_lists_of_heads_alone_are_not_given(tmp_path: Path) -> None:
    sources = read_plan_workbook(write_plan(tmp_path / "考核計畫.xlsx"))
    assert sources.units and not sources.decisions and not sources.rulings
    assert not sources.assessors


def test_all_that_is_wrong_is_told_at_once_by_sheet_and_cell(tmp_path: Path) -> None:
    path = write_plan(
        tmp_path / "考核計畫.xlsx",
        {
            **USUAL,
            "繳交期限": "下週五",
            "考核種類": "自行考核、抽考",
            "表件格式": "紙本",
            "聯絡仁": "王",
        },
        units=[("編號", "受考核單位名稱"), ("A01", "甲"), ("A01", "乙"), ("A03", None)],
        決定=[HEADS["決定"], ("一.xlsx", None, None, "採納", "因為", "王")],
        複評及加減分=[HEADS["複評及加減分"], ("A01", "過", None)],
    )
    said = told(path)
    for place, what in (
        ("「計畫」 B5", "「下週五」不是日期"),
        ("「計畫」 B4", "「抽考」"),
        ("「計畫」 B6", "「紙本」"),
        ("「計畫」 A7", "請改為「聯絡人」"),
        ("「受考核單位」 A3", "重複"),
        ("「受考核單位」 B4", "空白"),
        ("「決定」 D2", "「採納」"),
    ):
        assert sum(line.startswith(place) and what in line for line in said) == 1, (place, said)


def test_a_flag_goes_before_what_the_workbook_has_wrong(tmp_path: Path) -> None:
    from svcq_excel import Sources

    path = write_plan(tmp_path / "考核計畫.xlsx", {**USUAL, "繳交期限": "下週五"})
    plan = Sources(deadline="105年8月1日").over(read_plan_workbook(path)).read()
    assert plan.deadline and plan.deadline.month == 8


def test_without_units_it_says_where_to_write_them(tmp_path: Path) -> None:
    path = write_plan(tmp_path / "考核計畫.xlsx", units=[("編號", "受考核單位名稱")])
    assert told(path)[0].startswith("「受考核單位」 第 1 列：欄名之下沒有任何資料")


ROUNDS = [
    ("評分表定義", "wra-105"),
    ("期別", "105年度上半年"),
    ("繳交期限", "105年7月31日"),
    ("期別", "105年度下半年"),
    ("繳交期限", "106年1月31日"),
    ("補正期限", "106年2月15日"),
    ("考核種類", "自行考核"),
]


def test_of_several_rounds_the_one_that_is_said_has_its_own_deadlines(tmp_path: Path) -> None:
    path = write_plan(tmp_path / "考核計畫.xlsx", [*ROUNDS, ("本次期別", "105年下半年")])
    plan = plan_of(path)
    assert plan.round == "105年下半年" and plan.other_rounds == ("105年度上半年",)
    assert plan.deadline and plan.deadline.year == 2017
    assert plan.correction_deadline and plan.correction_deadline.month == 2


def test_which_of_several_rounds_has_to_be_said(tmp_path: Path) -> None:
    path = write_plan(tmp_path / "考核計畫.xlsx", ROUNDS)
    (said,) = told(path)
    assert said.startswith("「計畫」 B3") and "本次期別" in said
    strange = write_plan(tmp_path / "b.xlsx", [*ROUNDS, ("本次期別", "106年度")])
    assert told(strange)[0].startswith("「計畫」 B9")


def test_a_deadline_that_stands_twice_is_told(tmp_path: Path) -> None:
    rows = [*ROUNDS[:3], ("繳交期限", "105年8月1日")]
    (said,) = told(write_plan(tmp_path / "考核計畫.xlsx", rows))
    assert said.startswith("「計畫」 B5") and "第 4 列" in said


def test_a_phone_that_became_a_number_is_told(tmp_path: Path) -> None:
    (said,) = told(write_plan(tmp_path / "考核計畫.xlsx", {**USUAL, "聯絡電話": 223111234}))
    assert "開頭的 0" in said and said.startswith("「計畫」 B5")


def test_a_committee_without_members_is_told(tmp_path: Path) -> None:
    matters = {**USUAL, "評分表定義": "hccg-105", "考核種類": "考核小組、自行檢測"}
    path = write_plan(tmp_path / "考核計畫.xlsx", matters, units=units_of("hccg-105"))
    (said,) = told(path)
    assert "考核人員" in said and said.startswith("「計畫」 B4")
    people = [HEADS["考核人員"], ("K1", "王委員"), ("K2", "李委員")]
    path = write_plan(
        tmp_path / "考核計畫.xlsx", matters, units=units_of("hccg-105"), 考核人員=people
    )
    assert [each.key for each in plan_of(path).assessors] == ["K1", "K2", "self"]


def test_a_definition_that_a_plan_names_starts_from_where_it_lies(tmp_path: Path) -> None:
    from svcq_excel.rubric.shipped import path_of

    (tmp_path / "本年度.yaml").write_bytes(path_of("wra-105").read_bytes())
    path = write_plan(tmp_path / "考核計畫.xlsx", {**USUAL, "評分表定義": "本年度.yaml"})
    assert plan_of(path).rubric.id == "wra-105"


def test_columns_moved_rows_between_and_notes_above_are_read_past(tmp_path: Path) -> None:
    rows = [("說明", "值", "項目"), (None, None, None), ("照計畫填", "wra-105", "評分表 定義")]
    rows += [(None, "105年度上半年", "考核期別"), (None, None, "聯絡人")]
    path = write_plan(tmp_path / "考核計畫.xlsx", [("本年度考核計畫", None), *rows])
    book = load_workbook(path)
    book["計畫"].delete_rows(1)
    book.save(path)
    assert plan_of(path).round == "105年度上半年"


FORMULAS = ("=A1", "=B1", None, '=IF(1,"採用","")', "=E1", "=F1")


def test_a_decision_of_formulas_without_results_is_not_passed_over(tmp_path: Path) -> None:
    path = write_plan(tmp_path / "考核計畫.xlsx", 決定=[HEADS["決定"], FORMULAS])
    assert told(path)[0].startswith("「決定」") and "公式" in told(path)[0]
    sound = ("一.xlsx", None, None, "採用", "因為", "王")
    path = write_plan(tmp_path / "考核計畫.xlsx", 決定=[HEADS["決定"], sound, FORMULAS])
    assert any(line.startswith("「決定」 D3") and "公式" in line for line in told(path))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + b"\0" * 600, b"a,b"])
def test_what_is_no_workbook_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "考核計畫.xlsx").write_bytes(content)
    with pytest.raises(DefinitionError) as caught:
        read_plan_workbook(tmp_path / "考核計畫.xlsx")
    assert "考核計畫.xlsx" in str(caught.value)


def test_a_workbook_without_a_plan_is_told(tmp_path: Path) -> None:
    path = write_plan(tmp_path / "考核計畫.xlsx")
    book = load_workbook(path)
    book["計畫"].title = "別的"
    book.save(path)
    with pytest.raises(DefinitionError, match="不是考核計畫"):
        read_plan_workbook(path)


def test_a_day_of_a_reevaluation_may_be_typed_as_a_day(tmp_path: Path) -> None:
    matters = {**USUAL, "評分表定義": "hccg-105", "考核種類": "自行檢測"}
    rulings = [HEADS["複評及加減分"], (units_of("hccg-105")[1][0], "通過", date(2016, 11, 3))]
    path = write_plan(
        tmp_path / "考核計畫.xlsx", matters, units=units_of("hccg-105"), 複評及加減分=rulings
    )
    (found,) = plan_of(path).rulings.reevaluated.values()
    assert found.day == date(2016, 11, 3)


@pytest.mark.parametrize(
    ("said", "direction"), [("直式", "portrait"), (" 橫式", "landscape"), ("縱向", "portrait")]
)
def test_the_paper_of_the_forms_is_the_plans_to_choose(
    tmp_path: Path, said: str, direction: str
) -> None:
    own = plan_of(write_plan(tmp_path / "考核計畫.xlsx", USUAL)).rubric
    plan = plan_of(write_plan(tmp_path / "考核計畫.xlsx", {**USUAL, "表件方向": said}))
    assert lay_out(plan.rubric).paper.direction == direction
    assert plan.rubric.digest == own.digest, "forms that are out stay valid"


def test_a_paper_that_nobody_knows_is_told(tmp_path: Path) -> None:
    path = write_plan(tmp_path / "考核計畫.xlsx", {**USUAL, "表件方向": "斜的"})
    assert any("表件方向「斜的」無法辨識" in each for each in told(path))
