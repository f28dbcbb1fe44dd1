"""A rate of growth is counted in the form while it is filled in, and again when it comes back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from svcq_excel.form.identity import FORM_SHEET
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.form.writing.guide_sheet import guide_lines
from svcq_excel.pipeline import assess, define, issue
from svcq_excel.plan.assessors import SELF
from svcq_excel.plan.plan import Plan
from svcq_excel.results.workbook import write_statistics
from tests.conftest import Convert
from tests.paper.filled_form import Entry, Paper
from tests.results.reading import grid, opened

UNITS = Path(__file__).parents[2] / "samples" / "hccg-105" / "units.csv"

# By leaf: this year, last year, the rate in the form and in the results.
CASES: dict[str, tuple[Entry, Entry, Entry, Entry]] = {
    "A2.2.1.2": (88, 80, 0.1, 0.1),
    "A2.2.2": (0.88, 80, "－", "－"),
    "B2.1.1": (9, 0, "－", "－"),
    "B2.1.2": ("增加", 30, "－", "－"),
}
MORE: dict[str, tuple[Entry, Entry, Entry, Entry]] = {
    "A2.2.1.2": (80, 90, -0.1111, -0.1111),
    "A2.2.2": (-5, 80, -1.0625, "－"),
    "B2.1.1": (30, None, "－", "－"),
    "B2.1.2": (0, 3, -1, -1),
}


@pytest.fixture(scope="module")
def plan() -> Plan:
    return define("hccg-105", UNITS)


def filled(plan: Plan, folder: Path, cases: Mapping[str, tuple[Entry, ...]]) -> Path:
    form = issue(plan, [SELF], folder / "blank")[0]
    paper = Paper(form.path, plan.rubric)
    for leaf in plan.rubric.leaves:
        paper.enter(leaf.id, score=int(leaf.cap) // 2)
    for id, (this, last, *_) in cases.items():
        paper.enter(id, this_year=this, last_year=last)
    paper.enter(assessor="行政處", date="105年9月10日")
    paper.save(folder / "returned.xlsx")
    return folder / "returned.xlsx"


@pytest.mark.parametrize("cases", [CASES, MORE], ids=["one", "other"])
def test_the_results_count_the_rate_anew(
    plan: Plan, tmp_path: Path, cases: Mapping[str, tuple[Entry, ...]]
) -> None:
    workbook = write_statistics(assess(plan, [filled(plan, tmp_path, cases)]))
    rows = [row for row in grid(workbook, "成長率") if row[0] == "A01"]
    growths = [plan.rubric.nodes[leaf].growth for leaf in cases]
    labels = [growth.label for growth in growths if growth]
    assert [(row[3], row[7]) for row in rows] == [
        (label, case[3]) for label, case in zip(labels, cases.values(), strict=True)
    ]


def test_the_guide_says_how_to_enter_years(plan: Plan) -> None:
    assert any("「本年度」及「上年度」" in line for line in guide_lines(plan.rubric))


def test_rates_are_live_and_what_is_no_number_is_shown_as_it_is(plan: Plan, tmp_path: Path) -> None:
    workbook = write_statistics(assess(plan, [filled(plan, tmp_path, CASES)]))
    sheet = opened(workbook)["成長率"]
    assert [cell.value for cell in sheet[4]][4:] == [88, 80, "%", "=ROUND((E4-F4)/F4,4)"]
    assert sheet["H4"].number_format == "0.00%"
    assert sheet["E5"].value == "0.88，無法確定是 88% 還是 0.88%"
    assert sheet["E7"].value == "文字「增加」"


@pytest.mark.office
@pytest.mark.parametrize("cases", [CASES, MORE], ids=["one", "other"])
def test_the_form_counts_the_rate(
    plan: Plan, tmp_path: Path, office: Convert, cases: Mapping[str, tuple[Entry, ...]]
) -> None:
    layout = lay_out(plan.rubric)
    (saved,) = office([filled(plan, tmp_path, cases)], "xlsx", tmp_path / "out")
    sheet = opened(saved.read_bytes(), values=True)[FORM_SHEET]
    for leaf, case in cases.items():
        box = layout.advice[leaf, "growth"]
        assert sheet.cell(box.row + 1, box.column + 1).value == case[2], leaf


@pytest.mark.office
def test_the_form_asks_for_what_is_missing_or_unclear(
    plan: Plan, tmp_path: Path, office: Convert
) -> None:
    layout = lay_out(plan.rubric)
    cases = {**CASES, "B2.1.1": (30, None, "", "")}
    (saved,) = office([filled(plan, tmp_path, cases)], "xlsx", tmp_path / "out")
    sheet = opened(saved.read_bytes(), values=True)[FORM_SHEET]
    said = {}
    for leaf in cases:
        box = layout.advice[leaf, "check"]
        said[leaf] = sheet.cell(box.row + 1, box.column + 1).value
    assert said == {
        "A2.2.1.2": "符合",
        "A2.2.2": "百分比請填如 88 或 88%",
        "B2.1.1": "請填本年度及上年度",
        "B2.1.2": "請將年度數據改填數字",
    }
