"""Files made to crush whatever reads them: small, and claiming to be, or growing to be, huge."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from random import Random
from struct import pack, pack_into
from zipfile import ZIP_DEFLATED, ZipFile

from tests.faults.forms import Change, packed, with_parts

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_XML = '<?xml version="1.0" encoding="UTF-8"?>'
_MEGABYTE = 1024**2
_FREE, _END = 0xFFFFFFFF, 0xFFFFFFFE  # no sector, the last sector ([MS-CFB] 2.1)

BOOK, SHEET = "xl/workbook.xml", "xl/worksheets/sheet1.xml"
STRINGS, CONTENT = "xl/sharedStrings.xml", "content.xml"


def book(cells: str = "", sheets: int = 1, **parts: str) -> bytes:
    """A workbook (.xlsx) with these cells on its sheets; the parts are named as after xl/."""
    numbers = range(1, sheets + 1)
    listed = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="r{n}"/>' for n in numbers)
    targets = {f"r{n}": ("worksheet", f"worksheets/sheet{n}.xml") for n in numbers}
    targets |= {name: (name, f"{name}.xml") for name in parts}
    sheet = f'{_XML}<worksheet xmlns="{_MAIN}"><sheetData>{cells}</sheetData></worksheet>'
    members = {
        "workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}">'
        f"<sheets>{listed}</sheets></workbook>",
        "_rels/workbook.xml.rels": _relations(targets),
        **{f"worksheets/sheet{n}.xml": sheet for n in numbers},
        **{f"{name}.xml": text for name, text in parts.items()},
    }
    whole = {"_rels/.rels": _relations({"w": ("officeDocument", "xl/workbook.xml")})}
    whole |= {f"xl/{name}": text for name, text in members.items()}
    return packed({name: text.encode() for name, text in whole.items()})


def _relations(targets: Mapping[str, tuple[str, str]]) -> str:
    """By id: the kind of relation and where it leads."""
    entries = "".join(
        f'<Relationship Id="{id}" Type="{_DOCUMENT}/{kind}" Target="{target}"/>'
        for id, (kind, target) in targets.items()
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}">{entries}</Relationships>'


def cell(address: str, value: str = "<v>1</v>", more: str = "") -> str:
    return (
        f'<row r="{"".join(filter(str.isdigit, address))}"><c r="{address}"{more}>{value}</c></row>'
    )


def table(rows: str, tables: int = 1) -> bytes:
    """A workbook (.ods) with these rows on its sheets."""
    spaces = "".join(
        f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in {"office": "office", "table": "table", "text": "text"}.items()
    )
    sheets = "".join(f'<table:table table:name="s{n}">{rows}</table:table>' for n in range(tables))
    content = (
        f"{_XML}<office:document-content{spaces}><office:body><office:spreadsheet>{sheets}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    listed = f'{_XML}<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    members = {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": listed}
    return packed({name: text.encode() for name, text in members.items()})


def repeated(rows: int, columns: int) -> str:
    """One row of one cell of .ods, this often."""
    value = '<table:table-cell office:value-type="float" office:value="1"'
    return (
        f'<table:table-row table:number-rows-repeated="{rows}">'
        f'{value} table:number-columns-repeated="{columns}"/></table:table-row>'
    )


# -- inflating ------------------------------------------------------------------------------------


def blown_up(form: bytes, member: str) -> bytes:
    """A part of a form, followed by blanks without end."""
    return with_parts(form, {member: lambda part: part + b" " * (60 * _MEGABYTE)})


def in_many_parts(form: bytes) -> bytes:
    return with_parts(form, {f"xl/media/{n}.xml": b"<x/>" for n in range(3_000)})


def large_altogether(form: bytes) -> bytes:
    """Parts of which each alone would pass."""
    noise = bytes(range(256)) * 8 + b"\n" * 24
    return with_parts(form, {f"xl/{n}.xml": noise * (40 * 512) for n in range(4)})


def larger_than_declared(form: bytes, member: str) -> bytes:
    """A part that says of itself that it is 100 bytes long."""
    data = bytearray(form)
    with ZipFile(BytesIO(form)) as archive:
        info = archive.getinfo(member)
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(member.encode()))
    for at in (info.header_offset + 22, entry + 24):
        data[at : at + 4] = pack("<L", 100)
    return bytes(data)


def packed_again_and_again(innermost: bytes, times: int) -> bytes:
    """An archive in an archive in an archive."""
    for n in range(times):
        innermost = packed({f"{n}.zip" if n else "表.xlsx": innermost})
    return innermost


def fanned_out(levels: int, each: int) -> bytes:
    """Archives that hold archives that hold…; each adds little, all of them together too much."""
    data, name = b"\0" * (2 * _MEGABYTE), "表.xlsx"
    for level in range(levels):
        data = packed({f"{n}-{name}": data for n in range(each)})
        name = f"{level}.zip"
    return data


def overlapping(files: int) -> bytes:
    """An archive whose directory names the same bytes again and again."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr("a.xlsx", b"\0" * (15 * _MEGABYTE))
        for _ in range(files - 1):
            archive.filelist.append(archive.filelist[0])
    return stream.getvalue()


def too_much_together(files: int) -> bytes:
    """An archive of files none of which is too large, or packed too well."""
    noise = Random(files).randbytes(_MEGABYTE // 100)
    content = (noise + bytes(_MEGABYTE - len(noise))) * 15
    return packed({f"{n:02}.xlsx": content for n in range(files)})


# -- claiming -------------------------------------------------------------------------------------


def with_lying_count(count: int) -> bytes:
    """A table of strings that claims to hold more than there is memory for."""
    strings = f'<sst xmlns="{_MAIN}" count="{count}" uniqueCount="{count}"><si><t>x</t></si></sst>'
    return book(cell("A1", "<v>0</v>", ' t="s"'), sharedStrings=strings)


def compound_with_a_loop() -> bytes:
    """An .xls whose chain of sectors comes back to where it was, for ever."""
    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0"))
    pack_into("<5H", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    pack_into("<3L", head, 44, 1, 1, 0)
    pack_into("<5L", head, 56, 4096, _END, 0, _END, 0)
    pack_into("<109L", head, 76, 0, *[_FREE] * 108)
    table = pack("<128L", 0xFFFFFFFD, _END, 2, *[_FREE] * 125)  # after 2 comes 2
    directory = _entry("Root Entry", 5, _END, 0, child=1) + _entry("Workbook", 2, 2, 0x7FFFFFFF)
    return bytes(head) + table + directory.ljust(512, b"\0") + bytes(512)


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE) -> bytes:
    spelled = (name + "\0").encode("utf-16-le")
    head = spelled.ljust(64, b"\0") + pack("<HBB3L", len(spelled), kind, 1, _FREE, _FREE, child)
    return head + bytes(36) + pack("<LQ", start, size)


# -- declaring entities ---------------------------------------------------------------------------


def declaring(doctype: str, uses: str, root: str) -> Change:
    """Puts a document type before the root of a part, and uses its entities in the first text."""

    def change(part: bytes) -> bytes:
        declaration, _, rest = part.partition(b"?>")
        assert rest, "a part begins with an XML declaration"
        before, first, after = rest.partition(b"</t>" if b"</t>" in rest else b"</text:p>")
        told = declaration + b"?>" + f"<!DOCTYPE {root} [{doctype}]>".encode()
        return told + before + uses.encode() + first + after

    return change


def billion_laughs() -> tuple[str, str]:
    """Ten entities, each ten of the one before."""
    levels = [f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 11)]
    return '<!ENTITY l0 "lol">' + "".join(levels), "&l10;"


def long_text_often() -> tuple[str, str]:
    """One entity, long, used often: the quadratic way."""
    return f'<!ENTITY long "{"x" * 100_000}">', "&long;" * 20_000


def from_elsewhere(address: str) -> tuple[str, str]:
    """An entity, a parameter entity and a definition that lie elsewhere."""
    return (
        f'<!ENTITY far SYSTEM "{address}"><!ENTITY % more SYSTEM "{address}"> %more;',
        "&far;",
    )
