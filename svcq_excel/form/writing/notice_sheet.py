"""The sheet 補正通知 in front of a correction form: a letter, and a list that leads to cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from svcq_excel.form.entered import EntryPlace
from svcq_excel.form.identity import FORM_SHEET, REMARKS_SHEET
from svcq_excel.form.layout import metrics
from svcq_excel.form.layout.grid import Column
from svcq_excel.form.layout.layout import Layout
from svcq_excel.form.layout.remarks import COLUMNS as REMARKS_COLUMNS
from svcq_excel.form.layout.remarks import REMARKS, ItemRows
from svcq_excel.form.writing.prefilled import Correction, Notice
from svcq_excel.text.visible import printable
from svcq_excel.workbooks.look import address

NOTICE_SHEET = "補正通知"
COLUMNS = (
    Column("", "", 10),
    Column("number", "編號", 76),
    Column("cell", "位置", 104),
    Column("kind", "類別", 64),
    Column("name", "項目", 200),
    Column("found", "問題", 280),
    Column("todo", "請這樣更正", 316),
)
_MUST, _MAY = "應更正", "請確認"
_NUMERALS = "一二三四五六七八九十"
_SIZE_PT, _HIGHEST = 12, 400
_WORDS = {
    "score": "得分",
    "band": "適用級距",
    "measure": "佐證數據",
    "note": "備註",
    "date": "考核日期",
    "status": "辦理狀態",
    "done": "辦理情形",
    "proof": "佐證資料",
    "this_year": "本年度",
    "last_year": "上年度",
    "assessor": "考核人員",
    "handed_in": "繳交",
    **REMARKS,
}


def write_notice(
    sheet: Worksheet,
    notice: Notice,
    layout: Layout,
    items: Sequence[ItemRows],
    formats: Mapping[str, Format],
) -> int:
    """Fills the sheet; returns the number of rows. `items` are the rows of the sheet of remarks."""
    last = len(COLUMNS) - 1
    sheet.set_row(0, 34)
    sheet.merge_range(0, 1, 0, last, "", formats["title"])
    sheet.write_string(0, 1, printable(notice.title), formats["title"])
    width = sum(column.pixels for column in COLUMNS[2:])
    row = 0
    for label, text in _letter(notice):
        row += 1
        sheet.set_row(row, min(metrics.height(text, width, _SIZE_PT) + 2, _HIGHEST))
        sheet.write_string(row, 1, label, formats["guide_label"])
        sheet.merge_range(row, 2, row, last, "", formats["guide"])
        sheet.write_string(row, 2, text, formats["guide"])
    row += 1
    sheet.set_row(row, 24)
    for i, column in enumerate(COLUMNS[1:], 1):
        sheet.write_string(row, i, column.title, formats["column_head"])
    sheet.repeat_rows(row)
    for count, correction in enumerate(notice.corrections, 1):
        row += 1
        at = _cell(layout, items, correction.place) if correction.place else None
        _line(sheet, row, count, correction, at, formats)
    return row + 1


def _letter(notice: Notice) -> Iterator[tuple[str, str]]:
    """The lines above the list, each with the label in front of it."""
    yield "受文者：", printable(notice.addressee)
    yield "主旨：", printable(notice.subject)
    for at, text in enumerate(notice.explanations):
        label = "" if at else "說明："
        yield label, f"{_NUMERALS[at]}、{printable(text)}"


def _line(
    sheet: Worksheet,
    row: int,
    count: int,
    correction: Correction,
    at: tuple[str, str] | None,
    formats: Mapping[str, Format],
) -> None:
    texts = [printable(text) for text in (correction.name, correction.found, correction.todo)]
    heights = [
        metrics.height(text, column.pixels, 10)
        for text, column in zip(texts, COLUMNS[4:], strict=True)
    ]
    sheet.set_row(row, min(max(*heights, 22), _HIGHEST))
    sheet.write_number(row, 1, count, formats["range"])
    if at and correction.place:
        shown = f"{_WORDS.get(correction.place[1], '')} {at[1]}".strip()
        sheet.write_url(row, 2, f"internal:'{at[0]}'!{at[1]}", formats["link"], shown)
    else:
        where = "該項" if correction.name else "整份表件"
        sheet.write_string(row, 2, where, formats["range"])
    sheet.write_string(row, 3, _MUST if correction.must else _MAY, formats["range"])
    for i, text in enumerate(texts, 4):
        sheet.write_string(row, i, text, formats["band_text"])


def _cell(layout: Layout, items: Sequence[ItemRows], place: EntryPlace) -> tuple[str, str] | None:
    """The sheet and the address of an entry, or of a text about an item."""
    if box := layout.entries.get(place):
        return FORM_SHEET, box.address
    rows, (item, key) = {each.item.id: each.row for each in items}, place
    if item not in rows or key not in REMARKS:
        return None
    column = [each.key for each in REMARKS_COLUMNS].index(key)
    return REMARKS_SHEET, address(rows[item], column)
