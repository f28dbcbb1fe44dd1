"""What is said next: nobody is late with what was not sent, and a unit is named once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from svcq_excel.assessment.next_steps import next_steps, still_open
from svcq_excel.assessment.progress.lines import lines
from svcq_excel.assessment.standing import standing
from svcq_excel.text.roc_dates import TAIPEI
from tests.assessment.folders import assessment

AFTER = datetime(2016, 8, 20, tzinfo=TAIPEI)


def test_a_deadline_of_last_year_is_corrected_before_forms_are_sent(tmp_path: Path) -> None:
    now = standing(assessment(tmp_path / "106年度", returned=None), AFTER)
    assert now.step == "issue" and now.overdue
    first, second, *_ = next_steps(now)
    assert first == (
        "繳交期限（105年7月31日）已過：請先更正「計畫」的繳交期限、補正期限，再寄發表件。"
    )
    assert "svcq generate" in second
    assert not any(each.late or each.lateness for each in now.units)
    assert not any("逾期" in line for line in lines(now, None))


def test_what_is_frozen_without_a_unit_of_two_kinds_names_it_once(tmp_path: Path) -> None:
    now = standing(assessment(tmp_path / "a", returned=None), AFTER)
    units = [replace(each, kind=kind) for each in now.units[:1] for kind in ("self", "hq")]
    said = still_open(replace(now, units=tuple(units)))
    assert said.startswith("請留意：定案時，第一河川局尚未繳交")
