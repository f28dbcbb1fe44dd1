"""Who is who in two rounds: units by code and name, items by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from svcq_excel.plan.previous.model import EarlierItem, EarlierUnit
from svcq_excel.plan.units import Unit
from svcq_excel.text.folding import fold

NEW, LEFT = "本期新增", "本期未列"

_Either = Unit | EarlierUnit


@dataclass(frozen=True, slots=True)
class UnitPair:
    """A unit of this round, by its place, and of the earlier one; None where it is in one alone."""

    now: int | None
    before: EarlierUnit | None
    note: str = ""
    """What is to be said of who it is."""


def units_paired(units: Sequence[Unit], earlier: Sequence[EarlierUnit]) -> list[UnitPair]:
    """In the order of this round, then those that are not in it any more.

    Who has the same code and name is the same; who has the same name got another code, even where
    that was another unit's before; who has the code alone got another name.
    """
    open_before = dict(enumerate(earlier))
    found: dict[int, UnitPair] = {}
    for key, note in _WAYS:
        there = _told_apart(map(key, earlier))
        for text, at in _told_apart(map(key, units)).items():
            if at not in found and there.get(text) in open_before:
                before = open_before.pop(there[text])
                found[at] = UnitPair(at, before, note(before))
    pairs = (found.get(at, UnitPair(at, None, NEW)) for at in range(len(units)))
    return [*pairs, *(UnitPair(None, each, LEFT) for each in open_before.values())]


def _both(unit: _Either) -> Hashable:
    return fold(unit.code), fold(unit.name)


def _name(unit: _Either) -> Hashable:
    return fold(unit.name)


def _code(unit: _Either) -> Hashable:
    return fold(unit.code)


_WAYS: tuple[tuple[Callable[[_Either], Hashable], Callable[[EarlierUnit], str]], ...] = (
    (_both, lambda before: ""),
    (_name, lambda before: f"前期編號：{before.code}"),
    (_code, lambda before: f"前期名稱：{before.name}（編號相同，視為同一單位）"),
)


def _told_apart(keys: Iterable[Hashable]) -> dict[Hashable, int]:
    """Where each stands; of what stands twice nobody can say which one is meant."""
    listed = list(keys)
    counts = Counter(listed)
    return {key: at for at, key in enumerate(listed) if counts[key] == 1}


def items_paired(
    names: Sequence[str], earlier: Sequence[EarlierItem]
) -> list[tuple[int | None, int | None]]:
    """The places of this round's items and of the earlier one's, those that are gone at the end;
    of those of one name the first ones belong together, then the second ones."""
    there = {key: at for at, key in enumerate(_numbered(item.name for item in earlier))}
    pairs: list[tuple[int | None, int | None]] = []
    for at, key in enumerate(_numbered(names)):
        pairs.append((at, there.pop(key, None)))
    return [*pairs, *((None, at) for at in there.values())]


def _numbered(names: Iterable[str]) -> list[tuple[str, int]]:
    seen = Counter[str]()
    keys = []
    for name in map(fold, names):
        seen[name] += 1
        keys.append((name, seen[name]))
    return keys
