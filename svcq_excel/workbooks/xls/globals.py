"""What the workbook's own records in .xls say: its sheets, formats and links ([MS-XLS] 2.4)."""

from __future__ import annotations

from collections.abc import Mapping
from struct import unpack_from
from typing import NamedTuple

from svcq_excel.workbooks.look import percent_formats
from svcq_excel.workbooks.ole.biff import Records, text

_FILEPASS, _BOUNDSHEET, _FORMAT, _XF = 0x2F, 0x85, 0x41E, 0xE0
_SUPBOOK, _CONNECTION = 0x1AE, 0x876
_THIS_BOOK, _ADD_INS = 0x401, 0x3A01  # in place of the length of another workbook's name
_MACRO_SHEET = 1
OF_THE_BOOK = {_FILEPASS, _BOUNDSHEET, _FORMAT, _XF, _SUPBOOK, _CONNECTION}
"""The kinds of records that tell something; most records are none of them."""


class Globals(NamedTuple):
    """What the workbook's own records say."""

    encrypted: bool
    starts: dict[str, int]
    """Where each sheet begins."""
    percents: frozenset[int]
    """The cell formats that show a percentage."""
    links: list[str]
    """The other workbooks, and the DDE servers, that formulas refer to."""
    has_macro_sheets: bool
    has_connections: bool
    codes: Mapping[int, str] = {}
    """By cell format, the code of a number format that is the workbook's own."""
    all_codes: Mapping[int, str] = {}
    """By number format."""


def globals_of(records: Records) -> Globals:
    encrypted, macros, connections = False, False, False
    starts: dict[str, int] = {}
    codes: dict[int, str] = {}
    formats: list[int] = []
    links: list[str] = []
    for kind, body in records:
        if kind == _FILEPASS:  # from here on all is encrypted
            encrypted = True
            break
        if kind == _BOUNDSHEET:
            starts.setdefault(text(body, 7, body[6]), unpack_from("<I", body)[0])
            macros |= body[5] == _MACRO_SHEET
        elif kind == _FORMAT:
            id, length = unpack_from("<HH", body)
            codes[id] = text(body, 4, length)
        elif kind == _XF:
            formats.append(unpack_from("<H", body, 2)[0])
        elif kind == _SUPBOOK:
            if (length := unpack_from("<H", body, 2)[0]) not in {_THIS_BOOK, _ADD_INS}:
                links.append(text(body, 4, length))
        elif kind == _CONNECTION:
            connections = True
    ids = percent_formats(codes)
    percents = frozenset(i for i, id in enumerate(formats) if id in ids)
    own = {i: codes[id] for i, id in enumerate(formats) if id in codes}
    return Globals(encrypted, starts, percents, links, macros, connections, own, codes)
