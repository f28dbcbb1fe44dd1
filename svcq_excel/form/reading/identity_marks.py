"""Whose form a workbook says it is: the marks it carries, each read on its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from svcq_excel.form.facts import Mark
from svcq_excel.form.identity import HIDDEN_SHEET, KEYS, PROPERTY_PREFIX, Identity
from svcq_excel.workbooks.workbook import Rows, Value, Workbook

HIDDEN, PROPERTIES, VISIBLE = "隱藏工作表", "檔案摘要資訊", "表首"
"""Where a mark stands, in words for people."""


def written_marks(workbook: Workbook) -> Iterator[tuple[str, Mapping[str, str]]]:
    """What the hidden sheet and the document's properties say, where they say anything."""
    if HIDDEN_SHEET in workbook.sheet_names and (pairs := _pairs(workbook.rows(HIDDEN_SHEET))):
        yield HIDDEN, pairs
    properties = workbook.closer.properties()
    stamped = {
        key: properties[PROPERTY_PREFIX + key]
        for key in KEYS
        if PROPERTY_PREFIX + key in properties
    }
    if stamped.get("unit"):
        yield PROPERTIES, stamped


def identity_from(pairs: Mapping[str, str]) -> Identity:
    return Identity(**{key: pairs.get(key, "") for key in KEYS})


def mark(where: str, pairs: Mapping[str, str]) -> Mark:
    said = (pairs.get(key, "") for key in ("unit", "unit_name", "assessor"))
    return Mark(where, *said)


def plain(value: Value) -> str:
    """A cell's text; a number that was a code comes back without its decimal point."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _pairs(rows: Rows) -> dict[str, str]:
    pairs = {}
    for row in rows:
        texts = [plain(value) for value in row if value != ""]
        if len(texts) > 1 and texts[0] in KEYS:
            pairs[texts[0]] = texts[1]
    return pairs
