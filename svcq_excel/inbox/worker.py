"""The process that reads strangers' files: it may crash, hang or run out of memory alone.

It is asked for files one after the other and answers piece by piece, so that whoever asked knows
at any time which piece it is at.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from time import process_time

from svcq_excel.form.reading.key_places import places_of
from svcq_excel.inbox.ending import end_after, pipe_to_parent, rest
from svcq_excel.inbox.messages import MAX_MESSAGE, encoded
from svcq_excel.inbox.patience import EARNED, HUNG, Account
from svcq_excel.inbox.protecting import protect
from svcq_excel.inbox.reading import FileReading, Piece
from svcq_excel.inbox.receiving import bytes_of, digest_of, known_of, pieces_of, read_piece
from svcq_excel.rubric.model import Rubric
from svcq_excel.workbooks.guarding import guarded
from svcq_excel.workbooks.workbook import Unreadable

MEMORY = 1024**3
"""Bytes that the process may take, where the system can hold it to that."""

READY, WITHHELD, OPENED = b"!", b"-", b"+"
"""How an answer begins: ready to be asked, with the protections that the system lacks; the disk
does not give a file, and that is all of it; the file's bytes are there."""
PIECE, READING, TOO_LONG, END = b"?", b"=", b"~", b"."
"""Of a file that is there: at a piece inside it, what was read of the file or the piece, all pieces
together take too long; the file's end, with its SHA-256 and, after a blank, what was read of a file
that holds no others: of most files nothing else is told."""

MAX_ANSWER = MAX_MESSAGE + 128
"""Bytes, with what says which it is."""

THE_REST = ("（其餘內容）",)
"""What is said to lie in an archive of which not all was read."""

TOO_MUCH = Unreadable("unsafe", "表內文字過多")


def serve(connection: Connection, rubric: Rubric) -> None:
    """Answers requests, each a path and how many pieces to pass over, until nobody asks."""
    lacking = protect(MEMORY, {connection.fileno(), *pipe_to_parent()})
    places_of(rubric)
    connection.send_bytes(READY + json.dumps(lacking).encode("ascii"))
    while True:
        try:
            path, skip, seconds = json.loads(connection.recv_bytes(MAX_MESSAGE))
            for answer in answers(Path(path), skip, rubric, _turns(seconds)):
                connection.send_bytes(answer)
            rest()
        except (EOFError, OSError):  # who asked is gone
            return


def request(path: Path, skip: int, seconds: float) -> bytes:
    return json.dumps([str(path), skip, seconds]).encode("ascii")


def told_at_end(end: bytes) -> tuple[str, tuple[bytes, ...]]:
    """The file's SHA-256, and what was read where it has not been told yet."""
    digest, _, whole = end.removeprefix(END).partition(b" ")
    return digest.decode("ascii"), (whole,) if whole else ()


def _turns(seconds: float) -> Callable[[], bool]:
    """Gives each piece of a file its time; says whether any was left."""
    account = Account(seconds, process_time())

    def turn() -> bool:
        left = account.turn(process_time())
        with suppress(Exception):  # whoever asked has a clock, too; that this one fails was told
            end_after(max(left, EARNED))
        return left > 0

    return turn


def answers(
    path: Path, skip: int, rubric: Rubric, may_go_on: Callable[[], bool] = lambda: True
) -> Iterator[bytes]:
    """What is told of a file, piece by piece, and at its end."""
    had = bytes_of(path)
    if isinstance(had, Unreadable) and had.reason == "withheld":
        yield WITHHELD + encoded(FileReading(content=had), rubric)
        return
    yield OPENED
    may_go_on()
    waiting = pieces_of(path, had)
    at, digest, whole = 0, "", b""
    while (piece := guarded(lambda: next(waiting, None))) is not None:
        if isinstance(piece, Unreadable):  # what follows in the file cannot be had
            yield READING + encoded(FileReading(content=piece, fault=piece.cause), rubric)
            break
        digest = digest or digest_of(piece.data)
        at += 1
        if not may_go_on():
            yield READING + encoded(FileReading(THE_REST, content=HUNG, fault=HUNG.cause), rubric)
            yield TOO_LONG
            break
        if at > skip:
            if piece.inside:  # the file itself goes without saying
                yield PIECE + json.dumps(piece.inside).encode("ascii")
            message = _message(piece, path.name, rubric)
            if piece.inside or piece.ignored or piece.refused:
                yield READING + message
            else:
                whole = b" " + message
    yield END + digest.encode("ascii") + whole


def _message(piece: Piece, name: str, rubric: Rubric) -> bytes:
    message = guarded(lambda: encoded(read_piece(piece, name, rubric), rubric))
    if not isinstance(message, Unreadable) and len(message) < MAX_MESSAGE:
        return message
    refused = message if isinstance(message, Unreadable) else TOO_MUCH
    return encoded(replace(known_of(piece), content=refused, fault=refused.cause), rubric)
