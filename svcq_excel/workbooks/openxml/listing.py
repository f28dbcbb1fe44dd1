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


@lru_cache(maxsize=4)
def lists_differ(workbook: bytes) -> bool:
    """Whether the sheets are listed so that programs may find others: in two lists, between
    foreign elements, or with two relations each."""
    root = parse(workbook)
    space = root.tag.rpartition("}")[0]
    lists = root.findall(f"{space}}}sheets")
    listed = [entry for each in lists for entry in each]
    there = [each for each in root.iter() if each.tag.endswith("}sheet")]
    ids = [[key for key in entry.attrib if key.endswith("}id")] for entry in listed]
    return (
        len(lists) > 1
        or len(there) != len(listed)
        or any(entry.tag != f"{space}}}sheet" for entry in listed)
        or any(len(each) != 1 for each in ids)
    )
