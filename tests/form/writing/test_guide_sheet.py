"""The sheet 填寫說明 speaks of the form as it is."""

from __future__ import annotations

import pytest

from svcq_excel.form.writing.guide_sheet import guide_lines
from svcq_excel.rubric.model import Rubric, number
from svcq_excel.rubric.shipped import shipped

SCORED = [rubric for rubric in shipped() if not rubric.is_checklist]


@pytest.mark.parametrize("rubric", SCORED, ids=lambda rubric: rubric.id)
def test_the_total_is_called_as_the_form_calls_it_with_what_it_is_out_of(rubric: Rubric) -> None:
    (line,) = [line for line in guide_lines(rubric) if "總分" in line]
    assert f"總分(滿分{number(rubric.full_score)}分)由表格自動計算" in line
