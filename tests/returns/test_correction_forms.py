"""A correction form: sound, with everything the unit entered, what is wrong marked, and accepted
once it has been put right."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from svcq_excel import pipeline
from svcq_excel.checks.batch import CheckedFile
from svcq_excel.checks.violation import Severity
from svcq_excel.form.facts import FormFacts
from svcq_excel.form.identity import FORM_SHEET, CorrectionMark
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.form.writing.prefilled import carried
from svcq_excel.inbox.messages import decoded, unpacked
from svcq_excel.plan.assessors import SELF
from svcq_excel.plan.plan import Plan
from svcq_excel.returns.correcting import correction_form, return_forms
from svcq_excel.returns.letter import notice_of
from svcq_excel.rubric.model import Rubric
from svcq_excel.text.roc_dates import parse_deadline
from tests.receiving import content_of

RETURNED = Path(__file__).parents[2] / "samples" / "returned"
RIGHT: dict[str, dict[tuple[str, str], int | str]] = {
    "A04": {("A1.1.2", "score"): 90, ("A3.1.1", "band"): "41-80分"},
    "A05": {("A2.3.1", "score"): 25, ("B2.1.1.2", "score"): 8},
    "A06": {("A2.2.1.2", "measure"): 92, ("A2.2.2", "score"): 40},
}


@pytest.fixture(scope="module")
def checked(plan: Plan) -> tuple[CheckedFile, ...]:
    return pipeline.review(plan, [RETURNED])[1]


@pytest.fixture
def made(plan: Plan, checked: tuple[CheckedFile, ...], tmp_path: Path) -> dict[str, Path]:
    """The correction forms of the samples, by unit."""
    out = tmp_path / "補正 表件"
    returned = return_forms(plan, checked, out, "105年7月31日").forms
    return {each.unit.code: each.path for each in returned}


def facts_of(path: Path, rubric: Rubric) -> FormFacts:
    content = content_of(path, rubric)
    assert isinstance(content, FormFacts)
    return content


def entered(facts: FormFacts) -> dict[tuple[str, str], object]:
    values: dict[tuple[str, str], object] = {
        place: cell.value for place, cell in carried(facts).entries.items()
    }
    return values | {
        (item, key): cell.value
        for item, cells in facts.remarks.items()
        for key, cell in cells.items()
    }


def sheet_of(path: Path, name: str = "評分表") -> Worksheet:
    sheet = openpyxl.load_workbook(path)[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def test_every_form_with_errors_gets_one_and_no_other_file(made: dict[str, Path]) -> None:
    assert sorted(made) == ["A04", "A05", "A06"]
    assert made["A04"].name == "A04_第四河川局_wra-105_105年度上半年_自行_補正.xlsx"


def test_everything_the_unit_entered_is_carried_over(
    made: dict[str, Path], checked: tuple[CheckedFile, ...], rubric: Rubric
) -> None:
    for file in checked:
        if file.status == "needs-correction":
            facts = decoded(unpacked(file.received.message), rubric).content
            assert isinstance(facts, FormFacts)
            again = facts_of(made[facts.identity.unit], rubric)
            assert entered(again) == entered(facts)
            assert again.identity == facts.identity


def test_it_knows_which_form_it_answers_and_until_when(
    made: dict[str, Path], checked: tuple[CheckedFile, ...], rubric: Rubric
) -> None:
    for file in checked:
        if file.status == "needs-correction" and file.identity:
            facts = facts_of(made[file.identity.unit], rubric)
            answered = sha256(file.received.found.path.read_bytes()).hexdigest()
            assert (facts.corrects, facts.correction) == (answered, 1)
            assert datetime.fromisoformat(facts.correct_by) == parse_deadline("105年7月31日")


def test_a_deadline_that_is_no_date_is_told_but_no_mark(
    plan: Plan, checked: tuple[CheckedFile, ...], tmp_path: Path
) -> None:
    (returned, *_) = return_forms(plan, checked, tmp_path, "下次會議前").forms
    assert facts_of(returned.path, plan.rubric).correct_by == ""


def test_a_correction_of_a_correction_is_the_next_one(
    made: dict[str, Path], plan: Plan, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(made["A04"])
    book[FORM_SHEET][lay_out(plan.rubric).entries["A1.1.2", "score"].address] = 125
    book.save(still_wrong := tmp_path / "A04.xlsx")
    plan, files = pipeline.review(plan, [still_wrong])
    (again,) = return_forms(plan, files, tmp_path / "再補正").forms
    facts = facts_of(again.path, plan.rubric)
    assert facts.corrects == sha256(still_wrong.read_bytes()).hexdigest()
    assert facts.correction == 2


def test_what_is_wrong_is_coloured_and_commented_on(made: dict[str, Path], rubric: Rubric) -> None:
    layout, sheet = lay_out(rubric), sheet_of(made["A04"])
    wrong, right = (sheet[layout.entries[leaf, "score"].address] for leaf in ("A1.1.2", "A1.1.1.1"))
    assert "超過滿分" in wrong.comment.text and "100" in wrong.comment.text
    assert right.comment is None
    assert wrong.fill.fgColor.rgb != right.fill.fgColor.rgb


def test_the_notice_comes_first_and_each_line_leads_to_its_cell(
    made: dict[str, Path], rubric: Rubric
) -> None:
    book = openpyxl.load_workbook(made["A04"])
    assert book.sheetnames[0] == "補正通知" and book.active is book["補正通知"]
    notice = book["補正通知"]
    texts = [str(cell.value) for row in notice.iter_rows() for cell in row if cell.value]
    assert any("105年7月31日" in text for text in texts)
    links = {
        cell.hyperlink.location for row in notice.iter_rows() for cell in row if cell.hyperlink
    }
    layout = lay_out(rubric)
    wrong = (layout.entries[leaf, "score"].address for leaf in ("A1.1.2", "A3.1.1"))
    assert links == {f"'評分表'!{address}" for address in wrong}


def test_the_notice_lists_warnings_beside_errors_but_no_notices(
    plan: Plan, checked: tuple[CheckedFile, ...]
) -> None:
    [file] = [file for file in checked if file.name.startswith("A04")]
    severities: tuple[Severity, ...] = ("error", "warning", "notice")
    told = [replace(file.violations[0], severity=each, todo=f"請看{each}") for each in severities]
    facts = decoded(unpacked(file.received.message), plan.rubric).content
    assert isinstance(facts, FormFacts)
    notice = notice_of(plan, facts.identity, facts, told, "", CorrectionMark())
    form = correction_form(plan, facts.identity, facts, notice)
    rows = openpyxl.load_workbook(BytesIO(form))["補正通知"].iter_rows(values_only=True)
    texts = [str(value) for row in rows for value in row if value]
    assert [text for text in texts if text.startswith("請看")] == ["請看error", "請看warning"]
    assert any("有 1 項須補正、1 項請確認" in text for text in texts)


def test_put_right_and_handed_in_again_it_is_accepted_and_supersedes_the_first(
    made: dict[str, Path], plan: Plan, tmp_path: Path
) -> None:
    inbox, layout = tmp_path / "收件", lay_out(plan.rubric)
    shutil.copytree(RETURNED, inbox)
    for unit, entries in RIGHT.items():
        book = openpyxl.load_workbook(made[unit])
        for place, value in entries.items():
            book["評分表"][layout.entries[place].address] = value
        book.save(inbox / made[unit].name)
    outcome = pipeline.assess(plan, [inbox])
    status = {unit.unit.code: unit.status for unit in outcome.units}
    assert {status[unit] for unit in RIGHT} == {"accepted"}
    superseded = {file.unit for file in outcome.files if file.status == "superseded"}
    assert superseded >= set(RIGHT)


def test_a_damaged_form_comes_back_whole(plan: Plan, tmp_path: Path) -> None:
    """Cells unlocked, sheet renamed, wording changed, a total typed over, a score too high."""
    blank = pipeline.issue(plan, (SELF,), tmp_path / "表件")[0].path
    layout, book = lay_out(plan.rubric), openpyxl.load_workbook(blank)
    sheet = book["評分表"]
    sheet.protection.sheet = False
    sheet[layout.entries["A1.1.1.1", "score"].address] = 500
    sheet[layout.entries["", "date"].address] = date(2016, 7, 5)
    sheet[layout.advice["", "total"].address] = 999
    sheet.title = "工作表1"
    (tmp_path / "收件").mkdir()
    book.save(tmp_path / "收件" / "壞.xlsx")
    plan, files = pipeline.review(plan, [tmp_path / "收件"])
    (returned,) = return_forms(plan, files, tmp_path / "補正").forms
    again = openpyxl.load_workbook(returned.path)
    assert again["評分表"].protection.sheet
    total = again["評分表"][layout.advice["", "total"].address]
    assert str(total.value).startswith("=")
    assert facts_of(returned.path, plan.rubric).entries["A1.1.1.1"][0].score.value == 500


@pytest.mark.office
def test_an_office_program_computes_what_is_stored(
    made: dict[str, Path],
    office: Callable[[Sequence[Path], str, Path], list[Path]],
    rubric: Rubric,
    tmp_path: Path,
) -> None:
    layout = lay_out(rubric)
    blanked = []
    for unit, path in made.items():
        # Without stored results the program has to compute them.
        book = openpyxl.load_workbook(BytesIO(path.read_bytes()))
        book.save(tmp_path / f"{unit}.xlsx")
        blanked.append(tmp_path / f"{unit}.xlsx")
    for path, again in zip(made.values(), office(blanked, "xlsx", tmp_path / "again"), strict=True):
        stored, computed = (
            openpyxl.load_workbook(each, data_only=True)["評分表"] for each in (path, again)
        )
        for box in layout.advice.values():
            assert computed[box.address].value == stored[box.address].value, box.what


@pytest.mark.office
def test_who_handed_in_ods_gets_ods_back_whatever_language_the_computer_has(
    made: dict[str, Path],
    plan: Plan,
    office: Callable[[Sequence[Path], str, Path], list[Path]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (handed_in,) = office(
        [RETURNED / "A04_第四河川局_wra-105_105年度上半年_自行.xlsx"], "ods", tmp_path
    )
    plan, files = pipeline.review(plan, [handed_in])
    monkeypatch.setenv("LC_ALL", "de_DE")  # not installed, or not of UTF-8
    (returned,) = return_forms(plan, files, tmp_path / "補正").forms
    assert [path.name for path in (tmp_path / "補正").iterdir()] == [returned.path.name]
    assert returned.path.suffix == ".ods"
    assert entered(facts_of(returned.path, plan.rubric)) == entered(
        facts_of(made["A04"], plan.rubric)
    )
