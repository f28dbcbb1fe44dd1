"""Files made to crush the reader: each is rejected alone, within bounds, and nothing expands."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.faults.bombs import (
    CONTENT,
    SHEET,
    STRINGS,
    billion_laughs,
    blown_up,
    book,
    cell,
    compound_with_a_loop,
    declaring,
    fanned_out,
    in_many_parts,
    large_altogether,
    larger_than_declared,
    long_text_often,
    overlapping,
    packed_again_and_again,
    repeated,
    table,
    too_much_together,
    with_lying_count,
)
from tests.faults.forms import Change, Family, packed, replaced, with_parts
from tests.faults.inbox import Inbox, Merged

Make = Callable[[], bytes]


INFLATING: dict[str, tuple[Family, Change]] = {
    "表漲大": ("xlsx", lambda form: blown_up(form, SHEET)),
    "字串漲大": ("xlsx", lambda form: blown_up(form, STRINGS)),
    "內容漲大": ("ods", lambda form: blown_up(form, CONTENT)),
    "三千部分": ("xlsx", in_many_parts),
    "合計過大": ("xlsx", large_altogether),
    "表大於所稱": ("xlsx", lambda form: larger_than_declared(form, SHEET)),
    "內容大於所稱": ("ods", lambda form: larger_than_declared(form, CONTENT)),
}

FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
CLAIMING: dict[str, Make] = {
    "遠處兩格.xlsx": lambda: book(FAR),
    "遠處一格.xlsx": lambda: book(cell("XFD1048576")),
    "遠處樣式.xlsx": lambda: book(cell("A1") + cell("XFD1048576", "")),
    "列號過大.xlsx": lambda: book(cell("A4294967295")),
    "列號溢位.xlsx": lambda: book(cell("A99999999999999999999")),
    "欄號過大.xlsx": lambda: book(cell("ZZZZZZZZ1")),
    "重複滿表.ods": lambda: table(repeated(1_048_576, 16_384)),
    "重複溢位.ods": lambda: table(repeated(4_294_967_295, 4_294_967_295)),
    "重複負數.ods": lambda: table(repeated(-1, -1)),
    "千張工作表.xlsx": lambda: book(cell("A1"), sheets=1_900),
    "三千工作表.xlsx": lambda: book(cell("A1"), sheets=3_000),
    "五千工作表.ods": lambda: table(repeated(1, 1), tables=5_000),
    "巢狀元素.xlsx": lambda: book("<a>" * 140_000 + "</a>" * 140_000),
    "巢狀元素.ods": lambda: table("<a>" * 140_000 + "</a>" * 140_000),
    "四萬合併.xlsx": lambda: book(
        cell("A1") + "</sheetData><mergeCells>" + '<mergeCell ref="A1:B2"/>' * 40_000
        + "</mergeCells><sheetData>"
    ),
}  # fmt: skip

ABORTING: dict[str, Make] = {
    "字串數不實.xlsx": lambda: with_lying_count(4_294_967_295),
    "字串數溢位.xlsx": lambda: with_lying_count(18_446_744_073_709_551_615),
    "磁區迴圈.xls": compound_with_a_loop,
}


def far_cell_in_a_form(form: bytes) -> bytes:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return with_parts(form, {SHEET: replaced("</sheetData>", far)})


def far_cells_in_an_ods_form(form: bytes) -> bytes:
    rows = '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/>'
    far = f"{rows}</table:table-row>{repeated(1, 16_384)}</table:table>"
    return with_parts(form, {CONTENT: replaced("</table:table>", far)})


FAR_IN_FORMS: dict[str, tuple[Family, Change]] = {
    "表件遠處一格": ("xlsx", far_cell_in_a_form),
    "表件遠處滿列": ("ods", far_cells_in_an_ods_form),
}


def laughing(member: str, root: str) -> Change:
    return lambda form: with_parts(form, {member: declaring(*billion_laughs(), root)})


def repeating(member: str, root: str) -> Change:
    return lambda form: with_parts(form, {member: declaring(*long_text_often(), root)})


DECLARING: dict[str, tuple[Family, Change]] = {
    "十億笑字串": ("xlsx", laughing(STRINGS, "sst")),
    "十億笑內容": ("ods", laughing(CONTENT, "office:document-content")),
    "長文多次字串": ("xlsx", repeating(STRINGS, "sst")),
    "長文多次內容": ("ods", repeating(CONTENT, "office:document-content")),
}

TOGETHER = "合計.zip"
PACKED: dict[str, Make] = {
    "層層.zip": lambda: packed_again_and_again(book(cell("A1")), 8),
    "開枝.zip": lambda: fanned_out(levels=4, each=8),
    "重疊.zip": lambda: overlapping(500),
    "三千檔.zip": lambda: packed({f"{n}.xlsx": b"" for n in range(3_000)}),
    TOGETHER: lambda: too_much_together(20),
    "漲大.zip": lambda: packed({"表.xlsx": b"\0" * 30_000_000}),
}


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Merged:
    inbox = Inbox(tmp_path_factory.mktemp("bombs"))
    for name, make in {**CLAIMING, **ABORTING, **PACKED}.items():
        inbox.put(name, make())
    for name, (family, change) in {**INFLATING, **FAR_IN_FORMS, **DECLARING}.items():
        inbox.put(name, change(inbox.form(name, family)))
    return inbox.merged()


def test_whatever_came_every_file_is_told_and_no_other_suffers(merged: Merged) -> None:
    merged.assert_round_is_sound()


@pytest.mark.parametrize("name", INFLATING)
def test_what_inflates_beyond_any_form_is_rejected(merged: Merged, name: str) -> None:
    assert merged.fate(name) in {"rejected unsafe-file", "rejected unreadable-file"}


@pytest.mark.parametrize("name", CLAIMING)
def test_what_claims_to_be_huge_is_rejected(merged: Merged, name: str) -> None:
    assert merged.fate(name).startswith("rejected ")


@pytest.mark.parametrize("name", ABORTING)
def test_what_ends_the_process_that_reads_it_costs_one_file(merged: Merged, name: str) -> None:
    assert merged.fate(name) == "rejected unsafe-file"
    assert "異常中止" in merged.message(name)


@pytest.mark.parametrize("name", FAR_IN_FORMS)
def test_a_form_with_cells_far_away_is_rejected(merged: Merged, name: str) -> None:
    assert merged.fate(name) in {"rejected unsafe-file", "rejected unreadable-file"}


@pytest.mark.parametrize("name", DECLARING)
def test_declared_entities_are_never_expanded(merged: Merged, name: str) -> None:
    assert merged.fate(name) in {"rejected unsafe-file", "rejected unreadable-file"}


@pytest.mark.parametrize("name", PACKED)
def test_archives_that_grow_are_told_file_by_file_and_go_no_further(
    merged: Merged, name: str
) -> None:
    inside = [each for each in merged.by_name if each.startswith(f"{name}!")]
    fates = {merged.fate(each) for each in inside} or {merged.fate(name)}
    assert fates & {"rejected unsafe-file", "rejected unreadable-file"}
    assert not any(fate.startswith("accepted") for fate in fates)


def test_of_files_that_are_too_much_together_no_more_are_unpacked_than_the_limit_allows(
    merged: Merged,
) -> None:
    told = [merged.message(f"{TOGETHER}!{n:02}.xlsx") for n in range(20)]
    beyond = ["合計" in message for message in told]
    assert beyond == sorted(beyond), "once there is no room left, nothing more is unpacked"
    assert not beyond[0] and beyond[-1]
