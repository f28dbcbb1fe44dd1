"""Files take their places together or not at all, whichever step fails and whatever is open."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from stat import S_IMODE
from time import time
from typing import Any

import pytest

from svcq_excel import placing
from svcq_excel.output import OutputBlockedError
from svcq_excel.placing import WORKING, Placing, another_name, moved_of, write_together
from tests.faults.disk import Disk

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="not everybody may make links")
needs_modes = pytest.mark.skipif(sys.platform == "win32", reason="has no modes of files")
nobody = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can be somebody else"
)


def denied(number: int = errno.EACCES) -> PermissionError:
    return PermissionError(number, os.strerror(number))


class Held:
    """Files that others hold: `os.replace` is denied, so many times, or always."""

    def __init__(self, *names: str, times: int = 10**6, error: int = errno.EACCES) -> None:
        self.names, self.times, self.error = names, times, error
        self.slept: list[float] = []
        self._replace = os.replace

    def replace(self, source: Any, target: Any) -> None:
        if self.times and Path(target).name in self.names:
            self.times -= 1
            raise denied(self.error)
        self._replace(source, target)


@pytest.fixture
def hold(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Held]:
    def make(*names: str, **how: Any) -> Held:
        held = Held(*names, **how)
        monkeypatch.setattr(os, "replace", held.replace)
        monkeypatch.setattr(placing, "sleep", held.slept.append)
        return held

    return make


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three files that lie there."""
    for name in "甲乙丙":
        (tmp_path / name).write_bytes(b"old")
    return tmp_path


def lying(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


OLD = dict.fromkeys("甲乙丙", b"old")


def place(folder: Path, names: str, content: bytes = b"new", evading: bool = False) -> None:
    with Placing() as files:
        for name in names:
            files.add(folder / name, content)
        files.place(evading)


def test_writes_into_folders_that_are_not_there_yet(tmp_path: Path) -> None:
    target = tmp_path / "新 資料夾" / "表.xlsx"
    assert write_together({target: b"new"}.items()) == {target: target}
    assert target.read_bytes() == b"new"


@pytest.mark.parametrize("step", ["mkdir", "open", "fsync", "replace"])
def test_a_failing_step_leaves_the_old_file_and_nothing_beside(
    step: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> Any:
        raise OSError(errno.ENOSPC, "No space left on device")

    owner: Any = os if step == "fsync" else Path
    with monkeypatch.context() as failing:
        failing.setattr(owner, step, fail)
        with pytest.raises(OutputBlockedError, match="原有檔案未變動"):
            write_together({folder / "甲": b"new"}.items())
    assert lying(folder) == OLD


def test_whatever_step_fails_all_files_of_the_call_stay_as_they_were(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = {**OLD, "丁": b"old"}
    (folder / "丁").write_bytes(b"old")
    for fails in range(1, 100):
        disk = Disk(fails)
        with disk.mounted(monkeypatch):
            try:
                write_together({folder / name: b"new" for name in "甲乙丙丁戊"}.items())
            except OutputBlockedError:
                assert lying(folder) == old
            else:
                break
    assert fails == 3 * 5 + 5 + 1
    assert lying(folder) == dict.fromkeys("甲乙丙丁戊", b"new")


@pytest.mark.parametrize("at", "甲乙丙丁")
def test_one_file_that_is_open_and_none_changes(
    at: str, folder: Path, hold: Callable[..., Held]
) -> None:
    (folder / at).write_bytes(b"old")
    before, inodes = lying(folder), {path.name: path.stat().st_ino for path in folder.iterdir()}
    hold(at)
    with pytest.raises(OutputBlockedError) as blocked:
        place(folder, "甲乙丙丁戊")
    assert blocked.value.path == folder / at
    assert "正由 Excel 或其他程式開啟" in str(blocked.value) and "權限" not in str(blocked.value)
    assert lying(folder) == before
    assert {path.name: path.stat().st_ino for path in folder.iterdir()} == inodes


def test_a_disk_without_links_brings_back_copies(
    folder: Path, hold: Callable[..., Held], monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP))

    monkeypatch.setattr(os, "link", no_links)
    hold("丙")
    with pytest.raises(OutputBlockedError):
        place(folder, "甲乙丙")
    assert lying(folder) == OLD


def test_a_file_that_is_as_it_is_to_be_is_not_touched(
    folder: Path, hold: Callable[..., Held]
) -> None:
    hold(*"甲乙丙")
    place(folder, "甲乙丙", b"old")
    assert lying(folder) == OLD


def test_evading_what_is_open_lies_beside_it_and_the_others_in_their_places(
    folder: Path, hold: Callable[..., Held]
) -> None:
    hold("乙")
    placed = write_together({folder / name: b"new" for name in "甲乙丙"}.items())
    beside = another_name(folder / "乙")
    assert moved_of(placed) == {folder / "乙": beside}
    assert lying(folder) == {"甲": b"new", "乙": b"old", "丙": b"new", beside.name: b"new"}
    assert write_together({folder / "乙": b"new"}.items()) == {folder / "乙": beside}, (
        "open, but right"
    )


def test_evading_what_is_open_twice_nothing_changes(
    folder: Path, hold: Callable[..., Held]
) -> None:
    beside = another_name(folder / "乙")
    beside.write_bytes(b"older")
    hold("乙", beside.name)
    with pytest.raises(OutputBlockedError):
        write_together({folder / name: b"new" for name in "甲乙丙"}.items())
    assert lying(folder) == {**OLD, beside.name: b"older"}


def test_what_holds_a_new_file_for_a_moment_is_waited_for(
    folder: Path, hold: Callable[..., Held]
) -> None:
    """A virus scanner, or an indexer."""
    held = hold("甲", "丁", times=len(placing.PAUSES))
    assert not moved_of(write_together({folder / name: b"new" for name in "甲丁"}.items()))
    assert held.slept == list(placing.PAUSES)


def test_a_call_waits_two_seconds_in_all_whatever_is_open(
    folder: Path, hold: Callable[..., Held]
) -> None:
    held = hold(*"甲乙丙")
    assert len(moved_of(write_together({folder / name: b"new" for name in "甲乙丙"}.items()))) == 3
    assert sum(held.slept) == pytest.approx(2)


@pytest.mark.parametrize("evading", [False, True])
def test_what_somebody_made_read_only_stays_and_is_called_so(folder: Path, evading: bool) -> None:
    (folder / "乙").chmod(0o444)
    try:
        with pytest.raises(OutputBlockedError, match="乙」：檔案設為唯讀"):
            place(folder, "甲乙丙", evading=evading)
        assert lying(folder) == OLD
    finally:
        (folder / "乙").chmod(0o644)


def test_what_is_refused_for_good_is_not_called_open(
    folder: Path, hold: Callable[..., Held]
) -> None:
    """As in a folder where only its owner may replace a file."""
    held = hold("乙", error=errno.EPERM)
    with pytest.raises(OutputBlockedError, match="沒有更改這個檔案的權限"):
        write_together({folder / name: b"new" for name in "甲乙丙"}.items())
    assert lying(folder) == OLD and not held.slept


@pytest.fixture
def as_nobody(folder: Path) -> Iterator[None]:
    """A user who owns nothing here."""
    folder.chmod(0o777)
    for parent in folder.parents[:3]:
        parent.chmod(0o755)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@nobody
@pytest.mark.usefixtures("as_nobody")
def test_another_owners_file_is_called_so(folder: Path) -> None:
    with pytest.raises(OutputBlockedError, match="沒有更改這個檔案的權限，它可能屬於其他使用者"):
        write_together({folder / "甲": b"new"}.items())


@nobody
def test_a_folder_without_a_right_to_write_is_called_so(folder: Path) -> None:
    folder.chmod(0o755)
    for parent in folder.parents[:3]:
        parent.chmod(0o755)
    os.seteuid(65534)
    try:
        for target in (folder / "丁", folder / "新" / "丁"):
            with pytest.raises(OutputBlockedError, match="沒有在這個資料夾寫入的權限") as blocked:
                write_together({target: b"new"}.items())
            assert blocked.value.path == target
    finally:
        os.seteuid(0)
    assert lying(folder) == OLD


def test_a_folder_in_the_place_is_called_so(folder: Path) -> None:
    (folder / "丁").mkdir()
    with pytest.raises(OutputBlockedError, match="丁」：這是資料夾"):
        place(folder, "甲丁")
    assert (folder / "甲").read_bytes() == b"old"


@needs_modes
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o666, 0o755])
def test_replacing_keeps_the_files_permissions(folder: Path, mode: int) -> None:
    (folder / "甲").chmod(mode)
    place(folder, "甲乙")
    assert S_IMODE((folder / "甲").stat().st_mode) == mode
    assert (folder / "甲").read_bytes() == b"new"


@nobody
def test_replacing_keeps_the_files_group(folder: Path) -> None:
    os.chown(folder / "甲", 0, 1234)
    (folder / "甲").chmod(0o660)
    place(folder, "甲")
    found = (folder / "甲").stat()
    assert (found.st_gid, S_IMODE(found.st_mode)) == (1234, 0o660)


@needs_modes
@pytest.mark.parametrize("mask", [0o022, 0o002, 0o077])
def test_new_files_follow_the_umask(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        place(tmp_path, "甲")
    finally:
        os.umask(before)
    assert S_IMODE((tmp_path / "甲").stat().st_mode) == 0o666 & ~mask


@needs_links
def test_a_link_leads_to_the_file_that_is_replaced(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "別處"
    other.mkdir()
    real, link = other / "真", folder / "連結"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link.symlink_to(Path("別處", "真"))
    assert write_together({link: b"new"}.items()) == {link: link}
    assert link.is_symlink() and real.read_bytes() == b"new"
    assert S_IMODE(real.stat().st_mode) == 0o640
    assert [path.name for path in other.iterdir()] == ["真"]


@needs_links
def test_a_link_to_nothing_yet_gets_its_file(folder: Path) -> None:
    link = folder / "連結"
    link.symlink_to("新")
    write_together({link: b"new"}.items())
    assert link.is_symlink() and (folder / "新").read_bytes() == b"new"


def stream(path: Path, content: bytes) -> None:
    with Placing() as placing:
        placing.add_streamed(path, lambda to: to.write(content))
        placing.place()


@needs_links
def test_a_streamed_file_takes_the_place_of_what_a_link_leads_to(folder: Path) -> None:
    real, link = folder / "別處" / "真", folder / "連結"
    link.symlink_to(Path("別處", "真"))
    stream(link, b"new")
    assert link.is_symlink() and real.read_bytes() == b"new"


@needs_modes
def test_a_streamed_file_leaves_what_somebody_made_read_only(folder: Path) -> None:
    kept = folder / "唯讀"
    kept.write_bytes(b"old")
    kept.chmod(0o444)
    with pytest.raises(OutputBlockedError, match="唯讀"):
        stream(kept, b"new")
    assert kept.read_bytes() == b"old"
    stream(kept, b"old")
    assert S_IMODE(kept.stat().st_mode) == 0o444


def test_a_streamed_file_that_is_as_it_is_to_be_is_not_touched(folder: Path) -> None:
    path = folder / "大檔"
    stream(path, b"same")
    before = path.stat()
    stream(path, b"same")
    assert path.stat().st_ino == before.st_ino and path.stat().st_mtime_ns == before.st_mtime_ns


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
        return put_in_place(beside, place)

    with monkeypatch.context() as during:
        during.setattr(Path, "replace", cut_short)
        write_together({tmp_path / name: b"first"}.items())
    shutil.copy(tmp_path / name, left[0])
    os.utime(left[0], (time() - age_s, time() - age_s))
    write_together({target: b"second"}.items())
    assert left[0].exists() is kept and left[0].name.startswith(WORKING)
    assert target.read_bytes() == b"second"
