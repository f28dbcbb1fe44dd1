"""The rows of 計畫 that a definition has, and those that belong to the rest of a plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from svcq_excel.rubric.sheets.values import (
    CODE,
    NAMES,
    NUMBER,
    SHARE,
    TEXT,
    WHOLE,
    ValueKind,
    listed,
)
from svcq_excel.rubric.sheets.wording import BLANKS, DIRECTION, KIND_WORDS, TITLE
from svcq_excel.rubric.source import Keys

ITEM, VALUE, ABOUT = "項目", "值", "說明"


@dataclass(frozen=True, slots=True)
class Item:
    """A row of 項目 and 值."""

    name: str
    keys: Keys
    about: str
    value: ValueKind = TEXT
    repeats: bool = False
    """Whether the row may stand several times, a text each."""
    also: tuple[str, ...] = ()


_BLANKS = listed(f"{{{word}}}" for word in BLANKS.values())

ITEMS = (
    Item("考核名稱", ("title",), "考核計畫的全名。"),
    Item("主辦機關", ("agency",), "辦理考核的機關。"),
    Item("年度", ("year",), "民國年度的數字，例如 105。", WHOLE),
    Item(
        "代號",
        ("id",),
        "定義的代號：小寫英文字母起首，只用小寫英文字母、數字與「-」；留白時由程式給定。"
        "表件發出後即不應更改。",
        CODE,
    ),
    Item(
        "層次",
        ("levels",),
        "「評分項目」各層的名稱，由上而下，以「、」分開。",
        NAMES,
        also=("層級",),
    ),
    Item("統計層次", ("item_level",), "統計表以哪一層為欄，例如 評核項目。"),
    Item("給分單位", ("step",), "分數的最小單位：1 為整數，0.5 為半分。", NUMBER),
    Item("評分表標題", ("form_title",), f"可用{_BLANKS}代入。", TITLE),
    Item("統計表標題", ("table_title",), f"可用{_BLANKS}代入。", TITLE),
    Item(
        "彙整表標題",
        ("unit_table_title",),
        f"每單位一張的彙整表的標題，可用{_BLANKS}；留白則不製。",
        TITLE,
    ),
    Item("評分表編號", ("form_label",), "評分表在計畫中的編號，例如 附表1，印在標題右側；可留白。"),
    Item("統計表編號", ("table_label",), "統計表在計畫中的編號，例如 附表2；可留白。"),
    Item(
        "表件方向",
        ("form_direction",),
        "表件列印的方向：直式或橫式；留白則各欄容得下時用直式，否則用橫式。",
        DIRECTION,
    ),
    Item("評分標準欄名", ("text_title",), "評分表上評分標準的欄名，例如 評分重點。"),
    Item("單位名稱欄名", ("unit_label",), "評分表上受考核單位名稱的欄名，例如 機關名稱。"),
    Item("文字欄", ("comments",), "評分表末的文字欄，例如 優點、建議改進事項；留白則無。"),
    Item("等第說明", ("grade_line",), "統計表上的等第說明，照原文；可留白。"),
    Item("簽章欄", ("signatures",), "統計表的簽章欄，以「、」分開；留白則無。", NAMES),
    Item("統計表附註", ("notes",), "統計表下方的附註，一則一列。", repeats=True),
    Item(
        "無法辨識", ("unread",), "原文無法辨識而未列入的部分，一則一列；不影響表件。", repeats=True
    ),
    Item(
        "提示：接近等第",
        ("judgement", "near_threshold"),
        "總分低於等第下限幾分以內即提示；0 為不提示，留白為滿分的 0.5%。",
        NUMBER,
    ),
    Item(
        "提示：自評他評相差",
        ("judgement", "apart_share"),
        "自評與他評總分相差超過滿分的百分之幾即提示。",
        SHARE,
    ),
    Item(
        "提示：滿分無備註",
        ("judgement", "full_share"),
        "得滿分而無備註的細項達百分之幾即提示。",
        SHARE,
    ),
    Item(
        "提示：細項過少",
        ("judgement", "fewest_leaves"),
        "細項少於此數時，分數雷同可能只是巧合，不提示。",
        WHOLE,
    ),
)

KIND_ITEM, SUM_ITEM = "標題字樣：", "小計字樣："
"""Followed by the kind of assessment, and by the name of a level."""
KIND_ABOUT = "有這種考核時，填它在標題中的字樣（代入{考核種類}）；沒有則留白。"
SUM_ABOUT = "這一層在評分表上顯示小計時，填其字樣；不顯示則留白，顯示而無字樣寫「（無）」。"
NO_WORDS = "（無）"
"""A sum that is shown without words."""

OTHER_ITEMS = (
    *("評分表定義", "期別", "考核期別", "本次期別"),
    *("繳交期限", "收件期限", "補正期限"),
    *("考核種類", "考核類別", "表件格式", "檔案格式"),
    *("聯絡人", "承辦人", "聯絡電話", "電話", "聯絡電子郵件", "電子郵件", "本機關信箱"),
    *("寄件伺服器", "寄件連接埠", "寄件加密方式", "寄件帳號", "寄件地址", "副本收件人"),
    *("草稿伺服器", "草稿帳號", "通知名次", "申復期限", "申復方式"),
)
"""Rows of the same sheet that are no part of a definition: who reads those leaves these alone."""


def kind_items() -> Iterator[Item]:
    for kind, said in KIND_WORDS.items():
        yield Item(f"{KIND_ITEM}{said}", ("kinds", kind), KIND_ABOUT)


def is_of_a_definition(name: str) -> bool:
    """Whether a row of 計畫 belongs to the definition, by its 項目."""
    known = (each for item in ITEMS for each in (item.name, *item.also))
    return name in known or name.startswith((KIND_ITEM, SUM_ITEM))
