"""The list of sheets in the main part of .xlsx, read once however many sheets are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from svcq_excel.workbooks.zip_parts import parse


@lru_cache(maxsize=4)  # the forms of a round agree in it, unless a program saved them anew
def sheets_of(workbook: bytes) -> Mapping[str, str]:
    """The id of the relation to each sheet, by name; to the first of them that have one."""
    listed: dict[str, str] = {}
    for entry in parse(workbook).iterfind("{*}sheets/{*}sheet"):
        id = next((value for key, value in entry.items() if key.endswith("}id")), "")
        listed.setdefault(entry.get("name", ""), id)
    return listed
