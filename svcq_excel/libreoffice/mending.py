"""Puts right what LibreOffice loses and leaves when it makes an .ods of one of our .xlsx forms.

It keeps nearly all of a form. It loses the views; it leaves fonts and printer of the computer it
runs on, a picture of the first page, and names that mean something in .xlsx only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZipFile

from svcq_excel.form.identity import PROPERTY_PREFIX
from svcq_excel.libreoffice.sheet_views import settings_of, views_of
from svcq_excel.libreoffice.side_by_side import styles_in_order, validations_at_home
from svcq_excel.palette import FONT
from svcq_excel.workbooks.zip_parts import packed

_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:%s:1.0"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'

_XLSX_NAME = re.compile(r'<table:named-range table:name="_xlnm\.[^>]*/>')
_FONT_NAME = re.compile(rf'(style:font-name(?:-asian|-complex)?)="(?!{FONT})[^"]*"')
_FONT_FACE = re.compile(rf'<style:font-face style:name="(?!{FONT})[^>]*/>')
_COMPLEX = re.compile(' (style:(?:language|country)-complex)="[^"]*"')
_PARAGRAPH = re.compile(r"<style:paragraph-properties (?!style:line-break)")
_PROGRAM = re.compile(r"LibreOffice/[0-9.]+")  # without system and build


def mended(ods: bytes, xlsx: bytes) -> bytes:
    """The .ods that LibreOffice made of this .xlsx, as it should have been made."""
    with ZipFile(BytesIO(ods)) as archive:
        content, styles, meta = (
            archive.read(name).decode("utf-8") for name in ("content.xml", "styles.xml", "meta.xml")
        )
    members = {
        "content.xml": _content(content).encode("utf-8"),
        "styles.xml": _styles(styles).encode("utf-8"),
        "meta.xml": _meta(meta).encode("utf-8"),
        "settings.xml": settings_of(views_of(xlsx)),
    }
    manifest = _manifest(members).encode("utf-8")
    # The specification wants the kind of document first.
    first = {"mimetype": _MIMETYPE.encode("ascii")}
    return packed({**first, **members, "META-INF/manifest.xml": manifest})


def _content(content: str) -> str:
    """Validations start from the sheet they are on; print ranges are no names."""
    content = validations_at_home(content)
    return _in_our_font(_with_whole_lines(_XLSX_NAME.sub("", content)))


def _with_whole_lines(styled: str) -> str:
    """避頭尾: no line of a cell begins with 「，。」 or ends with 「（」. LibreOffice sees to that
    where the cell's own style asks for it, and only there."""
    return _PARAGRAPH.sub('<style:paragraph-properties style:line-break="strict" ', styled)


def _styles(styles: str) -> str:
    """What is not written has no language."""
    styles = _COMPLEX.sub(r' \g<1>="none"', styles)
    return _in_our_font(styles_in_order(styles))


def _in_our_font(text: str) -> str:
    return _FONT_FACE.sub("", _FONT_NAME.sub(rf'\g<1>="{FONT}"', text))


def _meta(meta: str) -> str:
    """Title, author, dates and our own properties, each of which says that it is a text."""
    lines = "".join(_meta_lines(ElementTree.fromstring(meta)))
    return (
        f'{_HEAD}<office:document-meta xmlns:office="{_NAMESPACE % "office"}"'
        f' xmlns:meta="{_NAMESPACE % "meta"}" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        f' office:version="1.3"><office:meta>{lines}</office:meta></office:document-meta>'
    )


def _meta_lines(meta: ElementTree.Element) -> Iterator[str]:
    said = {each.tag.partition("}")[2]: each.text or "" for each in meta.iter()}
    program = _PROGRAM.search(said.get("generator", ""))
    yield f"<meta:generator>{program[0] if program else 'LibreOffice'}</meta:generator>"
    for tag in ("dc:title", "meta:initial-creator", "meta:creation-date", "dc:creator", "dc:date"):
        if text := said.get(tag.partition(":")[2]):
            yield f"<{tag}>{escape(text)}</{tag}>"
    yield "<dc:language>zh-TW</dc:language>"
    for each in meta.iter(f"{{{_NAMESPACE % 'meta'}}}user-defined"):
        name = each.get(f"{{{_NAMESPACE % 'meta'}}}name", "")
        if name.startswith(PROPERTY_PREFIX):
            attributes = f'meta:name={quoteattr(name)} meta:value-type="string"'
            yield f"<meta:user-defined {attributes}>{escape(each.text or '')}</meta:user-defined>"


def _manifest(members: Iterable[str]) -> str:
    entry = '<manifest:file-entry manifest:full-path="{}" manifest:media-type="{}"/>'
    entries = "".join(entry.format(name, "text/xml") for name in members)
    return (
        f'{_HEAD}<manifest:manifest xmlns:manifest="{_NAMESPACE % "manifest"}"'
        f' manifest:version="1.3"><manifest:file-entry manifest:full-path="/"'
        f' manifest:version="1.3" manifest:media-type="{_MIMETYPE}"/>{entries}</manifest:manifest>'
    )
