"""Who filled a form in: its marks, its title, the name on it and the list agree, or it is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from svcq_excel.checks.answers import CheckedForm
from svcq_excel.checks.batch import check_file
from svcq_excel.checks.examples import ROUND, UNIT, clean_facts
from svcq_excel.checks.runner import check
from svcq_excel.checks.settling import settle
from svcq_excel.form.facts import Cell, FormFacts
from svcq_excel.form.reading.head import kinds_named
from svcq_excel.plan.assessors import Assessor, assessor_kind
from svcq_excel.plan.plan import Plan
from svcq_excel.results.concluding import conclude
from svcq_excel.rubric.model import Kind
from svcq_excel.rubric.shipped import load
from tests.receiving import facts_received

WRA, HCCG = load("wra-105"), load("hccg-105")
MEMBERS = (Assessor("K1", "王委員", "committee"), Assessor("K2", "李委員", "committee"))
ABOUT_ASSESSORS = {"identity-conflict", "unknown-assessor"}


def told(facts: FormFacts, members: tuple[Assessor, ...] = ()) -> set[str]:
    rubric = HCCG if facts.identity.rubric == HCCG.id else WRA
    form = CheckedForm(facts, rubric, assessors=members)
    return {violation.code for violation in check(form)} & ABOUT_ASSESSORS


def by(assessor: str, title: str | None = None, signed: str = "") -> FormFacts:
    """A form of the committee's assessment, or of the unit itself."""
    facts = clean_facts(HCCG)
    known = HCCG.title_of_form(assessor_kind(assessor)) if title is None else title
    name = Cell("評分表", 2, 2, signed) if signed else None
    identity = replace(facts.identity, assessor=assessor)
    return replace(facts, identity=identity, title=known, assessor=name)


def test_a_units_own_form_cannot_be_marked_as_the_head_offices() -> None:
    own = clean_facts(WRA)
    assert told(own) == set()
    marked = replace(own, identity=replace(own.identity, assessor="hq"))
    assert told(marked) == {"identity-conflict"}
    titled = replace(marked, title=WRA.title_of_form("hq"))
    assert told(titled) == set()


@pytest.mark.parametrize(
    "title",
    [
        "",
        "經濟部水利署105年度提升服務品質考核項目及評分表",
        "經濟部水利署105年度提升服務品質(本署/自行)考核項目及評分表",
        "經濟部水利署105年度提升服務品質（自\u200b行）考核項目及評分表",
    ],
)
def test_the_head_offices_form_says_so_in_its_title(title: str) -> None:
    own = clean_facts(WRA)
    facts = replace(own, identity=replace(own.identity, assessor="hq"), title=title)
    assert told(facts) == {"identity-conflict"}


@pytest.mark.parametrize("kind", ["self", "hq"])
@pytest.mark.parametrize("blank", ["\n", " ", "　", "\u200b", ""])
def test_a_title_that_was_wrapped_or_saved_anew_names_its_kind(kind: Kind, blank: str) -> None:
    whole = WRA.title_of_form(kind)
    for title in (blank.join(whole), f"{whole}{blank}附表1", whole.replace("(", "（")):
        assert kinds_named(title, WRA) == {kind}


def test_titles_that_name_no_kind_prove_nothing() -> None:
    assert kinds_named(load("khb-106").title_of_form("self"), load("khb-106")) is None


def test_who_is_on_no_list_is_told_and_without_a_list_whoever_came_counts() -> None:
    assert told(by("K1"), MEMBERS) == set()
    assert told(by("趙委員"), MEMBERS) == {"unknown-assessor"}
    assert told(by("趙委員")) == set()
    assert told(by("self"), MEMBERS) == set()
    invented = by("趙委員", HCCG.title_of_form("self"))
    assert told(invented, MEMBERS) == {"unknown-assessor", "identity-conflict"}


@pytest.mark.parametrize(
    ("signed", "expected"),
    [
        ("王委員", set()),
        ("王 委員（召集人）", set()),
        ("王委員、李委員", set()),
        ("代理人", set()),
        ("李委員", {"identity-conflict"}),
        ("李\u200b委員", {"identity-conflict"}),
    ],
)
def test_a_form_that_another_member_signed_is_not_the_members(
    signed: str, expected: set[str]
) -> None:
    assert told(by("K1", signed=signed), MEMBERS) == expected


def test_the_marks_of_one_assessor_may_be_spelled_otherwise() -> None:
    facts = by("K1")
    spelled = tuple(
        mark._replace(assessor=key) for mark, key in zip(facts.marks, ("K1", "ｋ１"), strict=True)
    )
    assert told(replace(facts, marks=spelled), MEMBERS) == set()
    other = (spelled[0], spelled[1]._replace(assessor="K2"))
    assert told(replace(facts, marks=other), MEMBERS) == {"identity-conflict"}


def test_a_form_of_nobody_on_the_list_changes_no_result() -> None:
    """Not even where its title says what a member's says."""
    plan = Plan(HCCG, (UNIT,), ROUND, assessors=MEMBERS)
    keys = ("K1", "Ｋ２", "趙委員")
    forms = [facts_received(key, by(key), HCCG) for key in keys]
    files = settle([check_file(form, plan) for form in forms], plan)
    assert [file.status for file in files] == ["accepted", "accepted", "needs-correction"]
    (result,) = conclude(plan, files).units
    assert (result.kind, result.status) == ("committee", "accepted")
    assert [form.assessor for form in result.forms] == ["K1", "K2"]


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (Assessor("K1", "王委員", "committee", "第9組"), {"unknown-assessor"}),
        (Assessor("K1", "王委員", "committee", "", ("A02",)), {"unknown-assessor"}),
        (Assessor("K1", "王委員", "committee", "第1組"), set()),
        (Assessor("K1", "王委員", "committee", "", ("A01", "A02")), set()),
    ],
)
def test_a_member_s_form_for_a_unit_that_is_another_s_is_nobody_s(
    share: Assessor, expected: set[str]
) -> None:
    unit = replace(UNIT, group="第1組")
    form = CheckedForm(by("K1"), HCCG, {unit.code: unit}, assessors=(share, MEMBERS[1]))
    assert {violation.code for violation in check(form)} & ABOUT_ASSESSORS == expected
