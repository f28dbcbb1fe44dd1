"""A disk that is slow, or fails, is not the unit's fault: its file is tried again, and told as what
it is."""

from __future__ import annotations

import errno
import json
import shutil
from pathlib import Path
from time import monotonic

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


@pytest.mark.parametrize("seconds", ["0.5", "400"])
def test_whoever_waits_for_a_disk_does_so_no_longer_than_it_is_worth(
    seconds: str, tmp_path: Path
) -> None:
    """Not only where files are read: before that all are looked at."""
    inbox = tmp_path / "收件"
    shutil.copytree(INBOX, inbox)
    (inbox / "A01").mkdir()
    (inbox / "A01" / "附件.png").write_bytes(b"a picture")
    merge: list[str | Path] = ["-m", "svcq_excel", "merge", inbox, "--rubric", "wra-105", "--json"]
    merge += ["--units", SAMPLES / "units.csv", "--out", tmp_path / "統計表.xlsx"]
    begun = monotonic()
    ran = run(merge, "slow", SLOW="A01", SECONDS=seconds, PATIENCE="3")
    assert monotonic() - begun < 200
    form, picture = sorted(
        (each for each in json.loads(ran.stdout)["files"] if "A01" in each["path"]),
        key=lambda each: each["path"].endswith(".png"),
    )
    if seconds == "0.5":
        assert (form["status"], picture["reason"]) == ("accepted", "圖片，不是試算表")
        return
    (violation,) = form["violations"]
    assert (form["status"], violation["code"]) == ("unread", "unreadable-file")
    assert "檔案所在的磁碟過慢，6 秒內沒有提供檔案內容" in violation["message"]
    assert picture["reason"] == "圖片，不是試算表（所在的磁碟過慢，內容未讀取）"
    again = json.loads(run(merge).stdout)["files"]
    statuses = {each["status"] for each in again if "A01" in each["path"]}
    assert statuses == {"accepted", "ignored"}
