"""What a workbook says of how it came about: the program, the date, and what is unusual in it.

Nothing found here is ever run, followed or fetched: it is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from svcq_excel.output import CREATED
from svcq_excel.text.roc_dates import TAIPEI
from svcq_excel.workbooks.look import Book, Oddity
from svcq_excel.workbooks.ods import OdsBook
from svcq_excel.workbooks.repacking import has_macro_sheets
from svcq_excel.workbooks.workbook import Family
from svcq_excel.workbooks.xls import XlsBook
from svcq_excel.workbooks.xlsb import records
from svcq_excel.workbooks.zip_parts import Parts

SUFFIXES: dict[Family, frozenset[str]] = {
    "xlsx": frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"}),
    "xlsb": frozenset({".xlsb"}),
    "xls": frozenset({".xls", ".xlt", ".et", ".ett"}),
    "ods": frozenset({".ods", ".ots"}),
}
"""How the names of files of each format end, templates and those with macros too."""

_PROGRAM = re.compile(r"<(?:\w+:)?Application>([^<]+)<")
_VERSION = re.compile(r"<(?:\w+:)?AppVersion>([^<]+)<")
_GENERATOR = re.compile(r"<meta:generator>([^<]+)<")
_MODIFIED = re.compile(r"<dcterms:modified[^>]*>([^<]+)<")
_ODS_MODIFIED = re.compile(r"<dc:date>([^<]+)<")
_MOST = 64 * 1024
"""Bytes of a part with dates; what is larger holds something else."""
_LONGEST_NAME = 100  # of a program

_DDE_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>][^<]*\|(?:'|&apos;|&#39;)")
_DDE_LINK, _BEGIN_LINK = 1, 360  # [MS-XLSB] BrtBeginSupBook
_ODS_SIGNS: dict[Oddity, tuple[bytes, ...]] = {
    "external-links": (b"'file:", b"<table:table-source", b"<table:cell-range-source"),
    "dde": (b"<office:dde-source", b"=DDE("),
    "connections": (b"<table:database-source-",),
}
_DDE_IN_XLS = "\3"  # between the name of the program and what it is asked for


@dataclass(frozen=True, slots=True)
class Origin:
    """What a workbook says of how it came about."""

    program: str = ""
    """The program that saved it, as the file names it."""
    saved: datetime | None = None
    """When that program saved it."""
    oddities: tuple[Oddity, ...] = ()


def origin_of(parts: Parts, book: Book, known: Iterable[Oddity]) -> Origin:
    """The origin of a workbook, with the oddities already known from opening it."""
    if isinstance(book, XlsBook):
        program, saved = book.saved_by()
        odd = _oddities_of_xls(book)
    elif isinstance(book, OdsBook):
        text = _text(parts, "meta.xml")
        program, saved = _found(_GENERATOR, text), _moment(_found(_ODS_MODIFIED, text), TAIPEI)
        odd = _oddities_of_ods(parts)
    else:
        text = _text(parts, "docProps/app.xml")
        program = " ".join(filter(None, (_found(_PROGRAM, text), _found(_VERSION, text))))
        saved = _moment(_found(_MODIFIED, _text(parts, "docProps/core.xml")), UTC)
        odd = _oddities(parts)
    if saved and saved.replace(tzinfo=None) == CREATED:  # our own constant says nothing
        saved = None
    return Origin(_plain(program), saved, tuple(dict.fromkeys((*known, *odd))))


def _text(parts: Parts, name: str) -> str:
    return parts.read(name, _MOST).decode("utf-8", "replace")


def _found(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1].strip() if found else ""


def _moment(text: str, zone: tzinfo) -> datetime | None:
    """OpenDocument writes the time of the clock on the wall; the others name the zone."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _plain(program: str) -> str:
    """LibreOffice names the machine it was built on, too."""
    name = "".join(letter for letter in program.partition("$")[0] if letter.isprintable())
    return name.strip()[:_LONGEST_NAME]


def _oddities(parts: Parts) -> Iterator[Oddity]:
    names = [name.replace("\\", "/").lower() for name in parts.members]
    links = [name for name in names if name.startswith("xl/externallinks/external")]
    if any(name.endswith("vbaproject.bin") for name in names) or has_macro_sheets(parts):
        yield "macros"
    if links:
        yield "external-links"
    if any(map(_is_dde, map(parts.read, links))) or any(map(_has_dde, parts.unpacked.values())):
        yield "dde"
    if any(name.startswith(("xl/connections.", "xl/querytables/")) for name in names):
        yield "connections"


def _is_dde(link: bytes) -> bool:
    if b"ddeLink" in link:
        return True
    kind, at, _ = next(iter(records(link)), (0, 0, 0))
    return kind == _BEGIN_LINK and link[at : at + 2] == _DDE_LINK.to_bytes(2, "little")


def _has_dde(part: bytes) -> bool:
    return b"|" in part and bool(_DDE_FORMULA.search(part))


def _oddities_of_ods(parts: Parts) -> Iterator[Oddity]:
    names = [name.lower() for name in parts.members]
    modules = (
        name
        for name in names
        if name.startswith(("basic/", "scripts/"))
        and not name.endswith(("-lb.xml", "-lc.xml", "/"))
    )
    if any(modules):
        yield "macros"
    content = parts.read("content.xml")
    content = content[max(content.find(b"<office:body"), 0) :]
    has_source = b"-source" in content  # what most have not needs one search
    for oddity, signs in _ODS_SIGNS.items():
        if any(sign in content for sign in signs if has_source or b"-source" not in sign):
            yield oddity


def _oddities_of_xls(book: XlsBook) -> Iterator[Oddity]:
    if book.globals.has_macro_sheets or "_vba_project_cur" in book.names:
        yield "macros"
    dde = [_DDE_IN_XLS in link for link in book.globals.links]
    if not all(dde):
        yield "external-links"
    if any(dde):
        yield "dde"
    if book.globals.has_connections:
        yield "connections"
