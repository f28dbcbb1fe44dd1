"""What was read of earlier forms never stands for what is otherwise in a later one."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from svcq_excel.workbooks.opening import OpenedWorkbook, open_bytes
from svcq_excel.workbooks.openxml.xlsx import XlsxBook
from svcq_excel.workbooks.veils import Veil
from svcq_excel.workbooks.workbook import Rows, Unreadable
from svcq_excel.workbooks.zip_parts import Parts
from tests.workbooks.spoiling import MAIN, RELATIONS, xlsx, xlsx_parts, zipped

SHEET = "評分表"
STYLES = (
    '<styleSheet xmlns="{main}"><fonts><font/><font><color rgb="FF{ink}"/></font></fonts>'
    '<cellXfs><xf/><xf numFmtId="{format}"/><xf fontId="1"/></cellXfs></styleSheet>'
)
CELLS = (
    '<c r="A{0}"><v>5</v></c>',
    '<c r="A{0}" t="s"><v>0</v></c><c r="B{0}" t="s"><v>1</v></c>',
    '<c r="A{0}" s="1"><v>5</v></c>',
    '<c r="B{0}" t="str"><f>A1&amp;""</f><v></v></c>',
    '<c r="C{0}" t="inlineStr"><is><t></t></is></c>',
    '<c r="B{0}" t="inlineStr"><is><t>a</t></is></c><c r="D{0}" t="e"><v>#REF!</v></c>',
    '<c r="A{0}" s="2"/><c r="B{0}" t="b"><v>1</v></c>',
    '<c r="B{0}"><f>A1</f><v></v></c>',
    '<c r="D{0}"><v>7</v></c>',
    '<c r="A{0}"><v>5</v></c><c\tr="B{0}" t="s"><v>1</v></c>',
    "<c r='A{0}' t='s'><v>2</v></c>",
    "<c r=\"A{0}\" t='s'><v>2</v></c>",
    '<c  r="A{0}" t="s" ><v>2</v></c>',
    '<c r="A{0}" t="d"><v>2016-09-05T00:00:00</v></c>',
    "",
)


def workbook(
    rows: list[int], texts: tuple[str, ...] = ("甲", "", "丙"), day: int = 0, format: int = 0
) -> bytes:
    """A row for each number, spelled as it says."""
    spelled = (
        f'<row r="{i}">{CELLS[kind].format(i)}</row>' for i, kind in enumerate(rows, 1) if kind >= 0
    )
    parts = xlsx_parts((SHEET, "worksheet", "".join(spelled)))
    listed = str(parts["xl/workbook.xml"])
    parts["xl/workbook.xml"] = listed.replace("<sheets", f'<workbookPr date1904="{day}"/><sheets')
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{items}</sst>'
    return zipped(with_styles(parts, STYLES.format(main=MAIN, ink="000000", format=format)))


def with_styles(parts: dict[str, str | bytes], styles: str) -> dict[str, str | bytes]:
    parts["xl/styles.xml"] = styles
    links = str(parts["xl/_rels/workbook.xml.rels"])
    more = "".join(
        f'<Relationship Id="x{what}" Type="{RELATIONS}/{what}" Target="{what}.xml"/>'
        for what in ("styles", "sharedStrings")
        if f"xl/{what}.xml" in parts
    )
    parts["xl/_rels/workbook.xml.rels"] = links.replace("</R", f"{more}</R")
    return parts


def alone(data: bytes) -> Rows:
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    return book.get_sheet_by_name(SHEET).to_python(skip_empty_area=False)


def test_the_reader_gets_only_the_rows_that_are_new() -> None:
    orders = ([0, 1, 6], 3), ([6, 0, 1], 3), ([6, 0, 1, 2], 1), ([6, 0, 1, 2], 0), ([6, 0, 3], 1)
    for rows, new in orders:
        data = workbook(rows, ("唯一",) * 3)
        assert XlsxBook(Parts(data)).for_calamine().count(b"<row ") == new
        assert rows_of(data) == alone(data)


def rows_of(data: bytes) -> Rows:
    opened = open_bytes(data)
    assert isinstance(opened, OpenedWorkbook)
    return opened.rows(SHEET)


KINDS = st.lists(st.integers(-1, len(CELLS) - 1), min_size=1, max_size=6)
TEXTS = st.sampled_from([("甲", "", "丙"), ("乙", "甲", ""), ("", "", "甲")])


FILES = st.lists(st.tuples(KINDS, TEXTS, st.integers(0, 1), st.sampled_from([0, 14])), max_size=6)


@given(FILES)
def test_values_are_those_that_the_reader_gives_of_each_file_alone(
    files: list[tuple[list[int], tuple[str, ...], int, int]],
) -> None:
    for each in (*files, *files):
        data = workbook(*each)
        if any(map(any, alone(data))):  # of a blank workbook nothing is read
            assert rows_of(data) == alone(data)


@pytest.mark.parametrize("kind", [1, 2])
def test_an_equal_row_is_read_anew_where_a_text_or_the_first_day_is_another(kind: int) -> None:
    files = [workbook([kind], texts) for texts in (("子", "丑"), ("寅", "丑"), ("寅", "卯"))]
    files += [workbook([kind], ("子", "丑"), day, 14) for day in (0, 1)]
    told = [rows_of(data) for data in files]
    assert told == [alone(data) for data in files]
    assert told[0] != told[1] if kind == 1 else told[3] != told[4]


CLEAN = '<row r="1"><c r="A1"><v>5</v></c><c r="B1"><v>6</v></c></row>'
OTHERWISE = {
    "formula": CLEAN.replace("<v>5", "<f>1+4</f><v>5"),
    "error": CLEAN.replace('"A1"><v>5', '"A1" t="e"><v>#REF!'),
    "hidden": CLEAN.replace('r="1"', 'r="1" hidden="1"'),
    "low": CLEAN.replace('r="1"', 'r="1" ht="2"'),
    "white": CLEAN.replace('"A1"', '"A1" s="2"'),
    "one cell less": CLEAN.replace('<c r="B1"><v>6</v></c>', ""),
}


def looked(rows: str, ink: str) -> object:
    parts = dict(xlsx_parts((SHEET, "worksheet", rows)))
    opened = open_bytes(zipped(with_styles(parts, STYLES.format(main=MAIN, ink=ink, format=0))))
    assert isinstance(opened, OpenedWorkbook)
    look = opened.closer.sheet(SHEET)
    told: list[Veil] = list(look.veils({(0, 0): 5.0}))
    return opened.rows(SHEET), look.formulas(), look.error(0, 0), look.rows_hidden(), told


@pytest.mark.parametrize("rows", OTHERWISE.values(), ids=OTHERWISE)
def test_what_a_later_form_has_otherwise_is_seen(rows: str) -> None:
    for _ in range(2):
        clean = looked(CLEAN, "FFFFFF")
        assert clean == ([[5, 6]], frozenset(), "", frozenset(), [])
        assert looked(rows, "FFFFFF") != clean


def test_styles_that_are_otherwise_in_a_later_form_are_seen() -> None:
    white = OTHERWISE["white"]
    assert looked(white, "000000") == looked(CLEAN, "000000")
    assert looked(white, "FFFFFF") != looked(white, "000000")


def test_a_cell_that_stands_twice_in_a_later_form_is_told() -> None:
    assert open_bytes(xlsx(CLEAN)).__class__ is OpenedWorkbook
    twice = CLEAN.replace("</row>", '<c r="B1"><v>7</v></c></row>'), CLEAN * 2
    for rows in twice:
        refused = open_bytes(xlsx(rows))
        assert isinstance(refused, Unreadable)
        assert refused.reason == "two-documents"
