"""Whether all programs find one and the same document in a package: by its parts and relations."""

from __future__ import annotations

from collections.abc import Mapping

from svcq_excel.workbooks.bounds import MAX_SMALL_PART
from svcq_excel.workbooks.openxml.opc import Relation, relations_differ, rels_of
from svcq_excel.workbooks.zip_parts import Parts

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
