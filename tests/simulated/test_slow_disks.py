"""A disk that is slow, or fails, is not the unit's fault: its file is tried again, and told as what
it is."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import pytest

from svcq_excel.checks.catalogue import rule_for
from tests.simulated.systems import SAMPLES, checked, run

INBOX = SAMPLES / "returned"
SLOW = "A01"


def test_a_disk_that_fails_once_makes_no_difference(tmp_path: Path) -> None:
    failing = {"SLOW": SLOW, "ERROR": str(errno.EIO), "ONCE": str(tmp_path / "once")}
    ran = checked(INBOX, "slow", **failing)
    assert (tmp_path / "once").exists()
    assert (ran.returncode, ran.stdout) == (1, checked(INBOX).stdout)


@pytest.mark.parametrize("error", [errno.EIO, errno.EACCES, errno.ETIMEDOUT, errno.ESTALE])
def test_a_file_that_its_disk_does_not_give_is_unread_and_nothing_of_it_is_sent_back(
    error: int, tmp_path: Path
) -> None:
    failing = {"SLOW": SLOW, "ERROR": str(error)}
    ran = checked(INBOX, "slow", **failing)
    assert ran.returncode == 1
    (file,) = [each for each in json.loads(ran.stdout)["files"] if SLOW in each["path"]]
    (violation,) = file["violations"]
    assert (file["status"], violation["code"]) == ("unread", "unreadable-file")
    todo = rule_for("withheld").find("", "withheld").todo
    assert todo in violation["message"] and "不必請單位重寄" in todo
    back: list[str | Path] = [
        "-m",
        "svcq_excel",
        "return",
        INBOX,
        "--rubric",
        "wra-105",
        "--out",
        tmp_path,
        "--json",
    ]
    ran = run([*back, "--units", SAMPLES / "units.csv"], "slow", **failing)
    assert ran.returncode == 1
    (without,) = [each for each in json.loads(ran.stdout)["without"] if SLOW in each["path"]]
    assert without["reason"].endswith(f"{todo}。")


def test_what_was_not_read_is_read_when_the_disk_is_back_though_nothing_has_changed(
    tmp_path: Path,
) -> None:
    merge: list[str | Path] = ["-m", "svcq_excel", "merge", INBOX, "--rubric", "wra-105", "--json"]
    merge += ["--units", SAMPLES / "units.csv", "--out", tmp_path / "統計表.xlsx"]
    first = json.loads(run(merge, "slow", SLOW=SLOW, ERROR=str(errno.EIO)).stdout)
    again = json.loads(run(merge).stdout)
    statuses = [
        {each["path"]: each["status"] for each in ran["files"] if SLOW in each["path"]}.values()
        for ran in (first, again)
    ]
    assert list(map(list, statuses)) == [["unread"], ["accepted"]]
