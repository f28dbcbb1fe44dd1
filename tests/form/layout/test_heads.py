"""The head of a form shows its values at a size that can be read, however its columns lie."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from hypothesis import given

from svcq_excel.form.identity import FORM_SHEET, Identity
from svcq_excel.form.layout import metrics
from svcq_excel.form.layout.fitting import width
from svcq_excel.form.layout.grid import Box
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.issuing.stamper import Stamper
from svcq_excel.rubric.model import DIRECTIONS, Rubric
from svcq_excel.rubric.shipped import shipped
from tests.form.rubrics import rubrics

TURNED = [rubric.on_paper(each) for rubric in shipped() for each in DIRECTIONS]


def named(rubric: Rubric) -> str:
    return f"{rubric.id}-{rubric.form_direction}"


def spans(rubric: Rubric) -> list[tuple[Box, int]]:
    layout = lay_out(rubric)
    return [
        (box, width(layout.columns, box.column, box.last_column))
        for box in layout.boxes
        if box.row in {1, 2}
    ]


@pytest.mark.parametrize("rubric", TURNED, ids=named)
def test_names_dates_and_people_have_room(rubric: Rubric) -> None:
    least = {"unit": 130, "unit_name": 190, "assessor": 130, "date": 190, "total": 225}
    if rubric.form_direction == "portrait":
        least = {"unit": 90, "unit_name": 135, "assessor": 90, "date": 135, "total": 130}
    for box, pixels in spans(rubric):
        assert pixels >= least.get(box.what, 70), box
        if box.what == "head_label":
            shrunk = pixels / (metrics.ems(box.text) * 10 * 96 / 72 + 6)
            assert shrunk > 0.75, f"{box.text} in less than 7.5 points"


@given(rubrics())
def test_every_head_has_three_labels_and_three_values_in_each_row(rubric: Rubric) -> None:
    found = spans(rubric)
    for row in (1, 2):
        own = [(box, pixels) for box, pixels in found if box.row == row]
        assert [box.what == "head_label" for box, _ in own] == [True, False] * 3
        assert sum(pixels for _, pixels in own) == lay_out(rubric).paper.width_px
    assert min(pixels for box, pixels in found if box.what == "unit_name") >= 100


@pytest.mark.parametrize("rubric", TURNED, ids=named)
@pytest.mark.parametrize("length", [2, 12, 24, 40, 60])
def test_a_long_name_is_shown_whole_in_lines_of_its_own(rubric: Rubric, length: int) -> None:
    name = "局" * length
    identity = Identity("1", rubric.id, rubric.digest, "105年度", "A01", name, "self")
    form = Stamper(rubric).stamp(identity, "self")
    cell_box, pixels = next((b, px) for b, px in spans(rubric) if b.what == "unit_name")
    sheet = openpyxl.load_workbook(BytesIO(form))[FORM_SHEET]
    cell = sheet[cell_box.address]
    assert cell.value == name
    size = float(cell.font.size or 0)
    if cell.alignment.shrink_to_fit:
        assert min(size, (pixels - 6) / length * 72 / 96) >= 8
    else:
        lines = -(-length // int((pixels - 6) / (size * 96 / 72)))
        assert lines * size * 1.32 <= (sheet.row_dimensions[cell_box.row + 1].height or 0)
        assert size >= 7
