"""When a file was last saved, and what says so: the later of two forms of one unit counts."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from svcq_excel.form.closer_parts import Parts
from svcq_excel.form.styles import CREATED

TAIPEI = timezone(timedelta(hours=8))
_SAVED = (
    ("docProps/core.xml", re.compile(r"<dcterms:modified[^>]*>([^<]+)<"), UTC),
    # OpenDocument writes the time of the clock on the wall.
    ("meta.xml", re.compile(r"<dc:date>([^<]+)<"), TAIPEI),
)
_MOST = 64 * 1024
"""Bytes of a part with dates; what is larger holds something else."""


def saved_at(path: Path, data: bytes) -> tuple[datetime, str]:
    """The date that the program which saved the workbook wrote into it, else the file's own."""
    if (inside := _inside(data)) and inside.replace(tzinfo=None) != CREATED:
        return inside, "活頁簿內的存檔時間"
    return datetime.fromtimestamp(path.stat().st_mtime, UTC), "檔案的修改時間"


def _inside(data: bytes) -> datetime | None:
    parts = Parts(data)
    for name, pattern, zone in _SAVED:
        if found := pattern.search(parts.read(name, _MOST).decode("utf-8", "replace")):
            try:
                moment = datetime.fromisoformat(found[1].strip())
            except ValueError:
                return None
            return moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return None
