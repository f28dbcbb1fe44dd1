"""What a workbook says of how it came about: the program, the date, and what is unusual in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from svcq_excel.text.made_on import is_ours
from svcq_excel.workbooks.look import Book, Oddity

_LONGEST_NAME = 100  # of a program
_EXCEL = re.compile(r"Microsoft (?:\w+ )?Excel(?: Online)? ([0-9]{1,2})\b")
_OLDEST_EXCEL = 12
"""Of those that write .xlsx; libraries that name themselves Excel have lower numbers."""
_OFFICE = re.compile(r"LibreOffice|OpenOffice|WPS|Kingsoft|ONLYOFFICE|Collabora|NeoOffice", re.I)


@dataclass(frozen=True, slots=True)
class Origin:
    """What a workbook says of how it came about."""

    program: str = ""
    """The program that saved it, as the file names it."""
    saved: datetime | None = None
    """When that program saved it."""
    oddities: tuple[Oddity, ...] = ()

    @property
    def recomputes(self) -> bool:
        """Whether it was last saved by an office program, which computes what an entry changes; a
        file that still bears our date was changed by something else."""
        if self.saved is None:
            return False
        excel = _EXCEL.match(self.program)
        return int(excel[1]) >= _OLDEST_EXCEL if excel else bool(_OFFICE.match(self.program))


def origin_of(book: Book, known: Iterable[Oddity]) -> Origin:
    """The origin of a workbook, with the oddities already known from opening it.

    The date that we ourselves wrote into it says nothing: who fills in a form with a program that
    leaves dates alone, or sends it back as it was, is dated by what else is known.
    """
    program, saved = book.saved_by()
    if saved and is_ours(saved):
        saved = None
    return Origin(_plain(program), saved, tuple(dict.fromkeys((*known, *book.oddities()))))


def _plain(program: str) -> str:
    """LibreOffice names the machine it was built on, too."""
    name = "".join(letter for letter in program.partition("$")[0] if letter.isprintable())
    return name.strip()[:_LONGEST_NAME]
