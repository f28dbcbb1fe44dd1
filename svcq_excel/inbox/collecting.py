"""Every file of the inbox, read or remembered, one after the other in the order they were found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from svcq_excel.inbox.document_pages import COUNTED
from svcq_excel.inbox.finding import FoundFile
from svcq_excel.inbox.fingerprints import Fingerprints
from svcq_excel.inbox.memory import Memory
from svcq_excel.inbox.messages import BadMessageError, decoded, packed
from svcq_excel.inbox.reading import FileReading, is_withheld
from svcq_excel.inbox.receiving import Received
from svcq_excel.inbox.workers import CRASHED, Workers
from svcq_excel.rubric.model import Rubric

Messages = Sequence[bytes]
Progress = Callable[[int, int], None]

SLOW = "（所在的磁碟過慢，內容未讀取）"


def collect(
    found: Sequence[FoundFile],
    rubric: Rubric,
    memory: Memory,
    progress: Progress,
    prints: Fingerprints | None = None,
) -> Iterator[Received]:
    """What each file is, and each file inside it. Raises ReadersFailedError."""
    known: dict[int, Messages] = {}
    prints = prints or Fingerprints()
    for number, file in enumerate(found):
        if file.ignored:
            if not _may_be_asked_for(file, rubric):
                known[number] = ()
        elif memory.recalls and (messages := _recalled(file, memory, prints)):
            known[number] = messages
    for number, messages in enumerate(_in_order(found, known, rubric, memory, prints)):
        yield from _received(found[number], messages, rubric, prints)
        progress(number + 1, len(found))


def _recalled(file: FoundFile, memory: Memory, prints: Fingerprints) -> Messages | None:
    return memory.recall(file.path, prints.of(file.path).sha256)


def _in_order(
    found: Sequence[FoundFile],
    known: dict[int, Messages],
    rubric: Rubric,
    memory: Memory,
    prints: Fingerprints,
) -> Iterator[Messages]:
    """The messages about each file; those that are not known yet are asked for, at the end those
    whose disk is known to be slow."""
    unread = [number for number in range(len(found)) if number not in known]
    unread.sort(key=lambda number: prints.is_late(found[number].path))
    following = 0
    with Workers(rubric) as workers:
        for answer in workers.read([found[number].path for number in unread]):
            number = unread[answer.number]
            known[number] = answer.messages
            digest = answer.digest or (answer.given_up and prints.of(found[number].path).sha256)
            if digest and not found[number].ignored:
                memory.keep(found[number].path, digest, answer.messages)
            while following in known:
                yield known.pop(following)
                following += 1
    while following in known:
        yield known.pop(following)
        following += 1


def _received(
    found: FoundFile, messages: Messages, rubric: Rubric, prints: Fingerprints
) -> Iterator[Received]:
    if found.ignored:
        its, pages = prints.of(found.path), _pages(messages, rubric)
        why = found.ignored + (SLOW if its.late else "")
        yield Received(found, FileReading((), its.size, its.sha256, ignored=why, pages=pages))
        return
    for message in messages:
        try:
            reading = decoded(message, rubric)
        except BadMessageError as error:
            reading = FileReading(content=CRASHED, fault=str(error))
        there = not is_withheld(reading)
        if there and not (reading.inside or reading.sha256):  # whoever read it did not get so far
            its = prints.of(found.path)
            reading = replace(reading, size=its.size, sha256=its.sha256)
        yield Received(found, reading, packed(message))


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
