"""What Exchange wrapped into a winmail.dat is unwrapped like the attachments of any mail."""

from __future__ import annotations

from datetime import timedelta
from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tnefparse import TNEF
from tnefparse.mapi import decode_mapi

from svcq_excel.inbox.containers.mapi import properties_of
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


_SIZES = {0x02: 2, 0x0B: 2, 0x03: 4, 0x05: 8, 0x40: 8, 0x48: 16}
_FIXED = st.sampled_from(sorted(_SIZES)).map(lambda type: (type, b"x" * _SIZES[type]))
_TEXTS = st.text("a功", max_size=5).map(lambda text: (0x1F, text.encode("utf-16-le")))
_BYTES = st.binary(max_size=9).map(lambda data: (0x102, data))


def _property(type: int, data: bytes, many: int) -> bytes:
    head = pack("<HH", type | 0x1000 * (many > 1), 0x3707)
    filled = bytes(-len(data) % 4)
    if type in _SIZES:
        each = data * many
        return head + (pack("<I", many) if many > 1 else b"") + each + bytes(-len(each) % 4)
    return head + pack("<I", many) + (pack("<I", len(data)) + data + filled) * many


@given(st.lists(st.tuples(_FIXED | _TEXTS | _BYTES, st.integers(1, 4)), max_size=5))
def test_properties_are_what_another_reader_takes_them_for(
    given: list[tuple[tuple[int, bytes], int]],
) -> None:
    value = pack("<I", len(given)) + b"".join(_property(*each, many) for each, many in given)
    ours = list(properties_of(value))
    assert [(each.type, b"".join(each.values)) for each in ours] == [
        (type, data * many) for (type, data), many in given
    ]
    theirs = decode_mapi(value, "latin-1")
    assert len(theirs) == sum(many for _, many in given)
    texts = "".join(each.data for each in theirs if each.attr_type == 0x1F)
    assert "".join(each.text for each in ours if each.type == 0x1F) == texts


@given(st.binary(max_size=200), st.integers(0, 0xFFFFFFFF))
def test_no_number_of_properties_or_values_is_counted_through(tail: bytes, number: int) -> None:
    found = list(properties_of(pack("<I", number) + tail))
    assert len(found) <= len(tail) // 4 + 1
    assert sum(len(each.values) for each in found) <= len(tail) // 4 + len(found)


def test_a_winmail_dat_that_was_cut_off_is_refused(xlsx: bytes) -> None:
    wrapped = winmail((BIG5, xlsx))
    for end in range(20, len(wrapped), 1024):
        assert told(wrapped[:end])[0].refused
