"""How a process that reads strangers' files ends by itself: with its parent, and by its own clock.

Nothing here waits for the interpreter's turn where the system can do without: a library that loops
never lets it go.
"""

from __future__ import annotations

import math
import multiprocessing
import os
import sys
from contextlib import suppress
from multiprocessing.process import BaseProcess
from threading import Thread
from time import process_time

COUNTS_WORK = sys.platform != "win32"
"""Whether the system counts how long a process works, and ends it: else only the clock on the wall
is known, which goes on while others work."""

_SCHEDULED = 2  # of the clocks of a process, as clock_getcpuclockid numbers them
_ORPHANED = 1  # the exit code
_AT_REST = 60.0  # seconds of work, which waiting is not
_GRACE = 5.0  # seconds in which whoever has the same clock on the wall acts first


def pipe_to_parent() -> frozenset[int]:
    """The number of the file that tells when the process that started this one is gone: where the
    standard streams are closed it may have one of theirs."""
    parent = multiprocessing.parent_process()
    return frozenset({parent.sentinel} if parent else ())


def end_with_parent() -> None:
    """Ends this process once the one that started it is gone, however that one ended."""
    if parent := multiprocessing.parent_process():
        _be_told(parent)
        Thread(target=_follow, args=(parent,), daemon=True).start()


def _follow(parent: BaseProcess) -> None:
    parent.join()
    os._exit(_ORPHANED)


def _be_told(parent: BaseProcess) -> None:
    """Where the system can, it ends this process itself: the other end of the pipe between the two
    is closed with the parent."""
    if sys.platform == "linux":
        import fcntl
        import signal

        with suppress(Exception):  # a thread follows all the same
            pipe = parent.sentinel
            fcntl.fcntl(pipe, fcntl.F_SETOWN, os.getpid())
            fcntl.fcntl(pipe, fcntl.F_SETSIG, signal.SIGTERM)
            fcntl.fcntl(pipe, fcntl.F_SETFL, fcntl.fcntl(pipe, fcntl.F_GETFL) | os.O_ASYNC)


def end_after(seconds: float) -> None:
    """Ends this process once it has worked so much longer, unless this is said again before.

    Raises OSError, ValueError or what else a system refuses with."""
    if sys.platform == "win32":
        import faulthandler

        # Its thread needs nothing of the interpreter; what it says goes nowhere.
        faulthandler.dump_traceback_later(seconds + _GRACE, exit=True)
    else:
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        until = math.ceil(process_time() + seconds)
        within = until if most == resource.RLIM_INFINITY else min(until, most)
        resource.setrlimit(resource.RLIMIT_CPU, (within, most))


def rest() -> None:
    """No file's clock runs while none is read, nor while a disk is waited for."""
    if sys.platform == "win32":
        import faulthandler

        faulthandler.cancel_dump_traceback_later()
    else:
        with suppress(Exception):
            end_after(_AT_REST)


def work_of(process: int) -> float:
    """Seconds that another process has worked so far; 0 where the system does not tell."""
    if sys.platform == "linux":
        from time import clock_gettime

        try:  # at every message; `suppress` takes longer than the question
            return clock_gettime(~process << 3 | _SCHEDULED)
        except (OSError, ValueError):
            pass
    return 0.0


def ended_by_its_clock(exit_code: int | None) -> bool:
    """Whether that is how a process ends that worked for too long."""
    if sys.platform == "win32":
        return False
    import signal

    return exit_code == -signal.SIGXCPU
