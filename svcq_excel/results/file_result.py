"""What became of each file that came in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from svcq_excel.checks.batch import FileStatus
from svcq_excel.checks.differing import Difference
from svcq_excel.checks.documents import HandedIn
from svcq_excel.checks.violation import Violation
from svcq_excel.inbox.handed_in_when import HandIn

FILE_STATUS_WORDS: dict[FileStatus, str] = {
    "accepted": "採用",
    "needs-correction": "待補正",
    "superseded": "已被取代",
    "blank": "空白",
    "unread": "尚未讀取",
    "rejected": "無法採用",
    "ignored": "略過",
}


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file; `path` leads to it from where the program was called."""

    path: str
    status: FileStatus
    unit: str | None
    assessor: str | None
    violations: tuple[Violation, ...] = ()
    reason: str = ""
    """Why it counts or does not, where that needs saying."""
    link: str = ""
    """The file's path relative to the statistics workbook; "" where there is none."""
    size: int = 0
    """Bytes."""
    sha256: str = ""
    """Of what the file holds; "" where it could not be had."""
    dated: datetime | None = None
    """When it was handed in, as far as can be told, by `evidence` in words for people."""
    evidence: str = ""
    program: str = ""
    """The program that saved it, as the file names it."""
    sender: str = ""
    """The address of the mail that it came with, and what is known of other mails around it."""
    fault: str = ""
    """What the reader stumbled over, in its own words: for who maintains the program."""
    differences: tuple[Difference, ...] = ()
    """Of a superseded form, what it says otherwise than the one that counts."""
    document: HandedIn | None = None
    """What it is where it is no form but a document to hand in."""
    sure_whose: bool = True
    """Whether it is for this round, and all its marks name one unit."""
    set_aside: tuple[Violation, ...] = ()
    """Of a superseded form, what is wrong with it: nobody has to mend that."""
    likely: str | None = None
    """The code of the unit whose form it seems to be, where it cannot be read as one."""
    other_round: str = ""
    """Of a form of this assessment, the round that it is of, where another was asked for."""
    hand_ins: tuple[HandIn, ...] = ()
    """Of a form that counts, when its unit first handed one in, and when its correction came."""

    @property
    def found(self) -> tuple[Violation, ...]:
        """All that was found in it, what was set aside last."""
        return (*self.violations, *self.set_aside)
