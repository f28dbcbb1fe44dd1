"""A checklist's results workbook: what is done, by unit, by step, by part, and what is overdue."""

from __future__ import annotations

from pathlib import Path

import pytest

from svcq_excel.checks.answers import Status
from svcq_excel.checks.submission import Submission
from svcq_excel.pipeline import assess
from svcq_excel.results.model import Outcome
from svcq_excel.results.scoring.checklist import conclude
from svcq_excel.results.workbook import write_statistics
from svcq_excel.rubric.model import Kind
from tests.assessments.checklists import handed_in, plan_of
from tests.results.reading import grid, opened, row_of

AT_WORK = {"status": "辦理中", "done": "六月下旬測試"}
OPEN = {"status": "未辦理"}
NOT_OURS = {"status": "不適用", "note": "無臨櫃業務"}
STEPS = 37


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """P1 has four steps that are not done, P2 has none that applies in the first part but one;
    P3 handed in nothing."""
    folder = tmp_path_factory.mktemp("checklist")
    plan = plan_of(folder, "102年6月", ("P1", "P2", "P3"))
    first = {"A3.1": AT_WORK, "A3.2": OPEN, "A3.3": OPEN, "B1": NOT_OURS}
    second = {leaf.id: NOT_OURS for leaf in plan.rubric.tree[0].leaves}
    return assess(plan, [handed_in(plan, folder, {"P1": first, "P2": second})])


@pytest.fixture(scope="module")
def workbook(outcome: Outcome) -> bytes:
    return write_statistics(outcome)


def test_nothing_in_it_is_about_scores(workbook: bytes) -> None:
    names = opened(workbook).sheetnames
    assert names == [
        "檢核結果統計表",
        "目次",
        "逾期步驟",
        "統計圖表",
        "圖表資料",
        "單位與步驟",
        "完成率",
        "辦理情形彙整",
        "檢核結果",
        "各項問題",
        "繳交情形",
        "收件紀錄",
        "來源",
    ]
    texts = {str(value) for name in names for row in grid(workbook, name) for value in row if value}
    assert not {text for text in texts for word in ("得分", "等第", "名次") if word in text}


def test_the_table_counts_each_units_steps(workbook: bytes) -> None:
    name = "檢核結果統計表"
    assert row_of(workbook, name, "P1", 0)[2:] == [37, 33, 1, 2, 1, pytest.approx(33 / 36), "已繳"]
    assert row_of(workbook, name, "P2", 0)[2:] == [37, 27, 0, 0, 10, 1, "已繳"]
    assert row_of(workbook, name, "P3", 0)[2:] == [37, *[None] * 5, "未繳"]


def test_the_sum_counts_what_was_handed_in(workbook: bytes) -> None:
    sums = row_of(workbook, "檢核結果統計表", "合計", 0)
    assert sums[2:] == [74, 60, 1, 2, 11, pytest.approx(60 / 63), "已繳2個"]


def test_a_cell_says_what_a_unit_did_about_a_step(workbook: bytes) -> None:
    rows = grid(workbook, "單位與步驟")
    head = next(row for row in rows if row[0] == "代號")
    assert head[3:] == ["新建工程處", "養護工程處", "秘書室"]
    cells = {row[0]: row[3:] for row in rows if row[1] and row[0] != "代號"}
    assert len(cells) == STEPS
    assert cells["A3.1"] == ["辦理中", "不適用", "未繳"]
    assert cells["B1"] == ["不適用", "已完成", "未繳"]
    assert {row[0] for row in rows} >= {"一、提升服務品質,深化服務績效"}


def test_rates_by_part_leave_out_what_does_not_apply(workbook: bytes) -> None:
    name = "完成率"
    assert row_of(workbook, name, "P1", 0)[2:] == [
        pytest.approx(rate) for rate in (7 / 10, 1, 1, 1, 1, 33 / 36)
    ]
    assert row_of(workbook, name, "P2", 0)[2:] == ["－", 1, 1, 1, 1, 1]
    assert row_of(workbook, name, "P3", 0)[2:] == ["未繳"] * 6
    assert row_of(workbook, name, "合計", 0)[2] == pytest.approx(7 / 10)


def test_overdue_is_what_is_open_and_what_nobody_answered_for(workbook: bytes) -> None:
    rows = [row for row in grid(workbook, "逾期步驟") if str(row[0]).startswith("P")]
    first = [(row[3], row[6], row[7]) for row in rows if row[0] == "P1"]
    assert first == [
        ("A3.1", "辦理中", "六月下旬測試"),
        ("A3.2", "未辦理", None),
        ("A3.3", "未辦理", None),
    ]
    assert not [row for row in rows if row[0] == "P2"]
    assert [row[6] for row in rows if row[0] == "P3"] == ["未繳"] * STEPS


def test_below_each_step_stands_what_every_unit_did(workbook: bytes) -> None:
    rows = grid(workbook, "辦理情形彙整")
    (at,) = (i for i, row in enumerate(rows) if "建置「一處收件、全程服務」" in str(row[0]))
    assert str(rows[at][0]).startswith("(一)設置全功能櫃台")
    assert str(rows[at][0]).endswith("（查核期限：6月、12月）")
    assert rows[at + 1 : at + 4] == [
        ["新建工程處", "不適用", None, None, "無臨櫃業務"],
        ["養護工程處", "已完成", "已依計畫辦理", "附件一", None],
        ["秘書室", "未繳", None, None, None],
    ]


def test_where_nothing_is_overdue_the_sheet_says_so(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "102年4月")
    workbook = write_statistics(assess(plan, [handed_in(plan, tmp_path, {"P1": {}})]))
    assert ["無"] in [[value for value in row if value] for row in grid(workbook, "逾期步驟")]


def answers(assessor: str, kind: Kind, word: str, done: str) -> Submission:
    return Submission("P1", kind, assessor, {}, statuses={"A1": Status(word, done)})


@pytest.mark.parametrize(
    ("words", "together"),
    [
        (("已完成", "辦理中"), "辦理中"),
        (("未辦理", "辦理中"), "未辦理"),
        (("不適用", "已完成"), "已完成"),
    ],
)
def test_where_assessors_differ_a_step_is_as_far_as_the_last_of_them_says(
    tmp_path: Path, words: tuple[str, str], together: str
) -> None:
    plan = plan_of(tmp_path, "102年4月")
    forms = [answers(f"委員{i}", "committee", word, f"說明{i}") for i, word in enumerate(words)]
    (unit,) = conclude(plan, forms)
    assert unit.steps == {"A1": (together, "委員0：說明0\n委員1：說明1", "")}


def test_each_kind_of_assessment_has_sheets_of_its_own(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "102年4月")
    forms = [answers("self", "self", "已完成", ""), answers("hq", "hq", "未辦理", "")]
    made = write_statistics(Outcome(plan.rubric, "102年4月", conclude(plan, forms), ()))
    assert row_of(made, "檢核結果統計表", "P1", 0)[3:7] == [0, 0, 1, 0]
    assert row_of(made, "檢核結果統計表（自行檢核）", "P1", 0)[3:7] == [1, 0, 0, 0]
