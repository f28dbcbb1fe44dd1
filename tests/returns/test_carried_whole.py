"""What a correction form carries over is what was entered: sent back as it is it corrects nothing,
and whatever is changed in it is a correction."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svcq_excel.checks.answers import CheckedForm
from svcq_excel.checks.catalogue import form_rules
from svcq_excel.checks.examples import ROUND, UNIT, clean_facts, rubric_for
from svcq_excel.checks.rule import FormRule
from svcq_excel.checks.runner import check
from svcq_excel.form.entered import in_short, said, untouched
from svcq_excel.form.facts import FormFacts
from svcq_excel.form.identity import CorrectionMark
from svcq_excel.form.layout.filled import lay_out_with
from svcq_excel.form.writing.prefilled import carried
from svcq_excel.plan.plan import Plan
from svcq_excel.returns.correcting import correction_form
from svcq_excel.returns.letter import notice_of
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.shipped import load
from tests.form.filling import Filling, facts_of, fill
from tests.form.fillings import fillings

RUBRICS = [load(id) for id in ("wra-105", "khb-106", "hccg-105")]


def corrected(facts: FormFacts, rubric: Rubric) -> bytes:
    """The correction form of a form, as `return` makes it."""
    plan = Plan(rubric, (UNIT,), ROUND)
    found = check(CheckedForm(facts, rubric, plan.by_code, ROUND))
    mark = CorrectionMark("5a" * 32, 1, "", in_short(facts))
    notice = notice_of(plan, facts.identity, facts, found, "", mark)
    return correction_form(plan, facts.identity, facts, notice)


@pytest.mark.parametrize(
    "rule", [rule for rule in form_rules() if rule.of_entries], ids=lambda rule: rule.code
)
def test_whatever_is_wrong_it_carries_over_what_was_entered(rule: FormRule, tmp_path: Path) -> None:
    rubric = rubric_for(rule)
    facts = type(rule).bad(clean_facts(rubric))
    form = tmp_path / "補正.xlsx"
    form.write_bytes(corrected(facts, rubric))
    again = facts_of(form, rubric)
    assert said(again) == said(facts)
    assert untouched(again)


@settings(max_examples=25)
@given(data=st.data())
def test_of_any_filling_it_is_untouched_until_somebody_enters_something_else(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    rubric = data.draw(st.sampled_from(RUBRICS))
    path = tmp_path_factory.mktemp("form") / "表件.xlsx"
    path.write_bytes(fill(rubric, data.draw(fillings(rubric))))
    path.write_bytes(form := corrected(facts_of(path, rubric), rubric))
    again = facts_of(path, rubric)
    assert untouched(again) or not said(again)
    leaf = data.draw(st.sampled_from(rubric.leaves))
    layout = lay_out_with(rubric, carried(again).texts)
    path.write_bytes(fill(rubric, Filling({(leaf.id, "score"): 0.125}), form, layout))
    assert not untouched(facts_of(path, rubric))
