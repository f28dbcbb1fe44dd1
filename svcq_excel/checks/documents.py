"""Documents that came beside the forms: which one a file is, whose, and of how many pages.

A file is told by its name, whose it is also by what it lies in: a mail, an archive, a folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import PurePath
from typing import TypeVar
from unicodedata import normalize

from svcq_excel.inbox.receiving import Received
from svcq_excel.issuing.outlines import Outlines
from svcq_excel.plan.plan import Plan
from svcq_excel.plan.units import Unit
from svcq_excel.rubric.model import Document

_T = TypeVar("_T", Unit, Document)

_SUFFIXES = frozenset({".docx", ".odt", ".pdf", ".doc"})
_APART = r"[\s_.,()（）【】「」、，\-－]"


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
    meant = _meant(plan.rubric.documents, name)
    if len(meant) != 1:
        return None
    (document,) = meant
    named = (_named(label, plan.units) for label in _labels(received))
    whose = next(filter(None, named), ())
    unit = whose[0] if len(whose) == 1 else None
    return HandedIn(
        document, unit, received.reading.pages, _is_blank(received, document, unit, plan)
    )


def _labels(received: Received) -> Iterator[str]:
    """The file's own name, then those of what it lies in, from the inside out."""
    yield from reversed(received.reading.inside)
    path = received.found.path
    yield from (path.name, path.parent.name)


def _named(label: str, units: Iterable[Unit]) -> list[Unit]:
    """The units that a label names, by name or by code."""
    text, named = _plain(label), _meant(units, label)
    return [u for u in units if u in named or _stands_apart(_plain(u.code), text)]


def _stands_apart(code: str, text: str) -> bool:
    return code in text and bool(re.search(rf"(?:^|{_APART}){re.escape(code)}(?:{_APART}|$)", text))


def _meant(known: Iterable[_T], label: str) -> list[_T]:
    """Those whose names stand in a label; a name that is part of another's is not meant."""
    text = _squeezed(label)
    names = {name: each for each in known if (name := _squeezed(each.name)) in text}
    return [
        each
        for name, each in names.items()
        if not any(name in other for other in names if other != name)
    ]


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return normalize("NFKC", text).casefold()


def _squeezed(text: str) -> str:
    return "".join(_plain(text).split())


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
