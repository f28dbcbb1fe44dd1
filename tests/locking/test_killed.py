"""A run that freezes a result and is killed at any moment has frozen it whole, or not at all."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from svcq_excel import pipeline
from svcq_excel.assessment.folder import Folder
from svcq_excel.assessment.locking import freezing
from svcq_excel.assessment.locking.journal import read_journal
from svcq_excel.assessment.locking.verifying import differences_in
from svcq_excel.output import OutputBlockedError
from svcq_excel.placing import Placing
from tests.locking.office_desk import assessment, locked

MOMENTS = 12


def unfrozen(frozen_once: Path, to: Path) -> Path:
    path = Path(shutil.copytree(frozen_once, to))
    shutil.rmtree(path / "封存")
    return path


def is_whole(path: Path, bytes_of_one: bytes) -> bool:
    """Whether nothing is frozen, or all is."""
    folder = Folder(path, path / "考核計畫.xlsx")
    journal = read_journal(folder)
    archives = sorted((path / "封存").glob("*.zip"))
    assert all(each.read_bytes() == bytes_of_one for each in archives)
    assert len(journal.lockings) <= len(archives) <= 1
    return bool(journal.lockings)


@pytest.mark.processes
@pytest.mark.skipif(os.name == "nt", reason="nothing is killed so there")
def test_killed_at_any_moment_it_is_whole_or_not_at_all(frozen_once: Path, tmp_path: Path) -> None:
    (first,) = (frozen_once / "封存").glob("*.zip")
    call = [sys.executable, "-m", "svcq_excel", "lock", "-q"]
    timed = unfrozen(frozen_once, tmp_path / "計時")
    began = time.monotonic()
    subprocess.run(call, cwd=timed, check=True, capture_output=True)
    whole = time.monotonic() - began
    assert is_whole(timed, first.read_bytes())
    chosen = random.Random(15)
    for number in range(MOMENTS):
        path = unfrozen(frozen_once, tmp_path / f"考核 {number}")
        with subprocess.Popen(
            call, cwd=path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
        ) as running:
            time.sleep(whole * chosen.random())
            os.killpg(running.pid, signal.SIGKILL)
        is_whole(path, first.read_bytes())
        subprocess.run(call, cwd=path, check=True, capture_output=True)
        assert is_whole(path, first.read_bytes())


def test_between_the_archive_and_the_journal_nothing_is_frozen(
    frozen_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (first,) = (frozen_once / "封存").glob("*.zip")
    path = unfrozen(frozen_once, tmp_path / "考核")
    (path / "封存").mkdir()
    shutil.copy(first, path / "封存")
    assert not is_whole(path, first.read_bytes())
    made = locked(path)
    assert (made.new, made.locking.number) == (True, 1)
    assert is_whole(path, first.read_bytes())
    assert differences_in(Folder(path, path / "考核計畫.xlsx")) == []


def test_a_disk_that_is_full_leaves_nothing(
    frozen_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = unfrozen(frozen_once, tmp_path / "考核")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    for owner, name in ((freezing, "write_archive"), (Placing, "place")):
        with monkeypatch.context() as patch:
            patch.setattr(owner, name, full)
            with pytest.raises((OutputBlockedError, OSError), match=r"磁碟空間不足|No space left"):
                locked(path)
        assert list((path / "封存").iterdir()) == []


def test_who_was_cut_short_after_undoing_it_need_not_say_why_again(
    frozen_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(shutil.copytree(frozen_once, tmp_path / "考核"))
    opened = assessment(path)

    def cut_short(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "merge", cut_short)
        with pytest.raises(KeyboardInterrupt):
            opened.merge(unlock="申訴成立")
    assert [each.reason for each in opened.merge().outcome.lockings] == ["申訴成立"]
    assert opened.lock().locking.number == 2
