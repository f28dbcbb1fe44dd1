"""What a call of `svcq mail` asks to be done with the letters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from svcq_excel.plan.matters import Mailing


@dataclass(frozen=True)
class How:
    """The options that every occasion has."""

    out: Path
    """Where drafts lie, and the record of what was sent."""
    mailing: Mailing
    listed: bool
    show: str | None
    send: bool
    dry_run: bool
    drafts: str | None
    zipped: bool
    again: tuple[str, ...]
    """Units that get their letter once more."""
    arrived: tuple[str, ...]
    """Units whose letter is known to have arrived, although the record does not say so."""
    as_json: bool
    quiet: bool

    @property
    def silent(self) -> bool:
        return self.quiet or self.as_json

    @property
    def looks_only(self) -> bool:
        """Whether nothing is to be made of the letters, nor for them."""
        return self.listed or self.dry_run or self.show is not None


Relist = Callable[[], None]
"""Leads the index of the blank forms to the drafts."""
