"""Has files read by processes of their own, holds the clock, and charges only the file at fault."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import wait
from pathlib import Path
from time import monotonic

from svcq_excel.inbox.ending import COUNTS_WORK
from svcq_excel.inbox.messages import encoded
from svcq_excel.inbox.patience import HUNG, SECONDS, Patience, late, patience_with_disks
from svcq_excel.inbox.reading import FileReading
from svcq_excel.inbox.starting import ReadersFailedError
from svcq_excel.inbox.worker import THE_REST, serve
from svcq_excel.inbox.worker_process import (
    Reader,
    Task,
    Worker,
    WorkerAnswer,
)
from svcq_excel.rubric.model import Rubric
from svcq_excel.workbooks.workbook import Unreadable

_SECONDS_TO_START = 120.0
_AHEAD = 4  # files asked for before the first of them is answered
_FILES_EACH = 2_000  # then a fresh process takes over
_FILES_FOR_ANOTHER = 150  # a process takes as long to start as to read so many
_CRASHES = 3  # of one archive; what is left of it is not tried
_STARTS = 3  # that fail, of which the last ends the run

CRASHED = Unreadable("unsafe", "檔案使讀取程式異常中止", "the reading process ended")


class Workers:
    """Reads many files in a few processes; use it in a `with` statement."""

    def __init__(self, rubric: Rubric, seconds: float = SECONDS, reader: Reader = serve) -> None:
        self._rubric, self._patience, self._reader = rubric, Patience(seconds), reader
        self._disks = patience_with_disks()
        self._most = _cores()
        self._workers: list[Worker] = []
        self._failed_starts = self._given_up = 0

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.stop()
        self._workers.clear()

    def read(self, paths: Sequence[Path]) -> Iterator[WorkerAnswer]:
        """What was read of each file, as they are done. Raises ReadersFailedError."""
        waiting = deque(Task(path, number) for number, path in enumerate(paths))
        while waiting or any(worker.tasks for worker in self._workers):
            self._keep_busy(waiting)
            done: list[Task | None] = []
            for worker in self._heard_from():
                try:
                    done.append(self._given(worker.hear(), waiting))
                except (EOFError, OSError):
                    said = HUNG if worker.ended_by_its_clock() else CRASHED
                    done.append(self._gone(worker, said, waiting, certain=True))
            now = monotonic()
            for worker in [each for each in self._workers if each.is_late(now)]:
                if worker.waits_for_disk:
                    done.append(self._late(worker, waiting))
                else:
                    done.append(self._gone(worker, HUNG, waiting, certain=not COUNTS_WORK))
            yield from (task.answer for task in done if task)

    def _keep_busy(self, waiting: deque[Task]) -> None:
        for worker in [each for each in self._workers if _is_spent(each) and not each.tasks]:
            self._workers.remove(worker)
            worker.stop()
        worth = 1 + len(waiting) // _FILES_FOR_ANOTHER + self._given_up  # where one was, are more
        wanted = min(self._most, worth, len(waiting))
        while len(self._workers) < wanted:
            self._workers.append(
                Worker(self._rubric, self._patience, self._disks, self._reader, _SECONDS_TO_START)
            )
        for worker in self._workers:
            while waiting and worker.ready and not _is_spent(worker) and len(worker.tasks) < _AHEAD:
                worker.ask(waiting.popleft())

    def _heard_from(self) -> list[Worker]:
        """The processes that have something to say, or are gone; waits for one of them."""
        busy = [worker for worker in self._workers if worker.busy]
        left = min(worker.until for worker in busy) - monotonic()
        heard = wait([worker.connection for worker in busy], max(0.0, left))
        return [worker for worker in busy if worker.connection in heard]

    def _given(self, task: Task | None, waiting: deque[Task]) -> Task | None:
        """A task that is done; one whose disk did not give the file is tried again at the end."""
        if task and task.withheld == 1 and not task.opened:
            task.messages.pop()
            waiting.append(task)
            return None
        return task

    def _late(self, worker: Worker, waiting: deque[Task]) -> Task | None:
        """The same, of a file whose disk is waited for in vain."""
        task, seconds = worker.tasks[0], worker.for_disk
        self._disks.spend(seconds)
        self._workers.remove(worker)
        worker.stop()
        worker.tasks.popleft()
        waiting.extendleft(reversed(worker.tasks))
        task.withheld += 1
        told = FileReading(THE_REST if task.messages else (), content=late(seconds))
        task.messages.append(encoded(told, self._rubric))
        return self._given(task, waiting)

    def _gone(
        self, worker: Worker, said: Unreadable, waiting: deque[Task], certain: bool
    ) -> Task | None:
        """Puts what a process leaves undone back; the task that it was at, if that is done with.

        `certain` is whether it would take too long another time, too.
        """
        self._workers.remove(worker)
        why = worker.why_not_ready()
        worker.stop()
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts == _STARTS:
                raise ReadersFailedError(why)
        tasks = worker.tasks
        task = tasks.popleft() if worker.ready and tasks else None
        waiting.extendleft(reversed(tasks))
        if task and said is HUNG:
            self._patience.spend(worker.allowed)
            self._given_up += 1
            task.given_up |= certain
            task.uncertain |= not certain
        if task is None or self._charge(task, said):
            return task
        waiting.appendleft(task)
        return None

    def _charge(self, task: Task, said: Unreadable) -> bool:
        """Says what became of the piece at fault; whether nothing of the file is left to try."""
        task.crashes += 1
        at, task.at = task.at, None
        last = not at or task.crashes == _CRASHES
        charged = [at] if at is not None else []
        if last and task.messages:
            charged.append(THE_REST)
        for inside in charged or [()]:
            reading = FileReading(inside, content=said, fault=said.cause)
            task.messages.append(encoded(reading, self._rubric))
        return last


def _is_spent(worker: Worker) -> bool:
    return worker.asked >= _FILES_EACH


def _cores() -> int:
    """How many of the machine's cores this process may use."""
    with suppress(AttributeError, OSError, ValueError):  # not every system tells
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
