"""What formats allow and few programs write is read as if the usual ones had written it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import ZipFile

import pytest

from svcq_excel.form.identity import FORM_SHEET
from svcq_excel.workbooks.look import Book
from svcq_excel.workbooks.opening import OpenedWorkbook, open_bytes
from svcq_excel.workbooks.sniffing import Container, sniff
from svcq_excel.workbooks.workbook import Unreadable
from svcq_excel.workbooks.zip_parts import packed

Members = dict[str, bytes]
FORM = "xl/worksheets/sheet1.xml"


def members_of(data: bytes) -> Members:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def opened(members: Mapping[str, bytes]) -> OpenedWorkbook:
    book = open_bytes(packed(members))
    assert isinstance(book, OpenedWorkbook), book
    return book


def seen(book: Book, sheet: str) -> tuple[object, ...]:
    look = book.sheet(sheet)
    cells = [(row, column) for row in range(90) for column in range(15)]
    percents = {cell for cell in cells if look.percent(*cell)}
    errors = {cell: look.error(*cell) for cell in cells if look.error(*cell)}
    return look.formulas(), percents, errors, look.rows_hidden(), look.protected()


def assert_the_same(one: OpenedWorkbook, other: OpenedWorkbook) -> None:
    assert one.sheet_names == other.sheet_names
    for name in one.sheet_names:
        assert one.rows(name) == other.rows(name)
        assert seen(one.closer, name) == seen(other.closer, name)
    assert one.closer.properties() == other.closer.properties()


# -- .xlsx: parts by their relations ------------------------------------------------------------


def renamed(members: Members, names: Mapping[str, str]) -> Members:
    """A workbook whose parts are called otherwise, by relations and by the list of types."""
    rels, types = members["xl/_rels/workbook.xml.rels"], members["[Content_Types].xml"]
    rels = re.sub(rb'Target="(?!/)', rb'Target="/xl/', rels)
    top = members["_rels/.rels"]
    for old, new in names.items():
        types = types.replace(f'"/{old}"'.encode(), f'"/{new}"'.encode())
        top = top.replace(f'"{old}"'.encode(), f'"{new}"'.encode())
        rels = rels.replace(f'"/{old}"'.encode(), f'"/{new}"'.encode())
    folder, _, main = names.get("xl/workbook.xml", "xl/workbook.xml").rpartition("/")
    kept = {names.get(at, at): part for at, part in members.items() if at not in _LISTS}
    return {
        **kept,
        "[Content_Types].xml": types,
        "_rels/.rels": top,
        f"{folder}/_rels/{main}.rels".lstrip("/"): rels,
    }


_LISTS = {"xl/_rels/workbook.xml.rels", "[Content_Types].xml", "_rels/.rels"}


@pytest.mark.parametrize(
    "names",
    [
        {"xl/workbook.xml": "xl/workbook22.xml"},
        {"xl/workbook.xml": "xl/book.xml", "xl/sharedStrings.xml": "xl/strings7.xml"},
        {"xl/styles.xml": "xl/looks/styles2.xml"},
        {"xl/workbook.xml": "data/main.xml", FORM: "data/sheets/first.xml"},
        {"xl/workbook.xml": "main.xml", "xl/sharedStrings.xml": "texts.xml", FORM: "one.xml"},
    ],
    ids=str,
)
def test_parts_may_be_called_anything(xlsx: bytes, names: dict[str, str]) -> None:
    members = members_of(xlsx)
    assert_the_same(opened(renamed(members, names)), opened(members))


@pytest.mark.parametrize("gone", ["xl/workbook.xml", "_rels/.rels", "[Content_Types].xml"])
def test_a_package_is_never_taken_for_an_archive_of_its_parts(xlsx: bytes, gone: str) -> None:
    members = members_of(xlsx)
    damaged = {f"{at[:-1]}\x7f" if at == gone else at: part for at, part in members.items()}
    assert not isinstance(sniff(packed(damaged)), Container)
    book = open_bytes(packed(damaged))
    assert isinstance(book, OpenedWorkbook) or book.reason == "unreadable"
    if gone == "xl/workbook.xml":
        assert isinstance(book, Unreadable)


def test_an_opendocument_file_without_content_is_one_damaged_file(ods: bytes) -> None:
    members = members_of(ods)
    members["contend.xml"] = members.pop("content.xml")
    told = sniff(packed(members))
    assert isinstance(told, Unreadable)
    assert not isinstance(told, Container)


def test_a_book_to_read_is_no_archive() -> None:
    told = sniff(packed({"mimetype": b"application/epub+zip", "OEBPS/a.xhtml": b"<p/>"}))
    assert told == Unreadable("unreadable", "內容不是試算表")


# -- .xlsx: cells without an address ------------------------------------------------------------


def cells_bare(sheet: bytes) -> bytes:
    """The cells of rows in which none is left out, without their addresses."""
    return re.sub(rb'(<c) r="[A-Z]+[0-9]+"', rb"\1", whole_rows(sheet))


def rows_bare(sheet: bytes) -> bytes:
    return re.sub(rb'(<row) r="[0-9]+"', rb"\1", cells_bare(sheet))


def every_second_bare(sheet: bytes) -> bytes:
    turns = iter(range(10**6))

    def bare(found: re.Match[bytes]) -> bytes:
        return b"<c" if next(turns) % 2 else found[0]

    return re.sub(rb'<c r="[A-Z]+[0-9]+"', bare, whole_rows(sheet))


def whole_rows(sheet: bytes) -> bytes:
    """Every row and cell from the first on is written, though it may be empty."""
    rows = {int(n): (tag, body) for tag, n, body in _ROW.findall(sheet)}
    made = []
    for number in range(1, max(rows) + 1):
        tag, body = rows.get(number, (b'<row r="%d">' % number, b""))
        cells = {name: cell for cell, name in _CELL.findall(body)}
        last = max((_at(name) for name in cells), default=-1)
        names = [chr(65 + at).encode() for at in range(last + 1)]
        filled = [cells.get(name, b'<c r="%b%d"/>' % (name, number)) for name in names]
        made.append(tag + b"".join(filled) + b"</row>")
    start = sheet.index(b"<sheetData>") + len(b"<sheetData>")
    return sheet[:start] + b"".join(made) + sheet[sheet.index(b"</sheetData>") :]


def _at(name: bytes) -> int:
    return ord(name) - 65


_ROW = re.compile(rb'(<row r="([0-9]+)"[^>]*(?<!/)>)(.*?)</row>', re.DOTALL)
_CELL = re.compile(rb'(<c r="([A-Z])[0-9]+"[^>]*?(?:/>|>.*?</c>))', re.DOTALL)


@pytest.mark.parametrize("bare", [cells_bare, rows_bare, every_second_bare])
def test_cells_without_an_address_stand_after_the_one_before(
    xlsx: bytes, bare: Callable[[bytes], bytes]
) -> None:
    members = members_of(xlsx)
    assert_the_same(opened({**members, FORM: bare(members[FORM])}), opened(members))


# -- .ods: white space --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "where",
    [
        rb"(?=<table:table-row[ >])",
        rb"(?=<table:table-cell[ >])",
        rb"(?=</table:table-row>)",
        rb"(?<=</table:table-cell>)",
        rb"(?<=<office:spreadsheet>)|(?=</office:spreadsheet>)",
        rb"(?=</?table:)",
        rb"(?<=</text:p>)",
        rb"(?=</?table:)|(?<=</text:p>)|(?<=<office:spreadsheet>)",
    ],
)
def test_white_space_between_the_parts_of_a_table_means_nothing(ods: bytes, where: bytes) -> None:
    members = members_of(ods)
    spaced = re.sub(where, b"\n    ", members["content.xml"])
    assert spaced != members["content.xml"]
    assert_the_same(opened({**members, "content.xml": spaced}), opened(members))


def test_white_space_within_a_paragraph_is_text(ods: bytes) -> None:
    members = members_of(ods)
    text = b"<text:p>\xe7\x94\xb2<text:s/><text:span>\xe4\xb9\x99</text:span> "
    content = members["content.xml"].replace(b"<text:p>", text, 1)
    spaced = content.replace(b"<table:table-row", b"\n  <table:table-row")
    assert_the_same(
        opened({**members, "content.xml": spaced}), opened({**members, "content.xml": content})
    )


def test_a_negative_number_is_known_where_it_stands(xlsx: bytes) -> None:
    members = members_of(xlsx)
    changed = re.sub(rb'(<c r="F3"[^>]*?)(?: t="\w+")?(?:/>|>.*?</c>)', _EARLY, members[FORM])
    look = opened({**members, FORM: changed}).closer.sheet(FORM_SHEET)
    assert look.negative(2, 5) == -655424
    assert look.negative(2, 4) is None


_EARLY = rb"\1><v>-655424</v></c>"
