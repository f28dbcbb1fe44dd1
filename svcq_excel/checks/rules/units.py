"""What is told of a unit's result, not of one file: results look for it (results/noticing.py)."""

from __future__ import annotations

from svcq_excel.checks.rule import UnitRule

_AID = "審閱提示，不影響得分"


class NearThreshold(UnitRule):
    """Of the total that stands in the tables: of a committee all members' one, after 加減分."""

    code = "near-threshold"
    severity = "notice"
    title = "總分略低於等第下限"
    clause = _AID
    todo = "請確認各項得分無誤"
    example = "總分 799.33 分（滿分 1000 分），距「甲」的下限 800 差 0.67 分"


class SelfHqApart(UnitRule):
    """Told at the self-assessment, which is what the unit can explain."""

    code = "self-hq-apart"
    severity = "notice"
    title = "自行考核與他評總分相差懸殊"
    clause = _AID
    todo = "請比對差異較大的項目，必要時請單位說明"
    example = "總分（滿分 1000 分）自行 950 分、本署 780 分，相差 170 分"


class TotalOutsideRange(UnitRule):
    """A trimmed mean or a median leaf by leaf may come to what no member gave."""

    code = "total-outside-range"
    severity = "warning"
    title = "單位得分超出各考核人員所評的範圍"
    clause = "審閱提示：逐項取中位數或去極端值時，加總後可能高於或低於每一位考核人員所評的總分"
    todo = "請確認採計方式；要以各考核人員的總分計者，請於定義的 committee 註明 per: total"
    example = "得分 95 分，各考核人員所評為 85 分"


class RulingUnused(UnitRule):
    code = "ruling-unused"
    severity = "warning"
    title = "複評結果或加減分沒有對象"
    clause = "結果彙整：複評結果及加減分只用於應複評、已有總分的單位"
    todo = "請核對編號及欄位，或刪除該筆；未處理前不影響結果"
    example = "複評及加減分表第 2 列的複評結果「通過」：這個單位為甲等，不須複評，沒有採用"


class AdjustmentAboveLimit(UnitRule):
    code = "adjustment-above-limit"
    severity = "warning"
    title = "加減分超過上限"
    clause = "結果彙整：加分及扣分各以定義所訂的上限為限"
    todo = "請更正該筆"
    example = "複評及加減分表第 2 列的獲獎加分 6 分，超過上限 5 分，以 5 分計"


class ScoreChanged(UnitRule):
    code = "score-changed"
    severity = "notice"
    title = "得分經核定調整"
    clause = "結果彙整：實地考核或申復後核定的得分，依成績調整表計列"
    todo = "如調整無誤，不必處理"
    example = "「服務場所便利性」經申復由 45 分調整為 48 分（核定人 王處長，105年7月20日）"


class ScoreChangeUnused(UnitRule):
    """An error of the table that the organiser keeps: the unit has nothing to correct."""

    code = "score-change-unused"
    severity = "error"
    title = "成績調整沒有採用"
    clause = "結果彙整：成績調整的原得分須與採計的得分相同，調整後的得分須是該細項可給的分數"
    todo = "請由主辦單位更正成績調整表的這一列；更正前仍以原得分計"
    example = "「成績調整.xlsx」第 2 列的成績調整：原得分填 45 分，採計的得分為 44 分，沒有採用"
