"""Where the copies of a statistics workbook lie: beside it, called as it is."""

from __future__ import annotations

from pathlib import Path

from svcq_excel.plan.copies import Copies

PUBLISHED = "公告版"
_ALIKE = (".html", ".xlsx")
"""Made by this program alone."""


def paths_of(table: Path, wanted: Copies) -> tuple[Path, ...]:
    """Every file that may be made, in the order in which they are."""
    copies = [table.with_suffix(f".{each}") for each in wanted.formats]
    published = published_of(table) if wanted.public else ()
    if not wanted.converted:
        return tuple(path for path in (*copies, *published) if path.suffix in _ALIKE)
    return (*copies, *published)


def published_of(table: Path) -> tuple[Path, Path, Path]:
    """公告版 as .xlsx, .ods and .pdf."""
    xlsx, ods, pdf = (
        table.with_name(f"{table.stem}_{PUBLISHED}{suffix}") for suffix in (".xlsx", ".ods", ".pdf")
    )
    return xlsx, ods, pdf
