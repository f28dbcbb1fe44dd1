"""Every sheet of an assessment, with what the gallery says of it and how it is printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from svcq_excel.cli.demo import plan_of
from svcq_excel.text.file_names import safe_file_name
from tests.gallery.listing import NONE, Listed
from tests.gallery.making import workbooks
from tests.gallery.printing import PrintedSheet, printed


def sheets_of(id: str, folder: Path) -> Iterator[tuple[Listed, PrintedSheet]]:
    """In the order in which a person meets them."""
    made = [*workbooks(id, folder)]
    codes = tuple(f"{unit.code} " for unit in plan_of(id).units)
    for (title, _), sheets in zip(made, printed([path for _, path in made], folder), strict=True):
        shown = False
        for sheet in sheets:
            a_unit_s = sheet.name.startswith(codes)
            name = safe_file_name(title, sheet.name.replace(" ", "_"), suffix=".png")
            picture = NONE if a_unit_s and shown else f"{id}/{name}"
            shown = shown or a_unit_s
            yield Listed(id, title, sheet.name, str(sheet.pages), sheet.paper, picture), sheet
