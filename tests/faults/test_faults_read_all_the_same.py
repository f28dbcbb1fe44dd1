"""What is odd about a file but does no harm: it is read, exactly, and the oddity is told."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from tests.faults.forms import (
    FAMILIES,
    SCORES_ON_PAPER,
    Change,
    Family,
    paper,
    replaced,
    with_parts,
)
from tests.faults.inbox import Inbox, Merged
from tests.paper.filled_form import Paper

ENDINGS: dict[Family, tuple[str, ...]] = {
    "xlsx": (".xls", ".ods", ".xlsm", ".xlsb", ".XLSX", ".csv", ".bak", ""),
    "ods": (".xlsx", ".xls", ".zip", ""),
    "xls": (".xlsx", ".ods", ".xlt", ""),
}
WRONG_ENDINGS = [(family, ending) for family in FAMILIES for ending in ENDINGS[family]]

JUNK: dict[str, Change] = {
    "前有空行": lambda form: b"\r\n\r\n" + form,
    "前有表頭": lambda form: b"HTTP/1.1 200 OK\r\nX: 1\r\n\r\n" + form,
    "後有零": lambda form: form + bytes(512),
    "後有亂碼": lambda form: form + b"\xff\xfe-- scanned and found clean --" * 9,
    "前後都有": lambda form: b"\0" * 7 + form + b"\n" * 100,
}


def encrypted(form: bytes, password: str) -> bytes:
    stream = BytesIO()
    OOXMLFile(BytesIO(form)).encrypt(password, stream)
    return stream.getvalue()


def encrypted_ods(form: bytes) -> bytes:
    """As ODF says it in the list of parts; the bytes themselves are noise then."""
    told = (
        'manifest:full-path="content.xml" manifest:size="99">'
        '<manifest:encryption-data manifest:checksum-type="SHA1/1K" manifest:checksum="AA==">'
        '<manifest:algorithm manifest:algorithm-name="Blowfish CFB"'
        ' manifest:initialisation-vector="AAAAAAAAAAA="/>'
        '<manifest:key-derivation manifest:key-derivation-name="PBKDF2" manifest:key-size="16"'
        ' manifest:iteration-count="1024" manifest:salt="AAAAAAAAAAAAAAAAAAAAAA=="/>'
        "</manifest:encryption-data></manifest:file-entry><manifest:file-entry"
    )
    return with_parts(
        form,
        {
            "content.xml": bytes(range(256)) * 40,
            "META-INF/manifest.xml": replaced('manifest:full-path="content.xml"', told),
        },
    )


def styled_to_the_last_row_and_column(desk: Paper) -> None:
    grey = PatternFill("solid", fgColor="EEEEEE")
    for at in ("A1048576", "XFD1", "XFD1048576"):
        desk.sheet[at].fill = grey
    desk.sheet.column_dimensions["XFD"].fill = grey
    desk.sheet.row_dimensions[1_048_576].fill = grey


def with_a_comment_at_the_last_cell(desk: Paper) -> None:
    desk.sheet["XFD1048576"].comment = Comment("誤按", "承辦人")


def with_a_million_empty_rows(form: bytes) -> bytes:
    """Formatted one by one, as a program does that pads what it exports."""
    rows = "".join(f'<row r="{n}" ht="15"/>' for n in range(2_000, 60_000))
    return with_parts(
        form, {"xl/worksheets/sheet1.xml": replaced("</sheetData>", rows + "</sheetData>")}
    )


ON_PAPER: dict[str, Callable[[Paper], None]] = {
    "樣式到底": styled_to_the_last_row_and_column,
    "末格註解": with_a_comment_at_the_last_cell,
}


def styled_ods(form: bytes) -> bytes:
    """Every cell down to the last is there, repeated, with a style and without a value."""
    row = (
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell'
        ' table:number-columns-repeated="16384" table:style-name="Default"/></table:table-row>'
    )
    return with_parts(form, {"content.xml": replaced("</table:table>", row + "</table:table>")})


EMPTY_STYLING: dict[str, tuple[Family, Change]] = {
    "六萬空列": ("xlsx", with_a_million_empty_rows),
    "樣式到底": ("ods", styled_ods),
}


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Merged:
    inbox = Inbox(tmp_path_factory.mktemp("odd"))
    for family, ending in WRONG_ENDINGS:
        name = f"{family}當作{ending}"
        inbox.put(name, inbox.form(name, family))
    for family in FAMILIES:
        for junk, change in JUNK.items():
            name = f"{junk}.{family}"
            inbox.put(name, change(inbox.form(name, family)))
    inbox.put("內建.xlsx", encrypted(inbox.form("內建.xlsx", "xlsx"), "VelvetSweatshop"))
    inbox.put("密碼.xlsx", encrypted(inbox.form("密碼.xlsx", "xlsx"), "secret"))
    inbox.put("密碼.ods", encrypted_ods(inbox.form("密碼.ods", "ods")))
    for what, act in ON_PAPER.items():
        name = f"{what}.xlsx"
        inbox.put(name, paper(inbox.sender(name, SCORES_ON_PAPER), act))
    for what, (family, change) in EMPTY_STYLING.items():
        name = f"{what}.{family}"
        inbox.put(f"空樣式/{name}", change(inbox.form(f"空樣式/{name}", family)))
    return inbox.merged()


def test_whatever_came_every_file_is_told_and_no_other_suffers(merged: Merged) -> None:
    merged.assert_round_is_sound()


@pytest.mark.parametrize(("family", "ending"), WRONG_ENDINGS)
def test_right_content_under_a_wrong_extension_is_read_and_noted(
    merged: Merged, family: Family, ending: str
) -> None:
    name = f"{family}當作{ending}"
    assert merged.is_read_exactly(name), merged.message(name)
    if ending not in {"", ".XLSX", ".xlsm", ".xlt"}:
        assert "副檔名" in merged.message(name)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("junk", JUNK)
def test_junk_before_and_after_is_passed_over_and_noted(
    merged: Merged, junk: str, family: Family
) -> None:
    name = f"{junk}.{family}"
    assert merged.is_read_exactly(name), merged.message(name)
    if family != "xls" or not junk.startswith("後"):  # what follows an .xls is none of it
        assert "unusual-file" in merged.codes(name)


def test_a_form_encrypted_with_the_built_in_password_is_read_and_noted(merged: Merged) -> None:
    assert merged.is_read_exactly("內建.xlsx"), merged.message("內建.xlsx")
    assert "內建密碼" in merged.message("內建.xlsx")


@pytest.mark.parametrize("name", ["密碼.xlsx", "密碼.ods"])
def test_an_open_password_is_asked_to_be_removed(merged: Merged, name: str) -> None:
    assert merged.fate(name) == "rejected password-protected"
    assert "取消" in merged.message(name)


@pytest.mark.parametrize("what", ON_PAPER)
def test_empty_cells_far_away_do_not_keep_a_form_from_being_read(merged: Merged, what: str) -> None:
    assert merged.is_read_exactly(f"{what}.xlsx"), merged.message(f"{what}.xlsx")


@pytest.mark.parametrize(("what", "family"), [(w, f) for w, (f, _) in EMPTY_STYLING.items()])
def test_empty_styling_does_not_keep_a_form_from_being_read(
    merged: Merged, what: str, family: Family
) -> None:
    name = f"空樣式/{what}.{family}"
    assert merged.is_read_exactly(name), merged.message(name)
