"""A filled form says the same after LibreOffice has saved it in its own ways."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from svcq_excel.checks.answers import CheckedForm
from svcq_excel.checks.runner import check
from svcq_excel.checks.violation import Violation
from svcq_excel.form.facts import Cell, Entry, FormFacts
from svcq_excel.form.identity import FORM_SHEET, REMARKS_SHEET
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.form.layout.remarks import COLUMNS, FIRST_ROW
from svcq_excel.pipeline import issue
from svcq_excel.plan.assessors import SELF
from svcq_excel.plan.plan import Plan
from svcq_excel.rubric.model import Rubric
from svcq_excel.text.roc_dates import parse_date
from tests.receiving import content_of

Convert = Callable[[Sequence[Path], str, Path], list[Path]]

DAY = date(2016, 7, 8)
COMMENTS = "優點：\n1. 單一窗口。\n\n建議改進事項：\n1. 「雙語」標示 & <圖示> 宜加強。"
NOTE = "第一行\n第二行，含　全形空白與𠮷字"
ROUTES = ("xlsx", "ods", "xls", "xlsx ods", "xlsx ods xls", "xls ods xlsx")

EDITS: Mapping[tuple[str, str], Any] = {
    ("A2.2.2", "measure"): 0.88,  # as 88% is stored, where the cell says percent
    ("A2.2.2", "score"): 45,
    ("A2.2.1.2", "measure"): 82.5,
    ("A2.2.1.2", "score"): 15,
    ("A1.1.1.1", "note"): NOTE,
    # Faults, which have to be found alike:
    ("A1.1.2", "score"): 110,
    ("A3.1.1", "band"): "1-40分",
    ("B1.1.1.1", "measure"): 0.9,
    ("B1.1.1.2", "band"): None,
    ("B1.2.1", "score"): " ４５分",
    ("B2.1.1.1", "score"): None,
    ("C1.1", "score"): "四十",
    ("C1.2", "score"): 12.5,
    ("C1.3", "score"): -1,
    ("D1.1", "score"): None,
    ("D1.2", "score"): DAY,
    # Of #REF! LibreOffice makes #N/A in .xls.
    ("D1.3", "score"): "#N/A",
}


@pytest.fixture(scope="module")
def form(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A form with every kind of entry, as openpyxl saves it."""
    folder = tmp_path_factory.mktemp("form")
    blank = issue(plan, (SELF,), folder)[0].path
    layout, book = lay_out(plan.rubric), load_workbook(blank)
    sheet, remarks = book[FORM_SHEET], book[REMARKS_SHEET]
    filled = {**_best(plan.rubric), **EDITS}
    filled |= {("", "assessor"): "秘書室考核小組", ("", "date"): DAY, ("", "comments"): COMMENTS}
    for entry, value in filled.items():
        box = layout.entries[entry]
        sheet.cell(box.row + 1, box.column + 1).value = value
    percent = layout.entries["A2.2.2", "measure"]
    sheet.cell(percent.row + 1, percent.column + 1).number_format = "0%"
    for row in range(len(plan.rubric.items)):
        for column in range(2, len(COLUMNS)):
            cell = remarks.cell(FIRST_ROW + row + 1, column + 1)
            cell.value = f"{COLUMNS[column].title}：\n第{row + 1}項"
    book.save(folder / "填妥.xlsx")
    return folder / "填妥.xlsx"


def _best(rubric: Rubric) -> dict[tuple[str, str], Any]:
    """Full marks, with what supports them."""
    filled: dict[tuple[str, str], Any] = {}
    for leaf in rubric.leaves:
        filled[leaf.id, "score"] = int(leaf.cap)
        if leaf.picks_band:
            filled[leaf.id, "band"] = leaf.bands[0].label
        if leaf.measure and leaf.bands[0].measure_min is not None:
            filled[leaf.id, "measure"] = int(leaf.bands[0].measure_min)
    return filled


@pytest.fixture(scope="module", params=ROUTES)
def returned(
    request: pytest.FixtureRequest,
    form: Path,
    office: Convert,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The form after one save after the other."""
    path, folder = form, tmp_path_factory.mktemp("saved")
    for step, to in enumerate(request.param.split()):
        (path,) = office([path], to, folder / str(step))
    return path


def _read(path: Path, rubric: Rubric) -> FormFacts:
    content = content_of(path, rubric)
    assert isinstance(content, FormFacts), content
    return content


def _entered(facts: FormFacts) -> dict[str, object]:
    """What a person entered, without where it stood."""
    entries = {leaf: tuple(map(_values, rows)) for leaf, rows in facts.entries.items()}
    return {
        **entries,
        "assessor": facts.assessor and facts.assessor.value,
        "date": facts.date and parse_date(facts.date.value),
        "comments": facts.comments and facts.comments.value,
        "remarks": {
            item: {key: cell.value for key, cell in cells.items()}
            for item, cells in facts.remarks.items()
        },
    }


def _values(entry: Entry) -> tuple[object, ...]:
    cells = (entry.score, entry.band, entry.measure, entry.note)
    return (*map(_value, cells), entry.wording)


def _value(cell: Cell | None) -> object:
    return cell and (cell.value, cell.error, cell.percent)


def _violations(facts: FormFacts, plan: Plan) -> tuple[Violation, ...]:
    return check(CheckedForm(facts, plan.rubric, plan.by_code, plan.round))


@pytest.mark.office
def test_identity_and_every_mark_of_it_survive(returned: Path, form: Path, plan: Plan) -> None:
    before, after = _read(form, plan.rubric), _read(returned, plan.rubric)
    assert (after.identity, after.marks) == (before.identity, before.marks)
    assert len(after.marks) == 3


@pytest.mark.office
def test_what_was_entered_reads_the_same(returned: Path, form: Path, plan: Plan) -> None:
    before, after = _read(form, plan.rubric), _read(returned, plan.rubric)
    assert _entered(after) == _entered(before)


@pytest.mark.office
def test_the_same_is_found_wrong(returned: Path, form: Path, plan: Plan) -> None:
    before = _violations(_read(form, plan.rubric), plan)
    assert _violations(_read(returned, plan.rubric), plan) == before
    assert {v.criterion for v in before} == {
        *("A1.1", "A1.1.2", "A3.1.1", "B1.1.1.1", "B1.1.1.2", "B1.2.1", "B2.1.1.1"),
        *("C1.1", "C1.2", "C1.3", "D1.1", "D1.2", "D1.3"),
    }


@pytest.mark.office
def test_sums_are_counted_alike(returned: Path, plan: Plan) -> None:
    """LibreOffice counts the formulas that openpyxl left without results."""
    facts = _read(returned, plan.rubric)
    assert all(cell.formula for cell in facts.shown.values())
    expected = CheckedForm(facts, plan.rubric).sums
    assert facts.shown["A"].value == expected["A"]
    assert facts.shown["B"].value == expected["B"] - 45  # 45 stands there as a text


@pytest.mark.office
@pytest.mark.parametrize("to", ["xlsx", "ods", "xls"])
def test_a_truth_value_is_no_score_in_any_format(
    to: str, form: Path, plan: Plan, office: Convert, tmp_path: Path
) -> None:
    """Of TRUE in an .xlsx LibreOffice makes, in .ods, a formula whose result is the number 1."""
    book, box = load_workbook(form), lay_out(plan.rubric).entries["A1.1.1.1", "score"]
    book[FORM_SHEET].cell(box.row + 1, box.column + 1).value = True
    book.save(tmp_path / "真.xlsx")
    (saved,) = office([tmp_path / "真.xlsx"], to, tmp_path / to)
    found = check(CheckedForm(_read(saved, plan.rubric), plan.rubric, plan.by_code))
    assert "score-not-a-number" in {v.code for v in found if v.criterion == "A1.1.1.1"}


@pytest.mark.office
@pytest.mark.parametrize("to", ["xlsx", "ods", "xls"])
def test_a_text_that_became_a_formula_is_told_in_any_format(
    to: str, form: Path, plan: Plan, office: Convert, tmp_path: Path
) -> None:
    """Its formula too, but in .xls, which does not spell it."""
    book, box = load_workbook(form), lay_out(plan.rubric).entries["A1.1.1.1", "note"]
    book[FORM_SHEET].cell(box.row + 1, box.column + 1).value = "=-改善"
    book[REMARKS_SHEET].cell(FIRST_ROW + 1, 3).value = '="甲"&"乙"'
    book.save(tmp_path / "公式.xlsx")
    (saved,) = office([tmp_path / "公式.xlsx"], to, tmp_path / to)
    found = check(CheckedForm(_read(saved, plan.rubric), plan.rubric, plan.by_code))
    told = {v.criterion: v.found for v in found if v.code == "text-not-readable"}
    assert told.keys() == {"A1.1.1.1", "A1"}
    assert told["A1.1.1.1"].endswith("結果是錯誤值 #NAME?")
    spelled = "" if to == "xls" else "「=-改善」"
    assert told["A1.1.1.1"].startswith(f"備註是公式{spelled}")
