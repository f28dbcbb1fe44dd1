"""The tables of a definition's workbook: each column's head, what it says, and which key it is.

Writer and reader both go by these; a key of the model that stands here nowhere fails a test.
"""

from __future__ import annotations

from dataclasses import dataclass

from svcq_excel.rubric.sheets.values import (
    CODE,
    MONTHS,
    NAMES,
    NUMBER,
    RANKS,
    TEXT,
    WHOLE,
    ValueKind,
)
from svcq_excel.rubric.sheets.wording import BETTER, DOCUMENT_TITLE, KINDS, METHOD, REEVALUATED
from svcq_excel.rubric.source import Keys

TREE_SHEET, GRADES_SHEET, REWARDS_SHEET, DOCUMENTS_SHEET = "評分項目", "等第", "獎懲", "附件"
PLAN_SHEET, CLAUSES_SHEET = "計畫", "條款"

LEVEL = "層次"
BAND_ROW, SUM_ROW, NOTE_ROW = "級距", "合計", "附註"
SUM_ROWS, NOTE_ROWS = (SUM_ROW, "小計", "總計"), (NOTE_ROW, "備註", "說明")
RESERVED = (BAND_ROW, *SUM_ROWS, *NOTE_ROWS)
MOST_LEVELS = 50
"""Of what is scored, and of headings; nobody has half as many."""
DOCUMENT_ROW, HEADING_ROW = "文件", "標題"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet; `keys` lead from what its row stands for to the value."""

    head: str
    about: str
    keys: Keys = ()
    value: ValueKind = TEXT
    width: int = 12
    band: Keys = ()
    """The same in a row of a band, or of a heading below a document."""
    also: tuple[str, ...] = ()


CAP, BELOW, CHECK = "配分", "下層合計", "核對"
LOWEST, HIGHEST, THRESHOLD, STANDARD = "級距下限", "級距上限", "門檻", "評分標準"
ID, NAME, HOW, DUE = "代號", "名稱", "計分方式", "查核期限"

TREE = (
    Column(
        ID,
        "英文字母起首，全表不得重複，例如 A1.2。留白時由程式依次序給定；表件發出後即不應更改。",
        ("id",),
        CODE,
        12,
    ),
    Column(
        LEVEL,
        "這一列屬哪一層（各層名稱見「計畫」）。級距寫「級距」，列在所屬細項之下；"
        "合計寫「合計」、說明寫「附註」，這兩種列只供參考，程式不讀。留白者與上列同層。",
        width=12,
        also=("層級",),
    ),
    Column(NAME, "名稱，不含編號；統計表以此為欄名。", ("name",), width=26),
    Column("表上字樣", "評分表上印的字樣（含編號、※ 等）；留白則同名稱。", ("label",), width=26),
    Column(
        CAP, "滿分。各層的配分應等於下一層的合計；檢核表不填。", ("cap",), NUMBER, 8, also=("滿分",)
    ),
    Column(BELOW, "下一層配分的合計，自動計算，不必填寫。", width=9),
    Column(CHECK, "配分與下一層合計不符時，自動顯示尚差或超出幾分。", width=13),
    Column(
        HOW,
        "「下層合計」：分數由下一層加總；「自由給分」：0 到配分之間；"
        "「級距」：依其下各列級距給分；「檢核」：檢核表的步驟。可留白，由所填內容判斷。",
        width=10,
        value=METHOD,
    ),
    Column(LOWEST, "級距的最低分（含）。", value=NUMBER, width=9, band=("min",)),
    Column(HIGHEST, "級距的最高分（含）。由高而低逐列填寫。", value=NUMBER, width=9, band=("max",)),
    Column(
        STANDARD,
        "級距的列寫達到此級距的標準；細項的列寫評分參考標準；上層的列寫宗旨。照原文。",
        ("text",),
        width=56,
        band=("text",),
        also=("評分參考標準", "評分重點"),
    ),
    Column("佐證數據", "決定級距的數據名稱，例如 回應問題正確率。", ("measure", "label"), width=18),
    Column("單位", "佐證數據的單位，例如 %、分、件。", ("measure", "unit"), width=7),
    Column(
        THRESHOLD,
        "填在級距的列：佐證數據達到此值（愈低愈好者為不超過此值），才可採此級距。",
        value=NUMBER,
        width=8,
        band=("measure_min",),
    ),
    Column(
        "方向", "佐證數據愈高愈好，或愈低愈好；留白為愈高愈好。", ("measure", "better"), BETTER, 10
    ),
    Column(
        "數據上限",
        "佐證數據可能的最大值，例如百分比的 100；可留白。",
        ("measure", "max"),
        NUMBER,
        9,
    ),
    Column("成長率", "附列的成長率名稱，例如 服務滿意度成長率。", ("growth", "label"), width=18),
    Column("成長率數據", "所比較的數據，例如 平均服務滿意度。", ("growth", "of"), width=18),
    Column("成長率單位", "所比較數據的單位，例如 %、項、件。", ("growth", "unit"), width=10),
    Column(
        "注意事項", "評分注意事項，印在評分表上。", ("notice",), width=36, also=("評分注意事項",)
    ),
    Column(DUE, "檢核表步驟的查核月份，例如 6月、12月。", ("due",), MONTHS, 12),
)
GRADES = (
    Column("等第", "由高而低，例如 優、甲、乙。", ("name",), width=12),
    Column(
        "下限",
        "總分達此值（含）即為此等第；最低的等第寫 0。",
        ("min",),
        NUMBER,
        10,
        also=("最低分",),
    ),
)
REWARDS = (
    Column("考核種類", "適用的考核。", ("kind",), KINDS, 16),
    Column("等第", "適用的等第，數個以「、」分開；留白則不論等第。", ("grades",), NAMES, 14),
    Column("名次", "適用的名次，例如 1 或 2、3；留白則不論名次。", ("ranks",), RANKS, 10),
    Column(
        "複評",
        "寫「未通過」者，只適用於複評未通過的單位；留白則不論複評。",
        ("reevaluated",),
        REEVALUATED,
        10,
    ),
    Column("獎懲內容", "獎懲的文字。", ("text",), width=60),
    Column("依據", "計畫的條文，例如 柒、二。", ("clause",), width=14),
)
DOCUMENTS = (
    Column(
        LEVEL,
        "應另附的文件寫「文件」；其下各標題寫「標題1」，再下一層寫「標題2」，依此類推。",
        width=10,
    ),
    Column(ID, "文件代號：小寫英文字母、數字與「-」；留白時由程式給定。", ("id",), CODE, 18),
    Column(
        NAME,
        "文件名稱（收件時依檔名中的名稱辨識），或標題的文字。",
        ("name",),
        width=34,
        band=("name",),
    ),
    Column("附件編號", "在計畫中的編號，例如 附錄1。", ("annex",), width=12),
    Column("文件標題", "文件開頭的標題，可用 {單位名稱}。", ("title",), DOCUMENT_TITLE, 34),
    Column("標題下一行", "標題下的一行，例如資料截止時間；可留白。", ("line",), width=26),
    Column("頁數上限", "留白則不限。", ("pages",), WHOLE, 10),
    Column(
        "說明",
        "文件的列寫文末的填寫說明；標題的列寫標題下的說明。",
        ("note",),
        width=56,
        band=("hint",),
    ),
    Column(
        "表格欄名",
        "標題之下以表格填寫者，各欄名稱以「、」分開。",
        width=30,
        value=NAMES,
        band=("columns",),
    ),
)

REQUIRED = {
    TREE_SHEET: (LEVEL, NAME),
    GRADES_SHEET: ("等第", "下限"),
    REWARDS_SHEET: ("考核種類", "獎懲內容"),
    DOCUMENTS_SHEET: (LEVEL, NAME),
    PLAN_SHEET: ("項目", "值"),
    CLAUSES_SHEET: ("條款", "項目", "值"),
}
"""The heads by which the row of heads is known."""


def ordinal(depth: int) -> str:
    """How a level is named by its place, where its name means something else."""
    return f"第{depth + 1}層"
