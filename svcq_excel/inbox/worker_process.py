"""One process that reads files, as seen from the one that started it: asked, heard, ended."""

from __future__ import annotations

import json
import multiprocessing
import sys
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import monotonic
from typing import NamedTuple
from warnings import warn

from svcq_excel.inbox.ending import COUNTS_WORK, ended_by_its_clock, work_of
from svcq_excel.inbox.patience import Patience
from svcq_excel.inbox.protecting import CLOCK, UnprotectedWarning
from svcq_excel.inbox.starting import (
    LAST_WORDS,
    ReadersFailedError,
    begin,
    packed,
    undisturbed,
)
from svcq_excel.inbox.worker import (
    END,
    MAX_ANSWER,
    OPENED,
    PIECE,
    READING,
    READY,
    TOO_LONG,
    WITHHELD,
    request,
    told_at_end,
)
from svcq_excel.output import reason_of
from svcq_excel.rubric.model import Rubric

_SECONDS_TO_END = 5.0
_WAITS = 3 if COUNTS_WORK else 1
"""How often the time that a file may take is waited for it."""
_AT_WORK = 0.05  # seconds in half of that time; of a process that works, its own clock takes care
_LATE = 5.0  # seconds after which who wakes was asleep with the whole machine

Reader = Callable[[Connection, Rubric], None]
"""What runs in the process."""

_NO_CHILDREN = (
    "multiprocessing 的 Pool 等附屬程序不能再啟動程序，請在主程式中呼叫，"
    "或改用 concurrent.futures 的 ProcessPoolExecutor，並在呼叫它的程式加上"
    ' if __name__ == "__main__":'
)

_SPAWN = multiprocessing.get_context("spawn")  # the way to start one that every system has


class WorkerAnswer(NamedTuple):
    """What was read of a file: a message a piece."""

    number: int
    """Which of the files it is."""
    messages: Sequence[bytes]
    digest: str
    """The file's SHA-256; "" where it was not read to its end."""
    given_up: bool = False
    """Whether it would be given up another time, too: what it holds takes too long to read."""


@dataclass(slots=True)
class Task:
    """A file to be read, and what was read of it so far: a message a piece."""

    path: Path
    number: int
    messages: list[bytes] = field(default_factory=list)
    crashes: int = 0
    at: tuple[str, ...] | None = None
    """The piece inside it that is being read; None while the file itself is, or while the next
    piece is looked for."""
    digest: str = ""
    """The file's SHA-256 once it has been read to its end."""
    given_up: bool = False
    opened: bool = False
    """Whether the file's bytes are there, so that it is being read."""
    withheld: int = 0
    """How often its disk did not give it."""
    uncertain: bool = False
    """Whether another try may end otherwise."""

    @property
    def answer(self) -> WorkerAnswer:
        if self.uncertain:
            return WorkerAnswer(self.number, self.messages, "")
        return WorkerAnswer(self.number, self.messages, self.digest, self.given_up)


class Worker:
    """A process, the files that it was asked for, and until when it has to answer."""

    def __init__(
        self, rubric: Rubric, patience: Patience, disks: Patience, reader: Reader, to_start: float
    ) -> None:
        self.connection, theirs = _SPAWN.Pipe()
        what = packed(reader, rubric)
        self.process = _SPAWN.Process(target=begin, args=(theirs, what), daemon=True)
        _start(self.process)
        theirs.close()
        self.tasks: deque[Task] = deque()
        self.ready = False
        self.last_words = ""
        """Why it came to nothing, as it said itself."""
        self._own_clock = COUNTS_WORK
        self.asked = 0
        self._worked: float | None = 0.0
        """Seconds of its work until the waiting was half over; None where it is not yet."""
        self._rest = 0.0
        """Seconds of the other half."""
        self._patience, self._disks = patience, disks
        self.allowed = 0.0
        """Seconds of work that the process has for the file it is at."""
        self.until = monotonic() + to_start

    @property
    def busy(self) -> bool:
        """Whether something is to be heard from it."""
        return bool(self.tasks) or not self.ready

    @property
    def waits_for_disk(self) -> bool:
        """Whether the bytes of the file it is at are not there yet."""
        return self.ready and bool(self.tasks) and not self.tasks[0].opened

    @property
    def for_disk(self) -> float:
        """Seconds for the disk of the file it is at, which is waited for longer the second time."""
        return self._disks.allowed * (1 + self.tasks[0].withheld)

    def ask(self, task: Task) -> None:
        self.asked += 1
        task.opened = False
        self.tasks.append(task)
        self.allowed = self._patience.allowed
        if len(self.tasks) == 1:
            self._wait()
        with suppress(OSError):  # the process is gone; that is heard soon
            self.connection.send_bytes(request(task.path, len(task.messages), self.allowed))

    def hear(self) -> Task | None:
        """Takes one answer; the task that it ends, if it ends one. Raises EOFError and OSError."""
        answer = self.connection.recv_bytes(MAX_ANSWER)
        try:
            return self._heard(answer)
        finally:
            self._wait()

    def _heard(self, answer: bytes) -> Task | None:
        kind, rest = answer[:1], answer[1:]
        if kind == LAST_WORDS:
            self.last_words = rest.decode("utf-8", "replace")
            raise EOFError
        if kind == READY:
            self.ready = True
            if lacking := set(json.loads(rest)):
                self._own_clock = COUNTS_WORK and CLOCK not in lacking
                warn(UnprotectedWarning(lacking), stacklevel=2)  # Python shows equal ones once
            return None
        task = self.tasks[0]
        if kind == PIECE:
            task.at = tuple(json.loads(rest))
        elif kind == READING:
            task.messages.append(rest)
            task.at = None
        elif kind == TOO_LONG:
            self._patience.spend(self.allowed)
        elif kind == OPENED:
            task.opened = True
        elif kind == WITHHELD:
            task.withheld += 1
            task.messages.append(rest)
            return self.tasks.popleft()
        elif kind == END:
            task.digest, whole = told_at_end(answer)
            task.messages += whole
            return self.tasks.popleft()
        return None

    def is_late(self, now: float) -> bool:
        """Whether it should have answered by now; how long it works is asked only of one that has
        not answered for half of the time."""
        late = now - self.until
        if late <= 0 or not self.busy:
            return False
        worked = work_of(self.process.pid or 0)
        if self._worked is None and late <= _LATE:
            self._worked, self.until = worked, now + self._rest
            return False
        working = worked > (self._worked or 0.0) + _AT_WORK
        if late > _LATE or (working and (self._own_clock or not self.ready)):
            self._wait()  # the machine was asleep with all its processes, or has much to do
            return False
        return True

    def why_not_ready(self) -> str:
        """What is known of a process that came to nothing before it was asked for any file."""
        self.process.join(0)
        code = self.process.exitcode
        ended = "逾時沒有回應" if code is None else f"結束代碼 {code}"
        return self.last_words or ended

    def ended_by_its_clock(self) -> bool:
        """Whether it ended, as it seems to, because it had worked for too long."""
        self.process.join(_SECONDS_TO_END)
        return ended_by_its_clock(self.process.exitcode)

    def stop(self) -> None:
        self.connection.close()
        self.process.kill()
        self.process.join(_SECONDS_TO_END)
        with suppress(ValueError):  # it waits for a disk that does not answer, and ends with that
            self.process.close()

    def _wait(self) -> None:
        seconds = self.for_disk if self.waits_for_disk else _WAITS * self.allowed
        self._worked, self._rest = None, seconds / 2
        self.until = monotonic() + seconds / 2


def _start(process: BaseProcess) -> None:
    """Raises ReadersFailedError with what the system, or Python, has against it."""
    if not sys.executable:
        raise ReadersFailedError("Python 不知道自己的執行檔；請在一般的 Python 程式中呼叫")
    try:
        with undisturbed():
            process.start()
    except OSError as error:
        raise ReadersFailedError(reason_of(error)) from error
    except (AssertionError, RuntimeError) as error:  # of a process that must have no children
        raise ReadersFailedError(_NO_CHILDREN) from error
