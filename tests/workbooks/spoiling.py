"""Small workbooks with what offices rarely send, and their encryption."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import md5
from io import BytesIO
from struct import pack, unpack_from
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from msoffcrypto.format.ooxml import OOXMLFile
from msoffcrypto.method.rc4 import DocumentRC4

from svcq_excel.workbooks.ole.storage import stream

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

Parts = Mapping[str, str | bytes]
_ENCRYPTION, _WRITER, _SHEET = 0x2F, 0x5C, 0x85
_NEVER_ENCRYPTED = {0x809, _ENCRYPTION, 0xE1}

A1 = '<row r="1"><c r="A1"><v>95</v></c></row>'


def zipped(parts: Parts, method: int = ZIP_DEFLATED) -> bytes:
    whole = BytesIO()
    with ZipFile(whole, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(name, part, ZIP_STORED if name == "mimetype" else None)
    return whole.getvalue()


def xlsx_parts(*sheets: tuple[str, str, str]) -> dict[str, str | bytes]:
    """A workbook of sheets, each a name, the type of its relation, and its rows."""
    listed, links = "", ""
    parts: dict[str, str | bytes] = {}
    for i, (name, kind, rows) in enumerate(sheets, 1):
        type = kind if kind.startswith("http") else f"{RELATIONS}/{kind}"
        listed += f'<sheet name="{name}" sheetId="{i}" r:id="rId{i}"/>'
        links += f'<Relationship Id="rId{i}" Type="{type}" Target="worksheets/sheet{i}.xml"/>'
        parts[f"xl/worksheets/sheet{i}.xml"] = (
            f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        )
    root = f'<Relationship Id="r" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">{root}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>',
        **parts,
    }


def xlsx(rows: str = A1, extra: Parts | None = None) -> bytes:
    return zipped({**xlsx_parts(("評分表", "worksheet", rows)), **(extra or {})})


def ods(tables: str, extra: Parts | None = None) -> bytes:
    """A workbook of tables, each XML."""
    names = ("office", "table", "text", "meta", "form")
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:m"></manifest:manifest>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    parts = {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest}
    return zipped({**parts, **(extra or {})})


def table(name: str, value: str = "95") -> str:
    said = f' office:value-type="float" office:value="{value}"' if value else ""
    row = f"<table:table-row><table:table-cell{said}/></table:table-row>"
    return f'<table:table table:name="{name}">{row}</table:table>'


def encrypted(workbook: bytes, password: str) -> bytes:
    """An .xlsx or .xlsb that takes a password to open."""
    padded, whole = BytesIO(workbook), BytesIO()
    with ZipFile(padded, "a") as archive:  # the library writes short files wrongly
        archive.writestr("xl/media/image1.png", bytes(8_000), ZIP_STORED)
    OOXMLFile(padded).encrypt(password, whole)
    return whole.getvalue()


def encrypted_xls(workbook: bytes, password: str) -> bytes:
    """An .xls whose records are encrypted by RC4, as [MS-XLS] 2.2.10 says."""
    salt, verifier = bytes(range(16)), bytes(range(16, 32))

    def rc4(data: bytes) -> bytes:
        return bytes(DocumentRC4.decrypt(password, salt, BytesIO(data), 1024).read())

    before = stream(workbook, "Workbook")
    plain = bytearray(before)
    said = pack("<HHH", 1, 1, 1) + salt + rc4(verifier + md5(verifier).digest())
    # In place of who wrote the file, which may be shorter.
    at = plain.index(pack("<HH", _WRITER, 112))
    writer = pack("<HH", _WRITER, 54) + bytes(54)
    plain[at : at + 116] = pack("<HH", _ENCRYPTION, 54) + said + writer
    hidden, at = rc4(bytes(plain)), 0
    while at + 4 <= len(plain):
        kind, size = unpack_from("<HH", plain, at)
        if kind not in _NEVER_ENCRYPTED:
            start = at + (8 if kind == _SHEET else 4)  # where a sheet begins stays readable
            plain[start : at + 4 + size] = hidden[start : at + 4 + size]
        at += 4 + size
    assert before in workbook, "the stream is in one piece"
    return workbook.replace(before, bytes(plain))
