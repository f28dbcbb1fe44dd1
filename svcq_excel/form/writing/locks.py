"""Locks everything but the entries, explicitly, though the workbook's Normal style is unlocked.

XlsxWriter writes the lock of a cell format only where it is off, and leaves the rest to the
default, which some programs take from the Normal style. And it would take a column format to the
last column for 16,384 columns.
"""

from __future__ import annotations

import re
from functools import lru_cache
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZIP_DEFLATED, ZipFile

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STYLES, _SHEETS = "xl/styles.xml", "xl/worksheets/"
_FAST = 1  # blank forms are packed once more, by the mould
_LAST_COLUMN = re.compile(rb'(<col min="[0-9]+" max=")[0-9]+("[^>]*/></cols>)')


def lock_explicitly(workbook: bytes) -> bytes:
    """The same workbook with a lock in every cell format, and the last column's format for all
    columns to its right."""
    out = BytesIO()
    with (
        ZipFile(BytesIO(workbook)) as source,
        ZipFile(out, "w", ZIP_DEFLATED, compresslevel=_FAST) as target,
    ):
        for info in source.infolist():
            data = source.read(info)
            if info.filename == _STYLES:
                data = _locked(data)
            elif info.filename.startswith(_SHEETS):
                data = _LAST_COLUMN.sub(rb"\g<1>16384\g<2>", data)
            target.writestr(info, data)
    return out.getvalue()


@lru_cache(maxsize=16)  # forms of one rubric have the same
def _locked(styles: bytes) -> bytes:
    """Cell formats without a word on protection, and the one of cells never written, are locked."""
    ElementTree.register_namespace("", _MAIN)
    root = ElementTree.fromstring(styles)
    for i, xf in enumerate(root.iterfind(f"{{{_MAIN}}}cellXfs/{{{_MAIN}}}xf")):
        protection = xf.find(f"{{{_MAIN}}}protection")
        if protection is None:
            protection = ElementTree.SubElement(xf, f"{{{_MAIN}}}protection", locked="1")
            xf.set("applyProtection", "1")
        elif i == 0:
            protection.set("locked", "1")
    out = BytesIO()
    ElementTree.ElementTree(root).write(out, encoding="UTF-8", xml_declaration=True)
    return out.getvalue()
