"""What is known of one file once it has been read: facts, and no judgement."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from svcq_excel.form.facts import FormFacts
from svcq_excel.workbooks.origin import Origin
from svcq_excel.workbooks.workbook import Unreadable


@dataclass(frozen=True, slots=True)
class Mail:
    """When a mail was sent and from which address, as it says itself; what it does not say is not
    known."""

    sent: datetime | None = None
    sender: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A file as it lies in the inbox, or one inside it: in an archive, attached to a mail."""

    inside: tuple[str, ...] = ()
    """The names that lead to it within the file of the inbox, outermost first; none for itself."""
    data: bytes = b""
    refused: Unreadable | None = None
    """Why its bytes cannot be had."""
    ignored: str = ""
    """Why it is never a form: a document, a picture, an archive that stands for its files."""
    modified: datetime | None = None
    """When it was last changed, as the archive says."""
    mails: tuple[Mail, ...] = ()
    """Those that it lies in or is, the outermost first."""


@dataclass(frozen=True, slots=True)
class FileReading:
    """A file, or one inside it, once it has been read."""

    inside: tuple[str, ...] = ()
    size: int = 0
    """Bytes."""
    sha256: str = ""
    content: FormFacts | Unreadable | None = None
    """None where it is never a form; `ignored` says why then."""
    ignored: str = ""
    origin: Origin = field(default_factory=Origin)
    modified: datetime | None = None
    mails: tuple[Mail, ...] = ()
    """Those that it came in, the outermost first: which of them counts is for who knows the
    office's own address."""
    fault: str = ""
    """What the reader stumbled over, in its own words: for the log, not for people."""
    pages: int | None = None
    """Of a document, where it can be known."""


def is_withheld(reading: FileReading) -> bool:
    """Whether the disk did not give it: nobody knows yet what it is."""
    return isinstance(reading.content, Unreadable) and reading.content.reason == "withheld"
