"""Pairs the entries of two lists that mean the same thing, and says whether their order changed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from svcq_excel.rubric.node import Part

T = TypeVar("T")
Key = Callable[[T], object]


@dataclass(frozen=True, slots=True)
class Matched(Generic[T]):
    pairs: tuple[tuple[T | None, T | None], ...]
    """In the new order; what is no more stands after what it followed."""
    moved: tuple[T, ...]
    """The fewest of the new ones that have to move for the old order."""


def matched(old: Sequence[T], new: Sequence[T], *keys: Key[T]) -> Matched[T]:
    """Equal entries go together first, then those that are equal by each of the keys, the first
    key before the others, then those that share half of what they say."""
    other: dict[int, int] = {}
    for fits in (_equal, *(_equal_by(key) for key in keys), _alike):
        _match(old, new, fits, other)
    return in_order(old, new, other)


def texts_matched(old: Sequence[str], new: Sequence[str]) -> Matched[str]:
    """Equal texts go together first, then those that stand in the same gap between them."""
    other: dict[int, int] = {}
    _match(old, new, _equal, other)
    for i in range(len(old)):
        before = other.get(i - 1, -1) if i else -1
        if i not in other and (i == 0 or i - 1 in other):
            j = before + 1
            if j < len(new) and j not in other.values():
                other[i] = j
    return in_order(old, new, other)


def _match(
    old: Sequence[T], new: Sequence[T], fits: Callable[[T, T], bool], other: dict[int, int]
) -> None:
    taken = {*other.values()}
    for i, a in enumerate(old):
        if i not in other:
            j = next((j for j, b in enumerate(new) if j not in taken and fits(a, b)), None)
            if j is not None:
                other[i] = j
                taken.add(j)


def in_order(old: Sequence[T], new: Sequence[T], other: dict[int, int]) -> Matched[T]:
    """`other` leads from a place in the old list to one in the new list."""
    back = {j: i for i, j in other.items()}
    both = sorted(back)
    moved = (new[both[at]] for at in out_of_order([back[j] for j in both]))
    return Matched(tuple(_pairs(old, new, other)), tuple(moved))


def _pairs(
    old: Sequence[T], new: Sequence[T], other: dict[int, int]
) -> Iterator[tuple[T | None, T | None]]:
    back = {j: i for i, j in other.items()}
    gone: dict[int | None, list[T]] = {}
    last: int | None = None
    for i, a in enumerate(old):
        if i in other:
            last = i
        else:
            gone.setdefault(last, []).append(a)
    yield from ((a, None) for a in gone.get(None, ()))
    for j, b in enumerate(new):
        i = back.get(j, -1)
        yield (old[i] if i >= 0 else None), b
        yield from ((a, None) for a in gone.get(i, ()) if i >= 0)


def _equal(a: object, b: object) -> bool:
    return a == b


def _equal_by(key: Key[T]) -> Callable[[T, T], bool]:
    return lambda a, b: key(a) == key(b)


def _alike(a: object, b: object) -> bool:
    """Whether two parts of a definition share at least half of what they say."""
    if not isinstance(a, Part) or not isinstance(b, Part):
        return False
    said = [
        name
        for name, field in type(a).model_fields.items()
        if field.default not in (getattr(a, name), getattr(b, name))
    ]
    same = [name for name in said if getattr(a, name) == getattr(b, name)]
    return 2 * len(same) >= len(said)


def out_of_order(ranks: Sequence[int]) -> list[int]:
    """The places of the fewest ranks without which the others rise."""
    ends: list[int] = []
    at_end: list[int] = []
    before: list[int] = []
    for at, rank in enumerate(ranks):
        length = bisect_left(ends, rank)
        before.append(at_end[length - 1] if length else -1)
        ends[length : length + 1] = [rank]
        at_end[length : length + 1] = [at]
    rising = set()
    at = at_end[-1] if at_end else -1
    while at >= 0:
        rising.add(at)
        at = before[at]
    return [at for at in range(len(ranks)) if at not in rising]
