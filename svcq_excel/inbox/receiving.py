"""One file of the inbox, or one inside it: opened and read into facts, or the reason why not."""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from svcq_excel.form.facts import FormFacts
from svcq_excel.form.identity import OUTPUT_HEADS, OUTPUT_WORDS
from svcq_excel.form.reading.reader import read_form
from svcq_excel.inbox.containers.unpacking import pieces
from svcq_excel.inbox.document_pages import pages_of
from svcq_excel.inbox.names import never_a_form
from svcq_excel.inbox.reading import FileReading, Mail, Piece
from svcq_excel.output import reason_of
from svcq_excel.rubric.model import Rubric
from svcq_excel.workbooks.bounds import MAX_BYTES, MAX_COLUMNS, MAX_CONTAINER, MAX_ROWS
from svcq_excel.workbooks.guarding import guarded
from svcq_excel.workbooks.opening import OpenedWorkbook, open_bytes
from svcq_excel.workbooks.workbook import Unreadable

if TYPE_CHECKING:  # whoever reads a file need not look for any
    from svcq_excel.inbox.finding import FoundFile


@dataclass(frozen=True, slots=True)
class Received:
    """A file as it was found, or one inside it, and what was read of it."""

    found: FoundFile
    reading: FileReading
    message: bytes = b""
    """The reading as its process told it, packed, to be read again when it is needed."""
    forwardings: int = 0
    """How many of its mails, from the outermost on, the office itself forwarded."""

    @property
    def listed(self) -> str:
        """How the file is called in lists: `outer.zip!inner.xlsx` where it lies inside another."""
        return "!".join((self.found.listed, *self.reading.inside))

    @property
    def name(self) -> str:
        """The file's own name."""
        inside = self.reading.inside
        return PurePosixPath(inside[-1]).name if inside else self.found.path.name

    @property
    def mails(self) -> tuple[Mail, ...]:
        """The mail that reached the office first: it counts; then those attached to it."""
        return self.reading.mails[self.forwardings :]

    @property
    def forwarded(self) -> tuple[Mail, ...]:
        """The office's own mails around that."""
        return self.reading.mails[: self.forwardings]


def bytes_of(path: Path) -> bytes | Unreadable:
    """What a file is made of, as far as its disk gives it; waits for the disk."""
    try:
        with path.open("rb") as file:
            # Asking for the limit at once would reserve that much for every small file.
            size = os.fstat(file.fileno()).st_size
            data = file.read() if size <= MAX_CONTAINER else b""
    except OSError as error:
        what = "資料夾" if path.is_dir() else "檔案"
        return Unreadable("withheld", f"{what}無法開啟（{reason_of(error)}）")
    if size > MAX_CONTAINER:
        return Unreadable("unsafe", f"檔案超過 {MAX_CONTAINER // 1024**2} MiB")
    return data


def pieces_of(path: Path, had: bytes | Unreadable) -> Iterator[Piece]:
    """What a file holds: itself, and the files inside it where it is an archive or a mail."""
    if isinstance(had, Unreadable):
        yield Piece(refused=had)
    elif ignored := never_a_form(path):  # only how many pages it has is asked
        yield Piece(data=had, ignored=ignored)
    else:
        yield from pieces(had, path.name)


def read_piece(piece: Piece, name: str, rubric: Rubric) -> FileReading:
    """What a piece is; of a form, its facts. `name` is that of the file it is or lies in."""
    reading = known_of(piece)
    if piece.ignored:
        pages = guarded(lambda: pages_of(piece.data, piece.inside[-1] if piece.inside else name))
        return replace(reading, pages=pages if isinstance(pages, int) else None)
    if piece.refused:
        return replace(reading, content=piece.refused)
    if is_own_table(piece.data):
        return replace(reading, ignored=OUTPUT_WORDS)
    suffix = PurePosixPath(piece.inside[-1] if piece.inside else name).suffix
    opened = _opened(piece.data, suffix)
    if isinstance(opened, Unreadable):
        return replace(reading, content=opened, fault=opened.cause)
    content = guarded(lambda: _content(opened, rubric))
    if isinstance(content, Unreadable) and content.reason == "own-output":
        return replace(reading, ignored=content.found)
    fault = content.cause if isinstance(content, Unreadable) else ""
    return replace(reading, content=content, origin=opened.origin, fault=fault)


def is_own_table(data: bytes) -> bool:
    """Whether these are the bytes of a .csv that we wrote."""
    start = data[:200]
    return start.startswith(BOM_UTF8) and start[3:].decode(errors="ignore").startswith(OUTPUT_HEADS)


def known_of(piece: Piece) -> FileReading:
    """What is known before a piece is opened."""
    return FileReading(
        inside=piece.inside,
        size=len(piece.data),
        sha256=digest_of(piece.data),
        ignored=piece.ignored,
        modified=piece.modified,
        mails=piece.mails,
    )


@lru_cache(maxsize=1)  # asked for the file as a whole, and for the piece that is the file itself
def digest_of(data: bytes) -> str:
    """SHA-256, or "" of what could not be had or is empty."""
    return sha256(data).hexdigest() if data else ""


def _opened(data: bytes, suffix: str) -> OpenedWorkbook | Unreadable:
    if len(data) > MAX_BYTES:
        return Unreadable("unsafe", f"檔案超過 {MAX_BYTES // 1024**2} MiB")
    return open_bytes(data, suffix)


def _content(opened: OpenedWorkbook, rubric: Rubric) -> FormFacts | Unreadable:
    content = read_form(opened, rubric)
    if opened.too_large and isinstance(content, FormFacts) and _formless(content, rubric):
        where = "、".join(f"「{name}」" for name in opened.too_large)
        reach = f"工作表{where}超過 {MAX_ROWS} 列或 {MAX_COLUMNS} 欄"
        return Unreadable("unsafe", reach)
    return content


def _formless(facts: FormFacts, rubric: Rubric) -> bool:
    """Whether marks of this assessment were found, but no form sheet."""
    return not facts.is_form and facts.identity.rubric == rubric.id
