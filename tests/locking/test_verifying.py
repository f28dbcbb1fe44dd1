"""Whatever was changed of a frozen result is found, and told by file, sheet and cell."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED

import pytest

from svcq_excel.assessment.folder import Folder
from svcq_excel.assessment.locking import verifying
from svcq_excel.assessment.locking.comparing import differences
from svcq_excel.assessment.locking.manifest import MANIFEST, programs
from svcq_excel.assessment.locking.verifying import differences_in, differences_of
from tests.conftest import sample
from tests.locking.office_desk import locked, manifest_with, members, pack, with_cell

TABLE, RECEIPTS = "結果/考核結果統計表.xlsx", "結果/考核結果統計表_收件紀錄.csv"
SHEET = "考核結果統計表"

Tamper = Callable[[dict[str, bytes]], None]


def tampered(archive: Path, change: Tamper, fixed: bool = False, how: int = 0) -> list[str]:
    """What is told of an archive whose parts were changed; `fixed`, by somebody who mends the
    manifest as well."""
    parts = members(archive)
    change(parts)
    if fixed:
        parts[MANIFEST] = manifest_with(parts, lambda said: None)
    pack(archive, parts, how)
    return differences_of(archive)


def first_form(parts: dict[str, bytes]) -> str:
    return next(name for name in parts if name.startswith("收件/A01"))


def other_form(parts: dict[str, bytes]) -> None:
    parts[first_form(parts)] = sample("A09", "xlsx").read_bytes()


def other_score(parts: dict[str, bytes]) -> None:
    name = first_form(parts)
    parts[name] = with_cell(parts[name], "評分表", "I8", 1)


def other_total(parts: dict[str, bytes]) -> None:
    parts[TABLE] = with_cell(parts[TABLE], SHEET, "C7", "改名的單位")


def other_receipts(parts: dict[str, bytes]) -> None:
    parts[RECEIPTS] = parts[RECEIPTS].replace("採用".encode(), "退回".encode())


def other_plan(parts: dict[str, bytes]) -> None:
    parts["考核計畫.xlsx"] = with_cell(parts["考核計畫.xlsx"], "受考核單位", "B2", "改名的單位")


def one_more(parts: dict[str, bytes]) -> None:
    parts["收件/A09.xlsx"] = sample("A09", "xlsx").read_bytes()


def one_less(parts: dict[str, bytes]) -> None:
    del parts[first_form(parts)]


def listed_as_well(parts: dict[str, bytes]) -> None:
    one_more(parts)
    added = {"path": "收件/A09.xlsx", "size": 0, "sha256": "", "modified": "1"}
    parts[MANIFEST] = manifest_with(parts, lambda said: said["files"].append(added))  # type: ignore[attr-defined]
    parts[MANIFEST] = manifest_with(parts, lambda said: None)


def unlisted(parts: dict[str, bytes]) -> None:
    said = json.loads(parts[MANIFEST])
    said["files"] = [each for each in said["files"] if not each["path"].startswith("收件/A01")]
    parts[MANIFEST] = json.dumps(said).encode()


def another_round(parts: dict[str, bytes]) -> None:
    parts[MANIFEST] = parts[MANIFEST].replace(b'"number": 1', b'"number": 2')


def rewritten_journal(parts: dict[str, bytes]) -> None:
    parts["封存/定案紀錄.json"] = b'{"format": 1, "lockings": []}'


def test_nothing_is_told_of_an_archive_as_it_was_made(archive: Path) -> None:
    assert differences_of(archive) == []


def test_an_archive_that_was_packed_anew_holds_the_same(archive: Path) -> None:
    assert tampered(archive, lambda parts: None, how=ZIP_DEFLATED) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (other_form, "「收件/A01_第一河川局_wra-105_105年度上半年_自行.xlsx」在定案後被更動"),
        (other_score, "「結果/考核結果統計表.xlsx」「考核結果統計表」"),
        (other_total, "「結果/考核結果統計表.xlsx」「考核結果統計表」C7：封存的是「改名的單位」"),
        (other_receipts, "「結果/考核結果統計表_收件紀錄.csv」第 2 行：封存的是"),
        (other_plan, "「考核計畫.xlsx」在定案後被更動"),
        (one_more, "「收件/A09.xlsx」是定案後加入的，不在定案清單內"),
        (one_less, "「收件/A01_第一河川局_wra-105_105年度上半年_自行.xlsx」已不在封存檔內"),
        (unlisted, "「定案清單.json」在定案後被更動"),
        (another_round, "「定案清單.json」在定案後被更動"),
        (rewritten_journal, "「封存/定案紀錄.json」是定案後加入的"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_was_changed_is_told(archive: Path, change: Tamper, said: str) -> None:
    told = tampered(archive, change)
    assert any(each.startswith(said) for each in told), told


@pytest.mark.parametrize(
    "change",
    [other_form, other_score, other_total, other_receipts, other_plan, one_less, listed_as_well],
)
def test_who_mends_the_manifest_has_changed_what_comes_out(archive: Path, change: Tamper) -> None:
    told = tampered(archive, change, fixed=change is not listed_as_well)
    assert told
    assert not any("定案清單" in each for each in told if "已不在" not in each)


def test_a_number_says_what_it_was_and_what_it_is(archive: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        parts[TABLE] = with_cell(parts[TABLE], SHEET, "D7", 12.5)

    told = tampered(archive, change)
    assert any("D7：封存的是「12.5」，重算為「" in each for each in told)


def test_a_change_that_shows_no_value_is_told_all_the_same(archive: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        parts[TABLE] = with_cell(parts[TABLE], SHEET, "A1", None).replace(b"", b"")

    assert tampered(archive, change, fixed=True)
    was, now = members(archive)[TABLE], b""
    assert list(differences("a.xlsx", was, now)) == ["「a.xlsx」封存的檔案無法讀取"]
    assert list(differences("a.xlsx", None, was)) == ["「a.xlsx」已不在，重算可得"]


# -- in the folder --------------------------------------------------------------------------------


def in_folder(frozen: Path) -> list[str]:
    return differences_in(Folder(frozen, frozen / "考核計畫.xlsx"))


def test_a_folder_is_as_its_archive_has_it(frozen: Path) -> None:
    assert in_folder(frozen) == []


def test_what_was_changed_in_the_folder_is_told(frozen: Path) -> None:
    form = next((frozen / "收件").glob("A01*"))
    shutil.copy(sample("A09", "xlsx"), form)
    shutil.copy(sample("A09", "xlsx"), frozen / "收件" / "新.xlsx")
    next((frozen / "收件").glob("A02*")).unlink()
    table = frozen / TABLE
    table.write_bytes(with_cell(table.read_bytes(), SHEET, "D7", 1))
    told = in_folder(frozen)
    assert sorted(each[:12] for each in told) == sorted(
        [
            f"資料夾內的「收件/{form.name}」在定案後被更動"[:12],
            "資料夾內的「收件/A02_第二河川局"[:12],
            f"資料夾內的「{TABLE}」"[:12],
            "資料夾內的「收件/新.xlsx」是定案後加入的"[:12],
        ]
    )


def test_what_else_lies_beside_the_result_comes_and_goes(frozen: Path) -> None:
    """As the page of 進度 does, which hangs on the day; but decisions there are decided by."""
    (frozen / "結果" / "進度.html").write_text("今天", "utf-8")
    shutil.rmtree(frozen / "封存")
    locked(frozen)
    (frozen / "結果" / "進度.html").write_text("明天", "utf-8")
    assert in_folder(frozen) == []
    (frozen / "結果" / "進度.html").unlink()
    assert in_folder(frozen) == []
    (frozen / "結果" / "決定.csv").write_text("決定,理由,決定人,檔案\n", "utf-8")
    assert in_folder(frozen) == ["資料夾內的「結果/決定.csv」是定案後加入的"]


def test_an_archive_that_was_changed_or_is_gone_is_told_in_the_folder(frozen: Path) -> None:
    (archive,) = (frozen / "封存").glob("*.zip")
    parts = members(archive)
    pack(archive, parts)
    assert in_folder(frozen) == [
        "「105年度上半年_第1次定案.zip」在定案後被更動，與定案紀錄的 SHA-256 不符"
    ]
    archive.unlink()
    assert in_folder(frozen) == ["「105年度上半年_第1次定案.zip」已不在「封存」資料夾內"]


# -- on another machine ---------------------------------------------------------------------------


@pytest.mark.processes
@pytest.mark.parametrize(
    ("zone", "language"), [("America/New_York", "C"), ("Pacific/Kiritimati", "tr_TR.UTF-8")]
)
def test_elsewhere_it_comes_out_the_same(archive: Path, zone: str, language: str) -> None:
    away = archive.parent / "away"
    away.mkdir()
    moved = shutil.move(archive, away / "a b.zip")
    os.utime(moved, (0, 0))
    surroundings = {**os.environ, "TZ": zone, "LC_ALL": language, "PYTHONHASHSEED": "7"}
    call = [sys.executable, "-m", "svcq_excel", "verify", "--json", str(moved)]
    ran = subprocess.run(call, capture_output=True, cwd=away, env=surroundings, check=False)
    assert json.loads(ran.stdout) == {"same": True, "differences": []}
    assert ran.returncode == 0


def test_where_another_version_works_it_out_that_is_said(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "programs", lambda: ("9.9", programs()[1]))
    assert differences_of(archive) == []
    told = tampered(archive, other_total)
    assert f"封存時的程式為 {programs()[0]} 版，現在是 9.9 版，計算方式可能不同" in told
