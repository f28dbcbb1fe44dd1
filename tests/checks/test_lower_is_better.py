"""Where less is better, a figure above the bound of a band forbids its scores, in these words."""

from __future__ import annotations

from pathlib import Path

import pytest

from svcq_excel.checks.answers import CheckedForm
from svcq_excel.checks.examples import UNIT, clean_facts, edit
from svcq_excel.checks.runner import check
from svcq_excel.rubric.reader import read_rubric
from tests.rubric.small_rubric import SOUND, write


@pytest.mark.parametrize(
    ("score", "measure", "said"),
    [
        (20.0, 5.0, ""),
        (20.0, 0.0, ""),
        (
            11.0,
            6.0,
            "得分 11，但佐證數據為 6 件；依佐證數據最高可得 10 分；請更正得分或佐證數據。",
        ),
        (
            1.0,
            11.0,
            "得分 1，但佐證數據為 11 件；依佐證數據超過容許上限，只能得 0 分；"
            "請更正得分或佐證數據。",
        ),
        (0.0, 11.0, ""),
        (
            1.0,
            "",
            "得分 1，但未填佐證數據（逾期件數）；11-20分不得超過 5 件、1-10分不得超過 10 件；"
            "請補填佐證數據。",
        ),
    ],
)
def test_what_is_said_of_a_figure(
    tmp_path: Path, score: float, measure: float | str, said: str
) -> None:
    text = SOUND.replace(
        "measure: {label: 測試分數, unit: 分, max: 100}",
        "measure: {label: 逾期件數, unit: 件, better: lower}",
    ).replace("measure_min: 90", "measure_max: 5")
    text = text.replace("measure_min: 70", "measure_max: 10")
    rubric = read_rubric(write(tmp_path, text))
    facts = edit("A1.2", score=score, measure=measure)(clean_facts(rubric))
    found = check(CheckedForm(facts, rubric, {UNIT.code: UNIT}))
    messages = [each.message for each in found if each.criterion == "A1.2"]
    assert [message.partition("」")[2] for message in messages] == [said] * bool(said)
