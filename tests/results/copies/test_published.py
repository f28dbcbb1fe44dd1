"""公告版: what stands in it is what the plan lets be told, and nothing else that is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from svcq_excel.plan.assessors import Assessor
from svcq_excel.plan.copies import ANNOUNCED_IN_WORDS, USUALLY, Announced
from svcq_excel.plan.decisions import Absence
from svcq_excel.plan.expected import Expected
from svcq_excel.plan.score_changes import ScoreChange
from svcq_excel.plan.units import Unit
from svcq_excel.results.copies.published import kinds_of, published
from svcq_excel.results.copies.published_workbook import write_published
from svcq_excel.results.model import Outcome
from svcq_excel.results.scoring.changing import changed
from svcq_excel.results.scoring.totals import conclude
from svcq_excel.results.workbook import write_statistics
from svcq_excel.rubric.model import Kind
from tests.results.copies.telling import texts_of, told_in
from tests.results.demos import DEMOS, outcome_of
from tests.results.reading import grid
from tests.results.samples import received, submission, violation, wra

EVERYTHING: tuple[Announced, ...] = get_args(Announced)
SECRET = st.text("甲乙丙丁戊己庚辛壬癸趙錢孫李", min_size=5, max_size=9).map(lambda s: f"密{s}")
"""What no published text says by chance."""


def kept_to_itself(outcome: Outcome) -> Iterator[str]:
    """Every text of a result that is no unit's code, name or group, and no word of the program's
    or the definition's."""
    public = {t for u in outcome.units for t in (u.unit.code, u.unit.name, u.unit.group)}
    words = outcome.rubric.model_dump_json()
    for text in {*texts_of(outcome.units), *texts_of(outcome.files), *texts_of(outcome.assessors)}:
        if text.startswith("LibreOffice/"):
            continue  # forms were saved by the program that makes copies, too
        if len(text) > 3 and _SAYS.search(text) and text not in public and text not in words:
            yield text


_SAYS = re.compile("[^\x00-\x7f]|[@/]|[0-9a-f]{16}")
"""What a person wrote, an address or a digest; keys in English are the program's own."""


@pytest.mark.parametrize("id", DEMOS)
def test_nothing_of_a_demo_is_told_that_need_not_be(id: str) -> None:
    outcome = outcome_of(id)
    told = told_in("統計表_公告版.xlsx", write_published(outcome, EVERYTHING))
    assert not [each for each in kept_to_itself(outcome) if each in told]


@st.composite
def rounds(draw: st.DrawFn) -> tuple[Outcome, list[str]]:
    """A round of units whose every text is a secret, and these secrets."""
    secrets: list[str] = []

    def secret() -> str:
        secrets.append(draw(SECRET) + str(len(secrets)))
        return secrets[-1]

    units = [
        Unit(f"U{n}", f"第{n}所", "", f"{secret()}@x.tw", secret(), secret())
        for n in range(draw(st.integers(1, 4)))
    ]
    kind: Kind = draw(st.sampled_from(["hq", "committee"]))
    members = [Assessor(secret(), secrets[-1], "committee") for _ in range(2)]
    leaf = wra().leaves[0].id
    item = wra().items[0].id
    forms = [
        submission(
            unit.code,
            draw(st.integers(0, 1000)),
            kind,
            member,
            assessor_name=secret(),
            called=secret(),
            comments=secret(),
            remarks={item: {"strengths": secret(), "remark": secret()}},
            notes={leaf: secret()},
        )
        for unit in units
        for member in ([each.key for each in members] if kind == "committee" else ["hq"])
        if draw(st.integers(0, 5))
    ]
    changes = [
        ScoreChange(
            *(form.unit, kind, leaf, form.scores[leaf], Decimal(1), secret(), secret()),
            *(date(2016, 9, 30), f"{secret()}.xlsx", 3),
        )
        for form in forms[:1]
        if kind == "hq"
    ]
    away = Absence(members[0].key, (units[0].code,), "缺席", secret(), secret(), secret(), 2)
    expected = Expected(tuple(members), (away,)) if kind == "committee" else Expected()
    made = changed(forms, changes, units, expected)
    results = [*made.shown_in(conclude(wra(), units, made.forms, (), expected=expected))]
    files = [
        received(form.unit, secret(), form.assessor, violation(value=secret()), sha256=secret())
        for form in forms
    ]
    return Outcome(wra(), "105年度", tuple(results), tuple(files), tuple(members)), secrets


@settings(max_examples=25)
@given(rounds(), st.sets(st.sampled_from(EVERYTHING), min_size=1))
def test_no_secret_of_any_round_is_told(
    made: tuple[Outcome, list[str]], announced: set[Announced]
) -> None:
    outcome, secrets = made
    wanted = tuple(each for each in EVERYTHING if each in announced)
    told = told_in("統計表_公告版.xlsx", write_published(outcome, wanted))
    assert not [each for each in secrets if each in told]
    assert "密" not in told


@settings(max_examples=3)
@given(rounds())
def test_the_office_s_own_workbook_tells_secrets(made: tuple[Outcome, list[str]]) -> None:
    """Else the test above would find nothing whatever was told."""
    outcome, secrets = made
    told = told_in("", write_statistics(outcome))
    assert not outcome.files or [each for each in secrets if each in told]


@settings(max_examples=25)
@given(rounds(), st.sets(st.sampled_from(EVERYTHING), min_size=1))
def test_what_is_not_announced_is_not_even_known(
    made: tuple[Outcome, list[str]], announced: set[Announced]
) -> None:
    told = published(made[0], tuple(announced))
    for each in (unit for units in told.units.values() for unit in units):
        known = {
            "items": each.items,
            "total": each.totals,
            "grade": each.grade,
            "rank": each.rank,
            "reward": each.reward or each.clause,
            "leaves": each.leaves,
        }
        assert {name for name, value in known.items() if value} <= announced


def headings(announced: tuple[Announced, ...]) -> set[str]:
    book = load_workbook(BytesIO(write_published(outcome_of("hccg-105"), announced)))
    return {
        str(cell.value).partition("\n")[0]
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
    }


def test_columns_come_and_go_with_what_is_announced() -> None:
    assert {"總分", "等第", "名次", "服務流程"} <= headings(USUALLY)
    assert not {"獎懲", "細項得分"} & headings(USUALLY)
    only = headings(("grade",))
    assert "等第" in only and not {"總分", "名次", "服務流程", "獎懲"} & only
    assert {"獎懲", "依據", "名次"} <= headings(EVERYTHING)


@pytest.mark.parametrize("id", ["wra-105", "hccg-105", "khb-106"])
def test_figures_are_those_of_the_result(id: str) -> None:
    outcome = outcome_of(id)
    (kind, *_) = kinds_of(outcome)
    rows = grid(write_published(outcome, USUALLY), "考核結果統計表")
    for result in outcome.of_kind(kind):
        (row,) = (each for each in rows if each[0] == result.unit.code)
        figures = {Fraction(str(value)) for value in row if isinstance(value, int | float)}
        if result.total is None:
            assert not figures and "未完成" in row
        else:
            assert any(abs(result.total - figure) < Fraction(1, 10**9) for figure in figures)


def test_self_assessment_is_published_only_where_nobody_else_assesses() -> None:
    assert kinds_of(outcome_of("hccg-105")) == ("committee",)
    assert kinds_of(outcome_of("wra-105")) == ("self",)


@pytest.mark.parametrize("id", ["wra-105", "hccg-105", "kpw-102"])
def test_an_open_result_says_that_it_is_provisional_and_a_closed_one_does_not(id: str) -> None:
    open_one = told_in("", write_published(outcome_of(id), USUALLY))
    closed = told_in("", write_published(outcome_of("khb-106"), USUALLY))
    assert "暫定" in open_one and "暫定" not in closed
    for word in ("未繳", "待補正", "尚缺"):
        assert word not in open_one, "what a unit lacks is between it and the office"


def test_a_checklist_tells_how_much_each_unit_has_done() -> None:
    rows = grid(write_published(outcome_of("kpw-102"), USUALLY), "檢核結果統計表")
    for result in outcome_of("kpw-102").units:
        (row,) = (each for each in rows if each[0] == result.unit.code)
        done = sum(step.word == "已完成" for step in result.steps.values())
        is_open = result.status != "accepted"
        assert row[2] == len(result.steps)
        assert (row[3], row[8]) == ((None, "未完成") if is_open else (done, None))


def test_it_is_called_by_words_of_the_plan() -> None:
    assert [ANNOUNCED_IN_WORDS[each] for each in USUALLY] == ["各項得分", "總分", "等第", "名次"]


def test_equal_results_give_equal_bytes() -> None:
    one, other = (write_published(outcome_of("hccg-105"), EVERYTHING) for _ in range(2))
    assert one == other
