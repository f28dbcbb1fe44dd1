"""What LibreOffice makes without the hour at which it did: equal input gives equal bytes."""

from __future__ import annotations

import re
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

from svcq_excel.form.identity import PRINT_MARK
from svcq_excel.workbooks.zip_parts import packed

_TODAY = re.compile(rb'( text:(?:date|time)-value=")[^"]*(")')
_MASTER_PAGES = re.compile(rb"(<office:master-styles>)(.*)(</office:master-styles>)", re.DOTALL)
_MASTER_PAGE = re.compile(rb"<style:master-page .*?</style:master-page>", re.DOTALL)
_LAYOUT = re.compile(rb"<style:page-layout .*?</style:page-layout>", re.DOTALL)
_LAYOUT_ASKED = re.compile(rb'style:page-layout-name="([^"]*)"')
_LAYOUT_NAME = re.compile(rb'(?<=style:page-layout style:name=")[^"]*')
_DATE = re.compile(rb"(/(?:CreationDate|ModDate) ?\(D:)[0-9]{14}")
_IDENTITY = re.compile(rb"(?<=[</])[0-9A-F]{32}(?=[>\r\n])")
_TRAILER = b"trailer"


def timeless_ods(data: bytes, made: datetime) -> bytes:
    """The file as if it had been made then; what stands in no order is put into one."""
    members = {}
    with ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            members[name] = archive.read(name)
    styles = _TODAY.sub(rb"\g<1>%b\g<2>" % f"{made:%Y-%m-%d}".encode(), members["styles.xml"])
    members["styles.xml"] = _numbered(_MASTER_PAGES.sub(_sorted, styles))
    return packed(members)


def _sorted(found: re.Match[bytes]) -> bytes:
    """Master pages by their names: programs find them by these."""
    pages = sorted(_MASTER_PAGE.findall(found[2]))
    rest = _MASTER_PAGE.sub(b"", found[2])
    return b"".join((found[1], *pages, rest, found[3]))


def _numbered(styles: bytes) -> bytes:
    """Layouts of pages in the order in which master pages, which are in order, ask for them."""
    asked = dict.fromkeys(_LAYOUT_ASKED.findall(styles))
    names = {name: b"Mpm%d" % at for at, name in enumerate(asked, 1)}
    layouts = {_LAYOUT_NAME.findall(each)[0]: each for each in _LAYOUT.findall(styles)}
    if names.keys() != layouts.keys():
        return styles
    renamed = iter([_LAYOUT_NAME.sub(names[name], layouts[name], 1) for name in names])
    ordered = _LAYOUT.sub(lambda _: next(renamed), styles)
    return _LAYOUT_ASKED.sub(
        lambda found: b'style:page-layout-name="%b"' % names[found[1]], ordered
    )


def timeless_pdf(data: bytes, made: datetime) -> bytes:
    """The same of a PDF, whose identity hangs on the hour too; nothing in it changes its place,
    and behind it stands that it is ours."""
    dated = _DATE.sub(rb"\g<1>%b" % f"{made:%Y%m%d%H%M%S}".encode(), data)
    before, mark, trailer = dated.rpartition(_TRAILER)
    identity = sha256(before).hexdigest()[:32].upper().encode()
    return before + mark + _IDENTITY.sub(identity, trailer) + PRINT_MARK
