"""A stored sum is compared where an office program computed it after the last entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from svcq_excel.checks.answers import CheckedForm, Delivery
from svcq_excel.checks.examples import ROUND, UNIT, clean_facts, edit, shows
from svcq_excel.checks.runner import check
from svcq_excel.form.facts import FormFacts
from svcq_excel.rubric.shipped import load
from svcq_excel.workbooks.origin import Origin

WRA = load("wra-105")
SAVED = datetime(2016, 7, 1, tzinfo=UTC)


def codes(facts: FormFacts, recomputes: bool = True) -> set[str]:
    delivery = Delivery(recomputes=recomputes)
    form = CheckedForm(facts, WRA, {UNIT.code: UNIT}, ROUND, delivery)
    return {violation.code for violation in check(form)}


def with_total(off: float) -> FormFacts:
    facts = clean_facts(WRA)
    scores = [entry.score.value for entry, *_ in facts.entries.values()]
    total = sum(score for score in scores if isinstance(score, float))
    return shows("", total + off, formula=True)(facts)


def test_a_total_that_shows_another_figure_than_is_counted_is_told() -> None:
    assert codes(with_total(-24.0)) == {"sums-disagree"}
    assert codes(with_total(0.0)) == set()
    assert codes(with_total(1e-12)) == set()


def test_a_total_that_nobody_computed_anew_is_not_meant() -> None:
    assert codes(with_total(-24.0), recomputes=False) == set()
    assert codes(shows("", 0.0, formula=True)(clean_facts(WRA))) == set()


def test_a_score_that_was_saved_as_a_text_counts_in_no_sum() -> None:
    facts = with_total(0.0)
    (first, (entry, *_)) = next(iter(facts.entries.items()))
    score = entry.score.value
    assert isinstance(score, float)
    told = replace(edit(first, score=f"{score:g}分")(facts), shown={})
    less = shows("", sum_of(facts) - score, formula=True)(told)
    assert codes(less) == {"score-normalised"}


def sum_of(facts: FormFacts) -> float:
    total = facts.shown[""].value
    assert isinstance(total, float)
    return total


@pytest.mark.parametrize(
    ("program", "recomputes"),
    [
        ("Microsoft Excel 16.0300", True),
        ("Microsoft Macintosh Excel 16.0300", True),
        ("Microsoft Excel Online 16.0300", True),
        ("LibreOffice/7.4.7.2", True),
        ("WPS Office 11.1.0.1", True),
        ("Microsoft Excel Compatible / Openpyxl 3.1.5 3.1", False),
        ("Microsoft Excel 3.1", False),
        ("SheetJS", False),
        ("", False),
    ],
)
def test_office_programs_compute_sums_and_libraries_do_not(program: str, recomputes: bool) -> None:
    assert Origin(program, SAVED).recomputes is recomputes
    assert not Origin(program, None).recomputes
