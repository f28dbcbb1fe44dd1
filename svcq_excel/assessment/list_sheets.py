"""The sheets of a plan workbook that hold lists: their columns, what each means, and how wide."""

from __future__ import annotations

from dataclasses import dataclass

from svcq_excel.plan import decisions, rulings
from svcq_excel.plan.lists import heads
from svcq_excel.plan.lists.cells import LONG_TEXT
from svcq_excel.plan.plan_workbook import CHANGES, DECISIONS, LETTERS, MEMBERS, RULINGS, UNITS


@dataclass(frozen=True, slots=True)
class ListColumn:
    head: str
    about: str
    width: float = 14
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListSheet:
    name: str
    columns: tuple[ListColumn, ...]


_CODE = ListColumn(heads.CODE, "受考核單位的編號，與「受考核單位」所列相同。", 12)

UNIT_LIST = ListSheet(
    UNITS,
    (
        ListColumn(heads.CODE, "每個單位不同；表件發出後即不應更改。01 之類請以文字輸入。", 12),
        ListColumn(heads.NAME, "印在表件上的全名。", 34),
        ListColumn(heads.GROUP, "分組評比者，每個單位都填；不分組者全部留白。", 12),
        ListColumn(heads.EMAIL, "寄送表件及通知的電子郵件，數個以分號分開；可留白。", 32),
        ListColumn(heads.CONTACT, "單位的承辦人；可留白。", 14),
        ListColumn(heads.PHONE, "承辦人的電話；可留白。", 18),
    ),
)
MEMBER_LIST = ListSheet(
    MEMBERS,
    (
        ListColumn(heads.CODE, "可留白；填則每位都填，且不同。", 14),
        ListColumn(heads.ASSESSOR, "考核小組委員等的姓名；由單位自評、機關考核者不必列。", 16),
        ListColumn(heads.GROUP, "只考核某一組者，填該組；考核全部單位者留白。", 12),
        ListColumn(heads.ASSESSES, "只考核某些單位者，填其編號或名稱，以頓號分開。", 40),
    ),
)
LETTER_LIST = ListSheet(
    LETTERS,
    (
        ListColumn("信件", "哪一種信；不要更改。", 12),
        ListColumn("主旨", "信件的主旨。{ } 內的欄位由程式代入。", 40),
        ListColumn(LONG_TEXT, "信件的內文，一行一段；欄位都空白的一行不印。", 88),
        ListColumn("可用的欄位", "主旨及內文可以使用的欄位，連同 { } 一起寫。", 52),
    ),
)
CARRIED = (UNIT_LIST, MEMBER_LIST)
"""What an assessment takes over from the one before it."""

DECISION_LIST = ListSheet(
    DECISIONS,
    (
        ListColumn(decisions.FILE, "照「收件紀錄」的檔案欄填寫；對考核人員的決定則留白。", 48),
        ListColumn(heads.ASSESSOR, "決定其缺席、迴避、不計者填姓名或編號；否則留白。", 16),
        ListColumn(heads.ASSESSES, "不考核的單位，填編號或名稱；所有單位填「全部」。", 24),
        ListColumn(
            decisions.DECISION,
            "檔案：採用或排除；考核人員：缺席、迴避或不計。",
            10,
            (decisions.ADOPTED, decisions.EXCLUDED, *decisions.ABSENCES),
        ),
        ListColumn(decisions.REASON, "決定的理由，會印在結果上。", 44),
        ListColumn(decisions.BY, "由誰決定。", 14),
    ),
)


def ruling_list(adjustments: tuple[str, ...]) -> ListSheet:
    """複評及加減分, with a column for each 加分 or 扣分 of the rubric."""
    points = (ListColumn(name, "填分數，扣分也填正數；沒有者留白。") for name in adjustments)
    return ListSheet(
        RULINGS,
        (
            _CODE,
            ListColumn(rulings.RESULT, "通過或未通過；尚未複評者留白。", 12, ("通過", "未通過")),
            ListColumn(rulings.DAY, "例如 105年11月3日；可留白。", 16),
            *points,
        ),
    )


def change_list(kinds: tuple[str, ...]) -> ListSheet:
    """成績調整."""
    return ListSheet(
        CHANGES,
        (
            _CODE,
            ListColumn("考核種類", "調整哪一種考核的得分。", 14, kinds),
            ListColumn("考核人員", "調整某位委員的評分者填姓名或編號；否則留白。", 14),
            ListColumn("代號", "評分細項的代號，見「評分項目」。", 12),
            ListColumn("原得分", "表件上的得分；與收到的表件不同者，程式會指出。", 10),
            ListColumn("調整後得分", "決定後的得分。", 12),
            ListColumn("理由", "例如 申復後補正佐證；會印在結果上。", 44),
            ListColumn("核定人", "由誰核定。", 14),
            ListColumn("日期", "核定的日期，例如 105年11月3日。", 16),
            ListColumn("期別", "一年辦理數期者，填調整哪一期的得分；只有一期則留白。", 18),
        ),
    )
