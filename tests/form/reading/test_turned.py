"""Forms that are out stay valid when their paper is turned, even where their keys are gone."""

from __future__ import annotations

import pytest

from svcq_excel.rubric.model import DIRECTIONS, Direction, Rubric
from svcq_excel.rubric.shipped import shipped
from tests.form.filling import entered
from tests.form.memory import filled_grids
from tests.form.reading.pasting import at, pasted, without_column
from tests.form.reading.test_recovering import filling_of, form_of

SCORED = [rubric for rubric in shipped() if not rubric.is_checklist]


@pytest.mark.parametrize("paper", DIRECTIONS)
@pytest.mark.parametrize("rubric", SCORED, ids=lambda rubric: rubric.id)
def test_a_form_is_read_alike_on_whichever_paper_it_went_out(
    rubric: Rubric, paper: Direction
) -> None:
    filling = filling_of(rubric)
    sheets = filled_grids(rubric.on_paper(paper), filling)
    for meant in (rubric, *(rubric.on_paper(each) for each in DIRECTIONS)):
        assert entered(form_of(sheets, meant)) == filling
        for paste in (without_column, at(7, 3)):
            assert entered(form_of(pasted(sheets, paste), meant)) == filling
