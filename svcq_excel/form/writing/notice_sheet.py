"""The sheet 補正通知 in front of a correction form: what to correct, with links to the cells."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from svcq_excel.form.identity import FORM_SHEET
from svcq_excel.form.layout import metrics
from svcq_excel.form.layout.grid import Column
from svcq_excel.form.layout.layout import Layout
from svcq_excel.form.writing.prefilled import Correction, Notice
from svcq_excel.text.visible import printable

NOTICE_SHEET = "補正通知"
COLUMNS = (
    Column("", "", 10),
    Column("number", "編號", 50),
    Column("cell", "位置", 80),
    Column("name", "項目", 210),
    Column("found", "問題", 300),
    Column("todo", "請這樣更正", 340),
)
_WORDS = {
    "score": "得分",
    "band": "適用級距",
    "measure": "佐證數據",
    "note": "備註",
    "date": "考核日期",
}


def write_notice(
    sheet: Worksheet, notice: Notice, layout: Layout, formats: Mapping[str, Format]
) -> int:
    """Fills the sheet; returns the number of rows."""
    last = len(COLUMNS) - 1
    sheet.set_row(0, 34)
    sheet.merge_range(0, 1, 0, last, "", formats["title"])
    sheet.write_string(0, 1, NOTICE_SHEET, formats["title"])
    lines = (
        f"{printable(notice.unit)}：所送評分表有 {len(notice.corrections)} 項須補正，如下表。",
        "本檔已帶入貴單位原填內容，只須更正淡紅色的儲存格（游標移到儲存格上會顯示說明），"
        "存檔後寄回即可，本檔將取代前次所送表件。",
        f"補正期限：{printable(notice.deadline)}" if notice.deadline else "",
    )
    row = 0
    for line in filter(None, lines):
        row += 1
        width = sum(column.pixels for column in COLUMNS[1:])
        sheet.set_row(row, metrics.height(line, width, 12) + 2)
        sheet.merge_range(row, 1, row, last, "", formats["guide"])
        sheet.write_string(row, 1, line, formats["guide"])
    row += 1
    sheet.set_row(row, 24)
    for i, column in enumerate(COLUMNS[1:], 1):
        sheet.write_string(row, i, column.title, formats["column_head"])
    for count, correction in enumerate(notice.corrections, 1):
        row += 1
        _line(sheet, row, count, correction, layout, formats)
    return row + 1


def _line(
    sheet: Worksheet,
    row: int,
    count: int,
    correction: Correction,
    layout: Layout,
    formats: Mapping[str, Format],
) -> None:
    texts = [printable(text) for text in (correction.name, correction.found, correction.todo)]
    heights = [
        metrics.height(text, column.pixels, 10)
        for text, column in zip(texts, COLUMNS[3:], strict=True)
    ]
    sheet.set_row(row, min(max(*heights, 22), 400))
    sheet.write_number(row, 1, count, formats["range"])
    box = layout.entries.get(correction.place) if correction.place else None
    if box and correction.place:
        shown = f"{_WORDS.get(correction.place[1], '')} {box.address}"
        target = f"internal:'{FORM_SHEET}'!{box.address}"
        sheet.write_url(row, 2, target, formats["link"], shown)
    else:
        sheet.write_string(row, 2, "整份表件", formats["range"])
    for i, text in enumerate(texts, 3):
        sheet.write_string(row, i, text, formats["band_text"])
