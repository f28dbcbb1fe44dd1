"""Pieces of parts that were found to be as every program reads them: nobody looks at them again.

The forms of a round have nearly all of their cells and texts in common. To ask whether a piece is
known takes a tenth of the time that a look at it takes.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

_MOST, _EACH = 4_000_000, 100
"""So many bytes are kept; each piece costs some more than it has."""
Key = TypeVar("Key", bound=Hashable)
Said = TypeVar("Said")


class Kept(Generic[Key, Said]):
    """What was said, as much of it as there is room for; then all anew."""

    def __init__(self) -> None:
        self._said: dict[Key, Said] = {}
        self._kept = 0
        self.get = self._said.get

    def keep(self, key: Key, said: Said, size: int) -> None:
        self._kept += size + _EACH
        if self._kept > _MOST:
            self._said.clear()
            self._kept = size
        self._said[key] = said


class SeenBefore(Generic[Said]):
    """What a look at each piece said; one that said nothing is asked again."""

    def __init__(self, look: Callable[[bytes], Said | None]) -> None:
        self._look = look
        self._known: Kept[bytes, Said] = Kept()

    def of(self, piece: bytes) -> Said | None:
        """What is said of one piece."""
        known = self._known.get(piece)
        return self._looked_at(piece) if known is None else known

    def said_of(self, pieces: Iterable[bytes]) -> list[Said] | None:
        """What is said of each of the pieces, in their order; None where of one there is nothing
        to be said."""
        pieces = list(pieces)
        known = list(map(self._known.get, pieces))
        if None not in known:
            return known  # type: ignore[return-value]  # None is not among them
        pairs = zip(pieces, known, strict=True)
        said = [self._looked_at(piece) if each is None else each for piece, each in pairs]
        return None if None in said else said  # type: ignore[return-value]  # nor here

    def _looked_at(self, piece: bytes) -> Said | None:
        said = self._look(piece)
        if said is not None:
            self._known.keep(piece, said, len(piece))
        return said
