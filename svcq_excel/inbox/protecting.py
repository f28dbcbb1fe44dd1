"""What keeps a process that reads strangers' files within bounds, as far as its system can.

A system may refuse any of it (macOS any limit on memory). That never stops the work: what is
not to be had is told by name.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Set

from svcq_excel.inbox.ending import end_after, end_with_parent, rest

_OBJECTS = 200_000  # that one form does not make; to look for dead ones sooner takes time
_AT_FIRST = 60.0  # seconds of work until the first file is asked for

CLOCK = "讀取時間上限"
"""The protection without which only who started the process holds a clock."""


class UnprotectedWarning(RuntimeWarning):
    """What files are read without on this machine, in words for people."""

    def __init__(self, lacking: Set[str]) -> None:
        what = "、".join(sorted(lacking))
        super().__init__(
            f"這台電腦無法為讀取檔案的程式設定{what}；檔案照常讀取，結果不受影響，"
            "但遇到內容異常的檔案時電腦可能變慢，來源不明的檔案請先移出收件資料夾。"
        )


def protect(memory: int, in_use: Set[int]) -> list[str]:
    """Protects this process, whose files of the numbers `in_use` are left alone; what of it the
    system does not give."""
    protections: dict[str, Callable[[], object]] = {
        "記憶體用量上限": lambda: _limit_memory(memory),
        CLOCK: lambda: end_after(_AT_FIRST),
        "隨主程式一併結束": end_with_parent,
        "不受 Ctrl+C 中斷": lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
        "不在畫面輸出訊息": lambda: _say_nothing(in_use),
        "當機時不跳出視窗": _crash_alone,
    }
    gc.set_threshold(_OBJECTS)
    lacking = [what for what, protection in protections.items() if not _is_had(protection)]
    rest()
    return lacking


def _is_had(protection: Callable[[], object]) -> bool:
    """Systems refuse in many ways: an error of theirs, of values, a function that is not there."""
    try:
        protection()
    except Exception:
        return False
    return True


def _limit_memory(most: int) -> None:
    """What asks for more gets a MemoryError."""
    if sys.platform == "win32":
        import ctypes

        from svcq_excel.inbox.memory_limit import limit_job

        limit_job(ctypes.WinDLL("kernel32", use_last_error=True), most)
    else:
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _say_nothing(in_use: Set[int]) -> None:
    """Libraries that abort say so on the console."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in {1, 2} - in_use:
        os.dup2(nowhere, stream)


def _crash_alone() -> None:
    """A crash must not wait for somebody to close a window."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.SetErrorMode(msvcrt.SEM_FAILCRITICALERRORS | msvcrt.SEM_NOGPFAULTERRORBOX)
