"""Full disks, kills and runs at once: outputs are the old ones or the new ones, and whole."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import monotonic, sleep
from typing import Any

import pytest

from svcq_excel.cli.main import main
from svcq_excel.placing import WORKING
from tests.faults.disk import Disk
from tests.faults.inbox import ROOT, Inbox

SEED, KILLS = 20160731, 5
FAULT = 3
"""The exit code of a fault of the machine."""

Outputs = dict[str, bytes]


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Inbox:
    return Inbox(tmp_path_factory.mktemp("outputs"))


@pytest.fixture(scope="module")
def runs(inbox: Inbox) -> tuple[Outputs, Outputs]:
    """The outputs of a run, and those of the next, after another form has come in."""
    ran(inbox.command())
    old = outputs(inbox)
    inbox.put("補正.xlsx", inbox.form("補正.xlsx", "xlsx"))
    ran(inbox.command())
    new = outputs(inbox)
    assert old.keys() == new.keys() and len(old) == 3
    assert all(old[name] != new[name] for name in old)
    return old, new


@pytest.fixture
def old(inbox: Inbox, runs: tuple[Outputs, Outputs]) -> Outputs:
    """The outputs of the run before, which lie there."""
    for name in outputs(inbox):
        (inbox.results / name).unlink()
    restore(inbox, runs[0])
    return runs[0]


@pytest.fixture
def new(runs: tuple[Outputs, Outputs]) -> Outputs:
    return runs[1]


def ran(command: list[str]) -> int:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert b"Traceback" not in done.stderr, done.stderr.decode("utf-8", "replace")
    return done.returncode


def outputs(inbox: Inbox) -> Outputs:
    """What people find there; what the program keeps for itself has a name with a point."""
    found = (path for path in inbox.results.iterdir() if path.name != ".svcq")
    return {path.name: path.read_bytes() for path in found}


def restore(inbox: Inbox, old: Outputs) -> None:
    for name, content in old.items():
        (inbox.results / name).write_bytes(content)


def assert_old_or_new(inbox: Inbox, old: Outputs, new: Outputs) -> None:
    found = outputs(inbox)
    assert {name for name in found if not name.startswith(WORKING)} == set(old)
    for name in old:
        assert found[name] in (old[name], new[name]), f"{name} is neither"


def merged_here(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> int:
    """The command in this process, so that its disk can be another."""
    monkeypatch.setattr(sys, "argv", ["svcq", *inbox.command()[3:]])
    with pytest.raises(SystemExit) as stop:
        main()
    assert isinstance(stop.value.code, int)
    return stop.value.code


def test_whatever_write_flush_or_rename_fails_the_outputs_are_whole(
    inbox: Inbox,
    old: Outputs,
    new: Outputs,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for fails in range(1, 100):
        restore(inbox, old)
        disk = Disk(fails)
        with disk.mounted(monkeypatch):
            code = merged_here(inbox, monkeypatch)
        told = capsys.readouterr().err
        assert_old_or_new(inbox, old, new)
        assert not [name for name in outputs(inbox) if name.startswith(WORKING)]
        if len(disk.done) < fails:
            assert code in {0, 1} and outputs(inbox) == new
            break
        assert code == FAULT
        assert "無法寫入" in told
        assert merged_here(inbox, monkeypatch) in {0, 1}
        assert outputs(inbox) == new, "a rerun ends like an undisturbed run"
    assert fails > 2 * len(old), "several steps of every output were failed"


def test_no_output_takes_its_place_before_all_are_safe_on_the_disk(
    inbox: Inbox, old: Outputs, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Disk(fails=0)
    with disk.mounted(monkeypatch):
        assert merged_here(inbox, monkeypatch) in {0, 1}
    staged = ["write", "flush", "fsync"] * len(old)
    assert disk.done == [*staged, *["replace"] * len(old)]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system sets no limits to a process")
def test_a_disk_that_is_really_full_leaves_the_old_outputs(
    inbox: Inbox, old: Outputs, new: Outputs
) -> None:
    import resource

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4_096, 4_096))

    done = subprocess.run(
        inbox.command(), cwd=ROOT, capture_output=True, check=False, preexec_fn=limited
    )
    assert done.returncode == FAULT
    assert "無法寫入" in done.stderr.decode("utf-8")
    assert outputs(inbox) == old
    assert ran(inbox.command()) in {0, 1}
    assert outputs(inbox) == new


def test_a_run_that_is_killed_at_any_moment_leaves_whole_outputs(
    inbox: Inbox, old: Outputs, new: Outputs
) -> None:
    chance = Random(SEED)
    for _ in range(KILLS):
        restore(inbox, old)
        killed_after(inbox, chance.uniform(0.1, 2.0))
        assert_old_or_new(inbox, old, new)
        restore(inbox, old)
        killed_after(inbox, 60, while_it_writes=True)
        assert_old_or_new(inbox, old, new)
    assert ran(inbox.command()) in {0, 1}
    assert_old_or_new(inbox, new, new)


def killed_after(inbox: Inbox, seconds: float, while_it_writes: bool = False) -> None:
    """Starts a run and ends it then, or as soon as it begins to write an output."""
    left = set(inbox.results.glob(f"{WORKING}*"))
    until = monotonic() + seconds
    with subprocess.Popen(
        inbox.command(), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as running:
        while running.poll() is None and monotonic() < until:
            if while_it_writes and set(inbox.results.glob(f"{WORKING}*")) - left:
                break
            sleep(0.001)
        running.kill()


def test_two_runs_at_once_both_end_well_with_the_outputs_of_one(
    inbox: Inbox, old: Outputs, new: Outputs
) -> None:
    running = [
        subprocess.Popen(inbox.command(), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    for run in running:
        _, said = run.communicate()
        assert run.returncode in {0, 1}, said.decode("utf-8", "replace")
    assert outputs(inbox) == new


def test_an_output_that_is_open_elsewhere_is_written_beside_and_said(
    inbox: Inbox,
    old: Outputs,
    new: Outputs,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    replaced = os.replace

    def held_open(source: Any, target: Any) -> None:
        if Path(target).name in old:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        replaced(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", held_open)
        code = merged_here(inbox, patched)
    said = capsys.readouterr().err
    found = outputs(inbox)
    assert code == FAULT
    assert {name: found.pop(name) for name in old} == old
    assert sorted(found.values()) == sorted(new.values())
    assert all(name in said for name in found), "where the new ones lie"


Damage = Callable[[Path], object]
DAMAGES: dict[str, Damage] = {
    "cut": lambda path: path.write_bytes(path.read_bytes()[:1000]),
    "noise": lambda path: path.write_bytes(bytes(range(256)) * 64),
    "empty": lambda path: path.write_bytes(b""),
    "spoilt": lambda path: path.write_bytes(path.read_bytes().replace(b"A1", b"Z9")),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_memory_of_earlier_runs_changes_nothing(
    inbox: Inbox, old: Outputs, new: Outputs, damage: str
) -> None:
    kept = [path for path in (inbox.results / ".svcq").iterdir() if path.is_file()]
    assert kept
    for path in kept:
        DAMAGES[damage](path)
    assert ran(inbox.command()) in {0, 1}
    assert outputs(inbox) == new
