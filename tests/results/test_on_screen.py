"""The results as Excel shows them: panes, marks in corners, what a small screen leaves."""

from __future__ import annotations

from fractions import Fraction
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.worksheet.worksheet import Worksheet

from svcq_excel.plan.units import Unit
from svcq_excel.results.model import Outcome, UnitResult
from svcq_excel.results.workbook import write_report, write_statistics
from svcq_excel.rubric.shipped import load
from tests.form.filling import blank
from tests.results.demos import DEMOS, outcome_of, workbook_of
from tests.results.reading import opened
from tests.results.samples import spread


def parts(workbook: bytes, folder: str) -> dict[str, str]:
    with ZipFile(BytesIO(workbook)) as archive:
        names = [name for name in archive.namelist() if name.startswith(folder)]
        return {name: archive.read(name).decode() for name in names}


@pytest.mark.parametrize("id", DEMOS)
def test_no_pane_splits_nothing(id: str) -> None:
    for sheet in parts(workbook_of(id), "xl/worksheets/sheet").values():
        pane = sheet.partition("<pane ")[2].partition("/>")[0]
        assert not pane or "Split=" in pane


def test_a_unit_with_a_long_name_of_rare_characters_has_its_own_sheet() -> None:
    rubric = load("khb-106")
    names = ["𠮷" + "字" * 31, "字" * 28 + "𠮷" * 4, "字" * 28 + "𠮷" * 4]
    scores = {id: Fraction(score) for id, score in spread(rubric, 900).items()}
    results = [
        UnitResult(
            Unit("A", name),
            "self",
            "accepted",
            Fraction(900),
            items={
                item.id: sum((scores[leaf.id] for leaf in item.leaves), Fraction(0))
                for item in rubric.items
            },
            leaves=scores,
        )
        for name in names
    ]
    book = opened(write_statistics(Outcome(rubric, "106年度", tuple(results), ())))
    own = [sheet for sheet in book.sheetnames if sheet.startswith("A ")]
    assert own == ["A 𠮷" + "字" * 27, "A " + "字" * 28, "A " + "字" * 27 + "_2"]


@pytest.mark.parametrize("id", DEMOS)
def test_formulas_are_locked_in_their_style_and_codes_bear_no_mark(id: str) -> None:
    """Of an unlocked formula, and of digits that are text, Excel says so in the cell's corner."""
    workbook = workbook_of(id)
    book = opened(workbook)
    assert book._named_styles["Normal"].protection.locked  # type: ignore[attr-defined]
    for sheet in book:
        formulas = [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        assert all(cell.protection.locked for cell in formulas)
    for xml in parts(workbook, "xl/worksheets/sheet").values():
        ignored = xml.partition("<ignoredErrors>")[2]
        assert 'numberStoredAsText="1"' in ignored
        assert 'twoDigitTextYear="1"' in ignored


SMALL_SCREENS = {(1366, 768): 330, (1280, 720): 330}
"""What of the height Excel's ribbon, bars and tabs and the taskbar take, by the screen."""


@pytest.mark.parametrize("id", DEMOS)
def test_the_frozen_heads_of_results_leave_most_of_a_small_screen(id: str) -> None:
    for workbook in (workbook_of(id), write_report(outcome_of(id))):
        for sheet in opened(workbook):
            _leaves_most(sheet)


@pytest.mark.parametrize("id", DEMOS)
def test_the_frozen_heads_of_forms_leave_most_of_a_small_screen(id: str) -> None:
    for sheet in opened(blank(load(id))):
        _leaves_most(sheet)


def _leaves_most(sheet: Worksheet) -> None:
    """Of a frozen pane no more than half of what is seen, in both directions."""
    if sheet.freeze_panes is None:
        return
    letters, row = coordinate_from_string(sheet.freeze_panes)
    zoom = (sheet.sheet_view.zoomScale or 100) / 100
    rows = [sheet.row_dimensions[at] for at in range(1, row)]
    points = sum(each.height or 16.5 for each in rows if not each.hidden)
    columns = [
        sheet.column_dimensions[get_column_letter(at)]
        for at in range(1, column_index_from_string(letters))
    ]
    pixels = sum(each.width * 8 + 5 for each in columns if not each.hidden)
    for (width, height), taken in SMALL_SCREENS.items():
        assert points * 96 / 72 * zoom <= (height - taken) / 2, (sheet.title, points)
        assert pixels * zoom <= width / 2, (sheet.title, pixels)
