"""A run that finds nothing changed tells the same in a moment; whatever changes is noticed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import SAMPLES, UNITS, Run

CALL = ("merge", "收件", "--rubric", "wra-105", "--units", "名單.csv", "--out", "結果/表.xlsx")
SAME = "結果未變"


@pytest.fixture(autouse=True)
def _inbox(svcq: Run) -> None:
    shutil.copytree(SAMPLES / "returned", "收件")
    shutil.copy(UNITS, "名單.csv")


def outputs() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path("結果").iterdir() if path.is_file()}


def test_the_second_run_says_the_same_and_that_nothing_changed(svcq: Run) -> None:
    first = svcq(*CALL)
    before = outputs()
    again = svcq(*CALL)
    assert (again.code, again.out) == (first.code, first.out)
    assert SAME in again.err and SAME not in first.err
    assert outputs() == before
    assert svcq(*CALL, "--json").document == svcq(*CALL, "--json", "--fresh").document


def test_a_fresh_run_reads_everything_and_writes_the_same_bytes(svcq: Run) -> None:
    svcq(*CALL)
    before = outputs()
    assert SAME not in svcq(*CALL, "--fresh").err
    assert outputs() == before


def test_two_outputs_in_one_folder_are_each_told_again(svcq: Run) -> None:
    other = (*CALL[:-1], "結果/另一張.xlsx")
    for call in (CALL, other, CALL, other):
        ran = svcq(*call)
    assert SAME in ran.err


def one(pattern: str) -> Path:
    (path,) = Path("收件").glob(pattern)
    return path


def later(path: Path) -> None:
    os.utime(path, (2_000_000_000, 2_000_000_000))


CHANGES: dict[str, Callable[[], object]] = {
    "a file more": lambda: shutil.copy(one("A01*"), "收件/又一份.xlsx"),
    "a file less": lambda: one("A02*").unlink(),
    "a file renamed": lambda: one("A02*").rename("收件/二.ods"),
    "a file saved anew": lambda: one("A02*").write_bytes(one("A10*").read_bytes()),
    "a file's date": lambda: later(one("A05*")),
    "the units": lambda: Path("名單.csv").write_text(
        Path("名單.csv").read_text("utf-8-sig").replace("第二河川局", "第二局"), "utf-8"
    ),
    "an output gone": lambda: Path("結果/表.xlsx").unlink(),
    "an output changed": lambda: Path("結果/表_收件紀錄.csv").write_bytes(b"x"),
    "a decision": lambda: Path("結果/決定.csv").write_text(
        f"檔案,決定,理由,決定人\n{one('A01*')},排除,因,王\n", "utf-8"
    ),
    "a store that is damaged": lambda: Path("結果/.svcq/kept.sqlite").write_bytes(b"x" * 9999),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changes_is_noticed(change: Callable[[], object], svcq: Run) -> None:
    svcq(*CALL)
    change()
    ran = svcq(*CALL)
    assert SAME not in ran.err
    after = {name: data for name, data in outputs().items() if "決定" not in name}
    shutil.rmtree("結果/.svcq")
    for name in after:
        Path("結果", name).unlink()
    assert svcq(*CALL).out == ran.out
    assert {name: data for name, data in outputs().items() if "決定" not in name} == after


def test_data_is_written_whatever_ran_before_and_belongs_to_what_is_compared(svcq: Run) -> None:
    svcq(*CALL)
    call = (*CALL, "--data", "資料")
    assert SAME not in svcq(*call).err
    first = {path.name: path.read_bytes() for path in Path("資料").iterdir()}
    assert {"units.csv", "leaves.csv", "files.csv", "violations.csv"} <= set(first)
    assert SAME in svcq(*call).err
    Path("資料/leaves.csv").unlink()
    assert SAME not in svcq(*call).err
    assert {path.name: path.read_bytes() for path in Path("資料").iterdir()} == first


@pytest.mark.parametrize("option", [("--deadline", "105年7月1日"), ("--round", "105年度下半年")])
def test_another_call_is_another_run(option: tuple[str, str], svcq: Run) -> None:
    svcq(*CALL)
    assert SAME not in svcq(*CALL, *option).err


def test_a_deadline_that_is_no_date_is_a_wrong_call(svcq: Run) -> None:
    ran = svcq(*CALL, "--deadline", "下週五")
    assert ran.code == 2
    assert "下週五" in ran.err


def test_late_forms_are_told_and_count_all_the_same(svcq: Run) -> None:
    for path in Path("收件").iterdir():
        later(path)
    document = svcq(*CALL, "--deadline", "105/7/1 17:00", "--json").document
    late = [
        f for f in document["files"] if "late-submission" in {v["code"] for v in f["violations"]}
    ]
    assert late
    assert {"accepted"} <= {file["status"] for file in late}
