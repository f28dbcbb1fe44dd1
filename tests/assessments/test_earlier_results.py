"""Results of earlier rounds are found in a folder, taken over into the next, and stay with what is
frozen."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from svcq_excel.assessment.locking.freezing import lock
from svcq_excel.assessment.locking.verifying import differences_of
from svcq_excel.assessment.new import new_folder as made_like
from svcq_excel.assessment.opened import open_folder
from svcq_excel.definition import DefinitionError
from svcq_excel.inbox import collecting
from tests.locking.office_desk import new_folder
from tests.receiving import InProcess
from tests.results.earlier import outcome_of, saved
from tests.results.samples import units

FIRST, SECOND = "105年度上半年", "105年度下半年"
PLAN = (("評分表定義", "wra-105"), ("期別", FIRST), ("期別", SECOND))
TABLE = "考核結果統計表.xlsx"


@pytest.fixture(autouse=True)
def _in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "Workers", InProcess)


def folder_of(path: Path, this: str, *more: tuple[str, str]) -> Path:
    return new_folder(path, (*PLAN, ("本次期別", this), *more))


def laid(folder: Path, round: str) -> Path:
    """The results of a round that was merged there."""
    (folder / "結果" / round).mkdir(parents=True)
    return saved(outcome_of("wra-105", round, units(), 1), folder / "結果" / round, TABLE)


def test_the_rounds_before_are_found_and_those_after_are_not(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "考核", SECOND)
    laid(folder, FIRST)
    laid(folder, SECOND)
    assert [each.round for each in open_folder(folder).plan().previous] == [FIRST]
    assert open_folder(folder).plan(round=FIRST).previous == ()


def test_results_that_lie_there_broken_hinder_nothing_but_those_that_are_named_do(
    tmp_path: Path,
) -> None:
    folder = folder_of(tmp_path / "考核", SECOND)
    laid(folder, FIRST).write_bytes(b"PK\x03\x04")
    plan = open_folder(folder).plan()
    assert plan.previous == ()
    assert any(f"{FIRST}/{TABLE}" in doubt.file.replace("\\", "/") for doubt in plan.doubts)
    named = folder_of(tmp_path / "另一", FIRST, ("前期結果", "前期結果/104年度.xlsx"))
    with pytest.raises(DefinitionError, match="找不到這個檔案"):
        open_folder(named).plan()


def test_what_a_call_names_goes_before_what_is_found(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "考核", SECOND)
    laid(folder, FIRST)
    other = saved(outcome_of("wra-105", "104年度", units(), 2), tmp_path, "去年.xlsx")
    plan = open_folder(folder).plan(previous=(other,))
    assert [each.round for each in plan.previous] == ["104年度"]
    assert other in plan.inputs  # no output takes its place


def test_a_folder_like_an_earlier_one_takes_over_its_results(tmp_path: Path) -> None:
    earlier = folder_of(tmp_path / "105", SECOND)
    results = [laid(earlier, FIRST), laid(earlier, SECOND)]
    made = made_like(tmp_path / "106", str(earlier), 106)
    copies = [tmp_path / "106" / "前期結果" / f"{round}.xlsx" for round in (FIRST, SECOND)]
    assert [each.read_bytes() for each in copies] == [each.read_bytes() for each in results]
    assert any("前期結果/105年度上半年.xlsx" in line for line in made.to_look_at)
    shutil.rmtree(earlier)  # nothing hangs on it any more
    plan = open_folder(tmp_path / "106").plan()
    assert [each.round for each in plan.previous] == [FIRST, SECOND]


def test_a_second_successor_takes_over_what_its_predecessor_was_compared_with(
    tmp_path: Path,
) -> None:
    earlier = folder_of(tmp_path / "105", SECOND)
    laid(earlier, FIRST)
    laid(earlier, SECOND)
    made_like(tmp_path / "106", str(earlier), 106)
    (tmp_path / "106" / "結果" / "106年度上半年").mkdir(parents=True)
    there = tmp_path / "106" / "結果" / "106年度上半年"
    saved(outcome_of("wra-105", "106年度上半年", units(), 3), there, TABLE)
    made_like(tmp_path / "107", str(tmp_path / "106"), 107)
    names = [each.round for each in open_folder(tmp_path / "107").plan().previous]
    assert names == [FIRST, SECOND, "106年度上半年"]


def test_of_another_agency_no_results_are_taken_over(tmp_path: Path) -> None:
    earlier = folder_of(tmp_path / "105", SECOND)
    laid(earlier, FIRST)
    made_like(tmp_path / "別的", str(earlier), agency="他機關")
    assert not (tmp_path / "別的" / "前期結果").exists()


def test_a_frozen_result_holds_what_it_was_compared_with(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "考核", FIRST, ("前期結果", "前期結果/104年度.xlsx"))
    (folder / "前期結果").mkdir()
    saved(outcome_of("wra-105", "104年度", units(), 2), folder / "前期結果", "104年度.xlsx")
    opened = open_folder(folder)
    made = opened.merge()
    sheets = load_workbook(made.paths[0], read_only=True).sheetnames
    assert "比較總分名次" in sheets
    frozen = lock(opened.places(), opened.plan())
    assert differences_of(frozen.path, lambda done, of: None) == []


def test_a_stranger_s_plan_reads_nothing_beside_its_folder(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "考核", FIRST)
    opened = open_folder(folder)
    opened.merge()
    frozen = lock(opened.places(), opened.plan()).path
    outside = saved(outcome_of("wra-105", "104年度", units(), 2), tmp_path, "外面.xlsx")
    told = _with_row(frozen, folder / "考核計畫.xlsx", "../外面.xlsx", tmp_path)
    assert outside.is_file()
    assert any("考核資料夾以外的檔案" in each for each in told)


def _with_row(frozen: Path, plan: Path, said: str, folder: Path) -> list[str]:
    """What is told of the archive once its plan names a file elsewhere."""
    from tests.locking.office_desk import manifest_with, members, pack

    book = load_workbook(plan)
    book["計畫"].append(("前期結果", said))
    book.save(folder / "改過.xlsx")
    parts = members(frozen)
    parts["考核計畫.xlsx"] = (folder / "改過.xlsx").read_bytes()
    parts["定案清單.json"] = manifest_with(parts, lambda said: None)
    pack(folder / "改過.zip", parts)
    return differences_of(folder / "改過.zip", lambda done, of: None)
