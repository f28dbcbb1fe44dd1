"""The sheets of charts, and their figures."""

from __future__ import annotations

from svcq_excel.results.charts.one_unit import can_compare, write_one_unit
from svcq_excel.results.charts.sheets import any_result, write_charts
from svcq_excel.results.entries.entry import Entry, Section

CHARTS = Entry(
    Section.DETAILS,
    "統計圖表",
    "以圖看各單位的成績與完成情形，附畫圖所用的數字。",
    exists=any_result,
    stream=write_charts,
)
ONE_UNIT = Entry(
    Section.DETAILS,
    "單位與同組",
    "由清單選擇一個單位，各考核項目的得分即與同組平均並列，附圖。",
    exists=can_compare,
    stream=write_one_unit,
)
