"""Documents that came beside the forms: which one a file is, whose, and of how many pages.

A file is told by its name, whose it is also by what it lies in: a mail, an archive, a folder.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import PurePath

from svcq_excel.checks.naming import labels_of, meant_by, unit_named
from svcq_excel.inbox.receiving import Received
from svcq_excel.issuing.outlines import Outlines
from svcq_excel.plan.plan import Plan
from svcq_excel.plan.units import Unit
from svcq_excel.rubric.model import Document

_SUFFIXES = frozenset({".docx", ".odt", ".pdf", ".doc"})


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A document that came."""

    document: Document
    unit: Unit | None
    """None where nothing tells whose it is."""
    pages: int | None
    blank: bool = False
    """Whether it is the outline as it was issued."""

    @property
    def in_words(self) -> str:
        unit = f"{self.unit.code} {self.unit.name}" if self.unit else "檔名看不出單位"
        if self.blank:
            return f"{self.document.name}的空白格式（{unit}），尚未填寫"
        return "，".join(filter(None, (f"{self.document.name}（{unit}）", self.length)))

    @property
    def length(self) -> str:
        """2 頁, or 5 頁，超過 3 頁; "" where it is not known."""
        if self.pages is None:
            return ""
        limit = self.document.pages
        return f"{self.pages} 頁" + (f"，超過 {limit} 頁" if limit and self.pages > limit else "")


def handed_in(received: Received, plan: Plan) -> HandedIn | None:
    """Which of the rubric's documents a file is, if it is one."""
    name = received.name
    if not received.reading.ignored or PurePath(name).suffix.lower() not in _SUFFIXES:
        return None
    meant = meant_by(plan.rubric.documents, name)
    if len(meant) != 1:
        return None
    (document,) = meant
    unit = unit_named(labels_of(received), plan.units)
    blank = _is_blank(received, document, unit, plan)
    return HandedIn(document, unit, received.reading.pages, blank)


def _is_blank(received: Received, document: Document, unit: Unit | None, plan: Plan) -> bool:
    """Whether these are the bytes that were issued; those say nothing of pages."""
    reading = received.reading
    if not unit or reading.pages is not None or not received.name.lower().endswith(".docx"):
        return False
    issued = _outlines(document, plan.rubric.agency, plan.rubric.year).of(unit.name)
    return sha256(issued).hexdigest() == reading.sha256


@lru_cache(maxsize=16)
def _outlines(document: Document, agency: str, year: int) -> Outlines:
    return Outlines(document, agency, year)
