"""One change between two definitions, and the phrases in which all of them are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from svcq_excel.rubric.differing.text_changes import in_quotes, is_long, text_changed

Show = Callable[[Any], str]
"""How a value is shown in a sentence."""


@dataclass(frozen=True, slots=True)
class Change:
    """In `section`, a 構面 or another part of a plan; `path` are the names that lead to a node."""

    section: str
    message: str
    path: tuple[str, ...] = ()


def plain(value: object) -> str:
    return str(value)


def altered(word: str, old: Any, new: Any, show: Show = in_quotes) -> str:
    """配分由 50 分改為 40 分; what was not there is added, what is there no more deleted."""
    if is_absent(old):
        return f"增列{word}：{show(new)}"
    if is_absent(new):
        return f"刪除{word}（原為{spaced(show(old)).rstrip()}）"
    if show is in_quotes and (is_long(old) or is_long(new)):
        return f"{word}{text_changed(old, new)}"
    before, after = show(old), show(new)
    if before == after:  # they differ in what a sentence does not show
        return f"{word}有部分不同：{after}"
    return f"{word}由{spaced(before)}改為{spaced(after)}".rstrip()


def is_absent(value: object) -> bool:
    return value is None or value in ("", ())


def spaced(shown: str) -> str:
    """Figures and Latin letters stand apart from Chinese ones, as 由 50 分改為 stands."""
    before = " " if shown[:1].isascii() else ""
    after = " " if shown[-1:].isascii() else ""
    return f"{before}{shown}{after}"
