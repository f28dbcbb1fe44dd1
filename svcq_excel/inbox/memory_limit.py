"""Holds this process to so much memory as Windows does it, by a job of its own."""

from __future__ import annotations

import ctypes
from typing import Any

_EXTENDED_LIMITS = 9  # JobObjectExtendedLimitInformation
_PROCESS_MEMORY = 0x100  # JOB_OBJECT_LIMIT_PROCESS_MEMORY

_jobs: list[object] = []
"""Handles of Windows' job objects: a limit holds as long as its job is there."""


class JobLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION, whose long numbers have 32 bits on every Windows."""

    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", ctypes.c_uint32),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", ctypes.c_uint32),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", ctypes.c_uint32),
        ("SchedulingClass", ctypes.c_uint32),
        ("IoCounters", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    )


def limit_job(kernel: Any, most: int) -> None:
    """Puts this process into a job of its own, by Windows' kernel32. Raises OSError."""
    kernel.CreateJobObjectW.restype = ctypes.c_void_p
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
    limits = JobLimits(LimitFlags=_PROCESS_MEMORY, ProcessMemoryLimit=most)
    told = ctypes.byref(limits), ctypes.sizeof(limits)
    process = ctypes.c_void_p(kernel.GetCurrentProcess())
    if not (
        job
        and kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, *told)
        and kernel.AssignProcessToJobObject(job, process)
    ):
        raise OSError("the system takes no limit on memory")
    _jobs.append(job)
