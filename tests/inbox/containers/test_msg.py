"""Every file attached to a mail that Outlook saved is told, with the mail's sender and date."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oxmsg import Message

from svcq_excel.inbox.reading import Mail
from svcq_excel.workbooks.workbook import Unreadable
from tests.inbox.containers.making import (
    SENT,
    Tree,
    attachment,
    mail,
    msg,
    names,
    ole,
    outlook_file,
    told,
    zipped,
)


def test_a_mail_stands_for_what_is_attached_to_it(xlsx: bytes, xls: bytes) -> None:
    data = outlook_file(msg(attachment("第一河川局.xlsx", xlsx), attachment("二.xls", xls)))
    itself, first, second = told(data)
    assert itself.data == data
    assert itself.ignored == "郵件，其 2 個附件逐一列出"
    assert (first.inside, first.data) == (("第一河川局.xlsx",), xlsx)
    assert (second.inside, second.data) == (("二.xls",), xls)
    assert itself.mails == first.mails == second.mails == (Mail(SENT, "wang@wra.gov.tw"),)


def test_another_reader_finds_the_same_in_it(xlsx: bytes) -> None:
    data = outlook_file(msg(attachment("第一河川局.xlsx", xlsx), attachment("小.ods", b"x")))
    other = Message.load(BytesIO(data))
    assert other.sent_date == SENT
    assert [(each.file_name, each.file_bytes) for each in other.attachments] == [
        (piece.inside[0], piece.data) for piece in told(data)[1:]
    ]


def test_a_mail_without_attachment_is_refused() -> None:
    [itself] = told(outlook_file(msg()))
    assert itself.refused == Unreadable("no-form", "郵件沒有附件")


def test_archives_and_mails_in_a_mail_are_opened(xlsx: bytes) -> None:
    earlier = SENT - timedelta(days=3)
    inner = msg(attachment("表.xlsx", xlsx), sender="li@wra.gov.tw", sent=earlier)
    data = outlook_file(
        msg(
            attachment("甲.zip", zipped({"乙.xlsx": xlsx})),
            attachment("丙.eml", bytes(mail(("丁.xlsx", xlsx), sender="chen@wra.gov.tw"))),
            attachment("轉寄：檢送評分表", inner, method=5),
        )
    )
    found = {"!".join(piece.inside): piece for piece in told(data)}
    within = {
        "甲.zip!乙.xlsx": (),
        "丙.eml!丁.xlsx": (Mail(SENT, "chen@wra.gov.tw"),),
        "轉寄：檢送評分表（郵件）!表.xlsx": (Mail(earlier, "li@wra.gov.tw"),),
    }
    for name, mails in within.items():
        assert found[name].data == xlsx
        assert found[name].mails == (Mail(SENT, "wang@wra.gov.tw"), *mails)


def test_mails_packed_too_deep_are_not_opened() -> None:
    inner = msg(attachment("表.xlsx", b"x"))
    for _ in range(5):
        inner = msg(attachment("郵件", inner, method=5))
    found = told(outlook_file(inner))
    assert len(found) == 6
    assert found[-1].refused
    assert found[-1].refused.reason == "unsafe"


@pytest.mark.parametrize("method", [2, 4, 7])
def test_an_attachment_that_lies_elsewhere_is_told(method: int) -> None:
    _, linked = told(outlook_file(msg(attachment("雲端.xlsx", method=method))))
    assert linked.refused == Unreadable("unreadable", "附件只是連結，郵件內沒有檔案本身")


def test_an_object_in_the_text_is_told() -> None:
    _, embedded = told(outlook_file(msg(attachment("物件", method=6))))
    assert embedded.refused
    assert "嵌入的物件" in embedded.refused.found


def test_pictures_in_the_text_are_no_attachments_but_listed() -> None:
    logo = attachment("image001.png", b"\x89PNG", _370E="image/png", _3712="image001@01D1")
    itself, picture = told(outlook_file(msg(logo)))
    assert itself.refused
    assert picture.ignored == "圖片，不是試算表"


def test_a_sender_within_the_office_is_told_by_the_heads_of_the_mail() -> None:
    heads = (
        "From: =?big5?B?pP2kcKn6?= <wang@wra.gov.tw>\r\nDate: Mon, 1 Aug 2016 17:30:00 +0000\r\n"
    )
    tree = {**msg(sender="", sent=None), "__substg1.0_007D001F": heads.encode("utf-16-le")}
    [itself] = told(outlook_file(tree))
    assert itself.mails == (Mail(SENT, "wang@wra.gov.tw"),)
    [itself] = told(outlook_file(msg(sender="", sent=None)))
    assert itself.mails == (Mail(),)


def test_a_moment_beyond_all_calendars_is_none() -> None:
    ticks = (116_444_736_000_000_000 + int(SENT.timestamp()) * 10_000_000).to_bytes(8, "little")
    data = outlook_file(msg())
    assert ticks in data
    [itself] = told(data.replace(ticks, b"\xff" * 8))
    assert itself.mails == (Mail(None, "wang@wra.gov.tw"),), "the rest was read"


def test_names_may_be_in_big5_or_missing() -> None:
    named = dict(attachment("", b"x"))
    del named["__substg1.0_3707001F"]
    data = outlook_file(
        msg({**named, "__substg1.0_3704001E": "功許蓋.xlsx".encode("cp950") + b"\0"}, named)
    )
    assert names(told(data)) == ["功許蓋.xlsx", "附件2"]


def test_a_mail_without_its_properties_is_told() -> None:
    tree: Tree = {"__properties_version1.0": b"", "__attach_version1.0_#00000000": {"x": b"y"}}
    _, nameless = told(ole(tree))
    assert nameless.inside == ("附件1",)
    assert nameless.refused


def test_an_attachment_of_which_a_part_is_gone_is_refused(xlsx: bytes) -> None:
    data = bytearray(outlook_file(msg(attachment("表.xlsx", xlsx))))
    at = data.index("__substg1.0_37010102".encode("utf-16-le")) + 120
    data[at : at + 4] = (len(xlsx) + 5_000).to_bytes(4, "little")
    _, form = told(bytes(data))
    assert form.refused == Unreadable("unreadable", "附件已損壞或不完整")


def test_a_mail_that_was_cut_off_never_gives_a_part_of_a_file(xlsx: bytes) -> None:
    data = outlook_file(msg(attachment("表.xlsx", xlsx)))
    for end in range(0, len(data), 1024):
        for piece in told(data[:end])[1:]:
            assert piece.data in {b"", xlsx}


@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=8))
def test_whatever_befalls_a_mail_it_is_told(at: int, some: bytes) -> None:
    inner = msg(attachment("表.xlsx", b"x" * 5_000))
    data = outlook_file(msg(attachment("甲", inner, method=5), attachment("乙.csv", b"1,2")))
    at %= len(data)
    assert told(data[:at] + some + data[at + len(some) :])
