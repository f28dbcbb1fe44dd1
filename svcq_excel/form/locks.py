"""Makes every locked cell say so itself, now that the workbook's Normal style is unlocked.

XlsxWriter writes the lock of a cell format only where it is off, and leaves the rest to the
default, which some programs take from the Normal style.
"""

from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZIP_DEFLATED, ZipFile

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STYLES = "xl/styles.xml"


def lock_explicitly(workbook: bytes) -> bytes:
    """The same workbook with a `protection` element in every cell format."""
    out = BytesIO()
    with ZipFile(BytesIO(workbook)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for info in source.infolist():
            data = source.read(info)
            target.writestr(info, _locked(data) if info.filename == _STYLES else data)
    return out.getvalue()


def _locked(styles: bytes) -> bytes:
    ElementTree.register_namespace("", _MAIN)
    root = ElementTree.fromstring(styles)
    for xf in root.iterfind(f"{{{_MAIN}}}cellXfs/{{{_MAIN}}}xf"):
        if xf.find(f"{{{_MAIN}}}protection") is None:
            xf.set("applyProtection", "1")
            ElementTree.SubElement(xf, f"{{{_MAIN}}}protection", locked="1")
    out = BytesIO()
    ElementTree.ElementTree(root).write(out, encoding="UTF-8", xml_declaration=True)
    return out.getvalue()
