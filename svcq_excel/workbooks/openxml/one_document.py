"""Whether all programs find one and the same document in a package: by its parts and relations."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from svcq_excel.workbooks.bounds import MAX_SMALL_PART
from svcq_excel.workbooks.openxml.opc import Relation, relations_differ, rels_of
from svcq_excel.workbooks.zip_parts import Parts, parse

_MAIN = frozenset({"officeDocument"})
_SINGLE = frozenset({"sharedStrings", "styles"})
"""Kinds of parts of which a workbook has one."""


def packages_differ(parts: Parts, main: str, relations: Mapping[str, Relation], usual: str) -> str:
    """What programs would not agree on, in words for people; "" for nothing. `usual` is where the
    shared strings mostly lie."""
    if relations_differ(parts.read("_rels/.rels", MAX_SMALL_PART), _MAIN):
        return "檔案內有不只一份活頁簿"
    if relations_differ(parts.read(rels_of(main), MAX_SMALL_PART), _SINGLE):
        return "活頁簿的一個代號指向不只一個部分"
    named = any(each.is_a("sharedStrings") for each in relations.values())
    if parts.has(usual) and not named and relations:
        return "活頁簿沒有指明用哪一份文字"
    return ""


@lru_cache(maxsize=4)  # the forms of a round agree in it, unless a program saved them anew
def relation_of(workbook: bytes, sheet: str) -> str:
    """The id of the relation to the first sheet of this name, or ""."""
    for entry in parse(workbook).iterfind("{*}sheets/{*}sheet"):
        if entry.get("name") == sheet:
            return next((value for key, value in entry.items() if key.endswith("}id")), "")
    return ""


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
