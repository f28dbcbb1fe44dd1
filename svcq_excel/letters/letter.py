"""A letter to one unit: to whom, what it says, what goes with it, and what tells it from others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

Occasion = Literal["announce", "remind", "return", "notify"]
OCCASIONS: dict[Occasion, str] = {
    "announce": "發送表件",
    "remind": "催請繳交",
    "return": "退請補正",
    "notify": "通知結果",
}
"""Why letters are written, as the plan's sheet 信件 and their folders call it."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a letter; one that lies somewhere, or has to be made, is read or made
    each time that it is needed, so that no more than one letter's are held."""

    name: str
    source: bytes | Path | Callable[[], bytes]

    @property
    def content(self) -> bytes:
        if isinstance(self.source, bytes):
            return self.source
        return self.source.read_bytes() if isinstance(self.source, Path) else self.source()


@dataclass(frozen=True, slots=True)
class Letter:
    """What one unit gets; addresses are plain ones (see text/mail_addresses)."""

    occasion: Occasion
    round: str
    unit: str
    """Its code."""
    unit_name: str
    to: tuple[str, ...]
    subject: str
    body: str
    """Plain text; a line is a paragraph."""
    attachments: tuple[Attachment, ...] = ()
    cc: tuple[str, ...] = ()
    reply_to: str = ""
    matter: str = ""
    """What tells it from others of its kind to the same unit: which correction, what is missing."""

    @property
    def key(self) -> str:
        """Equal for letters of which a unit gets only one, however it is worded by now."""
        said = (self.occasion, self.round, self.unit, self.matter)
        return sha256("\0".join(said).encode("utf-8", "surrogatepass")).hexdigest()[:24]
