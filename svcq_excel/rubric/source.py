"""What a definition was read from: its data, where each part stands, what its keys are called.

Messages name keys and values as the file does that somebody has before him: `cap: 40` in YAML,
「配分」 in a workbook. Whoever words one marks them with `key`, `setting` and `word`.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from svcq_excel.definition import Problem

Keys = tuple[str | int, ...]
"""Leads from the top of a definition to one of its parts, e.g. ("tree", 0, "cap")."""

NOT_FOR_CELLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NODE_LISTS = {"tree", "children"}

MARKED = re.compile("\x02([^\x02\x03=]*)(?:(==|=)([^\x02\x03]*))?\x03")
"""A key's dotted name, alone or with a value: no text of a definition holds these characters."""


def key(name: str) -> str:
    """A key in a message; of several that are called alike the dotted name: grades.min."""
    return f"\x02{name}\x03"


def setting(name: str, value: str) -> str:
    """A key with the value that it shall have."""
    return f"\x02{name}={value}\x03"


def word(name: str, value: str) -> str:
    """A value that a key may have."""
    return f"\x02{name}=={value}\x03"


def dotted(keys: Keys) -> str:
    """The name of a key, wherever in the tree it stands: bands.min, clauses.ranking.by."""
    return ".".join(each for each in keys if isinstance(each, str) and each not in _NODE_LISTS)


class GivenAt(Protocol):
    """A cell in which something was given."""

    @property
    def sheet(self) -> str: ...
    @property
    def cell(self) -> str: ...


Given = Mapping[GivenAt, str]
"""Where a file left blank what is given then: the 代號 of nodes."""


@dataclass(frozen=True, slots=True)
class Source(ABC):
    """A definition's data, and what is needed to say where in its file a fault stands."""

    file: str
    data: object = None
    given: Given = field(default_factory=dict)

    @abstractmethod
    def problem(self, keys: Keys, message: str, fix: str) -> Problem:
        """A fault of a part, told with its place and in the file's own words."""

    @abstractmethod
    def in_order(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """As they stand in the file."""

    @abstractmethod
    def called(self, keys: Keys) -> str:
        """What a person looks for: the key of a part, with the place in its list."""

    @abstractmethod
    def how_to_fill(self, keys: Keys, about: str) -> str:
        """What to do where a part is missing that is described so."""

    def names(self, keys: Keys) -> tuple[str, ...]:
        """The names of the nodes of the tree that lead to a part."""
        names: list[str] = []
        here = self.data
        held_by: str | int = ""
        for step in keys:
            try:
                here = here[step]  # type: ignore[index]  # what is no container: see except
            except (KeyError, IndexError, TypeError):
                break
            if held_by in _NODE_LISTS and isinstance(step, int) and isinstance(here, dict):
                name = here.get("name") or here.get("id")
                names.append(name if isinstance(name, str) else f"第 {step + 1} 項")
            held_by = step
        return tuple(names)
