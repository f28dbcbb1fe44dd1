"""A right form that LibreOffice saves as .xls stays right, though no text results are stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from svcq_excel.checks.answers import CheckedForm
from svcq_excel.checks.examples import UNIT, clean_facts, edit
from svcq_excel.checks.runner import check
from svcq_excel.form.facts import FormFacts
from svcq_excel.form.writing.prefilled import carried
from svcq_excel.form.writing.writer import render
from svcq_excel.plan.rounds import in_round
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.shipped import shipped
from tests.receiving import content_of

Convert = Callable[[Sequence[Path], str, Path], list[Path]]

RUBRICS = {
    each.id: in_round(each, f"{each.year}年6月") if each.is_checklist else each
    for each in shipped()
}


@pytest.fixture(scope="module")
def saved(office: Convert, tmp_path_factory: pytest.TempPathFactory) -> dict[str, FormFacts]:
    """A form of each rubric, with stored results, after LibreOffice saved it as .xls."""
    folder, paths = tmp_path_factory.mktemp("xls"), []
    for id, rubric in RUBRICS.items():
        facts = clean_facts(rubric)
        paths.append(folder / f"{id}.xlsx")
        paths[-1].write_bytes(render(rubric, facts.identity, "評分表", carried(facts)))
    found = {}
    for (id, rubric), path in zip(RUBRICS.items(), office(paths, "xls", folder), strict=True):
        content = content_of(path, rubric)
        assert isinstance(content, FormFacts), content
        found[id] = content
    return found


def _codes(facts: FormFacts, rubric: Rubric) -> set[tuple[str | None, str]]:
    found = check(CheckedForm(facts, rubric, {UNIT.code: UNIT}))
    return {(v.criterion, v.code) for v in found}


@pytest.mark.office
@pytest.mark.parametrize("id", RUBRICS)
def test_texts_that_were_not_stored_are_no_damage(id: str, saved: dict[str, FormFacts]) -> None:
    facts, rubric = saved[id], RUBRICS[id]
    assert not facts.checksummed
    assert _codes(facts, rubric) == set()


@pytest.mark.office
@pytest.mark.parametrize("id", [id for id, each in RUBRICS.items() if not each.is_checklist])
def test_a_score_that_changed_on_the_way_is_told(id: str, saved: dict[str, FormFacts]) -> None:
    rubric = RUBRICS[id]
    leaf = rubric.leaves[-1]
    score = saved[id].entries[leaf.id][0].score.value
    assert isinstance(score, int | float)
    changed = edit(leaf.id, score=score - 1)(saved[id])
    told = {criterion for criterion, code in _codes(changed, rubric) if code == "sums-disagree"}
    assert told == {None, rubric.path(leaf.id)[0].id}
