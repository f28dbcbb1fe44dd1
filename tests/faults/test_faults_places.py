"""Files that go, change, cannot be opened, or are no files: they are told, and nothing waits."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from svcq_excel.pipeline import assess
from svcq_excel.plan.plan import Plan
from svcq_excel.results.model import FileResult
from tests.faults.forms import RUBRIC, form, unit
from tests.faults.inbox import Inbox
from tests.form.filling import ROUND

FORMS = 40
"""So many that the last is not yet open when the first has been read."""
LAST = f"{FORMS - 1:02}.xlsx"


def gone(path: Path) -> None:
    path.unlink()


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9_000])


def a_folder_now(path: Path) -> None:
    path.unlink()
    path.mkdir()


HAPPENINGS: dict[str, Callable[[Path], None]] = {
    "it goes": gone,
    "it is emptied": emptied,
    "it is cut": cut,
    "a folder takes its place": a_folder_now,
}


@pytest.mark.parametrize("happening", HAPPENINGS)
def test_a_file_that_changes_while_others_are_read_is_told_and_no_other_suffers(
    tmp_path: Path, happening: str
) -> None:
    plan = Plan(RUBRIC, tuple(map(unit, range(FORMS))), ROUND)
    for number, whose in enumerate(plan.units):
        (tmp_path / f"{number:02}.xlsx").write_bytes(form("xlsx", whose))
    happened: list[bool] = []

    def progress(done: int, of: int) -> None:
        if not happened:
            HAPPENINGS[happening](tmp_path / LAST)
            happened.append(True)

    files = {Path(file.path).name: file for file in assess(plan, [tmp_path], None, progress).files}
    assert len(files) == FORMS
    there = (tmp_path / LAST).is_file()
    assert fate(files.pop(LAST)) == f"{'rejected' if there else 'unread'} unreadable-file"
    assert {file.status for file in files.values()} == {"accepted"}


def fate(file: FileResult) -> str:
    return " ".join([file.status, *(violation.code for violation in file.violations)])


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Nobody else may read it, as while a program holds it open or without the right to."""
    if sys.platform == "win32":
        import msvcrt

        with path.open("r+b") as file:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, path.stat().st_size)
            yield
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, path.stat().st_size)
    else:
        path.chmod(0)
        if os.access(path, os.R_OK):
            pytest.skip("whoever runs this test may read everything")
        yield
        path.chmod(0o600)


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    plan = Plan(RUBRIC, (unit(0), unit(1)), ROUND)
    for number in range(2):
        (tmp_path / f"{number}.xlsx").write_bytes(form("xlsx", unit(number)))
    with locked(tmp_path / "0.xlsx"):
        files = assess(plan, [tmp_path]).files
    assert [fate(file) for file in files] == ["unread unreadable-file", "accepted"]


def test_folders_links_and_what_is_no_file_are_told_and_nothing_waits(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    inbox.put("表.xlsx/內.xlsx", inbox.form("表.xlsx/內.xlsx", "xlsx"))
    (inbox.files / "空.ods").mkdir()
    odd = [*_pipes(inbox.files), *_links(inbox.files, tmp_path)]
    merged = inbox.merged()
    merged.assert_round_is_sound("表.xlsx", "空.ods")
    assert merged.is_read_exactly("表.xlsx/內.xlsx")
    for name in ("表.xlsx", "空.ods"):
        assert merged.fate(name) == "ignored"
        assert "資料夾" in merged.message(name)
    for name in odd:
        assert merged.fate(name) == "ignored", name


def _pipes(folder: Path) -> Iterator[str]:
    """A pipe that nobody writes to, and somebody's socket."""
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "管.xlsx")
        yield "管.xlsx"
    if hasattr(socket, "AF_UNIX"):
        here = Path.cwd()
        os.chdir(folder)  # the path of a socket has to be short
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("s.xlsx")
        os.chdir(here)
        yield "s.xlsx"


def _links(folder: Path, outside: Path) -> Iterator[str]:
    """To a file, to nothing, to itself, and to a device that never ends."""
    (outside / "外.xlsx").write_bytes(form("xlsx", unit(99)))
    try:
        for name, target in {
            "連.xlsx": outside / "外.xlsx",
            "斷.xlsx": outside / "沒有.xlsx",
            "自.xlsx": folder / "自.xlsx",
            "零.xlsx": Path("/dev/zero"),
        }.items():
            (folder / name).symlink_to(target)
            yield name
    except OSError:  # this system makes no links
        return
