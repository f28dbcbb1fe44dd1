"""What is read of a file is what office programs show of it; where these would not agree, none."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

import pytest

from svcq_excel.workbooks.opening import OpenedWorkbook, open_bytes
from svcq_excel.workbooks.workbook import Unreadable
from svcq_excel.workbooks.zip_parts import packed
from tests.conftest import Convert
from tests.workbooks.spoiling import MAIN, RELATIONS, xlsx_parts

SHEET, STRINGS, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
LINKS, TOP = "xl/_rels/workbook.xml.rels", "_rels/.rels"
ROWS = (
    '<row r="1"><c r="A1"><v>85</v></c><c r="B1" t="s"><v>0</v></c></row>'
    '<row r="2"><c r="A2"><v>37</v></c><c r="B2" t="inlineStr"><is><t>beta</t></is></c></row>'
)
SHOWN = [["85", "alpha"], ["37", "beta"]]
Members = dict[str, bytes]
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_KINDS = {
    BOOK: "sheet.main",
    "xl/book2.xml": "sheet.main",
    SHEET: "worksheet",
    "xl/worksheets/sheetX.xml": "worksheet",
    STRINGS: "sharedStrings",
    "xl/strings2.xml": "sharedStrings",
}
TYPES = "".join(
    f'<Override PartName="/{name}" ContentType="{_SPREADSHEET}.{kind}+xml"/>'
    for name, kind in _KINDS.items()
)
RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
Change = Callable[[Members], None]


def plain() -> Members:
    parts = {
        name: str(part).encode() for name, part in xlsx_parts(("表", "worksheet", ROWS)).items()
    }
    rels = f'<Default Extension="rels" ContentType="{RELATIONS_TYPE}"/>'
    spelled("[Content_Types].xml", "<Default", rels + "<Default")(parts)
    spelled("[Content_Types].xml", "</Types>", TYPES + "</Types>")(parts)
    parts[STRINGS] = f'<sst xmlns="{MAIN}"><si><t>alpha</t></si></sst>'.encode()
    linked("sharedStrings", "sharedStrings.xml")(parts)
    return parts


def relation(kind: str, target: str, id: str) -> bytes:
    return f'<Relationship Id="{id}" Type="{RELATIONS}/{kind}" Target="{target}"/>'.encode()


def linked(kind: str, target: str, id: str = "s", at: str = LINKS) -> Change:
    def change(parts: Members) -> None:
        end = b"</Relationships>"
        parts[at] = parts[at].replace(end, relation(kind, target, id) + end)

    return change


def spelled(at: str, old: str, new: str) -> Change:
    def change(parts: Members) -> None:
        assert old.encode() in parts[at]
        parts[at] = parts[at].replace(old.encode(), new.encode(), 1)

    return change


def copied(at: str, to: str, old: str = "85", new: str = "120") -> Change:
    """A decoy: the same part with another figure."""

    def change(parts: Members) -> None:
        parts[to] = parts[at].replace(old.encode(), new.encode())

    return change


def all_of(*changes: Change) -> Change:
    def change(parts: Members) -> None:
        for each in changes:
            each(parts)

    return change


def another_book(parts: Members) -> None:
    """The relation leads to another workbook than the one with the usual name."""
    parts["xl/book2.xml"], parts["xl/_rels/book2.xml.rels"] = parts[BOOK], parts[LINKS]
    parts["xl/worksheets/sheetX.xml"] = parts[SHEET]
    spelled("xl/_rels/book2.xml.rels", "sheet1.xml", "sheetX.xml")(parts)
    spelled(SHEET, "85", "120")(parts)
    spelled(TOP, "workbook.xml", "book2.xml")(parts)


def another_prefix(parts: Members) -> None:
    sheet = re.sub(rb"<(/?)(?=\w)", rb"<\1x:", parts[SHEET])
    parts[SHEET] = sheet.replace(b"xmlns=", b"xmlns:x=")


READ: Mapping[str, Change] = {
    "as it is": lambda _: None,
    "another workbook": another_book,
    "other strings": all_of(
        copied(STRINGS, "xl/strings2.xml", "alpha", "alpha"),
        spelled(STRINGS, "alpha", "forged"),
        spelled(LINKS, "sharedStrings.xml", "strings2.xml"),
    ),
    "a value split by a comment": spelled(SHEET, ">85<", ">8<!-- x -->5<"),
    "a value set apart": spelled(SHEET, ">85<", "><![CDATA[85]]><"),
    "a value half set apart": spelled(SHEET, ">85<", ">8<![CDATA[5]]><"),
    "a value split by an instruction": spelled(SHEET, ">85<", ">8<?x y?>5<"),
    "a text set apart": spelled(STRINGS, "alpha", "<![CDATA[alpha]]>"),
    "a text split by a comment": spelled(SHEET, "beta", "<!--forged-->beta"),
    "a cell in a comment": spelled(
        SHEET, "<row", '<!--<row r="1"><c r="A1"><v>1</v></c></row>--><row'
    ),
    "an inner comment mark set apart": spelled(SHEET, "beta", "beta<![CDATA[]]><!--<![CDATA[-->"),
    "comments in the list of sheets": spelled(BOOK, "<sheets>", "<!--<sheets>--><sheets>"),
    "a relation in a comment": spelled(
        LINKS,
        "<Relationship ",
        f"<!--{relation('worksheet', 'x', 'rId1').decode()}--><Relationship ",
    ),
    "a detour": spelled(
        LINKS, "worksheets/sheet1.xml", "../xl/worksheets/../worksheets/sheet1.xml"
    ),
    "an absolute target": spelled(LINKS, "worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml"),
    "another prefix": another_prefix,
    "blanks between all": spelled(SHEET, "</c>", "\n </c>\n "),
}

REFUSED: Mapping[str, Change] = {
    "two values": spelled(SHEET, "</v>", "</v><v>120</v>"),
    "two values, one blank": spelled(SHEET, "<v>", "<v/><v>"),
    "a value and a text": spelled(SHEET, "</is>", "</is><v>120</v>"),
    "two formulas": spelled(SHEET, "<v>", "<f>1</f><f>2</f><v>"),
    "a formula behind the value": spelled(SHEET, "</v>", "</v><f>1</f>"),
    "two texts": spelled(SHEET, "</t>", "</t><t>forged</t>"),
    "two shared texts": spelled(STRINGS, "</t>", "</t><t>forged</t>"),
    "a text and a run": spelled(STRINGS, "</t>", "</t><r><t>forged</t></r>"),
    "a cell twice": spelled(SHEET, '<c r="B1"', '<c r="A1"><v>120</v></c><c r="B1"'),
    "a row twice": spelled(
        SHEET, '<row r="2">', '<row r="1"><c r="A1"><v>120</v></c></row><row r="2">'
    ),
    "rows out of order": spelled(SHEET, '<row r="1">', '<row r="3"/><row r="1">'),
    "cells out of order": spelled(SHEET, '<c r="A1">', '<c r="C1"><v>1</v></c><c r="A1">'),
    "a cell of another row": spelled(SHEET, '"A2"', '"A3"'),
    "a foreign element": spelled(SHEET, "<v>85</v>", '<x:v xmlns:x="urn:x">120</x:v><v>85</v>'),
    "a foreign cell": spelled(SHEET, '<c r="B1"', '<c r="A1" xmlns="urn:x"><v>1</v></c><c r="B1"'),
    "two tables of cells": spelled(SHEET, "</worksheet>", "<sheetData/></worksheet>"),
    "cells as one of two choices": all_of(
        spelled(SHEET, "<sheetData>", '<x:Choice xmlns:x="urn:x"><sheetData>'),
        spelled(SHEET, "</sheetData>", "</sheetData></x:Choice>"),
    ),
    "two relations of one id": all_of(
        copied(SHEET, "xl/worksheets/sheet2.xml"),
        linked("worksheet", "worksheets/sheet2.xml", "rId1"),
    ),
    "two workbooks": all_of(copied(BOOK, "xl/b.xml"), linked("officeDocument", "xl/b.xml", at=TOP)),
    "two lists of strings": all_of(
        copied(STRINGS, "xl/s.xml"), linked("sharedStrings", "s.xml", "s2")
    ),
    "strings that nothing leads to": spelled(LINKS, "/sharedStrings", "/other"),
    "a sheet outside the file": spelled(
        LINKS, 'Target="worksheets', 'TargetMode="External" Target="worksheets'
    ),
    "two names that differ in case": copied(SHEET, "xl/worksheets/Sheet1.xml"),
    "two names that differ in strokes": copied(SHEET, "xl\\worksheets\\sheet1.xml"),
    "two names that differ in a dot": copied(SHEET, "xl/./worksheets/sheet1.xml"),
    "two lists of sheets": spelled(BOOK, "</sheets>", "</sheets><sheets/>"),
    "a foreign sheet": spelled(
        BOOK, "<sheets>", '<x><sheet name="forged" r:id="rId1"/></x><sheets>'
    ),
}


def made(change: Change) -> bytes:
    parts = plain()
    change(parts)
    return packed(parts)


def read(data: bytes) -> list[list[str]] | Unreadable:
    book = open_bytes(data, ".xlsx")
    if isinstance(book, Unreadable):
        return book
    assert isinstance(book, OpenedWorkbook)
    rows = book.rows(book.sheet_names[0])
    return [[f"{v:g}" if isinstance(v, float) else str(v) for v in row] for row in rows]


@pytest.mark.parametrize("change", READ.values(), ids=READ)
def test_what_the_relations_lead_to_is_read(change: Change) -> None:
    assert read(made(change)) == SHOWN


@pytest.mark.parametrize("change", REFUSED.values(), ids=REFUSED)
def test_two_documents_in_one_are_refused(change: Change) -> None:
    found = read(made(change))
    assert isinstance(found, Unreadable), found
    assert found.reason == "two-documents"


def test_a_member_that_is_there_twice_is_refused() -> None:
    data = packed({**plain(), "xl/worksheets/sheet9.xml": b"<a/>"})
    found = read(data.replace(b"sheet9.xml", b"sheet1.xml"))
    assert isinstance(found, Unreadable)
    assert found.reason == "two-documents"


@pytest.mark.office
def test_what_is_read_of_generated_packages_is_what_libreoffice_shows(
    office: Convert, tmp_path: Path
) -> None:
    """Each a few changes of either kind, one upon the other: read as it is shown, or refused."""
    chance, changes = Random(12), [*READ.values(), *REFUSED.values()]
    ways: list[list[Change]] = [[change] for change in READ.values()]
    ways += [chance.sample(changes, chance.randint(1, 3)) for _ in range(60)]
    readable: dict[Path, list[list[str]]] = {}
    for i, way in enumerate(ways):
        try:
            data = made(all_of(*way))
        except AssertionError:  # one took away what the next would change
            continue
        found = read(data)
        if isinstance(found, Unreadable):
            assert found.reason == "two-documents"
        else:
            path = tmp_path / f"{i}.xlsx"
            path.write_bytes(data)
            readable[path] = found
    assert len(readable) > len(READ)
    for path, told in zip(office([*readable], "csv", tmp_path), readable.values(), strict=True):
        with path.open(encoding="utf-8", newline="") as file:
            assert [*csv.reader(file)] == told, path.stem
