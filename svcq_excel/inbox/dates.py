"""When a file was last saved, and what says so: the later of two forms of one unit counts."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from svcq_excel.form.styles import CREATED

_SAVED = {
    "docProps/core.xml": re.compile(r"<dcterms:modified[^>]*>([^<]+)<"),
    "meta.xml": re.compile(r"<dc:date>([^<]+)<"),
}
_MOST = 1024 * 1024


def saved_at(path: Path, data: bytes) -> tuple[datetime, str]:
    """The date that the program which saved the workbook wrote into it, else the file's own."""
    if (inside := _inside(data)) and inside.replace(tzinfo=None) != CREATED:
        return inside, "活頁簿內的存檔時間"
    return datetime.fromtimestamp(path.stat().st_mtime, UTC), "檔案的修改時間"


def _inside(data: bytes) -> datetime | None:
    try:
        with ZipFile(BytesIO(data)) as archive:
            for name, pattern in _SAVED.items():
                if name in archive.namelist() and archive.getinfo(name).file_size < _MOST:
                    found = pattern.search(archive.read(name).decode("utf-8", "replace"))
                    if found:
                        moment = datetime.fromisoformat(found[1].strip())
                        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (BadZipFile, ValueError, NotImplementedError, OSError):
        pass
    return None
