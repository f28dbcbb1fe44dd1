"""項目 of the plan workbook's sheet 計畫: what each is called, where it goes, what to write."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from svcq_excel.definition import DefinitionError, problem_of

ROUND, THIS_ROUND = "期別", "本次期別"
DEADLINE, CORRECTED_BY = "繳交期限", "補正期限"
RUBRIC = "評分表定義"
COPIES, PUBLIC, ANNOUNCED = "另存格式", "公告版", "公告內容"
YES, NO = "是", "否"
_BETWEEN = re.compile(r"[\s、，,;；/＋+及和與]+")
_YES, _NO = {YES, "要", "可", "准"}, {NO, "不要", "不可", ""}

if TYPE_CHECKING:
    from svcq_excel.plan.lists.list_file import SheetOf


@dataclass(frozen=True, slots=True)
class Matter:
    """A row of 計畫: what it is called, where it goes, and what to write there."""

    name: str
    field: str
    note: str
    also: tuple[str, ...] = ()


MATTERS = (
    Matter(RUBRIC, "rubric", "內附代號或定義檔；評分項目就在本活頁簿者不必填。"),
    Matter(
        ROUND,
        "",
        "例如 105年度上半年。一年辦理數次者，每期一列，其下接著填該期的繳交期限、補正期限。",
        ("考核期別",),
    ),
    Matter(DEADLINE, "", "例如 105年7月31日 或 105/7/31 17:00；未填者不判斷逾期。", ("收件期限",)),
    Matter(CORRECTED_BY, "", "補正表件的期限；未填者依各補正通知所載。"),
    Matter(THIS_ROUND, "round", "列有數個期別時，填現在辦理的一期；換期時改這一格。"),
    Matter("考核種類", "kinds", "要產製哪些表件，數種以頓號分開。", ("考核類別",)),
    Matter(
        "前期結果",
        "previous",
        "與前期比較時填前期的統計表，例如 前期結果/104年度.xlsx；數份以頓號分開。"
        "同一資料夾前幾期的結果不必填。",
        ("前期統計表",),
    ),
    Matter("表件格式", "format", "空白表件的檔案格式。", ("檔案格式",)),
    Matter(
        COPIES,
        "copies",
        "彙整時另存的檔案：PDF（供列印、陳核）、ODF（.ods，須安裝 LibreOffice）、HTML（供瀏覽），"
        "數種以頓號分開。",
    ),
    Matter(PUBLIC, "public", "是：彙整時另製對外公告用的檔案，不含人名、地址、備註及檔案。"),
    Matter(
        ANNOUNCED,
        "announced",
        "各項得分、總分、等第、名次、獎懲、細項得分，數種以頓號分開；未填則為前四種。",
    ),
    Matter("表件方向", "form_direction", "表件列印的方向：直式或橫式；未填則依評分表定義。"),
    Matter("聯絡人", "contact", "補正通知所載的聯絡人。", ("承辦人",)),
    Matter("聯絡電話", "phone", "請以文字輸入，以免開頭的 0 消失。", ("電話",)),
    Matter("聯絡電子郵件", "email", "補正通知所載，也用以辨認本機關轉寄的郵件。", ("電子郵件",)),
    Matter("本機關信箱", "office_address", "本機關轉寄收件的其他信箱，數個以頓號分開。"),
    Matter(
        "寄件伺服器", "mail.host", "由本程式寄信者才填，例如 smtp.example.gov.tw；請洽資訊單位。"
    ),
    Matter("寄件連接埠", "mail.port", "未填則依加密方式：STARTTLS 587、TLS 465。"),
    Matter("寄件加密方式", "mail.security", "STARTTLS、TLS 或 不加密；未填則 STARTTLS。"),
    Matter("寄件帳號", "mail.user", "登入寄件伺服器的帳號；密碼不寫在這裡。"),
    Matter("寄件地址", "mail.sender", "信件的寄件人；未填則用聯絡電子郵件。"),
    Matter("副本收件人", "mail.copy_to", "每封信都寄副本的地址，數個以頓號分開。"),
    Matter("草稿伺服器", "mail.drafts_host", "把信件放入信箱「草稿」者才填（IMAP）。"),
    Matter("草稿帳號", "mail.drafts_user", "未填則用寄件帳號。"),
    Matter("通知名次", "mail.ranks", "是：通知結果時載明名次；未填或否：不載。"),
    Matter(
        "通知各考核人員評分",
        "mail.members",
        "是：成績說明載明考核小組各人的姓名及評分；未填或否：不載。",
    ),
    Matter("申復期限", "mail.appeal_by", "例如 105年11月30日；通知結果的信件所載。"),
    Matter("申復方式", "mail.appeal_how", "例如 以書面敘明理由向本署秘書室提出申復。"),
)
"""In the order in which `svcq new` writes them."""

"""A number with its area, or of a mobile, has a 0 before these."""

OF_LETTERS = "mail."
"""How the fields begin that are those of `Mailing`."""


@dataclass(frozen=True, slots=True)
class Mailing:
    """As it was said, None for what was not: whence letters are sent, and what they may tell."""

    texts: SheetOf | None = None
    """The texts of letters, where they are not those that ship."""
    host: str | None = None
    port: str | None = None
    security: str | None = None
    user: str | None = None
    sender: str | None = None
    copy_to: str | None = None
    drafts_host: str | None = None
    """Of the account whose folder of drafts letters may be laid into."""
    drafts_user: str | None = None
    ranks: str | None = None
    """是, where units are told their ranks."""
    members: str | None = None
    """是, where units are told what each member of a committee gave."""
    appeal_by: str | None = None
    """申復期限"""
    appeal_how: str | None = None
    """申復方式, as a letter goes on: 以書面敘明理由向本署秘書室提出申復."""

    def over(self, below: Mailing | None) -> Mailing:
        """With what is given below wherever nothing is given here."""
        missing = [each.name for each in fields(self) if getattr(self, each.name) is None]
        return replace(self, **{name: getattr(below, name) for name in missing}) if below else self


def listed_words(said: str) -> list[str]:
    """What a row names, several with something between them."""
    return [word for word in _BETWEEN.split(said) if word]


def is_yes(said: str | None, called: str) -> bool:
    """Whether a row says 是; where it says nothing, it does not. Raises DefinitionError."""
    text = said or ""
    if text not in _YES | _NO:
        message = f"{called}「{text}」無法辨識"
        raise DefinitionError([problem_of(said, called, message, f"請填 {YES} 或 {NO}")])
    return text in _YES
