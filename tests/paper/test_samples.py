"""The sample round: what was planted is found, by its code, and nothing else is."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from svcq_excel.cli.demo import plan_of
from svcq_excel.form.facts import FormFacts
from svcq_excel.pipeline import assess
from svcq_excel.plan.plan import Plan
from svcq_excel.results.model import FileResult, Outcome, UnitResult
from svcq_excel.rubric.model import Rubric
from tests.receiving import content_of

ROOT = Path(__file__).parents[2]
RETURNED = ROOT / "samples" / "returned"
MOST_BYTES = 1_500_000
OTHERS = ("khb-106", "hccg-105", "kpw-102")

FILES = {
    "A01_第一河川局_wra-105_105年度上半年_自行.xlsx": "accepted",
    "A02_第二河川局_wra-105_105年度上半年_自行.ods": "accepted",
    "第三河川局自評(修正版).xlsx": "accepted protection-removed",
    "A04_第四河川局_wra-105_105年度上半年_自行.xlsx": (
        "needs-correction A1.1.2:score-above-cap A3.1.1:band-mismatch"
    ),
    "A05_第五河川局_wra-105_105年度上半年_自行.xls": (
        "needs-correction A1.1.1.2:band-missing A2.3.1:score-missing B2.1.1.2:score-missing"
    ),
    "A06_第六河川局_wra-105_105年度上半年_自行.xlsx": (
        "needs-correction A2.2.1.2:measure-missing A2.2.2:measure-band-mismatch"
    ),
    "A07_第七河川局_wra-105_105年度上半年_自行.xlsx": (
        "accepted A1.1.1.1:score-normalised A2.2.2:score-normalised B1.2.1:score-normalised"
    ),
    "A08_第八河川局_wra-105_105年度上半年_自行.xls": "accepted",
    "A09_第九河川局_wra-105_105年度上半年_自行.xlsx": "accepted total-altered",
    "A10_第十河川局_wra-105_105年度上半年_自行.ods": (
        "accepted A1.1.1.1:criterion-altered B1.1.1.2:criterion-altered"
    ),
    "A11_北區水資源局_wra-105_105年度上半年_自行.xlsx": (
        "superseded duplicate-submission A1.1.2:score-not-a-number A2.2.2:measure-not-a-number "
        "B2.1.1.1:score-step C1.3:score-negative"
    ),
    "北區水資源局(補正).ods": "accepted",
    "A12_中區水資源局_wra-105_105年度上半年_自行.xls": (
        "accepted A3.2.1:formula-in-score A3.2.1:formula-not-checked"
    ),
    "A13_南區水資源局_wra-105_105年度上半年_自行.xlsx": "accepted",
    "A14_臺北水源特定區管理局_wra-105_105年度上半年_自行.xlsx": "rejected unreadable-file",
    "開會通知.xlsx": "rejected unknown-form",
    "~$A14_臺北水源特定區管理局_wra-105_105年度上半年_自行.xlsx": "ignored",
    "第一河川局創意服務計畫(附錄1).pdf": "ignored",
}

UNITS = {
    "A01": (912, "優", 2),
    "A02": (886, "甲", 3),
    "A03": (843, "甲", 6),
    "A04": "needs-correction",
    "A05": "needs-correction",
    "A06": "needs-correction",
    "A07": (861, "甲", 5),
    "A08": (886, "甲", 3),
    "A09": (765, "乙", 8),
    "A10": (728, "乙", 9),
    "A11": (934, "優", 1),
    "A12": (797, "乙", 7),
    "A13": (652, "丙", 10),
    "A14": "missing",
}


STORED_TOTALS = {
    "A01_第一河川局_wra-105_105年度上半年_自行.xlsx": 912,
    "A02_第二河川局_wra-105_105年度上半年_自行.ods": 886,
    "第三河川局自評(修正版).xlsx": 843,
    "A08_第八河川局_wra-105_105年度上半年_自行.xls": 886,
    "A10_第十河川局_wra-105_105年度上半年_自行.ods": 728,
    "A12_中區水資源局_wra-105_105年度上半年_自行.xls": 797,
    "北區水資源局(補正).ods": 934,
}


@pytest.fixture(scope="module")
def outcome(plan: Plan) -> Outcome:
    return assess(plan, [RETURNED])


def _said(file: FileResult) -> str:
    found = (f"{v.criterion}:{v.code}" if v.criterion else v.code for v in file.found)
    return " ".join([file.status, *found])


def test_every_planted_fault_is_found_by_its_code_and_nothing_else(outcome: Outcome) -> None:
    assert {Path(file.path).name: _said(file) for file in outcome.files} == FILES


def test_totals_grades_and_ranks_are_those_the_round_was_made_with(outcome: Outcome) -> None:
    found = {
        result.unit.code: result.status
        if result.status != "accepted"
        else (result.total, result.grade, result.rank)
        for result in outcome.units
    }
    assert found == UNITS


def test_the_tie_is_said(outcome: Outcome) -> None:
    assert [result.unit.code for result in outcome.units if result.tied] == ["A02", "A08"]


def test_of_two_forms_the_one_saved_later_counts_by_the_date_inside(outcome: Outcome) -> None:
    (file,) = [file for file in outcome.files if file.status == "superseded"]
    assert "北區水資源局(補正).ods" in file.reason
    assert "活頁簿內的存檔時間" in file.reason


def test_every_file_is_accounted_for_once(outcome: Outcome) -> None:
    on_disk = sorted(
        path.relative_to(RETURNED.parent).as_posix()
        for path in RETURNED.rglob("*")
        if path.is_file()
    )
    assert sorted(file.path for file in outcome.files) == on_disk


def test_the_round_need_not_be_named(plan: Plan, outcome: Outcome) -> None:
    assert assess(Plan(plan.rubric, plan.units), [RETURNED]) == outcome


def test_assessing_changes_no_file(plan: Plan) -> None:
    def digests() -> dict[Path, str]:
        files = (path for path in RETURNED.rglob("*") if path.is_file())
        return {path: sha256(path.read_bytes()).hexdigest() for path in files}

    before = digests()
    assess(plan, [RETURNED])
    assert digests() == before


def test_office_programs_stored_the_right_totals(rubric: Rubric) -> None:
    """Previews show them; openpyxl saves formulas without results, and A09's total is typed."""
    contents = {name: content_of(RETURNED / name, rubric) for name in STORED_TOTALS}
    stored = {
        name: facts.shown[""].value
        for name, facts in contents.items()
        if isinstance(facts, FormFacts)
    }
    assert stored == STORED_TOTALS


def test_the_folder_stays_small() -> None:
    assert sum(path.stat().st_size for path in RETURNED.iterdir()) < MOST_BYTES


@pytest.mark.office
def test_making_the_samples_again_gives_the_same_results(
    office: object, plan: Plan, outcome: Outcome, tmp_path: Path
) -> None:
    """Places on the sheet may differ: the samples are forms of the day they were made on."""
    command = [sys.executable, "-m", "tests.paper.make_samples", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True)
    again = assess(plan, [tmp_path / "returned"])
    assert {Path(file.path).name: _said(file) for file in again.files} == FILES
    assert _placeless(again) == _placeless(outcome)
    for id in OTHERS:
        before, after = (folder / id / "returned" for folder in (ROOT / "samples", tmp_path))
        made, shipped = (assess(plan_of(id), [each]) for each in (after, before))
        assert _placeless(made) == _placeless(shipped)


def _placeless(outcome: Outcome) -> list[UnitResult]:
    """The results without the cells in which their scores stand."""
    bare = ([replace(form, entered={}) for form in unit.forms] for unit in outcome.units)
    return [replace(u, forms=tuple(f)) for u, f in zip(outcome.units, bare, strict=True)]
