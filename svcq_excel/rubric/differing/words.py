"""What each part of a definition is called in a plan, and how its values are said there."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from svcq_excel.rubric import clauses
from svcq_excel.rubric.clauses import Clauses, Kind
from svcq_excel.rubric.differing.change import Show, listed, plain, points
from svcq_excel.rubric.differing.text_changes import in_quotes
from svcq_excel.rubric.documents import Document, Heading
from svcq_excel.rubric.judgement import Judgement
from svcq_excel.rubric.model import Grade, Reward, Rubric
from svcq_excel.rubric.node import Band, Growth, Measure, Node, Part, number


class Word(NamedTuple):
    said: str
    show: Show = in_quotes


KINDS: dict[Kind, str] = {
    "self": "自行考核",
    "hq": "主辦機關考核",
    "committee": "考核小組考核",
}
_BLANKS = {
    "{agency}": "〔主辦機關〕",
    "{year}": "〔年〕",
    "{kind}": "〔考核類別〕",
    "{unit}": "〔單位〕",
}


def titled(pattern: str) -> str:
    """A title, with the words for what is filled into it."""
    for blank, word in _BLANKS.items():
        pattern = pattern.replace(blank, word)
    return in_quotes(pattern)


def months(due: tuple[int, ...]) -> str:
    return "、".join(f"{month}月" for month in due)


def _one_of(**words: str) -> Show:
    named = {key.replace("_", "-"): word for key, word in words.items()}
    return lambda value: named.get(value, str(value))


def _counted(what: str) -> Show:
    return lambda value: f"{value} {what}"


def _share(value: Decimal) -> str:
    return f"{number(value * 100)}%"


def _figure(value: Decimal) -> str:
    return number(value)


def _kind(value: Kind) -> str:
    return KINDS[value]


_ARTICLE = Word("依據")

WORDS: Mapping[type[Part], Mapping[str, Word]] = {
    Rubric: {
        "id": Word("定義代號", plain),
        "title": Word("考核計畫名稱"),
        "agency": Word("主辦機關"),
        "year": Word("年度", _counted("年度")),
        "levels": Word("各層名稱", listed),
        "item_level": Word("統計表每欄一項的層次"),
        "step": Word("給分單位", points),
        "form_title": Word("評分表標題", titled),
        "table_title": Word("統計表標題", titled),
        "unit_table_title": Word("各單位彙整表的標題", titled),
        "form_label": Word("評分表在計畫中的編號"),
        "table_label": Word("統計表在計畫中的編號"),
        "text_title": Word("評分標準的欄名"),
        "unit_label": Word("受考核單位的欄名"),
        "comments": Word("評分表末的文字欄"),
        "grade_line": Word("等第說明"),
    },
    Node: {
        "label": Word("表上字樣"),
        "cap": Word("配分", points),
        "text": Word("評分標準"),
        "notice": Word("注意事項"),
        "due": Word("查核期限", months),
    },
    Band: {"text": Word("評分標準")},
    Measure: {
        "label": Word("名稱"),
        "unit": Word("單位"),
        "max": Word("最大值", _figure),
        "better": Word("方向", _one_of(higher="愈高愈好", lower="愈低愈好")),
    },
    Growth: {"label": Word("名稱"), "of": Word("所比較的數據"), "unit": Word("單位")},
    Grade: {"name": Word("名稱"), "min": Word("下限", points)},
    Reward: {
        "kind": Word("適用的考核", _kind),
        "grades": Word("適用的等第", listed),
        "ranks": Word("適用的名次", lambda ranks: "、".join(f"第 {rank} 名" for rank in ranks)),
        "reevaluated": Word("複評條件", _one_of(failed="限複評未通過者")),
        "text": Word("內容"),
        "clause": _ARTICLE,
    },
    Document: {
        "id": Word("文件代號", plain),
        "name": Word("名稱"),
        "annex": Word("在計畫中的編號"),
        "title": Word("標題", titled),
        "line": Word("標題下的一行"),
        "note": Word("填寫說明"),
        "pages": Word("頁數上限", _counted("頁")),
    },
    Heading: {"name": Word("標題"), "hint": Word("說明"), "columns": Word("表格的欄名", listed)},
    Judgement: {
        "near_threshold": Word("接近等第下限的提示範圍", points),
        "apart_share": Word("自評與他評相差的提示門檻", _share),
        "full_share": Word("滿分而無備註的提示門檻", _share),
        "fewest_leaves": Word("分數雷同的提示所需細項數", _counted("項")),
    },
    Clauses: {"grading": Word("等第的依據")},
    clauses.Rounds: {"names": Word("各期名稱", listed), "clause": _ARTICLE},
    clauses.Committee: {
        "method": Word("合計方式", _one_of(mean="平均", trimmed="去極端值後平均", median="中位數")),
        "trim": Word("最高與最低各去", _counted("個")),
        "per": Word("合計的對象", _one_of(leaf="各細項", total="各考核人員的總分")),
        "apart_share": Word("評分差距的提示門檻", _share),
        "clause": _ARTICLE,
    },
    clauses.Scale: {"to": Word("換算後的滿分", points), "clause": _ARTICLE},
    clauses.Adjustment: {
        "name": Word("名稱"),
        "effect": Word("性質", _one_of(bonus="加分", deduction="扣分")),
        "most": Word("上限", points),
        "kind": Word("適用的考核", _kind),
        "clause": _ARTICLE,
    },
    clauses.Ceiling: {"to": Word("上限", points), "clause": _ARTICLE},
    clauses.Rounding: {
        "places": Word("小數位數", _counted("位")),
        "method": Word("進位方式", _one_of(half_up="四捨五入", down="無條件捨去", up="無條件進位")),
        "clause": _ARTICLE,
    },
    clauses.Floor: {
        "min": Word("最低分", points),
        "grade": Word("未達者等第至多"),
        "clause": _ARTICLE,
    },
    clauses.Reevaluation: {
        "kind": Word("適用的考核", _kind),
        "grades": Word("應複評的等第", listed),
        "becomes": Word("通過後改列的等第"),
        "clause": _ARTICLE,
    },
    clauses.Ranking: {
        "within": Word("比較範圍", _one_of(group="組內", all="全部")),
        "by": Word("排名的方法", _one_of(total="依總分", places="序位法")),
        "places_of": Word("序位法的依據", _one_of(scores="只依評分", totals="加計加減分")),
        "method": Word("並列之後", _one_of(competition="跳號", dense="不跳號")),
        "clause": _ARTICLE,
    },
}
"""Of each part, what is told by its own word; what else it holds is told piece by piece."""

CLAUSES: Mapping[str, str] = {
    "rounds": "考核期別",
    "committee": "考核人員評分的合計",
    "scale": "總分換算",
    "ceiling": "總分上限",
    "rounding": "總分的小數",
    "reevaluation": "複評",
    "ranking": "排名",
}
"""The clauses that are parts of their own."""

PIECE_BY_PIECE: Mapping[type[Part], frozenset[str]] = {
    Rubric: frozenset(
        {"format", "sums", "kinds", "documents", "unread", "notes", "signatures"}
        | {"grades", "rewards", "clauses", "judgement", "tree"}
    ),
    Node: frozenset({"id", "name", "bands", "measure", "growth", "children"}),
    Band: frozenset({"min", "max", "measure_min", "measure_max"}),
    Document: frozenset({"heads"}),
    Heading: frozenset({"heads"}),
    Clauses: frozenset({*CLAUSES, "adjustments", "floors"}),
    clauses.Floor: frozenset({"node"}),
    clauses.Ranking: frozenset({"ties"}),
}
"""What is compared in words of its own."""
