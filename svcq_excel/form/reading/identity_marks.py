"""Whose form a workbook says it is: the marks it carries, each read on its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from svcq_excel.form.facts import Mark
from svcq_excel.form.identity import (
    CARRIED,
    CORRECTION_KEYS,
    HIDDEN_SHEET,
    KEYS,
    PROPERTY_PREFIX,
    SEAL,
    CorrectionMark,
    Identity,
)
from svcq_excel.workbooks.workbook import Rows, Value, Workbook

HIDDEN, PROPERTIES, VISIBLE = "隱藏工作表", "檔案摘要資訊", "表首"
"""Where a mark stands, in words for people."""

_WRITTEN = (*KEYS, SEAL, CARRIED, *CORRECTION_KEYS)
_SHA256 = re.compile("[0-9a-f]{64}")
_NUMBER = re.compile("[1-9][0-9]{0,3}")
_LONGEST_MOMENT = 40


def written_marks(workbook: Workbook) -> Iterator[tuple[str, Mapping[str, str]]]:
    """What the hidden sheet and the document's properties say, where they say anything."""
    if HIDDEN_SHEET in workbook.sheet_names and (pairs := _pairs(workbook.rows(HIDDEN_SHEET))):
        yield HIDDEN, pairs
    properties = workbook.closer.properties()
    stamped = {
        key: properties[PROPERTY_PREFIX + key]
        for key in _WRITTEN
        if PROPERTY_PREFIX + key in properties
    }
    if stamped.get("unit"):
        yield PROPERTIES, stamped


def identity_from(pairs: Mapping[str, str]) -> Identity:
    return Identity(**{key: pairs.get(key, "") for key in KEYS})


def correction_mark(written: Iterable[Mapping[str, str]]) -> CorrectionMark:
    """The form that this one says it answers, by the first of its marks that says so."""
    for pairs in written:
        if _SHA256.fullmatch(corrects := pairs.get("corrects", "").lower()):
            number, by = pairs.get("correction", ""), pairs.get("correct_by", "")
            count = int(number) if _NUMBER.fullmatch(number) else 1
            printed = pairs.get("printed", "").lower()
            return CorrectionMark(
                corrects,
                count,
                by if _is_moment(by) else "",
                printed if _SHA256.fullmatch(printed) else "",
            )
    return CorrectionMark()


def carried_marked(written: Iterable[Mapping[str, str]]) -> tuple[str, ...]:
    """The steps that a checklist's form says it carries, by the first of its marks that says so."""
    said = (pairs.get(CARRIED, "") for pairs in written)
    return tuple(next(filter(None, said), "").split())


def seals_in(written: Iterable[Mapping[str, str]]) -> tuple[str, ...]:
    """The seals that a form bears, each once: mostly one, in two places."""
    return tuple(dict.fromkeys(filter(None, (pairs.get(SEAL, "") for pairs in written))))


def mark(where: str, pairs: Mapping[str, str]) -> Mark:
    said = (pairs.get(key, "") for key in ("unit", "unit_name", "assessor"))
    return Mark(where, *said)


def plain(value: Value) -> str:
    """A cell's text; a number that was a code comes back without its decimal point."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _is_moment(text: str) -> bool:
    try:
        return len(text) <= _LONGEST_MOMENT and datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _pairs(rows: Rows) -> dict[str, str]:
    pairs = {}
    for row in rows:
        texts = [plain(value) for value in row if value != ""]
        if len(texts) > 1 and texts[0] in _WRITTEN:
            pairs[texts[0]] = texts[1]
    return pairs
