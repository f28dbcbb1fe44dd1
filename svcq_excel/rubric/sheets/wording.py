"""The words that a workbook has for the values of a definition."""

from __future__ import annotations

from svcq_excel.rubric.clauses import FIRSTS, TOTAL
from svcq_excel.rubric.sheets.cells import Cell
from svcq_excel.rubric.sheets.values import ValueKind, joined, parted, text_of, titled, words

KIND_WORDS = {"self": "自行考核", "hq": "主辦機關考核", "committee": "考核小組考核"}
KINDS = words(
    KIND_WORDS,
    {
        "自行": "self",
        "自評": "self",
        "自行檢核": "self",
        "主辦機關": "hq",
        "本署考核": "hq",
        "本署": "hq",
        "考核小組": "committee",
        "委員": "committee",
    },
)
BETTER_WORDS = {"higher": "愈高愈好", "lower": "愈低愈好"}
BETTER = words(BETTER_WORDS, {"越高越好": "higher", "越低越好": "lower"})
DIRECTION_WORDS = {"portrait": "直式", "landscape": "橫式"}
DIRECTION = words(DIRECTION_WORDS, {"直向": "portrait", "縱向": "portrait", "橫向": "landscape"})
EFFECT = words({"bonus": "加分", "deduction": "扣分"})
COMBINED = words(
    {"mean": "平均", "trimmed": "去極端值後平均", "median": "中位數"}, {"平均數": "mean"}
)
PER = words({"leaf": "各細項", "total": "總分"})
ROUNDED = words({"half-up": "四捨五入", "down": "無條件捨去", "up": "無條件進位"})
WITHIN = words({"group": "組內", "all": "全部"})
BY_WORDS = {"total": "總分", "places": "序位法"}
BY = words(BY_WORDS)
PLACES_WORDS = {"scores": "只依評分", "totals": "加計加減分"}
PLACES_OF = words(PLACES_WORDS)
AFTER_A_TIE = words({"competition": "跳號", "dense": "不跳號"})
REEVALUATED = words({"failed": "未通過"}, {"複評未通過": "failed"})

_TIE_WORDS = {TOTAL: "總分", FIRSTS: "獲評第一次數"}
_TIES = {word: key for key, word in _TIE_WORDS.items()}


def _ties_taken(cell: Cell) -> list[str]:
    return [_TIES.get(name, name) for name in parted(text_of(cell))]


TIES = ValueKind(
    lambda value: joined(_TIE_WORDS.get(each, each) for each in value), _ties_taken, stand_in=[]
)

BLANKS = {"agency": "主辦機關", "year": "年度", "kind": "考核種類"}
TITLE = titled(BLANKS)
DOCUMENT_BLANKS = {"unit": "單位名稱"}
DOCUMENT_TITLE = titled(DOCUMENT_BLANKS)

METHODS = ("下層合計", "自由給分", "級距", "檢核")
"""計分方式: said for people; which one it is follows from the rows and cells that are filled."""
SUMMED, FREE, BANDED, CHECKED = METHODS
METHOD = words(
    {method: method for method in METHODS},
    {
        "合計": SUMMED,
        "小計": SUMMED,
        "直接給分": FREE,
        "依級距": BANDED,
        "佐證數據": BANDED,
        "依佐證數據": BANDED,
        "檢核表": CHECKED,
    },
)

WORDS_OF = {
    "blanks": {**BLANKS, **DOCUMENT_BLANKS},
    "due": {"[6, 12]": "6月、12月"},
    "kinds": KIND_WORDS,
    "measure.better": BETTER_WORDS,
    "clauses.ranking.by": BY_WORDS,
    "clauses.ranking.places_of": PLACES_WORDS,
    "clauses.ranking.ties": _TIE_WORDS,
}
"""By dotted name the words for the values that messages speak of."""
