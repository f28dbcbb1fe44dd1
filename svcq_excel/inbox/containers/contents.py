"""What an archive or a mail holds: files that are had when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from svcq_excel.inbox.reading import Mail
from svcq_excel.workbooks.bounds import MAX_FILES
from svcq_excel.workbooks.workbook import Unreadable

TOO_MANY = Unreadable("unsafe", f"壓縮檔或郵件內的檔案超過 {MAX_FILES:,} 個")
NOT_ATTACHED = Unreadable("no-form", "郵件沒有附件")


@dataclass(frozen=True, slots=True)
class Contents:
    """An archive's files or a mail's attachments, in the order they lie in it."""

    members: Sequence[ContainedFile]
    listed: str = "郵件，其 {} 個附件逐一列出"
    """What is said of the whole, whose members are each told of."""
    empty: Unreadable = NOT_ATTACHED
    """What is said where there are none."""
    mail: Mail | None = None
    """Where it is one, who sent it and when."""


@dataclass(frozen=True, slots=True)
class ContainedFile:
    """A file inside another."""

    name: str
    read: Callable[[], bytes | Unreadable]
    size: int
    """Bytes, as far as can be told before they are read."""
    ignored: str = ""
    """Why it is never a form, where more than its name says so."""
    aside: bool = False
    """Whether it belongs to the mail itself, as a picture in the text does: nobody attached it."""
    modified: datetime | None = None
    opened: Callable[[bytes], Contents | Unreadable] | None = None
    """What it holds, where that is known to be a mail and its bytes need not tell."""
