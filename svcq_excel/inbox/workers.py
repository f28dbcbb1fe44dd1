"""Has files read by processes of their own, holds the clock, and charges only the file at fault."""

from __future__ import annotations

import json
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from svcq_excel.inbox.messages import MAX_MESSAGE, encoded
from svcq_excel.inbox.reading import FileReading
from svcq_excel.inbox.starting import undisturbed
from svcq_excel.inbox.worker import END, PIECE, READING, READY, request, serve
from svcq_excel.output import reason_of
from svcq_excel.rubric.model import Rubric
from svcq_excel.workbooks.workbook import Unreadable

SECONDS = 20.0
"""For one file, or one file inside it."""

_SECONDS_TO_START = 120.0
_AHEAD = 4  # files asked for before the first of them is answered
_FILES_EACH = 2_000  # then a fresh process takes over
_FILES_FOR_ANOTHER = 150  # a process takes as long to start as to read so many
_CRASHES = 3  # of one archive; what is left of it is not tried
_STARTS = 3  # that fail, of which the last ends the run

CRASHED = Unreadable("unsafe", "檔案使讀取程式異常中止", "the reading process ended")
HUNG = Unreadable("unsafe", "讀取過久，已停止", "the reading process hung")

Reader = Callable[[Connection, Rubric], None]
"""What runs in the process."""

_SPAWN = multiprocessing.get_context("spawn")  # the way to start one that every system has


class ReadersFailedError(OSError):
    """No process that reads files can be started on this machine."""


class WorkerAnswer(NamedTuple):
    """What was read of a file: a message a piece."""

    number: int
    """Which of the files it is."""
    messages: Sequence[bytes]
    digest: str
    """The file's SHA-256; "" where another try may end otherwise."""


@dataclass(slots=True)
class _Task:
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
    hung: bool = False

    @property
    def answer(self) -> WorkerAnswer:
        return WorkerAnswer(self.number, self.messages, "" if self.hung else self.digest)


class _Worker:
    """A process, the files that it was asked for, and until when it has to answer."""

    def __init__(self, rubric: Rubric, seconds: float, reader: Reader) -> None:
        self.connection, theirs = _SPAWN.Pipe()
        self.process = _SPAWN.Process(target=reader, args=(theirs, rubric), daemon=True)
        try:
            with undisturbed():
                self.process.start()
        except OSError as error:
            raise ReadersFailedError(f"無法啟動讀取程式（{reason_of(error)}）") from error
        theirs.close()
        self.tasks: deque[_Task] = deque()
        self.ready = False
        self.asked = 0
        self.seconds = seconds
        self.until = monotonic() + _SECONDS_TO_START

    @property
    def busy(self) -> bool:
        """Whether something is to be heard from it."""
        return bool(self.tasks) or not self.ready

    @property
    def spent(self) -> bool:
        return self.asked >= _FILES_EACH

    def ask(self, task: _Task) -> None:
        self.asked += 1
        self.tasks.append(task)
        if len(self.tasks) == 1:
            self.until = monotonic() + self.seconds
        with suppress(OSError):  # the process is gone; that is heard soon
            self.connection.send_bytes(request(task.path, len(task.messages)))

    def hear(self) -> _Task | None:
        """Takes one answer; the task that it ends, if it ends one. Raises EOFError and OSError."""
        answer = self.connection.recv_bytes(MAX_MESSAGE)
        self.until = monotonic() + self.seconds
        kind, rest = answer[:1], answer[1:]
        if kind == READY:
            self.ready = True
            return None
        task = self.tasks[0]
        if kind == PIECE:
            task.at = tuple(json.loads(rest))
        elif kind == READING:
            task.messages.append(rest)
            task.at = None
        elif kind == END:
            task.digest = rest.decode("ascii")
            return self.tasks.popleft()
        return None

    def stop(self) -> None:
        self.connection.close()
        self.process.kill()
        self.process.join()
        self.process.close()


class Workers:
    """Reads many files in a few processes; use it in a `with` statement."""

    def __init__(self, rubric: Rubric, seconds: float = SECONDS, reader: Reader = serve) -> None:
        self._rubric, self._seconds, self._reader = rubric, seconds, reader
        self._workers: list[_Worker] = []
        self._failed_starts = 0

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.stop()
        self._workers.clear()

    def read(self, paths: Sequence[Path]) -> Iterator[WorkerAnswer]:
        """What was read of each file, as they are done. Raises ReadersFailedError."""
        waiting = deque(_Task(path, number) for number, path in enumerate(paths))
        while waiting or any(worker.tasks for worker in self._workers):
            self._keep_busy(waiting)
            done: list[_Task | None] = []
            for worker in self._heard_from():
                try:
                    done.append(worker.hear())
                except (EOFError, OSError):
                    done.append(self._gone(worker, CRASHED, waiting))
            now = monotonic()
            for worker in [each for each in self._workers if each.until < now and each.busy]:
                done.append(self._gone(worker, HUNG, waiting))
            yield from (task.answer for task in done if task)

    def _keep_busy(self, waiting: deque[_Task]) -> None:
        for worker in [each for each in self._workers if each.spent and not each.tasks]:
            self._workers.remove(worker)
            worker.stop()
        wanted = min(_cores(), 1 + len(waiting) // _FILES_FOR_ANOTHER) if waiting else 0
        while len(self._workers) < wanted:
            self._workers.append(_Worker(self._rubric, self._seconds, self._reader))
        for worker in self._workers:
            while waiting and worker.ready and not worker.spent and len(worker.tasks) < _AHEAD:
                worker.ask(waiting.popleft())

    def _heard_from(self) -> list[_Worker]:
        """The processes that have something to say, or are gone; waits for one of them."""
        busy = [worker for worker in self._workers if worker.busy]
        left = min(worker.until for worker in busy) - monotonic()
        heard = wait([worker.connection for worker in busy], max(0.0, left))
        return [worker for worker in busy if worker.connection in heard]

    def _gone(self, worker: _Worker, said: Unreadable, waiting: deque[_Task]) -> _Task | None:
        """Puts what a process leaves undone back; the task that it was at, if that is done with."""
        self._workers.remove(worker)
        worker.stop()
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts == _STARTS:
                raise ReadersFailedError("讀取程式無法啟動")
        tasks = worker.tasks
        task = tasks.popleft() if worker.ready and tasks else None
        waiting.extendleft(reversed(tasks))
        if task is None or self._charge(task, said):
            return task
        waiting.appendleft(task)
        return None

    def _charge(self, task: _Task, said: Unreadable) -> bool:
        """Says what became of the piece at fault; whether nothing of the file is left to try."""
        task.crashes += 1
        task.hung |= said is HUNG
        at, task.at = task.at, None
        last = not at or task.crashes == _CRASHES
        charged = [at] if at is not None else []
        if last and task.messages:
            charged.append(("（其餘內容）",))
        for inside in charged or [()]:
            reading = FileReading(inside, content=said, fault=said.cause)
            task.messages.append(encoded(reading, self._rubric))
        return last


def _cores() -> int:
    """How many of the machine's cores this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
