"""Files and facts as the inbox hands them on, read in the tests' own process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from svcq_excel.form.facts import FormFacts
from svcq_excel.inbox.finding import FoundFile
from svcq_excel.inbox.messages import encoded, packed
from svcq_excel.inbox.reading import FileReading
from svcq_excel.inbox.receiving import Received, bytes_of, pieces_of, read_piece
from svcq_excel.inbox.worker import END, READING, WITHHELD, answers, told_at_end
from svcq_excel.inbox.worker_process import WorkerAnswer
from svcq_excel.rubric.model import Rubric
from svcq_excel.workbooks.opening import OpenedWorkbook, open_bytes
from svcq_excel.workbooks.workbook import Unreadable


class InProcess:
    """Reads files as `Workers` does, but where the tests run: starting a process takes time."""

    def __init__(self, rubric: Rubric) -> None:
        self._rubric = rubric

    def __enter__(self) -> InProcess:
        return self

    def __exit__(self, *_: object) -> None: ...

    def read(self, paths: Sequence[Path]) -> Iterator[WorkerAnswer]:
        for number, path in enumerate(paths):
            told = list(answers(path, 0, self._rubric))
            messages = [answer[1:] for answer in told if answer.startswith((READING, WITHHELD))]
            digest, whole = told_at_end(told[-1]) if told[-1].startswith(END) else ("", ())
            yield WorkerAnswer(number, [*messages, *whole], digest)


def open_workbook(path: Path) -> OpenedWorkbook | Unreadable:
    return open_bytes(path.read_bytes(), path.suffix)


def receive(path: Path, rubric: Rubric) -> Received:
    """A file that holds no others."""
    (piece,) = pieces_of(path, bytes_of(path))
    return as_received(path, read_piece(piece, path.name, rubric), rubric)


def content_of(path: Path, rubric: Rubric) -> FormFacts | Unreadable | None:
    return receive(path, rubric).reading.content


def as_received(path: Path, reading: FileReading, rubric: Rubric) -> Received:
    return Received(FoundFile(path), reading, packed(encoded(reading, rubric)))


def facts_received(name: str, facts: FormFacts, rubric: Rubric, **known: Any) -> Received:
    """Facts as if they had been read from a file."""
    reading = replace(FileReading(content=facts, sha256=name), **known)
    return as_received(Path(name), reading, rubric)
