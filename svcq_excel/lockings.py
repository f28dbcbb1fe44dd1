"""定案: a result that was frozen, when, and why another took its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Locking:
    """One result of a round that was frozen; it stands until somebody undoes that."""

    number: int
    """Of its round: 1, 2, …"""
    round: str
    archive: str
    """The name of the file that holds it, with all that it follows from."""
    sha256: str
    """Of that file."""
    at: datetime
    outputs: tuple[str, ...]
    """What is frozen, by paths within the folder."""
    undone: datetime | None = None
    reason: str = ""
    """Why it was undone."""

    @property
    def called(self) -> str:
        return f"第{self.number}次定案"

    @property
    def stands(self) -> bool:
        return self.undone is None
