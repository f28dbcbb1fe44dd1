"""Every file of the inbox, read or remembered, one after the other in the order they were found."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from hashlib import file_digest
from pathlib import Path

from svcq_excel.inbox.document_pages import COUNTED
from svcq_excel.inbox.finding import FoundFile
from svcq_excel.inbox.memory import Memory
from svcq_excel.inbox.messages import BadMessageError, decoded
from svcq_excel.inbox.reading import FileReading, is_withheld
from svcq_excel.inbox.receiving import Received
from svcq_excel.inbox.workers import CRASHED, Workers
from svcq_excel.rubric.model import Rubric
from svcq_excel.workbooks.bounds import MAX_CONTAINER

Messages = Sequence[bytes]
Progress = Callable[[int, int], None]


def collect(
    found: Sequence[FoundFile], rubric: Rubric, memory: Memory, progress: Progress
) -> Iterator[Received]:
    """What each file is, and each file inside it. Raises ReadersFailedError."""
    known: dict[int, Messages] = {}
    for number, file in enumerate(found):
        if file.ignored:
            if not _may_be_asked_for(file, rubric):
                known[number] = ()
        elif memory.recalls and (messages := memory.recall(file.path, _hashed(file.path)[1])):
            known[number] = messages
    for number, messages in enumerate(_in_order(found, known, rubric, memory)):
        yield from _received(found[number], messages, rubric)
        progress(number + 1, len(found))


def _in_order(
    found: Sequence[FoundFile], known: dict[int, Messages], rubric: Rubric, memory: Memory
) -> Iterator[Messages]:
    """The messages about each file; those that are not known yet are asked for."""
    unread = [number for number in range(len(found)) if number not in known]
    following = 0
    with Workers(rubric) as workers:
        for answer in workers.read([found[number].path for number in unread]):
            number = unread[answer.number]
            known[number] = answer.messages
            digest = answer.digest or (answer.given_up and _hashed(found[number].path)[1])
            if digest and not found[number].ignored:
                memory.keep(found[number].path, digest, answer.messages)
            while following in known:
                yield known.pop(following)
                following += 1
    while following in known:
        yield known.pop(following)
        following += 1


def _received(found: FoundFile, messages: Messages, rubric: Rubric) -> Iterator[Received]:
    if found.ignored:
        size, digest = _hashed(found.path)
        pages = _pages(messages, rubric)
        yield Received(found, FileReading((), size, digest, ignored=found.ignored, pages=pages))
        return
    for message in messages:
        try:
            reading = decoded(message, rubric)
        except BadMessageError as error:
            reading = FileReading(content=CRASHED, fault=str(error))
        there = not is_withheld(reading)
        if there and not (reading.inside or reading.sha256):  # whoever read it did not get so far
            size, digest = _hashed(found.path)
            reading = replace(reading, size=size, sha256=digest)
        yield Received(found, reading, message)


def _may_be_asked_for(file: FoundFile, rubric: Rubric) -> bool:
    """Whether it is a document to hand in, of which it is worth knowing the pages."""
    path = file.path
    known = bool(rubric.documents) and path.suffix.lower() in COUNTED
    return known and path.is_file() and not path.is_symlink()


def _pages(messages: Messages, rubric: Rubric) -> int | None:
    """A document may be anything and end anyhow: only the number is taken from it."""
    for message in messages:
        with suppress(BadMessageError):
            return decoded(message, rubric).pages
    return None


def fingerprints(found: Sequence[FoundFile]) -> list[tuple[object, ...]]:
    """What tells each file from any other, and from itself once it has changed."""
    return [
        (str(file.path), file.ignored, _modified(file.path), *_hashed(file.path)) for file in found
    ]


def _modified(path: Path) -> int:
    try:
        return path.lstat().st_mtime_ns
    except OSError:
        return 0


def _hashed(path: Path) -> tuple[int, str]:
    """A file's size and SHA-256, as far as they can be had in reasonable time."""
    try:
        if path.is_symlink() or not path.is_file():  # a pipe never ends
            return 0, ""
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            return size, file_digest(file, "sha256").hexdigest() if size <= MAX_CONTAINER else ""
    except OSError:
        return 0, ""
