"""The sheets that are made where scores are given."""

from __future__ import annotations

from svcq_excel.results.bounds.near import has_bounds
from svcq_excel.results.bounds.sheet import write_bounds
from svcq_excel.results.entries.charts import CHARTS, ONE_UNIT
from svcq_excel.results.entries.entry import Entry, Section, table_of_each_kind
from svcq_excel.results.model import Outcome
from svcq_excel.results.page.sheet import Book
from svcq_excel.results.sheets.committee_tables import write_members, write_spreads
from svcq_excel.results.sheets.differences import write_differences
from svcq_excel.results.sheets.growths import write_growths
from svcq_excel.results.sheets.leaf_scores import write_leaf_scores
from svcq_excel.results.sheets.ranking import write_ranking
from svcq_excel.results.sheets.reevaluations import write_reevaluations
from svcq_excel.results.sheets.remarks import write_remarks, write_remarks_by_item
from svcq_excel.results.sheets.statistics_table import write_table
from svcq_excel.results.sheets.unit_table import write_unit_tables


def _differences(book: Book, name: str, outcome: Outcome) -> None:
    """A sheet a kind that stands beside 自行考核."""
    word = outcome.rubric.kind_word
    for kind in outcome.kinds:
        if kind != "self":
            write_differences(book, f"{word('self')}與{word(kind)}{name}", outcome, kind)


def _unit_tables(book: Book, _: str, outcome: Outcome) -> None:
    """They are called by their units."""
    write_unit_tables(book, outcome)


def _by_committee(outcome: Outcome) -> bool:
    return "committee" in outcome.kinds


def _has_unit_tables(outcome: Outcome) -> bool:
    return bool(outcome.rubric.unit_table_title)


SCORED = (
    *table_of_each_kind(
        "考核結果統計表", "各受考核單位的成績，一單位一列，供列印陳核。", write_table
    ),
    Entry(Section.RESULTS, "排名與獎懲", "各單位的名次，與依計畫應予的獎懲。", write_ranking),
    Entry(
        Section.RESULTS,
        "複評",
        "應辦理複評的單位，與複評的結果。",
        write_reevaluations,
        lambda outcome: bool(outcome.rubric.clauses.reevaluation),
    ),
    CHARTS,
    ONE_UNIT,
    Entry(
        Section.DETAILS,
        "細項得分",
        "各單位每一評分細項的得分；可篩選、排序，末列為篩選後的平均。",
        write_leaf_scores,
    ),
    Entry(
        Section.DETAILS,
        "差異",
        "同一單位自行考核與他人所評成績，各考核項目相差多少。",
        _differences,
        lambda outcome: "self" in outcome.kinds,
    ),
    Entry(
        Section.DETAILS,
        "考核人員評分",
        "每位考核人員對各單位所評的分數，與採計的結果。",
        write_members,
        _by_committee,
    ),
    Entry(
        Section.DETAILS,
        "評分差距",
        "各考核人員對同一評分細項所評分數相差多少。",
        write_spreads,
        _by_committee,
    ),
    Entry(
        Section.DETAILS,
        "優缺點彙整",
        "各單位評分表所填的優點、缺點、建議改善事項及備註，依單位排列。",
        write_remarks,
    ),
    Entry(
        Section.DETAILS,
        "成長率",
        "本年度與上年度的數值，與據以計算的成長率。",
        write_growths,
        lambda outcome: any(leaf.growth for leaf in outcome.rubric.leaves),
    ),
    Entry(
        Section.DETAILS,
        "各考核項目彙整",
        "各單位所填的優點、缺點及建議改善事項，依考核項目排列。",
        write_remarks_by_item,
        _has_unit_tables,
    ),
    Entry(
        Section.CHECKING,
        "邊界清單",
        "差幾分、少一位考核人員或改用其他進位方式，等第或獎懲就不同的單位。",
        write_bounds,
        lambda outcome: has_bounds(outcome.rubric),
    ),
    Entry(
        Section.UNITS,
        "考核結果彙整表",
        "該單位的考核結果彙整表：各項目成績，與優缺點及改善事項。",
        _unit_tables,
        _has_unit_tables,
    ),
)
