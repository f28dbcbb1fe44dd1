"""A step that is killed and taken again ends as one that nobody disturbed; the plan and the inbox
are as they were."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from svcq_excel.assessment.new import new_folder
from svcq_excel.seal_key import SealKey
from tests.cli.conftest import SAMPLES
from tests.plan.planning import edit, units_of

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(sys.platform == "win32", reason="a process group is killed"),
]

STEPS = ("generate", "check", "return", "merge")
MOMENTS = (0.6,)
"""Shares of the time that a step takes."""


def begun(folder: Path) -> Path:
    """A folder in which the samples came back."""
    new_folder(folder, "wra-105", round="105年度上半年", key=SealKey(bytes(32)))
    matters = {"考核種類": "自行考核", "繳交期限": "105年7月1日"}
    edit(folder, matters, 受考核單位=units_of("wra-105"))
    shutil.copytree(SAMPLES / "returned", folder / "收件", dirs_exist_ok=True)
    return folder


def call(folder: Path, step: str) -> Sequence[str]:
    return [sys.executable, "-m", "svcq_excel", "-C", str(folder), step, "-q"]


def take(folder: Path, step: str) -> None:
    ran = subprocess.run(call(folder, step), capture_output=True, check=False, timeout=120)
    assert ran.returncode in {0, 1}, ran.stderr.decode("utf-8", "replace")


def kill(folder: Path, step: str, after: float) -> None:
    """The step and all processes that it started."""
    step_of = subprocess.Popen(
        call(folder, step),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(after)
    with suppress(ProcessLookupError):  # it may have been quicker
        os.killpg(step_of.pid, signal.SIGKILL)
    step_of.wait()


def held(folder: Path) -> dict[str, bytes]:
    """All files but what runs remember, and what killed ones left unfinished: a later one clears
    that away when it is old."""
    return {
        each.relative_to(folder).as_posix(): each.read_bytes()
        for each in sorted(folder.rglob("*"))
        if each.is_file() and ".svcq" not in each.relative_to(folder).as_posix()
    }


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return begun(tmp_path_factory.mktemp("考核") / "本年度 考核")


@pytest.fixture(scope="module")
def undisturbed(
    start: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, float]]:
    """The folder after all steps, and how many seconds each took."""
    folder = tmp_path_factory.mktemp("完整") / start.name
    shutil.copytree(start, folder)
    took = {}
    for step in STEPS:
        began = time.monotonic()
        take(folder, step)
        took[step] = time.monotonic() - began
    return folder, took


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_steps_taken_again_end_as_undisturbed(
    start: Path, undisturbed: tuple[Path, dict[str, float]], moment: float, tmp_path: Path
) -> None:
    whole, took = undisturbed
    folder = tmp_path / start.name
    shutil.copytree(start, folder)
    before = held(folder)
    for step in STEPS:
        kill(folder, step, took[step] * moment)
        take(folder, step)
    after = held(folder)
    assert after.keys() == held(whole).keys()
    assert {name: after[name] for name in before} == before
    assert after == held(whole)
