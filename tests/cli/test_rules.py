"""`svcq rules`: every rule is listed and explained, with messages that its own examples give."""

from __future__ import annotations

import pytest

from svcq_excel.checks.catalogue import catalogue
from tests.cli.conftest import Run

CODES = [rule.code for rule in catalogue()]


def test_every_rule_is_listed_once_with_its_severity_and_title(svcq: Run) -> None:
    ran = svcq("rules")
    assert ran.code == 0
    assert [line.split()[0] for line in ran.out.splitlines()] == CODES
    assert "score-missing            應更正　得分未填" in ran.out


def test_the_list_as_json_says_the_same(svcq: Run) -> None:
    document = svcq("rules", "--json").document
    assert [each["code"] for each in document] == CODES
    assert {
        "code": "near-threshold",
        "severity": "notice",
        "title": "總分略低於等第下限",
    } in document


@pytest.mark.parametrize("code", CODES)
def test_each_rule_shows_what_people_see_and_that_a_good_form_shows_nothing(
    svcq: Run, code: str
) -> None:
    document = svcq("rules", code, "--json").document
    assert document["code"] == code
    assert document["clause"]
    assert document["bad"] and all(message.endswith("。") for message in document["bad"])
    assert not document["good"]


def test_one_rule_in_words(svcq: Run) -> None:
    ran = svcq("rules", "score-outside-bands")
    assert ran.code == 0
    assert ran.out.splitlines()[0] == "score-outside-bands　得分不在任何級距內"
    assert "類別：應更正（表件須退回補正）" in ran.out
    assert "依據：考核項目及評分表：評分參考標準之級距" in ran.out
    assert "前提：沒有「得分小於 0」、「得分超過滿分」等問題" in ran.out
    assert "伴隨：通常同時有「得分小於給分單位」的問題" in ran.out
    assert "「提供案件承辦資訊種類」得分 80.5 不在任何級距內" in ran.out
    assert "正確時：不會出現" in ran.out


@pytest.mark.parametrize(
    ("code", "near"),
    [
        ("scoremissing", "score-missing"),
        ("band", "band-missing、band-mismatch"),
        ("uniform", "uniform-scores"),
    ],
)
def test_an_unknown_code_names_the_nearest(svcq: Run, code: str, near: str) -> None:
    ran = svcq("rules", code)
    assert ran.code == 2
    assert f"沒有「{code}」這個檢核項目" in ran.err and near in ran.err
    assert ran.out == ""


@pytest.mark.parametrize("code", ["", "得分", "x" * 99])
def test_a_code_like_no_other_leads_to_the_list(svcq: Run, code: str) -> None:
    ran = svcq("rules", code)
    assert ran.code == 2
    assert "您要的" not in ran.err and "svcq rules" in ran.err
