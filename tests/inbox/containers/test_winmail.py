"""What Exchange wrapped into a winmail.dat is unwrapped like the attachments of any mail."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tnefparse import TNEF

from svcq_excel.inbox.reading import Mail
from svcq_excel.workbooks.workbook import Unreadable
from tests.inbox.containers.making import (
    SENT,
    attribute,
    mail,
    names,
    told,
    winmail,
    winmail_of,
    winmail_with_mail,
)

BIG5 = "功許蓋.xlsx".encode("cp950")


def test_winmail_dat_stands_for_what_is_in_it(xlsx: bytes) -> None:
    called = ["第一河川局.xlsx", "乙.ods"]
    wrapped = winmail((BIG5, xlsx), (b"b.ods", b"x\0\0\0"), long_names=called)
    by_another_reader = [each.long_filename() for each in TNEF(wrapped).attachments]
    assert by_another_reader == called
    letter = mail()
    letter.add_attachment(wrapped, "application", "ms-tnef", filename="winmail.dat")
    _, itself, first, second = told(bytes(letter))
    assert "2 個附件" in itself.ignored
    assert (first.inside, first.data) == (("winmail.dat", "第一河川局.xlsx"), xlsx)
    assert (second.inside, second.data) == (("winmail.dat", "乙.ods"), b"x\0\0\0")
    assert first.mails == (Mail(SENT, "wang@wra.gov.tw"),), "the mail around tells that"


def test_a_name_in_winmail_dat_may_be_in_big5_alone(xlsx: bytes) -> None:
    assert names(told(winmail((BIG5, xlsx), (b"", b"x")))) == ["功許蓋.xlsx", "附件2"]


def test_a_winmail_dat_with_the_looks_of_a_mail_alone_is_no_attachment() -> None:
    letter = mail()
    letter.add_attachment(winmail(), "application", "ms-tnef", filename="winmail.dat")
    itself, wrapped = told(bytes(letter))
    assert itself.refused == Unreadable("no-form", "郵件沒有附件")
    assert "沒有附件" in wrapped.ignored


def test_a_mail_within_winmail_dat_is_opened(xlsx: bytes) -> None:
    found = told(winmail_with_mail(winmail((b"a.xlsx", xlsx))))
    assert names(found) == ["mail", "mail!a.xlsx"]
    assert found[-1].data == xlsx


def test_a_mail_within_winmail_dat_says_who_sent_it_and_when(xlsx: bytes) -> None:
    early = SENT - timedelta(days=3)
    inner = winmail_of("li@wra.gov.tw", early, (b"a.xlsx", xlsx))
    letter = mail()
    wrapped = winmail_with_mail(inner)
    letter.add_attachment(wrapped, "application", "ms-tnef", filename="winmail.dat")
    around = Mail(SENT, "wang@wra.gov.tw")
    assert [piece.mails for piece in told(bytes(letter))] == [
        *[(around,)] * 2,
        *[(around, Mail(early, "li@wra.gov.tw"))] * 2,
    ]
    assert told(inner)[-1].mails == (), "what wraps a mail's attachments is no mail of its own"


@pytest.mark.parametrize("value", [b"", b"\1\0\0", b"\1\0\0\0\x40\0\x39\0\1", b"\xff" * 40])
def test_a_mail_within_that_says_nothing_readable_of_itself_is_opened(
    value: bytes, xlsx: bytes
) -> None:
    inner = winmail((b"a.xlsx", xlsx))
    inner = inner[:6] + attribute(1, 0x69003, value) + inner[6:]
    assert told(winmail_with_mail(inner))[-1].data == xlsx
    assert told(winmail_with_mail(inner))[-1].mails == (Mail(),)


def test_properties_without_number_are_not_counted_through() -> None:
    wrapped = winmail_with_mail(b"").replace(b"\1\0\0\0\x0d\0\1\x37", b"\xff" * 4 + bytes(4))
    assert names(told(wrapped)) == ["mail"]


def test_a_winmail_dat_that_was_cut_off_is_refused(xlsx: bytes) -> None:
    wrapped = winmail((BIG5, xlsx))
    for end in range(20, len(wrapped), 1024):
        assert told(wrapped[:end])[0].refused
