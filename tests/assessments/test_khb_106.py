"""khb-106 from blank form to last table: the source, a filled form, comes out as it stands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from svcq_excel.pipeline import assess, define, issue
from svcq_excel.plan.assessors import HQ, SELF
from svcq_excel.results.model import Outcome
from svcq_excel.results.workbook import write_statistics
from tests.paper.filled_form import Paper
from tests.results.reading import grid, opened
from tests.rubric.sources import seed, squeezed

UNIT = "KHB 高雄區營業處"


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """The source's own case: 95 on every item, nothing to improve."""
    folder = tmp_path_factory.mktemp("khb")
    units = folder / "units.csv"
    units.write_text("編號,受考核單位名稱\nKHB,高雄區營業處\n", encoding="utf-8")
    plan = define("khb-106", units)
    (form,) = issue(plan, [SELF], folder / "blank")
    paper = Paper(form.path, plan.rubric)
    for item in plan.rubric.items:
        paper.enter(item.id, score=95)
        paper.remark(item.id, suggestions="無")
    paper.enter(assessor="考核小組", date="107年1月12日")
    paper.save(folder / "returned.xlsx")
    return assess(plan, [folder / "returned.xlsx"])


def test_the_result_of_the_source_comes_out(outcome: Outcome) -> None:
    (result,) = outcome.units
    assert (result.status, result.grade) == ("accepted", None)
    assert result.total == 950
    assert set(result.items.values()) == {95}
    codes = [violation.code for _, violation in outcome.findings]
    assert codes == ["uniform-scores"], "as it happens, the source gives every item the same"


def test_the_summary_says_line_by_line_what_the_source_says(outcome: Outcome) -> None:
    source = seed("000").partition("自行考核結果彙整表")[2]
    expected = [squeezed(line) for line in source.splitlines() if squeezed(line)]
    printed = [
        "".join(
            f"{prefix(cell)}{cell}{'分' if isinstance(cell, int) else ''}" for cell in row if cell
        )
        for row in grid(write_statistics(outcome), UNIT)[2:]
    ]
    assert printed == [line.removeprefix("##") for line in expected]


def prefix(cell: object) -> str:
    """What the number format of the total puts before it."""
    return "總分：" if cell == 950 else ""


def test_the_summary_shows_the_date_and_counts_live(outcome: Outcome) -> None:
    sheet = opened(write_statistics(outcome))[UNIT]
    assert sheet["A1"].value == outcome.rubric.title_of_unit_table("self")
    assert sheet["A2"].value == "受考核單位：高雄區營業處　考核日期：107年1月12日"
    total = next(row[3] for row in sheet.iter_rows() if row[3].data_type == "f")
    assert (total.value, total.number_format) == ("=SUM(D5:D14)", '"總分："0"分"')
    assert sheet["D5"].number_format == '0"分"'


def test_no_grade_is_shown_where_the_plan_has_none(outcome: Outcome) -> None:
    workbook = write_statistics(outcome)
    shown = {
        cell for sheet in opened(workbook) for row in grid(workbook, sheet.title) for cell in row
    }
    assert "等第" not in shown


def test_units_are_brought_together_by_item(tmp_path: Path) -> None:
    units = tmp_path / "units.csv"
    units.write_text("編號,受考核單位名稱\n1,甲區\n2,乙區\n3,丙區\n", encoding="utf-8")
    plan = define("khb-106", units)
    for form in issue(plan, [SELF], tmp_path / "blank")[:2]:
        paper = Paper(form.path, plan.rubric)
        for at, item in enumerate(plan.rubric.items):
            paper.enter(item.id, score=80 + at)
        paper.remark("A1", strengths=f"{form.unit.name}優點")
        paper.enter(assessor="考核小組", date="107/1/12")
        paper.save(tmp_path / f"{form.unit.code}.xlsx")
    outcome = assess(plan, [tmp_path / "1.xlsx", tmp_path / "2.xlsx"])
    workbook = write_statistics(outcome)
    rows = grid(workbook, "各考核項目彙整")[2:]
    assert [row[:6] for row in rows[:3]] == [
        ["1.服務一致及正確", "1", "甲區", "自行", 80, "甲區優點"],
        ["1.服務一致及正確", "2", "乙區", "自行", 80, "乙區優點"],
        ["2.服務友善", "1", "甲區", "自行", 81, None],
    ]
    assert len(rows) == 20, "who has not handed in has nothing to bring"
    assert [name for name in opened(workbook).sheetnames if "區" in name] == ["1 甲區", "2 乙區"]


def test_a_form_of_a_kind_that_the_definition_does_not_have_is_told_and_makes_no_table(
    tmp_path: Path,
) -> None:
    units = tmp_path / "units.csv"
    units.write_text("編號,受考核單位名稱\nKHB,高雄區營業處\n", encoding="utf-8")
    plan = define("khb-106", units)
    other = plan.rubric.model_copy(update={"kinds": {**plan.rubric.kinds, "hq": "總處"}})
    (form,) = issue(replace(plan, rubric=other), [HQ], tmp_path / "blank")
    paper = Paper(form.path, plan.rubric)
    for item in plan.rubric.items:
        paper.enter(item.id, score=95)
    paper.save(tmp_path / "returned.xlsx")
    found = assess(plan, [tmp_path / "returned.xlsx"])
    assert found.kinds == ("self",)
    [told] = [v for _, v in found.findings if v.severity == "error"]
    assert told.code == "unknown-assessor"
    assert "表件的考核類別是「主辦機關」；本次考核只有「自行」" in told.message
