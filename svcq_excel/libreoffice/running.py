"""A program run with all that it starts in turn: when its time is over, nothing of it lives on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

_SECONDS_TO_END = 10.0
_NO_OTHERS: Mapping[str, str] = MappingProxyType({})


class ProgramError(Exception):
    """It did not do its work; says so in words for people."""


class SlowProgramError(ProgramError):
    """Its time was over."""


class LeftRunningError(ProgramError):
    """It could not be ended."""


def run(
    call: Sequence[str], seconds: float, log: Path, surroundings: Mapping[str, str] = _NO_OTHERS
) -> None:
    """Waits for a program, whose words go to the file `log`, with these variables beside those
    that are set. Raises OSError and ProgramError."""
    with log.open("wb") as words:  # a pipe would be held open by what the program starts
        # A group of its own, by which all of it can be ended.
        process = subprocess.Popen(
            call,
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=words,
            start_new_session=True,
            env={**os.environ, **surroundings},
        )
    try:
        code = process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise SlowProgramError(f"在 {seconds:.0f} 秒內沒有完成，已停止") from None
    finally:
        _end(process)
    if code:
        raise ProgramError(f"未能完成（結束代碼 {code}）")


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the program and what it started. Raises LeftRunningError."""
    try:
        if sys.platform == "win32":
            if process.poll() is None:
                tree = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
                subprocess.run(tree, capture_output=True, timeout=_SECONDS_TO_END, check=False)
        else:
            # macOS forbids it for a group of which only the dead are left.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
        process.wait(_SECONDS_TO_END)
    except (OSError, subprocess.TimeoutExpired):
        raise LeftRunningError("逾時後仍在執行，請在工作管理員結束 soffice 後再試") from None
