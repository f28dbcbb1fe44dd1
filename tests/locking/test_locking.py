"""A result that is frozen stays, and which took whose place is known."""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from svcq_excel.assessment.folder import Folder
from svcq_excel.assessment.locking.admitting import admitted
from svcq_excel.assessment.locking.freezing import lock
from svcq_excel.assessment.locking.journal import read_journal
from svcq_excel.assessment.locking.verifying import differences_in, differences_of
from svcq_excel.definition import DefinitionError
from svcq_excel.inbox.handed_in_when import as_of
from svcq_excel.pipeline import merge
from svcq_excel.store import FOLDER as MEMORY
from tests.checks.desk import save_date
from tests.conftest import sample
from tests.locking.office_desk import PLAN, ROUND, assessment, locked, members, new_folder


def merged(path: Path, unlock: str | None = None) -> Path:
    """As `svcq merge` does in the folder."""
    opened = assessment(path)
    places = opened.places()
    plan = admitted(places, opened.plan(), places.statistics, unlock)
    merge(plan, places.inbox.absolute(), places.statistics)
    return places.statistics


def test_an_archive_holds_all_that_the_result_follows_from(archive: Path, frozen: Path) -> None:
    held = members(archive)
    came = [each for each in (frozen / "收件").iterdir() if each.is_file()]
    assert {f"收件/{each.name}" for each in came} < set(held)
    for name in ("考核計畫.xlsx", "結果/考核結果統計表.xlsx", "結果/考核結果統計表_收件紀錄.csv"):
        assert held[name] == (frozen / name).read_bytes()
    assert not any(".svcq" in name for name in held)
    assert json.loads(held["定案清單.json"])["folders"] == ["收件/郵寄 到 的"]


def test_an_archive_hangs_on_nothing_but_what_it_holds(frozen_once: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(frozen_once, tmp_path / "別處"))
    (first,) = (frozen_once / "封存").glob("*.zip")
    shutil.rmtree(other / "封存")
    assert locked(other).path.read_bytes() == first.read_bytes()


def test_a_result_that_is_frozen_is_not_replaced(frozen: Path) -> None:
    before = (frozen / "結果" / "考核結果統計表.xlsx").read_bytes()
    shutil.copy(sample("A09", "xlsx"), frozen / "收件")
    with pytest.raises(DefinitionError, match="第1次定案，不能取代。確須更正時，請加上 --unlock"):
        merged(frozen)
    assert (frozen / "結果" / "考核結果統計表.xlsx").read_bytes() == before


def test_to_freeze_again_what_is_frozen_changes_nothing(frozen: Path) -> None:
    again = locked(frozen)
    assert not again.new
    assert again.locking.number == 1
    assert len(list((frozen / "封存").iterdir())) == 2


@pytest.mark.parametrize("reason", ["", " ", "\u3000\n"])
def test_who_undoes_it_says_why(frozen: Path, reason: str) -> None:
    with pytest.raises(DefinitionError, match="理由"):
        merged(frozen, reason)


def test_the_results_show_which_took_whose_place_and_why(frozen: Path) -> None:
    first = read_journal(Folder(frozen, frozen / "考核計畫.xlsx")).lockings[0]
    shutil.copy(sample("A09", "xlsx"), frozen / "收件")
    table = merged(frozen, "申訴成立，\n更正得分")
    (row,) = list(load_workbook(table)["定案紀錄"].iter_rows(min_row=4, values_only=True))
    assert (row[0], *row[3:]) == (
        "第1次定案",
        "申訴成立， 更正得分",
        "本統計表",
        "105年度上半年_第1次定案.zip",
        first.sha256,
    )
    assert locked(frozen).locking.number == 2
    third = merged(frozen, "第二次申訴")
    rows = list(load_workbook(third)["定案紀錄"].iter_rows(min_row=4, values_only=True))
    assert [(row[0], row[4]) for row in rows] == [
        ("第1次定案", "第2次定案"),
        ("第2次定案", "本統計表"),
    ]
    assert locked(frozen).locking.number == 3
    assert differences_in(Folder(frozen, frozen / "考核計畫.xlsx")) == []
    for made in (frozen / "封存").glob("*.zip"):
        assert differences_of(made) == []


def test_a_result_that_was_never_frozen_has_no_record_of_that(frozen: Path) -> None:
    table = frozen / "結果" / "考核結果統計表.xlsx"
    assert "定案紀錄" not in load_workbook(table).sheetnames


def test_elsewhere_results_are_written_as_ever(frozen: Path, tmp_path: Path) -> None:
    opened = assessment(frozen)
    plan = admitted(opened.folder, opened.plan(), tmp_path / "試算.xlsx")
    assert plan.lockings == ()


def test_what_is_not_the_result_of_what_lies_there_is_not_frozen(tmp_path: Path) -> None:
    path = new_folder(tmp_path / "考核 資料")
    with pytest.raises(DefinitionError, match="還沒有可以定案的結果"):
        locked(path)
    merged(path)
    shutil.copy(sample("A09", "xlsx"), path / "收件")
    with pytest.raises(DefinitionError, match=r"重新計算的不同.*請先執行 svcq merge"):
        locked(path)
    assert not list((path / "封存").iterdir())
    merged(path)
    assert locked(path).new


def test_the_round_may_be_told_by_the_forms(tmp_path: Path) -> None:
    path = new_folder(tmp_path / "考核 資料", PLAN[:1])
    merged(path)
    made = locked(path)
    assert made.locking.round == ROUND
    assert differences_of(made.path) == []


def test_each_round_is_frozen_by_itself(tmp_path: Path) -> None:
    rounds = (*PLAN, ("期別", "105年度下半年"), ("本次期別", ROUND))
    path = new_folder(tmp_path / "考核 資料", rounds)
    merged(path)
    made = locked(path)
    assert made.locking.outputs[0] == f"結果/{ROUND}/考核結果統計表.xlsx"
    assert differences_of(made.path) == []
    second = assessment(path)
    later = {"round": "105年度下半年"}
    admitted(second.places(**later), second.plan(**later), second.places(**later).statistics)


def test_a_plan_that_leads_out_of_the_folder_is_not_frozen(tmp_path: Path) -> None:
    from svcq_excel.rubric.shipped import folder

    shutil.copy(folder() / "wra-105.yaml", tmp_path / "定義.yaml")
    outside = (("評分表定義", "../定義.yaml"), *PLAN[1:])
    path = new_folder(tmp_path / "考核 資料", outside)
    merged(path)
    with pytest.raises(DefinitionError, match=r"定義\.yaml：.*資料夾以外的檔案"):
        locked(path)
    shutil.copy(folder() / "wra-105.yaml", path / "定義.yaml")
    inside = new_folder(tmp_path / "另一", (("評分表定義", "定義.yaml"), *PLAN[1:]))
    shutil.copy(folder() / "wra-105.yaml", inside / "定義.yaml")
    merged(inside)
    made = locked(inside)
    assert "定義.yaml" in members(made.path)


def test_a_working_folder_that_a_stranger_sent_keeps_no_result_from_being_frozen(
    tmp_path: Path,
) -> None:
    path = new_folder(tmp_path / "考核 資料")
    merged(path)
    shutil.copytree(path / "結果" / MEMORY, path / "收件" / "寄來的" / MEMORY)
    merged(path)
    os.utime(path / "收件" / "寄來的" / MEMORY, (0, 1_500_000_000))
    merged(path)
    assert differences_of(locked(path).path) == []


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_in_the_inbox_is_told_before_anything_is_frozen(tmp_path: Path) -> None:
    path = new_folder(tmp_path / "考核 資料")
    (path / "收件" / "捷徑.xlsx").symlink_to(sample("A09", "xlsx"))
    merged(path)
    with pytest.raises(DefinitionError, match=r"捷徑\.xlsx：是連結或特殊檔案，無法封存"):
        locked(path)


def test_what_was_still_to_come_is_so_when_it_is_worked_out_again(tmp_path: Path) -> None:
    """A form that says it was saved in a year is not so strange two years later."""
    path = new_folder(tmp_path / "考核 資料")
    save_date(next((path / "收件").glob("A01*")), "2027-07-01T09:30:00Z")
    then = datetime(2026, 1, 1, tzinfo=UTC)
    with as_of(then):
        table = merged(path)
    os.utime(table, (then.timestamp(), then.timestamp()))
    made = locked(path)
    assert differences_of(made.path) == []
    held = members(made.path)
    assert "2026-01-01T00:00:00+00:00" in held["定案清單.json"].decode()
    receipts = load_workbook(table)["檢核結果"]
    said = [str(value) for row in receipts.iter_rows(values_only=True) for value in row]
    assert any("還沒有到" in each for each in said)


def test_dates_of_files_are_evidence_that_an_archive_keeps(tmp_path: Path) -> None:
    """Two forms of one unit without any other date: the later file counts."""
    path = new_folder(tmp_path / "考核 資料")
    for each in (path / "收件").glob("A02*"):
        each.unlink()
    ods = sample("A02", "ods").read_bytes()
    for name, when in (
        ("乙.ods", 1_470_000_000_000_000_001),
        ("甲.ods", 1_470_000_000_000_000_000),
    ):
        (path / "收件" / name).write_bytes(ods if name == "乙.ods" else ods + b" ")
        os.utime(path / "收件" / name, ns=(when, when))
    merged(path)
    made = locked(path)
    assert differences_of(made.path) == []
    files = {
        each["path"]: each["modified"]
        for each in json.loads(members(made.path)["定案清單.json"])["files"]
    }
    assert files["收件/乙.ods"] == "1470000000000000001"


def test_an_archive_that_the_journal_does_not_know_is_never_replaced(frozen: Path) -> None:
    (first,) = (frozen / "封存").glob("*.zip")
    (frozen / "封存" / "定案紀錄.json").unlink()
    other = first.read_bytes()[:-1]
    first.write_bytes(other)
    assert locked(frozen).locking.number == 2
    assert first.read_bytes() == other


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b'{"lockings": [1]}', b'{"lockings": [{}]}', b"\xff"]
)
def test_a_journal_that_is_damaged_is_told(frozen: Path, damage: bytes) -> None:
    (frozen / "封存" / "定案紀錄.json").write_bytes(damage)
    opened = assessment(frozen)
    with pytest.raises(DefinitionError, match=r"定案紀錄\.json：定案紀錄無法讀取"):
        lock(opened.places(), opened.plan())
    with pytest.raises(DefinitionError, match="無法讀取"):
        merged(frozen)


def test_the_key_stands_in_an_archive_only_where_the_plan_has_it(archive: Path) -> None:
    from svcq_excel.seal_key import SealKey
    from tests.checks.test_seals import parts

    secret = SealKey(bytes(32)).text.encode()
    held = members(archive)
    (archive.parent / "計畫.xlsx").write_bytes(held.pop("考核計畫.xlsx"))
    assert any(secret in part for part in parts(archive.parent / "計畫.xlsx"))
    (archive.parent / "表.xlsx").write_bytes(held["結果/考核結果統計表.xlsx"])
    others = [*held.values(), *parts(archive.parent / "表.xlsx")]
    assert not any(secret in part for part in others)


def test_the_tables_for_programs_are_frozen_and_worked_out_again(tmp_path: Path) -> None:
    path = new_folder(tmp_path / "考核 資料")
    opened = assessment(path)
    places = opened.places()
    merge(opened.plan(), places.inbox, places.statistics, data=places.results / "資料")
    made = locked(path)
    assert "結果/資料/leaves.csv" in made.locking.outputs
    assert differences_of(made.path) == []


def test_a_checklists_round_is_frozen_with_the_round_before_it(tmp_path: Path) -> None:
    """What was open before stands in the results of that round, which are an input then."""
    plan = (
        ("評分表定義", "kpw-102"),
        ("期別", "102年6月"),
        ("期別", "102年12月"),
        ("本次期別", "102年6月"),
    )
    path = new_folder(tmp_path / "考核 資料", plan)
    opened = assessment(path)
    opened.merge()
    first = opened.lock()
    later = {"round": "102年12月"}
    opened.merge(**later)
    second = opened.lock(**later)
    assert (first.locking.number, second.locking.number) == (1, 1)
    assert "結果/102年6月/考核結果統計表.xlsx" in members(second.path)
    for each in (first, second):
        assert differences_of(each.path) == []
    assert opened.verify() == []  # of the second round, which is not the plan's, the archive alone
    (path / "收件" / "新.txt").write_text("x", "utf-8")
    assert opened.verify() == []
    with pytest.raises(DefinitionError, match="「102年6月」的結果已於"):
        opened.merge()


def test_from_python_a_result_is_frozen_verified_and_undone(frozen: Path) -> None:
    opened = assessment(frozen)
    assert not opened.lock().new
    assert opened.verify() == []
    with pytest.raises(DefinitionError, match="不能取代"):
        opened.merge()
    assert opened.merge(unlock="申訴成立").outcome.lockings[0].reason == "申訴成立"
