"""Every workbook that we write begins here, and says that it is in Chinese: a screen reader picks
its voice by that, and XlsxWriter has no word for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import xlsxwriter

from svcq_excel.palette import WORKBOOK_OPTIONS
from svcq_excel.workbooks.exchanging import exchanged

_CORE, _CHARTS = "docProps/core.xml", "xl/charts/"
_CORE_ENDS = b"</cp:coreProperties>"
_SAID = b"<dc:language>zh-TW</dc:language>"
_ENGLISH = re.compile(rb'(<c:lang val="|<a:[^<>]* lang=")en-US(?=")')


@contextmanager
def new_workbook(
    stream: BytesIO, options: Mapping[str, Any] = WORKBOOK_OPTIONS
) -> Iterator[xlsxwriter.Workbook]:
    """A workbook to be filled; its bytes are in the stream once it is left."""
    with xlsxwriter.Workbook(stream, options) as book:
        yield book
    written = _in_our_language(stream.getvalue())
    stream.seek(0)
    stream.truncate()
    stream.write(written)


def _in_our_language(workbook: bytes) -> bytes:
    """The workbook as XlsxWriter made it, with the language of itself and of its charts."""
    with ZipFile(BytesIO(workbook)) as parts:
        core = parts.read(_CORE).replace(_CORE_ENDS, _SAID + _CORE_ENDS)
        charts = {
            name: _ENGLISH.sub(rb"\g<1>zh-TW", parts.read(name))
            for name in parts.namelist()
            if name.startswith(_CHARTS)
        }
    return exchanged(workbook, {_CORE: core, **charts})
