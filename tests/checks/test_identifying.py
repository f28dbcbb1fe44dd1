"""Which unit of the list a form means that lost its marks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from svcq_excel.checks.answers import CheckedForm
from svcq_excel.checks.examples import clean_facts
from svcq_excel.checks.identifying import identified
from svcq_excel.checks.runner import check
from svcq_excel.form.facts import FormFacts, Mark
from svcq_excel.form.identity import Identity
from svcq_excel.plan.assessors import Assessor, assessor_kind
from svcq_excel.plan.units import Unit
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.shipped import load

LISTED = (Unit("01", "第一河川局"), Unit("A02", "第二河川局"), Unit("A03", "南區 水資源局"))
UNITS = {unit.code: unit for unit in LISTED}


def recovered(rubric: Rubric, unit: str, unit_name: str) -> FormFacts:
    facts = clean_facts(rubric)
    identity = replace(facts.identity, unit=unit, unit_name=unit_name)
    return replace(facts, identity=identity, marks=(), recovered="隱藏工作表已不在")


@pytest.mark.parametrize(
    ("unit", "unit_name", "code"),
    [
        ("A02", "第二河川局", "A02"),
        ("1", "第一河川局", "01"),
        ("ａ０２", "", "A02"),
        ("", "第二河川局", "A02"),
        ("", "南區水資源局", "A03"),
        ("", "第三河川局", ""),
        ("", "", ""),
        ("A09", "第二河川局", "A09"),
    ],
)
def test_a_code_or_a_name_is_looked_up_as_people_read_it(
    rubric: Rubric, unit: str, unit_name: str, code: str
) -> None:
    assert identified(recovered(rubric, unit, unit_name), UNITS).identity.unit == code


def test_a_name_that_two_units_share_names_neither(rubric: Rubric) -> None:
    twins = {**UNITS, "A04": Unit("A04", "第二河川局")}
    assert identified(recovered(rubric, "", "第二河川局"), twins).identity.unit == ""


def test_marks_that_are_there_are_taken_as_they_are(rubric: Rubric) -> None:
    facts = replace(recovered(rubric, "1", "第一河川局"), recovered="")
    assert identified(facts, UNITS) is facts


def test_a_code_that_lost_its_zeros_where_it_is_shown_is_no_conflict(rubric: Rubric) -> None:
    marks = (Mark("隱藏工作表", "01", "第一河川局"), Mark("表首", "1", "第一河川局"))
    form = CheckedForm(replace(recovered(rubric, "01", "第一河川局"), marks=marks), rubric, UNITS)
    assert "identity-conflict" not in {violation.code for violation in check(form)}


def test_a_code_beside_the_name_of_another_unit_is_a_conflict(rubric: Rubric) -> None:
    form = CheckedForm(recovered(rubric, "A02", "第一河川局"), rubric, UNITS)
    assert "identity-conflict" in {violation.code for violation in check(form)}


@pytest.mark.parametrize("key", ["K1", "k1", "Ｋ１", " K1\u200b", "\ufeffk\u200d1", "王委員"])
def test_a_members_key_is_spelled_as_on_the_list_however_a_form_spells_it(key: str) -> None:
    members = (Assessor("K1", "王委員", "committee"), Assessor("K2", "李委員", "committee"))
    facts = replace(clean_facts(load("hccg-105")), identity=_by(key))
    assert identified(facts, {}, members).identity.assessor == "K1"


@pytest.mark.parametrize("key", ["hq", "HQ", "ｈｑ", "h\u200bq"])
def test_the_head_office_is_meant_however_it_is_spelled(key: str) -> None:
    facts = replace(clean_facts(load("wra-105")), identity=_by(key))
    assert identified(facts, {}).identity.assessor == "hq"
    assert assessor_kind(key) == "hq"


def _by(assessor: str) -> Identity:
    return replace(clean_facts(load("hccg-105")).identity, assessor=assessor)
