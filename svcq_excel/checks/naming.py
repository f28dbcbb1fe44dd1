"""Whose a file is by what it is called, and by what it lies in: a mail, an archive, a folder."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TypeVar
from unicodedata import normalize

from svcq_excel.inbox.receiving import Received
from svcq_excel.plan.units import Unit
from svcq_excel.rubric.model import Document

_T = TypeVar("_T", Unit, Document)

_APART = r"[\s_.,()（）【】「」、，\-－]"


def unit_named(labels: Iterable[str], units: Iterable[Unit]) -> Unit | None:
    """The one unit that the first of the labels names that names any; None where it names two."""
    units = tuple(units)
    whose = next(filter(None, (_named(label, units) for label in labels)), [])
    return whose[0] if len(whose) == 1 else None


def labels_of(received: Received) -> Iterator[str]:
    """The file's own name, then those of what it lies in, from the inside out."""
    yield from reversed(received.reading.inside)
    path = received.found.path
    yield from (path.name, path.parent.name)


def _named(label: str, units: Iterable[Unit]) -> list[Unit]:
    """The units that a label names, by name or by code."""
    text, named = _plain(label), meant_by(units, label)
    return [u for u in units if u in named or _stands_apart(_plain(u.code), text)]


def _stands_apart(code: str, text: str) -> bool:
    return code in text and bool(re.search(rf"(?:^|{_APART}){re.escape(code)}(?:{_APART}|$)", text))


def meant_by(known: Iterable[_T], label: str) -> list[_T]:
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
