"""A kind of assessment has the same names in the plan's row and in the table of changed scores."""

from __future__ import annotations

import pytest

from svcq_excel.plan.forms_meant import assessors_meant
from svcq_excel.plan.kind_words import ALL, kinds_by_word
from svcq_excel.rubric.shipped import load
from svcq_excel.text.folding import fold


@pytest.mark.parametrize(
    "said", ["自我考核", "自行評分", "自評考核", "自行", "self", "受考核單位自評"]
)
def test_names_of_a_self_assessment(said: str) -> None:
    rubric = load("wra-105")
    assert kinds_by_word(rubric, ALL)[fold(said)] == "self"
    assert [each.kind for each in assessors_meant(rubric, said, None)] == ["self"]


@pytest.mark.parametrize("said", ["本署考核", "本署評分", "實地考核", "主辦機關評核", "上級考核"])
def test_names_of_the_head_office_s(said: str) -> None:
    assert kinds_by_word(load("wra-105"), ALL)[fold(said)] == "hq"


def test_a_rubric_s_own_word_goes_before_what_is_usual() -> None:
    rubric = load("hccg-105")
    own = rubric.model_copy(update={"kinds": {"committee": "委員", "hq": "考核小組"}})
    assert kinds_by_word(own, ALL)[fold("考核小組")] == "hq"
