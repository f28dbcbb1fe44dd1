"""The sheets on what came in: what is wrong with it, and where each file and figure is from."""

from __future__ import annotations

from svcq_excel.results.entries.entry import Entry, Section
from svcq_excel.results.lock_record import write_lockings
from svcq_excel.results.sheets.duplicates import write_several
from svcq_excel.results.sheets.findings import write_findings
from svcq_excel.results.sheets.hand_ins import write_hand_ins
from svcq_excel.results.sheets.overview import write_overview
from svcq_excel.results.sheets.problems import write_by_criterion, write_by_rule
from svcq_excel.results.sheets.receipts import write_receipts
from svcq_excel.results.sheets.sources import write_sources

SUMMARY = Entry(
    Section.RESULTS, "摘要", "每一單位收到哪些檔案、有幾項問題、應先處理什麼。", write_overview
)
CAME_IN = (
    Entry(
        Section.CHECKING,
        "檢核結果",
        "每一項問題：在哪個檔案的哪一格、應如何處理。",
        write_findings,
    ),
    Entry(Section.CHECKING, "各項問題", "各種問題各有幾項、出現在幾個單位。", write_by_rule),
    Entry(
        Section.CHECKING,
        "易錯細項",
        "最常填錯的評分細項，供修改表件或說明時參考。",
        write_by_criterion,
        lambda outcome: not outcome.rubric.is_checklist,
    ),
    Entry(
        Section.CHECKING,
        "重複繳交",
        "同一單位繳交數份評分表時，採用哪一份、各份有何不同。",
        write_several,
        lambda outcome: any(file.differences for file in outcome.files),
    ),
    Entry(
        Section.INTERNAL,
        "繳交情形",
        "各單位何時繳交、是否逾期、尚缺什麼，與承辦人的聯絡方式。",
        write_hand_ins,
    ),
    Entry(
        Section.INTERNAL,
        "收件紀錄",
        "收到的每一個檔案如何處理、為什麼，與其寄件人及雜湊值（SHA-256）。",
        write_receipts,
    ),
)
SOURCES = Entry(
    Section.INTERNAL, "來源", "採計的每一筆資料讀取自哪個檔案的哪一格。", stream=write_sources
)
LOCKINGS = Entry(
    Section.INTERNAL,
    "定案紀錄",
    "本次結果之前曾經定案的結果，與解除定案的理由。",
    write_lockings,
    lambda outcome: bool(outcome.lockings),
)
