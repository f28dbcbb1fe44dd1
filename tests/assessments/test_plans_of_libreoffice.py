"""A plan workbook that LibreOffice saved, as .xlsx or .ods, says the same as the one it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from svcq_excel.assessment.likeness import like
from svcq_excel.assessment.new import new_folder
from svcq_excel.assessment.opened import open_folder
from svcq_excel.plan.plan import Plan
from svcq_excel.rubric.shipped import load
from tests.plan.planning import HEADS, Rows, edit, units_of

Convert = Callable[[Sequence[Path], str, Path], list[Path]]

IDS = ("wra-105", "khb-106", "hccg-105", "kpw-102")
MATTERS = {"繳交期限": datetime(2016, 7, 31, 17), "聯絡人": "王大明", "聯絡電話": "02-2311-1234"}


CHANGE = ("編號", "考核種類", "代號", "原得分", "調整後得分", "理由", "核定人", "日期")
DECIDED = ("申復", "王局長", datetime(2016, 11, 3))


def _numbered(units: Rows) -> Rows:
    """With codes that begin with a zero, as text."""
    return [units[0], *((f"{at:02}", *row[1:]) for at, row in enumerate(units[1:], 1))]


@pytest.fixture(scope="module")
def plans(office: Convert, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Plan]]:
    """Of each assessment the plan as it was filled in, and as it was saved again."""
    top = tmp_path_factory.mktemp("計畫 資料夾")
    for id in IDS:
        new_folder(top / id, id)
        members = [HEADS["考核人員"], ("K1", "王委員", "", ""), ("K2", "李委員", "", "")]
        decided = [HEADS["決定"], ("一.xlsx", "", "", "排除", "誤送", "王科長")]
        lists = {"受考核單位": _numbered(units_of(id)), "考核人員": members, "決定": decided}
        if id != "kpw-102":
            lists["成績調整"] = [CHANGE, ("01", "自行", load(id).leaves[0].id, 40, 39, *DECIDED)]
        edit(top / id, MATTERS, **lists)
    found = {id: [open_folder(top / id).plan()] for id in IDS}
    for suffix in ("xlsx", "ods"):
        for id in IDS:
            other = top / suffix / id
            other.mkdir(parents=True)
            office([top / id / "考核計畫.xlsx"], suffix, other)
            found[id].append(open_folder(other).plan())
    return found


@pytest.mark.office
@pytest.mark.parametrize("id", IDS)
def test_what_libreoffice_saved_says_the_same(id: str, plans: dict[str, list[Plan]]) -> None:
    made, *saved = plans[id]
    assert made.deadline and made.deadline.hour == 17 and made.decisions and made.seal_key
    for plan in saved:
        assert plan.rubric.digest == made.rubric.digest
        for name in ("units", "round", "deadline", "assessors", "contact", "seal_key", "formats"):
            assert getattr(plan, name) == getattr(made, name), name
        assert plan.other_rounds == made.other_rounds and plan.units[0].code == "01"
        changes = [(each.unit, each.after, each.day, each.fault) for each in plan.score_changes]
        assert changes == ([("01", Decimal(39), date(2016, 11, 3), "")] if id != "kpw-102" else [])
        assert [each.reason for each in plan.on_files] == ["誤送"]


@pytest.mark.office
def test_next_year_is_made_like_a_plan_in_ods(office: Convert, tmp_path: Path) -> None:
    new_folder(tmp_path / "去年", "wra-105")
    edit(tmp_path / "去年", MATTERS, 受考核單位=units_of("wra-105"))
    (tmp_path / "ods").mkdir()
    office([tmp_path / "去年" / "考核計畫.xlsx"], "ods", tmp_path / "ods")
    of_xlsx, of_ods = like(str(tmp_path / "去年")), like(str(tmp_path / "ods"))
    assert of_ods.lists == of_xlsx.lists and of_ods.rubric.digest == of_xlsx.rubric.digest
    assert of_ods.said.contact == "王大明"
