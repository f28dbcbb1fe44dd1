"""Windows' way to hold a process to so much memory, as far as it can be told elsewhere."""

from __future__ import annotations

import ctypes
from typing import Any

import pytest

from svcq_excel.inbox.memory_limit import JobLimits, limit_job

MOST = 1024**3


class Call:
    """A function of a library; notes what it was given."""

    def __init__(self, gives: int) -> None:
        self.gives, self.given = gives, tuple[Any, ...]()
        self.restype: object = None

    def __call__(self, *given: Any) -> int:
        self.given = given
        return self.gives


class Kernel:
    """kernel32, of which one function may refuse."""

    def __init__(self, refuses: str = "") -> None:
        names = ("CreateJobObjectW", "SetInformationJobObject", "AssignProcessToJobObject")
        for name in names:
            setattr(self, name, Call(0 if name == refuses else 7))
        self.GetCurrentProcess = Call(2**64 - 1)  # as a pointer, minus one


@pytest.mark.skipif(ctypes.sizeof(ctypes.c_void_p) != 8, reason="other sizes on 32 bits")
def test_the_limits_lie_as_windows_wants_them() -> None:
    assert ctypes.sizeof(JobLimits) == 144
    assert JobLimits.LimitFlags.offset == 16
    assert JobLimits.ProcessMemoryLimit.offset == 112


def test_this_process_is_put_into_a_job_with_that_limit() -> None:
    kernel: Any = Kernel()
    limit_job(kernel, MOST)
    job, kind, limits, size = kernel.SetInformationJobObject.given
    assert (job.value, kind, size) == (7, 9, ctypes.sizeof(JobLimits))
    assert (limits._obj.LimitFlags, limits._obj.ProcessMemoryLimit) == (0x100, MOST)
    job, process = kernel.AssignProcessToJobObject.given
    assert (job.value, process.value) == (7, 2**64 - 1)


@pytest.mark.parametrize(
    "refuses", ["CreateJobObjectW", "SetInformationJobObject", "AssignProcessToJobObject"]
)
def test_what_is_refused_is_told(refuses: str) -> None:
    with pytest.raises(OSError, match="memory"):
        limit_job(Kernel(refuses), MOST)
