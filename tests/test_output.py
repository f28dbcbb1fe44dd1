"""Files appear whole or not at all, whichever step of writing fails."""

from __future__ import annotations

import errno
import os
import re
import shutil
from pathlib import Path
from time import time
from typing import Any

import pytest

from svcq_excel.output import OutputBlockedError, reason_of, write_whole


def test_writes_into_folders_that_are_not_there_yet(tmp_path: Path) -> None:
    write_whole(tmp_path / "新 資料夾" / "表.xlsx", b"new")
    assert (tmp_path / "新 資料夾" / "表.xlsx").read_bytes() == b"new"


@pytest.mark.parametrize("step", ["mkdir", "open", "fsync", "replace"])
def test_a_failing_step_leaves_the_old_file_and_nothing_beside(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "表.xlsx"
    target.write_bytes(b"old")

    def fail(*_: object, **__: object) -> Any:
        raise OSError(28, "No space left on device")

    owner: Any = os if step == "fsync" else Path
    monkeypatch.setattr(owner, step, fail)
    with pytest.raises(OutputBlockedError, match="原有檔案未變動"):
        write_whole(target, b"new")
    monkeypatch.undo()
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


USUAL = [
    "EACCES",
    "EPERM",
    "EBUSY",
    "ENOSPC",
    "EDQUOT",
    "EFBIG",
    "EROFS",
    "EISDIR",
    "ENOTDIR",
    "EEXIST",
    "ENOENT",
    "ENAMETOOLONG",
    "EINVAL",
    "EILSEQ",
    "ELOOP",
    "EMFILE",
    "ENFILE",
    "ENOMEM",
    "EAGAIN",
    "EIO",
    "ENODEV",
    "ENXIO",
    "ETIMEDOUT",
    "ESTALE",
]


@pytest.mark.parametrize("name", USUAL)
def test_what_the_system_refuses_is_told_in_chinese_with_what_to_do(name: str) -> None:
    number: int = getattr(errno, name)
    reason = reason_of(OSError(number, os.strerror(number)))
    assert not re.search("[A-Za-z]+ [A-Za-z]+", reason), reason
    assert "請" in reason


def test_a_rare_refusal_keeps_the_systems_words_in_brackets() -> None:
    rare = OSError(errno.EDOM, os.strerror(errno.EDOM))
    assert f"（{os.strerror(errno.EDOM)}）" in reason_of(rare)


@pytest.mark.parametrize(
    ("age_s", "name", "kept"),
    [(60, "表.xlsx", True), (7_200, "表.xlsx", False), (7_200, "另一表.xlsx", True)],
)
def test_unfinished_files_are_swept_away_only_where_no_run_can_still_be_at_them(
    age_s: int, name: str, kept: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of another run that writes a file at this moment, or was cut short long ago; one that writes
    another file sweeps its own."""
    target, left = tmp_path / "表.xlsx", []
    put_in_place = Path.replace

    def cut_short(beside: Path, place: Path) -> Path:
        left.append(beside.with_name(beside.name.replace(str(os.getpid()), "another", 1)))
        shutil.copy(beside, left[0])
        os.utime(left[0], (time() - age_s, time() - age_s))
        return put_in_place(beside, place)

    with monkeypatch.context() as during:
        during.setattr(Path, "replace", cut_short)
        write_whole(tmp_path / name, b"first")
    write_whole(target, b"second")
    assert left[0].exists() is kept
    assert target.read_bytes() == b"second"
