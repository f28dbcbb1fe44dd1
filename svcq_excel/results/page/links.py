"""The address by which a workbook opens a file of the inbox, at the cell a violation is about."""

from __future__ import annotations

import os
import re
from urllib.parse import quote

from xlsxwriter.utility import quote_sheetname

from svcq_excel.results.model import FileResult
from svcq_excel.results.page.sheet import Link
from svcq_excel.text.visible import visible

# Members of an archive cannot be opened from outside (!), Excel opens no file with # in its name,
# and what looks escaped already is taken for it.
_NO_TARGET = re.compile("[#!]|%[0-9A-Fa-f]{2}")
# What a click would run (.exe, .lnk, .bat) is not linked to, whoever sent it.
_DOCUMENT = re.compile(
    r".+\.(xls[xmb]?|xltx|et|od[stp]|ots|csv|docx?|pptx?|pdf|txt|jpe?g|png|zip|eml|msg)",
    re.I | re.S,
)
_A1 = re.compile("[A-Z]{1,3}[0-9]{1,7}")
_LONGEST = 1_000
# Without the dot a folder called http: would be a place on the net. XlsxWriter takes one away.
_RELATIVE = "external:././"


OPEN = "開啟"
"""The text of a link. A path would not do: LibreOffice does not wrap the text of links."""


def file_link(file: FileResult, sheet: str | None = None, cell: str | None = None) -> Link | None:
    """A link to a file, relative to the workbook, or None where no link can be made."""
    if not _opens(file.link) or len(address := _address(file.link)) >= _LONGEST:
        return None
    return Link(OPEN, f"{_RELATIVE}{address}{_place(sheet, cell)}")


def _opens(link: str) -> bool:
    return not _NO_TARGET.search(link) and bool(_DOCUMENT.fullmatch(link))


def _address(link: str) -> str:
    """What no cell holds, as addresses spell it: by the bytes that the system calls the file by."""
    plain = visible(link) == link and "\\" not in link
    return link if plain else quote(os.fsencode(link))


def _place(sheet: str | None, cell: str | None) -> str:
    if not (sheet and cell and _A1.fullmatch(cell)) or visible(sheet) != sheet:
        return ""
    return f"#{quote_sheetname(sheet)}!{cell}"
