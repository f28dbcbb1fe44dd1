"""What a file is known by, however slow its disk is."""

from __future__ import annotations

import io
import os
import sys
from hashlib import sha256
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from svcq_excel.inbox.finding import find
from svcq_excel.inbox.fingerprints import Fingerprint, Fingerprints

_really = io.open


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were opened; those with 慢 in their name never give what they hold, those
    with 遲 later than they are waited for."""
    opened: list[str] = []

    def slowly(file: Any, *given: Any, **named: Any) -> Any:
        opened.append(Path(file).name)
        if "慢" in Path(file).name:
            sleep(10)
        if "遲" in Path(file).name:
            sleep(0.6)
        return _really(file, *given, **named)

    monkeypatch.setattr("io.open", slowly)
    monkeypatch.setattr("svcq_excel.inbox.patience.ON_DISK", 0.2)
    return opened


def test_a_file_is_known_by_its_size_its_bytes_and_its_time(tmp_path: Path) -> None:
    path = tmp_path / "一"
    path.write_bytes(b"one")
    modified = path.stat().st_mtime_ns
    assert Fingerprints().of(path) == Fingerprint(3, sha256(b"one").hexdigest(), modified)


def test_what_is_no_file_or_is_not_there_has_none(tmp_path: Path) -> None:
    assert Fingerprints().of(tmp_path / "nothing") == Fingerprint()
    (tmp_path / "link").symlink_to("nothing")
    for path in (tmp_path, tmp_path / "link"):
        assert Fingerprints().of(path)[:2] == (0, "")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes")
def test_a_pipe_that_nobody_writes_to_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert Fingerprints().of(tmp_path / "pipe")[:2] == (0, "")


def test_a_disk_that_gives_nothing_is_waited_for_once(tmp_path: Path, slow: list[str]) -> None:
    for name in ("一", "慢", "二"):
        (tmp_path / name).write_bytes(name.encode())
    slow.clear()
    prints, begun = Fingerprints(), monotonic()
    assert prints.of_all(find([tmp_path])) is None
    assert prints.of_all(find([tmp_path])) is None
    assert prints.of(tmp_path / "慢") == Fingerprint(late=True)
    assert prints.of(tmp_path / "二").sha256 == sha256("二".encode()).hexdigest()
    assert monotonic() - begun < 10
    assert sorted(slow) == sorted(["一", "慢", "二"])
    assert [each for each in ("一", "慢", "二") if prints.is_late(tmp_path / each)] == ["慢"]


def test_files_after_one_that_is_waited_for_in_vain_are_asked_for_once(
    tmp_path: Path, slow: list[str]
) -> None:
    names = ["一", "七遲", "三", "不", "丙"]
    for name in names:
        (tmp_path / name).write_bytes(name.encode())
    slow.clear()
    prints = Fingerprints()
    assert prints.of_all(find([tmp_path])) is None
    sleep(1)  # until the slow one has come after all
    assert slow == names
    for name in ("一", "三", "不", "丙"):
        assert prints.of(tmp_path / name).sha256 == sha256(name.encode()).hexdigest()


def test_many_such_files_are_waited_for_less_and_less(
    tmp_path: Path, slow: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("svcq_excel.inbox.patience.ON_DISK_TOGETHER", 0.4)
    monkeypatch.setattr("svcq_excel.inbox.patience.ON_DISK_LEAST", 0.01)
    for at in range(60):
        (tmp_path / f"慢{at}").touch()
    begun = monotonic()
    assert Fingerprints().of_all(find([tmp_path])) is None
    assert monotonic() - begun < 8
