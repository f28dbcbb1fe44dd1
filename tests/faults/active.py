"""Forms with something in them that would run, or that leads elsewhere."""

from __future__ import annotations

from tests.faults.bombs import BOOK, CONTENT, SHEET
from tests.faults.forms import Change, replaced, with_parts

_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINK = "externalLinks/externalLink1.xml"


def _with_related(form: bytes, kind: str, target: str, part: str | bytes, **more: Change) -> bytes:
    """The workbook with a further part, to which a relation leads."""
    relation = f'<Relationship Id="more" Type="{kind}" Target="{target}"/></Relationships>'
    changes: dict[str, bytes | Change] = {
        f"xl/{target}": part if isinstance(part, bytes) else part.encode(),
        "xl/_rels/workbook.xml.rels": replaced("</Relationships>", relation),
        **more,
    }
    return with_parts(form, changes)


def with_macros(form: bytes) -> bytes:
    project = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    return _with_related(form, f"{_MICROSOFT}/vbaProject", "vbaProject.bin", project)


def with_macro_sheet(form: bytes) -> bytes:
    """As Excel 4 ran them, hidden."""
    cell = '<row r="1"><c r="A1"><f>EXEC("calc.exe")</f><v>0</v></c></row>'
    sheet = (
        f'<xm:macrosheet xmlns:xm="{_MAIN}" xmlns="{_MAIN}">'
        f"<sheetData>{cell}</sheetData></xm:macrosheet>"
    )
    entry = '<sheet name="Macro1" sheetId="99" state="hidden" r:id="more"/></sheets>'
    kind, target = f"{_MICROSOFT}/xlMacrosheet", "macrosheets/sheet1.xml"
    return _with_related(form, kind, target, sheet, **{BOOK: replaced("</sheets>", entry)})


def with_dde(form: bytes) -> bytes:
    link = '<ddeLink ddeService="cmd" ddeTopic="/c calc"/>'
    told = f'<externalLink xmlns="{_MAIN}">{link}</externalLink>'
    return _with_related(form, f"{_DOCUMENT}/externalLink", _LINK, told)


def with_external_book(form: bytes, address: str) -> bytes:
    link = f'<externalBook xmlns:r="{_DOCUMENT}" r:id="x"/>'
    told = f'<externalLink xmlns="{_MAIN}">{link}</externalLink>'
    leads = (
        f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="x" TargetMode="External"'
        f' Type="{_DOCUMENT}/externalLinkPath" Target="{address}"/></Relationships>'
    )
    linked = _with_related(form, f"{_DOCUMENT}/externalLink", _LINK, told)
    return with_parts(linked, {f"xl/externalLinks/_rels/{_LINK[14:]}.rels": leads.encode()})


def with_connection(form: bytes, address: str) -> bytes:
    told = (
        f'<connections xmlns="{_MAIN}"><connection id="1" name="q" type="4" refreshOnLoad="1">'
        f'<webPr url="{address}"/></connection></connections>'
    )
    return _with_related(form, f"{_DOCUMENT}/connections", "connections.xml", told)


def with_web_formula(form: bytes, address: str) -> bytes:
    cell = f'<c r="A900" t="str"><f>WEBSERVICE("{address}")</f><v>?</v></c>'
    row = f'<row r="900">{cell}</row></sheetData>'
    return with_parts(form, {SHEET: replaced("</sheetData>", row)})


def with_ods_script(form: bytes) -> bytes:
    script = b'<?xml version="1.0"?><script:module xmlns:script="s">Sub Main</script:module>'
    return with_parts(form, {"Basic/Standard/Module1.xml": script})


def with_ods_dde(form: bytes) -> bytes:
    source = (
        '<office:dde-source office:dde-application="cmd"'
        ' office:dde-topic="/c calc" office:dde-item="A0"/>'
    )
    return _in_spreadsheet(
        form, f"<table:dde-links><table:dde-link>{source}</table:dde-link></table:dde-links>"
    )


def with_ods_book(form: bytes, address: str) -> bytes:
    return _in_spreadsheet(
        form,
        f'<table:table table:name="外"><table:table-source xlink:href="{address}"/>'
        "<table:table-row><table:table-cell/></table:table-row></table:table>",
    )


def _in_spreadsheet(form: bytes, more: str) -> bytes:
    end = "</office:spreadsheet>"
    return with_parts(form, {CONTENT: replaced(end, more + end)})
