"""The copy of a workbook that the reader gets where the file itself would make it stumble.

It refuses a whole workbook for a sheet of macros, and in .xlsb for a chart sheet too.
"""

from __future__ import annotations

import re
from collections.abc import Set
from io import BytesIO
from zipfile import ZipFile

from svcq_excel.workbooks.sniffing import PARSED
from svcq_excel.workbooks.xlsb import sheets
from svcq_excel.workbooks.xlsx import targets
from svcq_excel.workbooks.zip_parts import Parts

_ENTRY = re.compile(rb"<(?:\w+:)?sheet\s[^<]*?(?:/>|>\s*</(?:\w+:)?sheet\s*>)")
_RELATION = re.compile(rb"""\w:id\s*=\s*["']([^"'<]*)["']""")


def repacked(parts: Parts) -> bytes:
    """The file itself, or a copy in which only its worksheets are listed as sheets."""
    others = _other_sheets(parts).keys()
    if not others:
        return parts.data
    changes = {"xl/workbook.xml": _without_entries, "xl/workbook.bin": _without_records}
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name in parts.members:
            if name.lower().endswith(PARSED):
                part, change = parts.read(name), changes.get(name.lower())
                archive.writestr(name, change(part, others) if change else part)
    return stream.getvalue()


def has_macro_sheets(parts: Parts) -> bool:
    return any("macrosheet" in kind.lower() for kind in _other_sheets(parts).values())


def _other_sheets(parts: Parts) -> dict[str, str]:
    """The relations to sheets that are no worksheets, and their types."""
    return {
        id: kind
        for name in ("xml", "bin")
        for id, (_, kind) in targets(parts.read(f"xl/_rels/workbook.{name}.rels")).items()
        if kind.lower().endswith("sheet") and not kind.endswith("/worksheet")
    }


def _without_entries(workbook: bytes, others: Set[str]) -> bytes:
    def kept(entry: re.Match[bytes]) -> bytes:
        relation = _RELATION.search(entry[0])
        return b"" if relation and relation[1].decode("utf-8", "replace") in others else entry[0]

    return _ENTRY.sub(kept, workbook)


def _without_records(workbook: bytes, others: Set[str]) -> bytes:
    kept, at = [], 0
    for place, relation, _ in sheets(workbook):
        if relation in others:
            kept.append(workbook[at : place.start])
            at = place.stop
    return b"".join((*kept, workbook[at:]))
