"""What a sheet's cells become on a page: heads, bars, sums, notes, colours that words tell too."""

from __future__ import annotations

from fractions import Fraction

import pytest

from svcq_excel.results.page.listing import ListColumn, filtered, heads, rows, widths
from svcq_excel.results.page.sheet import Content, Formula, Link, Sheet, SheetCell
from svcq_excel.results.screen.cells import Cell
from svcq_excel.results.screen.html_book import HtmlBook

COLUMNS = (
    ListColumn("單位", 100),
    ListColumn("情形", 60, "centred", {"未繳": "wrong"}),
    ListColumn("開啟", 40, "link"),
    ListColumn("代碼", 60, hidden=True),
)


def markup_of(book: HtmlBook) -> str:
    (section,) = book.sections
    return section.markup


@pytest.mark.parametrize(
    ("content", "look", "decimals", "text"),
    [
        (Fraction(95), "score", False, "95"),
        (Fraction(95), "score", True, "95.00"),
        (Fraction(1, 3), "rate", False, "33.33%"),
        (Fraction(-5, 2), "difference", True, "-2.50"),
        (Fraction(5), "difference", False, "+5"),
        (3, "provisional_rank", False, "3（暫定）"),
        (Formula("=1+1", Fraction(2)), "total", False, "2"),
        (Formula('=""', ""), "grade", False, ""),
        ("<b>", "text", False, "<b>"),
        (None, "text", False, ""),
    ],
)
def test_a_cell_shows_what_the_workbook_shows(
    content: Content, look: str, decimals: bool, text: str
) -> None:
    cell = Cell(content, look, decimals)
    assert cell.text == text
    assert "<" not in cell.markup


def test_what_only_programs_read_or_only_opens_files_has_no_column() -> None:
    book = HtmlBook()
    link = Link("開啟", "external:././收件/甲.xlsx")
    filtered(Sheet(book, "表", widths(COLUMNS)), COLUMNS, [("甲", "未繳", link, "code")])
    said = markup_of(book)
    assert "開啟" not in said and "code" not in said and "收件" not in said
    assert '<th scope="row" class="text">甲</th><td class="centred wrong">未繳</td></tr>' in said
    assert said.count("<col ") == 2


def test_a_bar_heads_the_rows_below_it_and_sums_stand_apart() -> None:
    book, columns = HtmlBook(), COLUMNS[:2]
    sheet = Sheet(book, "表", widths(columns))
    sheet.title("標題", "附表2")
    head = heads(sheet, columns)
    for kind in ("自行", "本署"):
        sheet.across(kind, "bar")
        rows(sheet, columns, [(f"{kind}甲", "已繳")])
    sheet.gap(6)
    sheet.row([SheetCell("合計", "mean_label"), SheetCell(2, "mean")])
    sheet.finish((head, head))
    said = markup_of(book)
    assert said.count('<th scope="rowgroup"') == said.count("<tbody>") == 2
    assert said.index("</tbody>\n<tfoot>") > said.index("本署甲")
    assert '<span class="label">附表2</span>' in said


def test_a_comment_is_a_note_below_and_a_colour_is_told_in_words() -> None:
    book, columns = HtmlBook(), COLUMNS[:2]
    sheet = Sheet(book, "表", widths(columns))
    head = heads(sheet, columns)
    row = sheet.row([SheetCell("甲", "text"), SheetCell(Fraction(5), "changed_score")])
    sheet.comment(row, 1, "原得分<3>")
    sheet.grid.colour_where((row, 1, row, 1), "=TRUE", "ask", [row])
    sheet.finish((head, head))
    said = markup_of(book)
    assert '<li id="sheet1-n1">原得分&lt;3&gt;</li>' in said and 'href="#sheet1-n1"' in said
    assert '<span class="unseen">（加底色）</span>' in said
