"""The sheets of a checklist, on which nothing is scored, graded or ranked."""

from __future__ import annotations

from svcq_excel.results.entries.charts import CHARTS
from svcq_excel.results.entries.entry import Entry, Section, of_each_kind, table_of_each_kind
from svcq_excel.results.sheets.checklist_steps import (
    write_overdue,
    write_together,
    write_units_by_steps,
)
from svcq_excel.results.sheets.checklist_table import write_checklist_table, write_completion

CHECKLIST = (
    *table_of_each_kind(
        "檢核結果統計表",
        "各受考核單位各種辦理情形的步驟數與完成率，供列印陳核。",
        write_checklist_table,
    ),
    Entry(
        Section.RESULTS,
        "逾期步驟",
        "已逾查核期限而尚未完成的步驟，供追蹤及帶入下一期；另存 PDF 時不列入。",
        of_each_kind(write_overdue),
        lists=True,
    ),
    CHARTS,
    Entry(
        Section.DETAILS,
        "單位與步驟",
        "每一執行步驟，各單位所填的辦理情形。",
        of_each_kind(write_units_by_steps),
    ),
    Entry(
        Section.DETAILS,
        "完成率",
        "各單位每一實施要項的完成率。",
        of_each_kind(write_completion),
    ),
    Entry(
        Section.DETAILS,
        "辦理情形彙整",
        "各單位所填的辦理情形說明及佐證資料。",
        of_each_kind(write_together),
    ),
)
