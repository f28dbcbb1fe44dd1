"""The sheet 補正通知 in front of a correction form: a letter, and a list that leads to cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from svcq_excel.form.entered import EntryPlace
from svcq_excel.form.identity import FORM_SHEET, REMARKS_SHEET
from svcq_excel.form.layout import metrics
from svcq_excel.form.layout.columns import Column
from svcq_excel.form.layout.layout import Layout
from svcq_excel.form.layout.paper import Paper
from svcq_excel.form.layout.remarks import COLUMNS as REMARKS_COLUMNS
from svcq_excel.form.layout.remarks import REMARKS, ItemRows
from svcq_excel.form.writing.prefilled import Correction, Notice
from svcq_excel.palette import SIZE_PT
from svcq_excel.rubric.model import Direction
from svcq_excel.text.visible import printable
from svcq_excel.workbooks.look import address

NOTICE_SHEET = "補正通知"
_TITLES = {
    "number": "編號",
    "cell": "位置",
    "kind": "類別",
    "name": "項目",
    "found": "問題",
    "todo": "請這樣更正",
}
_WIDTHS: Mapping[Direction, Sequence[int]] = {
    "landscape": (76, 104, 64, 200, 260, 296),
    "portrait": (76, 84, 60, 120, 160, 184),
}


def columns_on(paper: Paper) -> tuple[Column, ...]:
    """A margin, and the columns of the list."""
    named = zip(_TITLES.items(), _WIDTHS[paper.direction], strict=True)
    return (Column("", "", 10), *(Column(key, title, width) for (key, title), width in named))


_MUST, _MAY = "應更正", "請確認"
_NUMERALS = "一二三四五六七八九十"
_LETTER_PT, _HIGHEST = 12, 400
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
    columns = columns_on(layout.paper)
    last = len(columns) - 1
    across = sum(column.pixels for column in columns[1:])
    title_pt = formats["title"].font_size
    sheet.set_row(0, max(metrics.height(printable(notice.title), across, title_pt), 34))
    sheet.merge_range(0, 1, 0, last, "", formats["title"])
    sheet.write_string(0, 1, printable(notice.title), formats["title"])
    width = sum(column.pixels for column in columns[2:])
    row = 0
    for label, text in _letter(notice):
        row += 1
        sheet.set_row(row, min(metrics.height(text, width, _LETTER_PT) + 2, _HIGHEST))
        sheet.write_string(row, 1, label, formats["guide_label"])
        sheet.merge_range(row, 2, row, last, "", formats["guide"])
        sheet.write_string(row, 2, text, formats["guide"])
    row += 1
    sheet.set_row(row, 24)
    for i, column in enumerate(columns[1:], 1):
        sheet.write_string(row, i, column.title, formats["column_head"])
    sheet.repeat_rows(row)
    for count, correction in enumerate(notice.corrections, 1):
        row += 1
        at = _cell(layout, items, correction.place) if correction.place else None
        _line(sheet, row, columns, count, correction, at, formats)
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
    columns: Sequence[Column],
    count: int,
    correction: Correction,
    at: tuple[str, str] | None,
    formats: Mapping[str, Format],
) -> None:
    texts = [printable(text) for text in (correction.name, correction.found, correction.todo)]
    where = "該項" if correction.name else "整份表件"
    if at and correction.place:
        where = f"{_WORDS.get(correction.place[1], '')} {at[1]}".strip()
    heights = [
        metrics.height(text, column.pixels, SIZE_PT)
        for text, column in zip((where, *texts), (columns[2], *columns[4:]), strict=True)
    ]
    sheet.set_row(row, min(max(*heights, 22), _HIGHEST))
    sheet.write_number(row, 1, count, formats["range"])
    if at:
        sheet.write_url(row, 2, f"internal:'{at[0]}'!{at[1]}", formats["link"], where)
    else:
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
