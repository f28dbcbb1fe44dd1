"""Forms that came by mail, each with all that may be found of how it came."""

from __future__ import annotations

from dataclasses import replace
from email.message import EmailMessage

from svcq_excel.plan.plan import Contact
from svcq_excel.text.roc_dates import parse_deadline
from tests.checks.desk import Desk
from tests.checks.planted_entries import Plant

UNIT, STRANGER, OFFICE = "river1@example.gov.tw", "evil@example.com", "hq@example.gov.tw"
EARLY, LATE = "Fri, 29 Jul 2016 10:00:00 +0800", "Fri, 05 Aug 2016 10:00:00 +0800"


def by_mail(*mails: tuple[str, str], listed: str = UNIT) -> Plant:
    """A form attached to the last of these mails, by sender and date, each attached to the one
    before it; the unit's address is listed, and all must be there by the end of July."""

    def plant(desk: Desk) -> None:
        first, *others = desk.plan.units
        units = (replace(first, email=listed), *others)
        desk.plan = replace(
            desk.plan,
            units=units,
            deadline=parse_deadline("105年7月31日"),
            contact=Contact(email=f"{OFFICE.upper()}；svc@example.gov.tw"),
        )
        path = desk.hand_in(desk.paper())
        form = path.read_bytes()
        path.unlink()
        within: EmailMessage | None = None
        for sender, date in reversed(mails):
            letter = EmailMessage()
            letter["From"], letter["Date"] = sender, date
            letter.set_content("如附件。")
            if within is None:
                letter.add_attachment(form, "application", "octet-stream", filename="表 一.xlsx")
            else:
                letter.add_attachment(within)
            within = letter
        path.with_suffix(".eml").write_bytes(bytes(within or EmailMessage()))

    return plant


MAILS: dict[str, tuple[Plant, str]] = {
    "in time": (by_mail((UNIT, EARLY)), "ignored, accepted"),
    "by one of several addresses": (
        by_mail((UNIT.upper(), EARLY), listed=f"{STRANGER}；{UNIT}"),
        "ignored, accepted",
    ),
    "by somebody else": (by_mail((STRANGER, EARLY)), "ignored, accepted sender-differs"),
    "by a part of the unit's address": (
        by_mail((UNIT.removeprefix("river"), EARLY)),
        "ignored, accepted sender-differs",
    ),
    "by an address that has the unit's in it": (
        by_mail((f"{UNIT}.example.com", EARLY)),
        "ignored, accepted sender-differs",
    ),
    "by somebody who calls himself by the unit's address": (
        by_mail((f"{UNIT} <{STRANGER}>", EARLY)),
        "ignored, accepted sender-differs",
    ),
    "without a date": (by_mail((UNIT, "")), "ignored, accepted late-submission mail-undated"),
    "by a stranger, with an early mail in it": (
        by_mail((STRANGER, LATE), (UNIT, EARLY)),
        "ignored, ignored, accepted late-submission mail-in-mail sender-differs",
    ),
    "by the unit, with an early mail of its own in it": (
        by_mail((UNIT, LATE), (UNIT, EARLY)),
        "ignored, ignored, accepted late-submission mail-in-mail",
    ),
    "without a date, with an early mail in it": (
        by_mail((UNIT, ""), (UNIT, EARLY)),
        "ignored, ignored, accepted late-submission mail-in-mail mail-undated",
    ),
    "forwarded by the office": (
        by_mail((OFFICE, LATE), (UNIT, EARLY)),
        "ignored, ignored, accepted",
    ),
    "forwarded twice by the office": (
        by_mail((OFFICE, LATE), ("承辦人 <SVC@example.gov.tw>", LATE), (UNIT, EARLY)),
        "ignored, ignored, ignored, accepted",
    ),
    "forwarded by the office, from a stranger with an early mail in it": (
        by_mail((OFFICE, LATE), (STRANGER, LATE), (UNIT, EARLY)),
        "ignored, ignored, ignored, accepted late-submission mail-in-mail sender-differs",
    ),
    "by a stranger, with a mail in it that the office is to have forwarded": (
        by_mail((STRANGER, LATE), (OFFICE, EARLY), (UNIT, EARLY)),
        "ignored, ignored, ignored, accepted late-submission mail-in-mail sender-differs",
    ),
    "by somebody who calls himself by the office's address": (
        by_mail((f"{OFFICE} <{STRANGER}>", LATE), (UNIT, EARLY)),
        "ignored, ignored, accepted late-submission mail-in-mail sender-differs",
    ),
    "by an address that has the office's in it": (
        by_mail((f"{OFFICE}.example.com", LATE), (UNIT, EARLY)),
        "ignored, ignored, accepted late-submission mail-in-mail sender-differs",
    ),
    "by the office and a stranger at once": (
        by_mail((f"{OFFICE}, {STRANGER}", LATE), (UNIT, EARLY)),
        "ignored, ignored, accepted late-submission mail-in-mail sender-differs",
    ),
}
