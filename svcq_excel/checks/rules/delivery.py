"""How a form came: in time, from whom, and whether anything about its file is unusual."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from svcq_excel.checks.answers import CheckedForm, Delivery
from svcq_excel.checks.numerals import shorten
from svcq_excel.checks.rule import DeliveryRule, FileRule
from svcq_excel.checks.violation import Violation
from svcq_excel.inbox.handed_in_when import SAVED, Dated, sent_in_words
from svcq_excel.inbox.reading import Mail
from svcq_excel.text.mail_addresses import is_among
from svcq_excel.text.roc_dates import TAIPEI, roc_moment
from svcq_excel.workbooks.look import Oddity

_IN_TIME = datetime(2016, 7, 29, 10, tzinfo=TAIPEI)


class LateSubmission(FileRule):
    """Of the form that counts: the first that its unit handed in with entries came too late."""

    code = "late-submission"
    severity = "warning"
    title = "逾期繳交"
    clause = "收件作業：表件應於期限內寄出；補正表件依補正期限"
    todo = "逾期表件仍先計入；如不採計，請於決定檔（考核資料夾則為考核計畫的「決定」）將該檔排除"
    example = "於 105年8月1日 08:59 寄出（依郵件的寄件時間），期限為 105年7月31日 23:59"


class DateInFuture(DeliveryRule):
    """A clock was set wrong, or a mail was forged: such a date decides nothing."""

    code = "date-in-future"
    severity = "warning"
    title = "檔案所載的時間在未來"
    clause = "收件作業：未來的時間不作為先後及逾期的依據"
    came_badly = Delivery(future=(Dated(datetime(2099, 1, 1, tzinfo=TAIPEI), SAVED),))
    came_well = Delivery()

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        if told := form.delivery.future:
            found = "、".join(f"{each.evidence}為 {roc_moment(each.at)}" for each in told)
            todo = "先後及是否逾期已改依其他時間認定；請確認該單位電腦的日期，或請單位重新寄送"
            yield self.violation(f"{found}，還沒有到", "", todo)


class MailUndated(DeliveryRule):
    """What lies in such a mail may say when it was sent, and proves nothing."""

    code = "mail-undated"
    severity = "warning"
    title = "郵件未載寄件時間"
    clause = "收件作業：先後及逾期以寄達的郵件所載的寄件時間為準"
    came_badly = Delivery((Mail(None, "river1@example.gov.tw"),))
    came_well = Delivery((Mail(_IN_TIME, "river1@example.gov.tw"),))

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        if form.delivery.mails and not sent_in_words(form.delivery.mails[0]):
            todo = "先後及是否逾期已改依其他時間認定；請查對原郵件的寄件時間"
            yield self.violation(f"郵件{_sent(form.delivery.mails[0])}", "", todo)


class MailInMail(DeliveryRule):
    """Whoever attaches a mail to a mail can write what he likes into it."""

    code = "mail-in-mail"
    severity = "notice"
    title = "寄達的郵件與所附郵件的寄件人或寄件時間不同"
    clause = "收件作業：寄件人及寄件時間以寄達的郵件為準；本機關轉寄的，以所附的郵件為準"
    came_badly = Delivery(
        (
            Mail(datetime(2016, 8, 5, 10, tzinfo=TAIPEI), "River1@example.gov.tw"),
            Mail(_IN_TIME, "river1@example.gov.tw"),
        )
    )
    came_well = Delivery((Mail(_IN_TIME, "river1@example.gov.tw"),) * 2)

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        outer, *attached = form.delivery.mails or (Mail(),)
        if any(_differs(mail, outer) for mail in attached):
            told = "，".join(f"所附郵件{_sent(mail)}" for mail in attached)
            yield self.violation(
                f"郵件{_sent(outer)}，{told}",
                "",
                "寄件人、先後及是否逾期以寄達的郵件為準；"
                "該郵件如係本機關轉寄，請將其信箱列為本機關信箱，再檢核一次",
            )


def _differs(mail: Mail, outer: Mail) -> bool:
    """Whether it says another sender or, to the minute, another moment."""
    moment = sent_in_words(mail)
    return mail.sender.lower() not in {"", outer.sender.lower()} or (
        moment not in {"", sent_in_words(outer)}
    )


def _sent(mail: Mail) -> str:
    who = f"由「{shorten(mail.sender)}」" if mail.sender else ""
    when = f"於 {moment} " if (moment := sent_in_words(mail)) else ""
    unknown = "及".join(what for what, known in (("寄件人", who), ("寄件時間", when)) if not known)
    return f"{who}{when}寄出" + (f"（{unknown}不明）" if unknown else "")


class SenderDiffers(DeliveryRule):
    code = "sender-differs"
    severity = "notice"
    title = "寄件人與名單所載不同"
    clause = "收件作業：寄件人供查對表件是否寄錯"
    requires = ("other-rubric", "unknown-unit")
    came_badly = Delivery((Mail(_IN_TIME, "someone.else@example.tw"),))
    came_well = Delivery((Mail(_IN_TIME, "River1@example.gov.tw"),))

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        unit = form.units.get(form.facts.identity.unit)
        sender = form.delivery.mails[0].sender if form.delivery.mails else ""
        if unit and unit.email and sender and not is_among(sender, unit.email):
            found = f"郵件由「{shorten(sender)}」寄出，名單所載為「{shorten(unit.email)}」"
            yield self.violation(found, "", f"請確認是否為「{unit.name}」的表件")


_TOLD: dict[Oddity, str] = {
    "wrong-extension": "副檔名與內容不符，已依內容讀取",
    "junk-around": "檔案前後夾帶其他資料，已略過",
    "built-in-password": "檔案以試算表程式的內建密碼加密，已直接開啟",
    "macros": "檔案含有巨集，未執行",
    "external-links": "檔案連結到其他活頁簿，未開啟",
    "dde": "檔案含有連結外部程式的公式，未執行",
    "connections": "檔案含有外部資料連線，未連線",
}


class UnusualFile(DeliveryRule):
    code = "unusual-file"
    severity = "notice"
    title = "檔案有異於原表件之處"
    clause = "收件作業：檔案可以讀取，供審閱參考"
    came_badly = Delivery(oddities=("wrong-extension", "macros"))
    came_well = Delivery()

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        if told := [_TOLD[each] for each in form.delivery.oddities]:
            yield self.violation("、".join(told), "", "內容無誤者無須處理")
