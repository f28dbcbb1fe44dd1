"""Where an assessment stands: the step it is at, each unit's state, and what to do next."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from svcq_excel import open_folder
from svcq_excel.assessment.folder import Folder
from svcq_excel.assessment.locking.freezing import lock
from svcq_excel.assessment.next_steps import next_steps
from svcq_excel.assessment.progress.as_json import as_json
from svcq_excel.assessment.standing import Standing, standing
from svcq_excel.text.roc_dates import TAIPEI
from tests.assessment.folders import MATTERS, SAMPLES, assessment, units_of

BEFORE = datetime(2016, 7, 20, tzinfo=TAIPEI)
AFTER = datetime(2016, 8, 20, tzinfo=TAIPEI)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    return assessment(tmp_path_factory.mktemp("一") / "105 年度考核")


@pytest.fixture(scope="module")
def now(made: Folder) -> Standing:
    return standing(made, BEFORE)


def states(now: Standing) -> dict[str, str]:
    return {each.unit.code: each.status for each in now.units}


def test_each_unit_is_where_its_form_is(now: Standing) -> None:
    told = states(now)
    assert len(told) == 14
    assert {code for code, status in told.items() if status == "missing"} == {"A14"}
    assert {code for code, status in told.items() if status == "needs-correction"} == {
        *("A04", "A05", "A06")
    }
    assert (now.step, now.round, now.rubric) == ("collect", "105年度上半年", "wra-105")


def test_it_is_told_when_a_form_came_and_whom_to_ask(now: Standing) -> None:
    first = now.units[0]
    assert first.received and first.received.astimezone(TAIPEI).date().isoformat() == "2016-07-05"
    assert first.when == "105年7月5日 17:30 最後存檔"
    assert first.unit.email == "river01@example.gov.tw"


def test_what_has_not_come_is_late_once_the_deadline_has_passed(made: Folder) -> None:
    def late(at: datetime) -> set[str]:
        return {each.unit.code for each in standing(made, at).units if each.late}

    assert late(BEFORE) == set()
    assert late(AFTER) == {"A14"}


def test_what_is_next_names_the_units_and_the_command(now: Standing) -> None:
    said = next_steps(now)
    assert said[0].startswith(
        "第四河川局、第五河川局、第六河川局的評分表待補正：請執行 svcq return"
    )
    assert said[1].startswith("臺北水源特定區管理局未繳（期限 105年7月31日）：期限前")
    assert "已逾期）：請催繳" in next_steps(replace(now, overdue=True))[1]


def test_letters_are_offered_where_the_list_has_addresses(now: Standing, tmp_path: Path) -> None:
    issue = standing(assessment(tmp_path / "a", returned=None), BEFORE)
    locked = replace(now, step="lock", locked=True)
    offered = ((issue, {"announce"}), (now, {"return", "remind"}), (locked, {"notify"}))
    for at, occasions in offered:
        assert set(re.findall(r"svcq mail (\w+)", " ".join(next_steps(at)))) == occasions
        silent = [replace(each, unit=replace(each.unit, email="")) for each in at.units]
        assert "svcq mail" not in " ".join(next_steps(replace(at, units=tuple(silent))))


def test_programs_are_told_what_the_contract_names(now: Standing, made: Folder) -> None:
    document = as_json(now, [])
    assert {"folder", "rubric", "round", "deadline", "step", "next", "units"} <= {*document}
    assert document["folder"] == made.path.as_posix()
    assert document["deadline"] == "2016-07-31T23:59:59+08:00"
    units = document["units"]
    assert isinstance(units, list)
    assert units[0] | {"remark": "", "outstanding": [], "letters": [], "phone": ""} == {
        "unit": "A01",
        "name": "第一河川局",
        "group": "",
        "kind": "self",
        "status": "accepted",
        "late": False,
        "received": "2016-07-05T17:30:00+08:00",
        "contact": "秘書室研考承辦人",
        "phone": "",
        "email": "river01@example.gov.tw",
        "remark": "",
        "outstanding": [],
        "letters": [],
    }


def test_a_plan_with_problems_comes_first_and_all_of_them_are_told(tmp_path: Path) -> None:
    wrong = {**MATTERS, "評分表定義": "wra-999", "繳交期限": "月底"}
    now = standing(assessment(tmp_path / "a", wrong), BEFORE)
    assert now.step == "plan" and not now.units and now.title == "a"
    assert len(now.problems) == 2
    assert "2 處" in next_steps(now)[0] and "「考核計畫.xlsx」" in next_steps(now)[0]


def test_before_forms_are_issued_that_is_next(tmp_path: Path) -> None:
    folder = assessment(tmp_path / "a", returned=None)
    now = standing(folder, BEFORE)
    assert now.step == "issue" and "svcq generate" in next_steps(now)[0]
    assert not folder.inbox.exists() and not folder.results.exists()
    open_folder(folder.path).issue()
    assert standing(folder, BEFORE).step == "collect"


def test_forms_of_several_rounds_without_one_that_is_meant_are_told(tmp_path: Path) -> None:
    """Nothing is raised: what to write where is said."""
    other = {**MATTERS, "期別": "105年度下半年"}
    now = standing(assessment(tmp_path / "a", other), BEFORE)
    assert now.step == "plan" and "本次期別" in str(now.problems[0])


@pytest.fixture
def sound(tmp_path: Path) -> Folder:
    """An assessment of three units, whose forms are sound and here."""
    units = [row for row in units_of("wra-105") if row[0] in {"編號", "A01", "A02", "A07"}]
    folder = assessment(tmp_path / "三 個單位", units=units)
    for path in folder.inbox.iterdir():
        if path.name[:3] not in {"A01", "A02", "A07"}:
            path.unlink()
    return folder


def test_once_all_is_in_the_results_are_next_and_then_the_lock(sound: Folder) -> None:
    assert standing(sound, BEFORE).step == "conclude"
    open_folder(sound.path).merge()
    done = standing(sound, BEFORE)
    assert done.step == "lock" and "svcq lock" in next_steps(done)[0]
    form = next(sound.inbox.glob("A01*"))
    os.utime(form, (AFTER.timestamp(), AFTER.timestamp()))
    assert standing(sound, BEFORE).step == "conclude"


def test_once_results_are_frozen_it_is_said_whether_anything_has_changed(sound: Folder) -> None:
    here = open_folder(sound.path)
    here.merge()
    lock(sound, here.plan())
    done = standing(sound, BEFORE)
    assert (done.step, done.locked, done.changed) == ("lock", True, False)
    assert next_steps(done)[0].startswith("結果已定案；")
    next(sound.inbox.glob("A01*")).unlink()
    changed = standing(sound, BEFORE)
    assert (changed.step, changed.locked, changed.changed) == ("lock", True, True)
    assert "--unlock" in next_steps(changed)[1]


def test_where_only_corrections_are_open_they_are_next(sound: Folder) -> None:
    wrong = next((SAMPLES / "returned").glob("A04*"))
    next(sound.inbox.glob("A07*")).unlink()
    folder = assessment(
        sound.path.parent / "二",
        units=[row for row in units_of("wra-105") if row[0] in {"編號", "A01", "A04"}],
    )
    shutil.rmtree(folder.inbox)
    shutil.copytree(sound.inbox, folder.inbox)
    shutil.copy2(wrong, folder.inbox)
    next(folder.inbox.glob("A02*")).unlink()
    now = standing(folder, BEFORE)
    assert now.step == "correct" and "svcq return" in next_steps(now)[0]
    open_folder(folder.path).send_back()
    assert "已製作的補正表件" in next_steps(standing(folder, BEFORE))[0]


def test_members_of_a_committee_who_are_awaited_are_named(tmp_path: Path) -> None:
    matters = {**MATTERS, "評分表定義": "hccg-105", "期別": "105年度", "考核種類": "考核小組"}
    members = [["考核人員", "組別"], ["委員甲", "第1組"], ["委員癸", "第1組"]]
    folder = assessment(
        tmp_path / "委員",
        matters,
        units_of("hccg-105"),
        SAMPLES / "hccg-105" / "returned",
        考核人員=members,
    )
    now = standing(folder, BEFORE)
    of_members = [each for each in now.units if each.kind == "committee"]
    first = [each for each in of_members if each.unit.group == "第1組"]
    assert {each.status for each in first} == {"incomplete"} and len(first) == 5
    assert [*now.members_awaited] == ["委員癸"] and len(now.members_awaited["委員癸"]) == 5
    assert any(said.startswith("考核人員委員癸尚有 5 份未完成") for said in next_steps(now))
    assert any("沒有考核人員考核" in said for said in next_steps(now))
    assert not any(each.late for each in standing(folder, AFTER).units if not each.awaited)


def test_neither_the_inbox_nor_the_plan_is_touched(made: Folder) -> None:
    def stamps() -> Iterator[tuple[str, int]]:
        for path in (made.plan_workbook, *sorted(made.inbox.rglob("*"))):
            yield str(path), path.stat().st_mtime_ns

    before = [*stamps()]
    standing(made, AFTER)
    assert [*stamps()] == before


def test_a_second_look_reads_no_form_again(sound: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    first = standing(sound, BEFORE)
    from svcq_excel.inbox import workers

    def refused(*args: object, **more: object) -> Callable[..., None]:
        raise AssertionError("a form is read again")

    monkeypatch.setattr(workers.Workers, "read", refused)
    assert standing(sound, BEFORE) == first


ROUNDS = {"khb-106": "106年度7月至12月", "hccg-105": "105年度", "kpw-102": "102年6月"}


@pytest.mark.parametrize("id", ROUNDS)
def test_units_stand_where_the_results_have_them(tmp_path: Path, id: str) -> None:
    """Counted again from what a merge tells."""
    matters = {**MATTERS, "評分表定義": id, "期別": ROUNDS[id], "考核種類": ""}
    folder = assessment(tmp_path / id, matters, units_of(id), SAMPLES / id / "returned")
    now = standing(folder, BEFORE)
    told = open_folder(folder.path).merge().told.document
    assert isinstance(told, dict)
    assert [(each.unit.code, each.kind, each.status) for each in now.units] == [
        (each["unit"], each["kind"], each["status"]) for each in told["units"]
    ]
    assert now.units and next_steps(now)


def test_of_several_rounds_each_has_its_own_places(tmp_path: Path) -> None:
    folder = assessment(tmp_path / "a", {**MATTERS, "期別": "上半年"}, returned=None)
    book = openpyxl.load_workbook(folder.plan_workbook)
    for row in (("期別", "105年度下半年"), ("繳交期限", "106年1月31日"), ("本次期別", "上半年")):
        book["計畫"].append(row)
    book.save(folder.plan_workbook)
    first, second = standing(folder, BEFORE), standing(folder, BEFORE, "105年度下半年")
    assert (first.round, second.round) == ("上半年", "105年度下半年")
    assert first.folder.results.name == "上半年" != second.folder.results.name
    assert second.deadline and second.deadline.astimezone(TAIPEI).year == 2017
