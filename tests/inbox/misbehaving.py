"""A reading process that does as the files it reads bid it: hang, end, eat memory, drivel."""

from __future__ import annotations

import os
import re
import time
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

from svcq_excel.inbox import worker
from svcq_excel.inbox.reading import FileReading, Piece
from svcq_excel.inbox.receiving import bytes_of, known_of
from svcq_excel.rubric.model import Rubric
from svcq_excel.workbooks.workbook import Unreadable


def serve(connection: Connection, rubric: Rubric) -> None:
    """As the reader does, but obeys the files."""
    vars(worker)["read_piece"] = obey
    vars(worker)["bytes_of"] = have
    worker.serve(connection, rubric)


def have(path: Path) -> bytes | Unreadable:
    data = bytes_of(path)
    tried = path.with_suffix(".tried")
    if data == b"SLOW":  # but it comes
        time.sleep(6)
    if data == b"SLOW ONCE" and not tried.exists():
        tried.touch()
        time.sleep(60)
    if data == b"NEVER":
        time.sleep(60)
    return data


def never_ready(connection: Connection, rubric: Rubric) -> None:
    os._exit(3)


def never_heard(connection: Connection, rubric: Rubric) -> None:
    time.sleep(60)


def obey(piece: Piece, name: str, rubric: Rubric) -> FileReading:
    if piece.data.startswith(b"HANG"):
        _ = re.fullmatch("(a|a)*b", 40 * "a")  # and never lets go of the interpreter
    if piece.data == b"WAIT":
        time.sleep(60)
    if piece.data == b"WORK":
        until = time.process_time() + 0.4
        while time.process_time() < until:
            ...
    if piece.data == b"END":
        os._exit(3)
    if piece.data == b"ABORT":
        os.abort()
    if piece.data == b"EAT":
        _ = bytearray(2 * worker.MEMORY)
    if piece.data == b"FAIL":
        raise ZeroDivisionError("a fault of our own")
    if piece.data == b"TALK":
        os.write(1, b"words on the console")
        os.write(2, b"more of them")
    if piece.data == b"WHO, IN TIME":
        time.sleep(0.1)
    return replace(known_of(piece), fault=str(os.getpid()) if b"WHO" in piece.data else "")
