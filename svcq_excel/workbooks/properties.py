"""What documents say of themselves in XML: single texts, and moments."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo


def said_in(text: str, pattern: re.Pattern[str]) -> str:
    """What a pattern's group finds, or ""."""
    found = pattern.search(text)
    return found[1].strip() if found else ""


def moment(text: str, zone: tzinfo) -> datetime | None:
    """OpenDocument writes the time of the clock on the wall, in `zone`; others name theirs."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=zone)
