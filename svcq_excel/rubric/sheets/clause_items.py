"""The rows of 條款: every clause, its parts, and what they say."""

from __future__ import annotations

from dataclasses import dataclass

from svcq_excel.rubric.sheets.items import Item
from svcq_excel.rubric.sheets.values import CODE, NAMES, NUMBER, SHARE, TEXT, WHOLE, ValueKind
from svcq_excel.rubric.sheets.wording import (
    AFTER_A_TIE,
    BY,
    COMBINED,
    EFFECT,
    KINDS,
    PER,
    PLACES_OF,
    ROUNDED,
    TIES,
    WITHIN,
)
from svcq_excel.rubric.source import Keys

CLAUSE = "條款"


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: the rows that it has; of those that repeat there is one for each number."""

    name: str
    keys: Keys
    items: tuple[Item, ...]
    repeats: bool = False


def _item(name: str, key: str, about: str, value: ValueKind = TEXT) -> Item:
    return Item(name, (key,), about, value)


_ARTICLE = _item("依據", "clause", "計畫的條文，例如 捌、一；可留白。")

CLAUSES = (
    Clause(
        "期別",
        ("rounds",),
        (
            _item(
                "各期名稱",
                "names",
                "一年度辦理數次者，各期的名稱，以「、」分開；只辦一次則留白。",
                NAMES,
            ),
            _ARTICLE,
        ),
    ),
    Clause("等第", (), (_item("依據", "grading", "等第所依據的條文；可留白。"),)),
    Clause(
        "委員評分",
        ("committee",),
        (
            _item("合計方式", "method", "數位考核人員的評分如何合為一個分數。", COMBINED),
            _item(
                "去除個數",
                "trim",
                "去極端值時，最高與最低各去幾個；剩不到一個時改採中位數。",
                WHOLE,
            ),
            _item(
                "合計對象", "per", "各細項先合計再相加，或以各人的總分合計（平均時兩者相同）。", PER
            ),
            _item(
                "差異提示",
                "apart_share",
                "某人的評分水準與其他人相差超過滿分的百分之幾，即提示。",
                SHARE,
            ),
            _ARTICLE,
        ),
    ),
    Clause(
        "換算",
        ("scale",),
        (
            _item("換算後滿分", "to", "總分換算為另一滿分，例如 100；不換算則留白。", NUMBER),
            _ARTICLE,
        ),
    ),
    Clause(
        "加減分",
        ("adjustments",),
        (
            _item("名稱", "name", "即「複評及加減分」表的欄名。"),
            _item("加或扣", "effect", "加分或扣分。", EFFECT),
            _item("上限", "most", "最多加（扣）幾分；留白則無上限。", NUMBER),
            _item("考核種類", "kind", "只用於哪一種考核；留白則各種都適用。", KINDS),
            _ARTICLE,
        ),
        repeats=True,
    ),
    Clause(
        "總分上限",
        ("ceiling",),
        (_item("上限", "to", "總分（含加分）的上限；留白則為滿分。", NUMBER), _ARTICLE),
    ),
    Clause(
        "小數",
        ("rounding",),
        (
            _item("小數位數", "places", "總分的小數位數，0 到 4。", WHOLE),
            _item("進位方式", "method", "多餘的小數如何處理。", ROUNDED),
            _ARTICLE,
        ),
    ),
    Clause(
        "單項最低分",
        ("floors",),
        (
            _item("項目", "node", "「評分項目」的代號或名稱。", CODE),
            _item("最低分", "min", "未達此分者適用。", NUMBER),
            _item("等第至多", "grade", "未達者等第至多列此等；留白則不列入排名。"),
            _ARTICLE,
        ),
        repeats=True,
    ),
    Clause(
        "複評",
        ("reevaluation",),
        (
            _item("考核種類", "kind", "辦理複評的考核；不辦複評則留白。", KINDS),
            _item("應複評等第", "grades", "哪些等第應辦理複評，以「、」分開。", NAMES),
            _item("通過後改列", "becomes", "複評通過者改列的等第。"),
            _ARTICLE,
        ),
    ),
    Clause(
        "排名",
        ("ranking",),
        (
            _item("比較範圍", "within", "在組內排名，或全部一起排名。", WITHIN),
            _item("排名方式", "by", "依總分，或依序位法（各考核人員所評名次之和）。", BY),
            _item(
                "序位採計", "places_of", "序位法而有加減分時應填：名次是否加計加減分。", PLACES_OF
            ),
            _item("並列之後", "method", "跳號：1、1、3；不跳號：1、1、2。", AFTER_A_TIE),
            _item(
                "同分比較",
                "ties",
                "同分時依序比較：「評分項目」的代號或名稱，或「總分」、「獲評第一次數」，以「、」分開。",
                TIES,
            ),
            _ARTICLE,
        ),
    ),
)
