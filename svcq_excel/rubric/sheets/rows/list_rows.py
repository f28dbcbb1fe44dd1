"""Reads the sheets on which a row is an entry: 等第, 獎懲, and 附件 with its nested headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from svcq_excel.rubric.sheets.cells import folded
from svcq_excel.rubric.sheets.columns import (
    DOCUMENT_ROW,
    DOCUMENTS,
    HEADING_ROW,
    ID,
    LEVEL,
    MOST_LEVELS,
    NOTE_ROWS,
    Column,
)
from svcq_excel.rubric.sheets.rows.table import Row
from svcq_excel.rubric.sheets.rows.taking import Raw, Taking
from svcq_excel.rubric.sheets.values import listed
from svcq_excel.rubric.source import Keys

_HEADING = re.compile(rf"{HEADING_ROW}(\d{{1,3}})")
_DOCUMENT_COLUMNS = tuple(column for column in DOCUMENTS if column.keys)
_HEADING_COLUMNS = tuple(column for column in DOCUMENTS if column.band)


def read_list(
    rows: Sequence[Row], columns: Sequence[Column], keys: Keys, taking: Taking
) -> list[Raw]:
    """One entry a row."""
    return [_entry(row, columns, (*keys, at), taking) for at, row in enumerate(rows)]


def _entry(
    row: Row, columns: Sequence[Column], keys: Keys, taking: Taking, of_heading: bool = False
) -> Raw:
    raw: Raw = {}
    for column in columns:
        at = column.band if of_heading else column.keys
        taking.stands_first(keys, row.place(column.head))
        taking.stands((*keys, *at), row.place(column.head))
        taking.put(raw, at, column.value, row[column.head], column.head, keys)
    return raw


def read_documents(rows: Sequence[Row], taking: Taking) -> list[Raw]:
    """Documents, each with the headings below it."""
    documents: list[Raw] = []
    above: list[tuple[Raw, Keys]] = []
    for row in rows:
        said = folded(row[LEVEL].text)
        if said in NOTE_ROWS:
            continue
        if said == DOCUMENT_ROW:
            keys: Keys = ("documents", len(documents))
            raw = _entry(row, _DOCUMENT_COLUMNS, keys, taking)
            documents.append(raw)
            above = [(raw, keys)]
            _give_id(raw, row, documents, taking)
        elif depth := _depth(row, said, above, taking):
            del above[depth:]
            holder, keys = above[-1]
            heads = holder.setdefault("heads", [])
            assert isinstance(heads, list)
            keys = (*keys, "heads", len(heads))
            raw = _entry(row, _HEADING_COLUMNS, keys, taking, of_heading=True)
            heads.append(raw)
            above.append((raw, keys))
    return documents


def _depth(row: Row, said: str, above: Sequence[object], taking: Taking) -> int:
    """How deep a heading lies below its document; 0 where it has no place."""
    place = row.place(LEVEL)
    found = _HEADING.fullmatch(said) if said else None
    if found is None and said:
        offered = listed((DOCUMENT_ROW, f"{HEADING_ROW}1", f"{HEADING_ROW}2"))
        taking.tell(
            place,
            row.sheet,
            f"不認得層次「{row[LEVEL].text}」",
            f"請改為{offered}等",
            ("documents",),
        )
        return 0
    if not above:
        fix = f"請在其上補一列「{DOCUMENT_ROW}」"
        taking.tell(place, row.sheet, "標題之上沒有文件", fix, ("documents",))
        return 0
    depth = int(found[1]) if found else max(len(above) - 1, 1)
    if depth > MOST_LEVELS:
        fix = f"標題請至多 {MOST_LEVELS} 層"
        taking.tell(place, row.sheet, f"標題有 {depth} 層", fix, ("documents",))
        return 0
    if not 1 <= depth <= len(above):
        message = f"「{row[LEVEL].text}」之上缺少「{HEADING_ROW}{len(above)}」"
        taking.tell(place, row.sheet, message, "請補上，或更正這一列的層次", ("documents",))
        return len(above)
    return depth


def _give_id(raw: Raw, row: Row, documents: Sequence[Raw], taking: Taking) -> None:
    if "id" not in raw:
        raw["id"] = f"document-{len(documents)}"
        if place := row.place(ID):
            taking.given[place] = str(raw["id"])
