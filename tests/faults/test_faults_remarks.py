"""Whatever units write in their remarks arrives as text, in full, and does nothing."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from svcq_excel.form.identity import REMARKS_SHEET
from tests.faults.forms import RUBRIC, SCORES_ON_PAPER, paper, unpacked, with_parts
from tests.faults.inbox import Inbox, Merged
from tests.paper.filled_form import Paper

TEXTS = {
    "equals": "=1+1",
    "a command": "=cmd|'/c calc'!A0",
    "a function": '=HYPERLINK("http://example.tw","按此")',
    "plus": "+886-2-3343",
    "minus": "-改善中",
    "at": "@承辦人",
    "tab": "\t=1+1",
    "line feed first": "\n=1+1",
    "wide equals": "＝全形",
    "apostrophe": "'=1+1",
    "an address": "https://www.wra.gov.tw/index.aspx?a=1&b=2",
    "a mail address": "mailto:river@example.gov.tw",
    "a path": "\\\\server\\share\\file.xlsx",
    "an internal address": "internal:'評分表'!A1",
    "braces": "{=SUM(A1:A9)}",
    "markup": "<b>粗</b> &amp; <script>alert(1)</script>",
    "as long as a cell": "".join(f"第{n:05}句。" for n in range(4_095)),
    "300 lines": "\n".join(f"第{n}行" for n in range(1, 301)),
    "rare characters": "堃喆煊𠮷㐂龘",
    "private use": "\ue000造字\uf8ff",
    "joined emoji": "👨‍👩‍👧‍👦🇹🇼",
    "quotes": "引號\"、'、`、「」",
}
UNSEEN = {
    "NUL": ("甲_x0000_乙", ("甲", "乙")),
    "a control character": ("丙_x001B_丁", ("丙", "丁")),
    "half a character": ("戊_xD800_己", ("戊", "己")),
    "no character": ("庚_xFFFF_辛", ("庚", "辛")),
    "what only looks like an escape": ("_x005F_x0041_", ("_x0041_",)),
    "turned direction": ("壬\u202e癸", ("壬", "癸")),
}

LEAVES = [leaf.id for leaf in RUBRIC.leaves]
ITEMS = [item.id for item in RUBRIC.items]
WHOLE, HIDDEN = "備註.xlsx", "看不見.xlsx"


def remarked(desk: Paper) -> None:
    """Each text as a note of a leaf, and some as remarks on an item too."""
    for leaf, text in zip(LEAVES, TEXTS.values(), strict=False):
        cell = desk.entry(leaf, "note")
        cell.value = text
        cell.data_type = "s"
    for item, text in zip(ITEMS, TEXTS.values(), strict=False):
        desk.remark(item, strengths="優點", suggestions=text)
    for cells in desk.book[REMARKS_SHEET].iter_rows():
        for each in cells:
            if each.data_type == "f":
                each.data_type = "s"


def with_unseen(desk: Paper) -> None:
    for leaf, name in zip(LEAVES, UNSEEN, strict=False):
        desk.entry(leaf, "note").value = f"@{name}@"


def spelled(form: bytes) -> bytes:
    """Puts in what openpyxl refuses to write, as a workbook spells it."""

    def change(part: bytes) -> bytes:
        for name, (text, _) in UNSEEN.items():
            part = part.replace(f"@{name}@".encode(), text.encode())
        return part

    return with_parts(form, {name: change for name in unpacked(form) if name.endswith(".xml")})


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Merged:
    inbox = Inbox(tmp_path_factory.mktemp("remarks"))
    inbox.put(WHOLE, paper(inbox.sender(WHOLE, SCORES_ON_PAPER), remarked))
    inbox.put(HIDDEN, spelled(paper(inbox.sender(HIDDEN, SCORES_ON_PAPER), with_unseen)))
    return inbox.merged()


@pytest.fixture(scope="module")
def statistics(merged: Merged) -> openpyxl.Workbook:
    return openpyxl.load_workbook(merged.document["output"])


@pytest.fixture(scope="module")
def texts(merged: Merged, statistics: openpyxl.Workbook) -> dict[tuple[str, str], str]:
    """By unit and criterion, the note as the statistics workbook shows it, pieces put together."""
    found: defaultdict[tuple[str, str], str] = defaultdict(str)
    for row in statistics["優缺點彙整"].iter_rows(values_only=True):
        if len(row) > 4 and str(row[3]).endswith("（備註）"):
            found[str(row[0]), str(row[3]).removesuffix("（備註）")] += str(row[4] or "")
    return found


def note(merged: Merged, texts: dict[tuple[str, str], str], name: str, at: int) -> str:
    return texts[merged.inbox.whose[name].code, RUBRIC.leaves[at].name]


def test_whatever_came_every_file_is_told_and_no_other_suffers(merged: Merged) -> None:
    merged.assert_round_is_sound()


@pytest.mark.parametrize("name", [WHOLE, HIDDEN])
def test_no_remark_keeps_a_form_from_being_read(merged: Merged, name: str) -> None:
    assert merged.is_read_exactly(name), merged.message(name)


@pytest.mark.parametrize("what", TEXTS)
def test_a_remark_arrives_in_full(
    merged: Merged, texts: dict[tuple[str, str], str], what: str
) -> None:
    assert note(merged, texts, WHOLE, list(TEXTS).index(what)) == TEXTS[what].strip()


@pytest.mark.parametrize("what", UNSEEN)
def test_around_what_cannot_be_shown_nothing_is_lost(
    merged: Merged, texts: dict[tuple[str, str], str], what: str
) -> None:
    shown = note(merged, texts, HIDDEN, list(UNSEEN).index(what))
    assert all(part in shown for part in UNSEEN[what][1])


def test_no_remark_becomes_a_formula_or_a_link(statistics: openpyxl.Workbook) -> None:
    for sheet in statistics:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert not any(
                        text.lstrip("\t\n'") in str(cell.value) for text in TEXTS.values()
                    )
                target = (cell.hyperlink and cell.hyperlink.target) or ""
                assert "wra.gov.tw" not in target and "mailto:" not in target
                assert "server" not in target


def test_the_workbook_is_sound_and_leads_nowhere(merged: Merged) -> None:
    with ZipFile(merged.document["output"]) as archive:
        assert archive.testzip() is None
        relations = [name for name in archive.namelist() if name.endswith(".rels")]
        links = b"".join(map(archive.read, relations))
    assert b"example.tw" not in links and b"wra.gov.tw" not in links


def test_the_list_of_files_has_a_row_for_each(merged: Merged) -> None:
    [path] = Path(merged.inbox.results).glob("*收件紀錄.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == 1 + len(merged.by_name)
    assert len({len(row) for row in rows}) == 1
