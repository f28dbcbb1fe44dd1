"""Files whose bytes are many of one thing, at which a careless reader takes the square of its time.

Each is made for a number of bytes: what stands once in a genuine file stands there as often as
there is room.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from io import BytesIO
from itertools import count
from pathlib import Path
from struct import pack
from zipfile import ZipFile, ZipInfo

from tests.faults.forms import form, unit, unpacked

Make = Callable[[int], bytes]
"""A file of about so many bytes."""

_SHEET, _BOOK, _STYLES = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"
_RELATIONS, _STRINGS = "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"
_HEADS = b"From: a@b.tw\r\nDate: Fri, 01 Jul 2016 09:30:00 +0800\r\nMIME-Version: 1.0\r\n"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _many(size: int, *pieces: str) -> bytes:
    """Pieces one after the other, numbered where they ask for it, as many as there is room for."""
    made, length = list[bytes](), 0
    for number in count(1):
        for piece in pieces:
            made.append(piece.replace("{n}", str(number)).encode())
            length += len(made[-1])
        if length >= size:
            return b"".join(made)
    raise AssertionError


def _stored(members: Mapping[str, bytes]) -> bytes:
    """A zip file in which nothing is compressed: what repeats itself would look like a bomb."""
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, data in members.items():
            archive.writestr(ZipInfo(name), data)
    return stream.getvalue()


def _put(family: str, part: str, before: str, pieces: tuple[str, ...], size: int) -> bytes:
    """A form with pieces before the first place where something stands in a part."""
    members = unpacked(form("ods" if family == "ods" else "xlsx", unit(1)))
    old = members.get(part, b"")
    assert before.encode() in old, (part, before)
    new = before.encode()
    members[part] = old.replace(new, _many(size, *pieces) + new, 1)
    return _stored(members)


def _xlsx(part: str, before: str, *pieces: str) -> tuple[str, Make]:
    return ".xlsx", partial(_put, "xlsx", part, before, pieces)


def _ods(before: str, *pieces: str) -> tuple[str, Make]:
    return ".ods", partial(_put, "ods", "content.xml", before, pieces)


def _tag(start: str, attribute: str, end: str, part: str, before: str) -> tuple[str, Make]:
    """One tag with many attributes."""

    def make(size: int) -> bytes:
        members = unpacked(form("xlsx", unit(1)))
        new = start.encode() + _many(size, attribute) + end.encode()
        members[part] = members[part].replace(before.encode(), new + before.encode(), 1)
        return _stored(members)

    return ".xlsx", make


def _one_part_for_many_sheets(size: int) -> bytes:
    members = unpacked(form("xlsx", unit(1)))
    sheets = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId2"/>' for n in range(10, 900))
    members[_BOOK] = members[_BOOK].replace(b"</sheets>", sheets.encode() + b"</sheets>")
    members[_SHEET] = members[_SHEET].replace(b"</sheetData>", _rows(size) + b"</sheetData>")
    return _stored(members)


def _rows(size: int) -> bytes:
    return _many(size, '<row r="900"><c r="A900"><v>{n}</v></c></row>')


def _tables(size: int) -> bytes:
    members = unpacked(form("ods", unit(1)))
    row = b"<table:table-row><table:table-cell/></table:table-row>"
    sheets = [b'<table:table table:name="s%d">%b</table:table>' % (n, row) for n in range(900)]
    filler = b"<table:table-row/>" * (size // 18)
    last = b'<table:table table:name="last">%b</table:table>' % filler
    end = b"</office:spreadsheet>"
    members["content.xml"] = members["content.xml"].replace(end, b"".join((*sheets, last, end)))
    return _stored(members)


def _properties(size: int) -> bytes:
    members = unpacked(form("xlsx", unit(1)))
    start = b'<cp:coreProperties xmlns:dcterms="http://purl.org/dc/terms/"><a>'
    members["docProps/core.xml"] = start + _many(min(size, 60_000), "<dcterms:modified ") + b"</a>"
    members["xl/junk.xml"] = b" " * size
    return _stored(members)


def _attached(*head: str, start: str) -> tuple[str, Make]:
    """A mail whose attachment has one endless head."""

    def make(size: int) -> bytes:
        part = start.encode() + _many(size, *head)
        return b"".join(_multipart(b"x", part + b"\r\n\r\ndata"))

    return ".eml", make


def _multipart(border: bytes, *parts: bytes) -> Iterator[bytes]:
    yield _HEADS + b'Content-Type: multipart/mixed; boundary="' + border + b'"\r\n\r\n'
    for part in parts:
        yield b"--" + border + b"\r\n" + part + b"\r\n"
    yield b"--" + border + b"--\r\n"


def _mail(make: Callable[[int], bytes]) -> tuple[str, Make]:
    return ".eml", lambda size: _HEADS + make(size)


def _many_attachments(size: int) -> bytes:
    """As many as may be, each under a name of a hundred pieces."""
    pieces = "".join(f";\r\n filename*{n}*=a" for n in range(100))
    part = f"Content-Disposition: attachment{pieces}\r\n\r\ndata".encode()
    return b"".join(_multipart(b"x", *[part] * min(1_900, size // len(part) + 1)))


def _nested(size: int) -> bytes:
    kinds = [
        b'Content-Type: multipart/mixed; boundary="x%d"\r\n\r\n--x%d\r\n' % (n, n)
        for n in range(40)
    ]
    return _HEADS + b"".join(kinds) + b"\r\n" + (b64encode(bytes(57)) + b"\r\n") * (size // 78)


def _tnef(kind: int, value: bytes) -> bytes:
    start = pack("<IH", 0x223E9F78, 1) + _attribute(1, 0x89006, pack("<I", 0x10000))
    return start + _attribute(2, 0x69002, bytes(14)) + _attribute(2, kind, value)


def _attribute(level: int, kind: int, value: bytes) -> bytes:
    return pack("<BII", level, kind, len(value)) + value + pack("<H", sum(value) & 0xFFFF)


def _values(type: int, announced: int, size: int) -> bytes:
    """Properties of many values each, of which few are there."""
    each = pack("<HHI", 0x1000 | type, 0x3700, announced)
    return _tnef(0x69005, pack("<I", size // 8) + each * (size // 8))


def _named_alike(size: int) -> bytes:
    return _stored({f"{'a/' * n}form.xlsx": b"x" for n in range(min(1_900, size // 200))})


def _extra_fields(size: int) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for number in range(max(1, min(60, size // 65_000))):
            info = ZipInfo(f"{number}.xlsx")
            info.extra = pack("<HH", 0x9999, 0) * 16_000
            archive.writestr(info, b"x")
    return stream.getvalue()


_CELLS, _AFTER = "</sheetData>", "<mergeCells"
_PARAGRAPH = "<text:p>886分</text:p>"

HOSTILE: Mapping[str, tuple[str, Make]] = {
    # -- what stands in the sheet of a form (.xlsx)
    "a row that is hidden often": _tag('<row r="999"', ' a{n}hidden="1"', "/>", _SHEET, _CELLS),
    "a cell of many attributes": _tag(
        '<row r="999"><c r="B999"', ' s{n}="1"', "/></row>", _SHEET, _CELLS
    ),
    "hidden rows": _xlsx(_SHEET, _CELLS, '<row r="{n}" hidden="1"/>'),
    "texts that say hidden": _xlsx(_SHEET, _CELLS, '<row><c><v>hidden="1" </v></c></row>'),
    "columns": _xlsx(_SHEET, "<sheetData>", '<col min="{n}" max="{n}" hidden="1"/>'),
    "cells without an address": _xlsx(_SHEET, _CELLS, "<row><c><v>{n}</v></c></row>"),
    "formulas": _xlsx(_SHEET, _CELLS, '<row r="999"><c r="B999"><f>A|B||</f></c></row>'),
    "a long formula": _tag('<row r="999"><c r="B999"><f>', "A|", "</f></c></row>", _SHEET, _CELLS),
    "errors": _xlsx(_SHEET, _CELLS, '<row r="999"><c r="B999" t="e"><v>#N/A</v></c></row>'),
    "merged cells": _xlsx(_SHEET, "<mergeCell ", '<mergeCell ref="A{n}:B{n}"/>'),
    "conditions": _xlsx(_SHEET, _AFTER, "<conditionalFormatting/>"),
    "blanks in a cell": _tag(
        '<row r="999"><c r="B999" t="str"><v>1', " ", "分</v></c></row>", _SHEET, _CELLS
    ),
    "blanks in a tag": _tag('<row r="999"><c s', " ", '="1"/></row>', _SHEET, _CELLS),
    # -- and beside it
    "sheets on one part": (".xlsx", _one_part_for_many_sheets),
    "names": _xlsx(_BOOK, "</definedNames>", '<definedName name="n{n}">A1</definedName>'),
    "relations": _xlsx(
        _RELATIONS, "</Relationships>", f'<Relationship Id="x{{n}}" Type="{_KIND}/a" Target="a"/>'
    ),
    "formats": _xlsx(_STYLES, "</numFmts>", '<numFmt numFmtId="{n}" formatCode="0%"/>'),
    "styles": _xlsx(_STYLES, "</cellXfs>", '<xf numFmtId="10"/>'),
    "a text of many runs": _xlsx(_STRINGS, "</sst>", "<si>", "<r><t>a</t></r>" * 99, "</si>"),
    "a date that does not end": (".xlsx", _properties),
    # -- .ods
    "empty paragraphs": _ods(_PARAGRAPH, "<text:p/>"),
    "empty comments": _ods(_PARAGRAPH, "<office:annotation/>"),
    "comments": _ods(_PARAGRAPH, "<office:annotation><text:p>a</text:p></office:annotation>"),
    "blanks between paragraphs": _ods(_PARAGRAPH, "<text:p>a</text:p> \n"),
    "spans": _ods("886分</text:p>", "<text:span>a</text:span>"),
    "covered cells": _ods("</table:table-row>", "<table:covered-table-cell/>"),
    "cells that are many": _ods(
        "</table:table-row>", '<table:table-cell table:number-columns-repeated="99"/>'
    ),
    "rows that are many": _ods(
        "</table:table>", '<table:table-row table:number-rows-repeated="999999"/>'
    ),
    "many tables": (".ods", _tables),
    # -- mails
    "encoded words": _attached(
        "=?utf-8?q?a?= ", start='Content-Disposition: attachment; filename="'
    ),
    "words that do not end": _attached(
        "=?utf-8?q?a", start='Content-Disposition: attachment; filename="'
    ),
    "pieces of a name": _attached(";\r\n filename*{n}*=a", start="Content-Disposition: attachment"),
    "pieces of one number": _attached(
        ";\r\n filename*0*=a", start="Content-Disposition: attachment"
    ),
    "a name that does not end": _attached(";", start='Content-Disposition: attachment; filename="'),
    "quotes that do not end": _attached('\\";', start='Content-Type: application/x; name="'),
    "pieces in every attachment": (".eml", _many_attachments),
    "mails in mails": (".eml", _nested),
    "heads": _mail(lambda size: b"X: a\r\n" * (size // 6) + b"\r\n"),
    "a head of many lines": _mail(lambda size: b"X: a" + b"\r\n a" * (size // 4) + b"\r\n\r\n"),
    "senders": _mail(lambda size: b"From: " + b'"a" <a@b.tw>, ' * (size // 14) + b"\r\n\r\n"),
    "empty lines": _mail(lambda size: b"\r\n" + b"\n" * size),
    "truths in winmail.dat": (".dat", partial(_values, 0x0B, 0x7FFFFFFF)),
    "few truths in winmail.dat": (".dat", partial(_values, 0x0B, 1_000)),
    "texts in winmail.dat": (".dat", partial(_values, 0x1E, 0x7FFFFFFF)),
    # -- archives
    "names alike": (".zip", _named_alike),
    "extra fields": (".zip", _extra_fields),
}
"""By what there is too much of: how the name ends, and how it is made."""


def write(folder: Path, size: int) -> dict[str, Path]:
    """All of them, each of about so many bytes."""
    made = {}
    for number, (what, (suffix, make)) in enumerate(HOSTILE.items()):
        made[what] = folder / f"{number:02}{suffix}"
        made[what].write_bytes(make(size))
    return made
