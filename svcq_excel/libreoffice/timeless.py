"""What LibreOffice makes without the hour at which it did: equal input gives equal bytes."""

from __future__ import annotations

import re
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

from svcq_excel.form.identity import PRINT_MARK
from svcq_excel.libreoffice.side_by_side import styles_in_order, validations_at_home
from svcq_excel.workbooks.zip_parts import packed

_TODAY = re.compile(' text:(date|time)-value="[^"]*"')
_DATE = re.compile(rb"(/(?:CreationDate|ModDate) ?\(D:)[0-9]{14}")
_IDENTITY = re.compile(rb"(?<=[</])[0-9A-F]{32}(?=[>\r\n])")
_TRAILER = b"trailer"


def timeless_ods(data: bytes, made: datetime) -> bytes:
    """The file as if it had been made then; what stands in no order is put into one."""
    members = {}
    with ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            members[name] = archive.read(name)
    styles = styles_in_order(members["styles.xml"].decode("utf-8"))
    styles = _TODAY.sub(rf' text:\g<1>-value="{made:%Y-%m-%d}"', styles)
    members["styles.xml"] = styles.encode("utf-8")
    content = validations_at_home(members["content.xml"].decode("utf-8"))
    members["content.xml"] = content.encode("utf-8")
    return packed(members)


def timeless_pdf(data: bytes, made: datetime) -> bytes:
    """The same of a PDF, whose identity hangs on the hour too; nothing in it changes its place,
    and behind it stands that it is ours."""
    dated = _DATE.sub(rb"\g<1>%b" % f"{made:%Y%m%d%H%M%S}".encode(), data)
    before, mark, trailer = dated.rpartition(_TRAILER)
    identity = sha256(before).hexdigest()[:32].upper().encode()
    return before + mark + _IDENTITY.sub(identity, trailer) + PRINT_MARK
