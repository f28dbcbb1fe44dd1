"""Every file attached to a mail is told, with the mail's sender and date, however it was named."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime, timedelta, timezone
from email.message import EmailMessage
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.inbox.reading import Mail, Piece
from svcq_excel.workbooks.workbook import Unreadable
from tests.inbox.containers.making import (
    SENT,
    mail,
    names,
    part,
    told,
    winmail,
    zipped,
)

NO_ATTACHMENT = Unreadable("no-form", "郵件沒有附件")


def test_a_mail_stands_for_what_is_attached_to_it(xlsx: bytes, ods: bytes) -> None:
    data = bytes(mail(("第一河川局.xlsx", xlsx), ("第二河川局.ods", ods)))
    itself, first, second = told(data)
    assert itself.data == data
    assert itself.ignored == "郵件，其 2 個附件逐一列出"
    assert (first.inside, first.data) == (("第一河川局.xlsx",), xlsx)
    assert (second.inside, second.data) == (("第二河川局.ods",), ods)
    assert itself.mails == first.mails == second.mails == (Mail(SENT, "wang@wra.gov.tw"),)


def test_a_mail_without_attachment_is_refused() -> None:
    letter = mail()
    letter.add_alternative("<p>如附件。</p>", subtype="html")
    [itself] = told(bytes(letter))
    assert itself.refused == NO_ATTACHMENT
    assert itself.mails == (Mail(SENT, "wang@wra.gov.tw"),)


def test_what_is_called_a_mail_is_one_though_it_says_little_of_itself() -> None:
    data = b"Subject: .\r\nContent-Type: application/zip; name=a.xlsx\r\n\r\nPK"
    assert names(told(data, "信.EML")) == ["a.xlsx"]
    assert names(told(zipped({"信.eml": data}))) == ["信.eml", "信.eml!a.xlsx"]
    for other in (data, b"PK\x03\x04", b"%PDF", b"no heads"):
        assert told(other, "信.txt") == [Piece(data=other)]


def test_pictures_in_the_text_are_no_attachments_but_listed(xlsx: bytes) -> None:
    letter = mail()
    letter.add_related(b"\x89PNG", "image", "png", cid="<logo>")
    itself, logo = told(bytes(letter))
    assert itself.refused == NO_ATTACHMENT
    assert (logo.inside, logo.ignored) == (("附件1（圖片）",), "圖片，不是試算表")
    letter.add_attachment(xlsx, "application", "octet-stream", filename="表.xlsx")
    assert told(bytes(letter))[0].ignored == "郵件，其 1 個附件逐一列出"


def test_documents_and_signatures_are_ignored_and_told(xlsx: bytes) -> None:
    letter = mail(("公文.pdf", b"%PDF"), ("表.xlsx", xlsx))
    letter.add_attachment(b"0", "application", "pkcs7-signature", filename="smime.p7s")
    letter.add_attachment(b"0", "application", "applefile", filename="表.xlsx")
    assert [piece.ignored for piece in told(bytes(letter))[1:]] == [
        "PDF 文件，不是試算表",
        "",
        "電子簽章，不是試算表",
        "作業系統的暫存檔",
    ]


def test_text_that_was_attached_is_a_file() -> None:
    letter = mail()
    letter.add_attachment("編號,得分", "csv", filename="表.csv")
    letter.add_attachment("<table>", "html")
    assert names(told(bytes(letter))) == ["表.csv", "附件2"]


def test_a_mail_within_a_mail_is_told_beside_the_one_around_it(xlsx: bytes) -> None:
    inner = mail(("表.xlsx", xlsx), sender="li@wra.gov.tw")
    del inner["Date"]
    inner["Date"] = "Sun, 31 Jul 2016 10:00:00 +0800"
    outer = mail()
    outer.add_attachment(inner)
    outer.add_attachment(zipped({"乙.eml": bytes(inner)}), "application", "zip", filename="甲.zip")
    _, forwarded, form, archive, within, again = told(bytes(outer))
    assert forwarded.inside == ("附件1（郵件）",)
    assert forwarded.data == bytes(inner)
    assert form.inside == ("附件1（郵件）", "表.xlsx")
    assert again.inside == ("甲.zip", "乙.eml", "表.xlsx")
    around = Mail(SENT, "wang@wra.gov.tw")
    own = Mail(datetime(2016, 7, 31, 2, 0, tzinfo=UTC), "li@wra.gov.tw")
    assert archive.mails == (around,)
    for piece in (forwarded, form, within, again):
        assert piece.mails == (around, own)
    assert form.data == again.data == xlsx


def test_a_mail_within_a_mail_is_opened_even_where_it_was_encoded(xlsx: bytes) -> None:
    heads = b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64"
    data = part(heads, b64encode(bytes(mail(("表.xlsx", xlsx)))))
    assert told(data)[-1].data == xlsx


def test_mails_packed_too_deep_are_not_opened() -> None:
    letter = mail(("表.xlsx", b"x"))
    for _ in range(5):
        outer = mail()
        outer.add_attachment(letter)
        letter = outer
    found = told(bytes(letter))
    assert len(found) == 6
    assert found[-1].refused
    assert found[-1].refused.reason == "unsafe"


BIG5 = "功許蓋.xlsx".encode("cp950")
NAMED = {
    "in Big5, as it stands": b'filename="' + BIG5 + b'"',
    "in UTF-8, as it stands": 'filename="功許蓋.xlsx"'.encode(),
    "RFC 2047 within quotes": b'filename="=?big5?B?' + b64encode(BIG5) + b'?="',
    "RFC 2047 in two pieces that cut a letter": b'filename="=?big5?B?'
    + b64encode(BIG5[:3])
    + b"?=\r\n =?big5?B?"
    + b64encode(BIG5[3:])
    + b'?="',
    "RFC 2231": b"filename*=UTF-8''%E5%8A%9F%E8%A8%B1%E8%93%8B.xlsx",
    "RFC 2231 in Big5": b"filename*=big5''%A5%5C%B3%5C%BB%5C.xlsx",
    "RFC 2231 in pieces": b"filename*0*=UTF-8''%E5%8A%9F%E8%A8%B1; filename*1*=%E8%93%8B.xlsx",
}


@pytest.mark.parametrize("parameter", NAMED.values(), ids=NAMED)
@pytest.mark.parametrize("quoted", ["Content-Disposition: attachment", "Content-Type: x/y"])
def test_names_are_decoded_however_they_were_written(parameter: bytes, quoted: str) -> None:
    if quoted.startswith("Content-Type"):
        parameter = parameter.replace(b"filename", b"name")
    data = part(quoted.encode() + b";\r\n " + parameter, b"x")
    assert names(told(data)) == ["功許蓋.xlsx"]


ODD_NAMES = {
    b'attachment; filename="a\\"b.xlsx"': 'a"b.xlsx',
    b"attachment; filename==?utf-8?B?5Yqf?=.xlsx": "功.xlsx",
    b'attachment; filename="=?x-unknown?B?5Yqf?="': "功",
    b'attachment; filename="=?utf-8?B?!?="': "=?utf-8?B?!?=",
    b'attachment; filename="=?gb2312?B?' + b64encode("評分表".encode("gbk")) + b'?="': "評分表",
    b"attachment; filename*=x-unknown''%E5%8A%9F": "功",
    b'attachment; filename="=?utf-8?Q?a=0D=0ABcc:_b?="': "a\\r\\nBcc: b",
    b'attachment; filename="a\r\n\tb.xlsx"': "a\\tb.xlsx",
    b"attachment": "附件1",
    b"": "附件1",
    b"=;;;=": "附件1",
}


@pytest.mark.parametrize(("head", "name"), ODD_NAMES.items())
def test_odd_names_are_shown_on_one_line(head: bytes, name: str) -> None:
    data = part(b"Content-Type: application/zip\r\nContent-Disposition: " + head, b"x")
    assert names(told(data)) == [name]


DATES = {
    "Mon, 1 Aug 2016 17:30:00 +0800": datetime(2016, 8, 1, 9, 30, tzinfo=UTC),
    "Mon, 1 Aug 2016 09:30:00 GMT": datetime(2016, 8, 1, 9, 30, tzinfo=UTC),
    "1 Aug 16 17:30": datetime(2016, 8, 1, 17, 30, tzinfo=timezone(timedelta(hours=8))),
    "Mon, 1 Aug 2016 09:30:00 -0000": datetime(2016, 8, 1, 9, 30, tzinfo=UTC),
    "Mon, 32 Aug 2016 17:30:00 +0800": None,
    "Mon, 1 Aug 99999 17:30:00 +9999": None,
    "昨天下午": None,
    "": None,
}


@pytest.mark.parametrize(("written", "moment"), DATES.items())
def test_when_a_mail_was_sent(written: str, moment: datetime | None) -> None:
    heads = f"From: a@b.tw\nDate: {written}\nMIME-Version: 1.0\n\n".encode()
    assert [mail.sent for mail in told(heads)[0].mails] == [moment]


SENDERS = {
    "wang@wra.gov.tw": "wang@wra.gov.tw",
    "=?big5?B?pP2kcKn6?= <wang@wra.gov.tw>": "wang@wra.gov.tw",
    '"王, 小明" <wang@wra.gov.tw>': "wang@wra.gov.tw",
    "wang@wra.gov.tw (王 (小明) hq@wra.gov.tw)": "wang@wra.gov.tw",
    "<@relay.tw:wang@wra.gov.tw>": "wang@wra.gov.tw",
    "王小明": "",
    "wang@wra.gov.tw, li@wra.gov.tw": "wang@wra.gov.tw; li@wra.gov.tw",
    "<hq@wra.gov.tw> <evil@example.com>": "hq@wra.gov.tw; evil@example.com",
    "hq@wra.gov.tw <evil@example.com>": "evil@example.com",
    "hq@wra.gov.tw (x) <evil@example.com>": "evil@example.com",
    '"<hq@wra.gov.tw>" <evil@example.com>': "evil@example.com",
    '"\\"<hq@wra.gov.tw>" <evil@example.com>': "evil@example.com",
    "=?utf-8?q?<hq@wra.gov.tw>?= <evil@example.com>": "evil@example.com",
    "=?utf-8?q?hq=40wra.gov.tw?= <evil@example.com>": "evil@example.com",
    "hq@wra.gov.tw@example.com": "hq@wra.gov.tw@example.com",
    '"hq@wra.gov.tw"@example.com': 'hq@wra.gov.tw"@example.com',
    '"hq@wra.gov.tw"': "",
    f"{'x' * 5_000} <hq@wra.gov.tw>": "",
    "": "",
}


@pytest.mark.parametrize(("written", "address"), SENDERS.items())
@pytest.mark.parametrize("encoding", ["utf-8", "cp950"])
def test_who_sent_a_mail(written: str, address: str, encoding: str) -> None:
    heads = f"From: {written}\nDate: x\nMIME-Version: 1.0\n\n".encode(encoding)
    assert [mail.sender for mail in told(heads)[0].mails] == [address]


def test_heads_that_stand_twice_say_nothing_for_sure() -> None:
    heads = b"From: hq@wra.gov.tw\nFrom: evil@example.com\nMIME-Version: 1.0\n"
    early, late = (b"Date: Fri, %d Jul 2016 10:00:00 +0800\n" % day for day in (1, 29))
    assert told(heads + early + late + b"\n")[0].mails == (
        Mail(None, "hq@wra.gov.tw; evil@example.com"),
    )
    assert told(heads + late + late + b"\n")[0].mails[0].sent


def test_a_mail_that_says_no_date_takes_none_from_the_mail_in_it(xlsx: bytes) -> None:
    outer = mail()
    del outer["Date"]
    del outer["From"]
    outer.add_attachment(mail(("表.xlsx", xlsx)))
    assert told(bytes(outer))[-1].mails == (Mail(), Mail(SENT, "wang@wra.gov.tw"))


@pytest.mark.parametrize("odd", ['"', '"\\', "(", "<", "=?", "@", '\\"'])
def test_a_sender_of_a_hundred_thousand_signs_is_read_at_once(odd: str) -> None:
    head = f"From: {odd * (100_000 // len(odd))}\nDate: {odd * 100_000}\nMIME-Version: 1.0\n\n"
    begun = perf_counter()
    told(head.encode())
    assert perf_counter() - begun < 2


def test_a_mailbox_gives_its_one_mail_and_is_refused_where_it_has_more(xlsx: bytes) -> None:
    one = b"From wang@wra.gov.tw Mon Aug  1 17:30:00 2016\n" + bytes(mail(("表.xlsx", xlsx)))
    assert names(told(one)) == ["表.xlsx"]
    [itself] = told(one + b"\n" + one)
    assert itself.refused
    assert "多封郵件" in itself.refused.found


def test_base64_with_junk_in_it_is_decoded(xlsx: bytes) -> None:
    heads = b'Content-Transfer-Encoding: base64\r\nContent-Type: x/y; name="a.xlsx"'
    lines = b64encode(xlsx)
    body = lines[:1000] + b"\r\n!\r\n \t" + lines[1000:].rstrip(b"=") + b"\r\n-- \r\n"
    assert told(part(heads, body))[1].data.startswith(xlsx[:-3])


@pytest.mark.parametrize("number", [2_001, 200_000])
def test_more_parts_than_anyone_attaches_are_refused(number: int) -> None:
    parts = b"--=-=\r\nContent-Type: x/y\r\n\r\n\r\n" * number
    data = part(b"", b"").replace(b"--=-=--", parts + b"--=-=--")
    [itself] = told(data)
    assert itself.refused
    assert itself.refused.reason == "unsafe"


def test_a_text_with_more_borders_than_any_mail_is_refused_unread() -> None:
    """Each such line is held against every border that is open."""
    data = part(b"", b"--x\r\n" * 20_001)
    [itself] = told(data)
    assert itself.refused
    assert itself.refused.reason == "unsafe"
    [fewer] = told(part(b"", b"--x\r\n" * 19_000))
    assert fewer.refused == NO_ATTACHMENT


def test_parts_nested_without_end_are_told_as_one() -> None:
    head = b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n"
    data = b"From: a@b.tw\r\nTo: c@d.tw\r\n" + b"".join(head % (i, i) for i in range(1_500))
    [itself] = told(data)
    assert itself.refused


@given(st.data())
def test_whatever_befalls_a_mail_it_is_told(data: st.DataObject) -> None:
    whole = bytes(_mixed())
    at = data.draw(st.integers(0, len(whole) - 1))
    some = data.draw(st.binary(max_size=6))
    found = told(whole[:at] + some + whole[at + len(some) :])
    assert all(isinstance(piece, Piece) for piece in found)


def _mixed() -> EmailMessage:
    letter = mail(("表.xlsx", b"PK"), ("甲.zip", zipped({"乙.csv": b"1,2"})))
    letter.add_attachment(winmail((BIG5, b"x"), long_names=("丙.xlsx",)), "application", "ms-tnef")
    letter.add_attachment(mail(("丁.xlsx", b"x")))
    return letter


def test_what_follows_a_name_without_end_takes_nothing_from_it() -> None:
    heads = b'From: a@b.tw\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="x"\r\n'
    name = b'Content-Disposition: attachment; filename="a01.xlsx"'
    more = b"".join(b";\r\n x*%d*=a" % number for number in range(10_000))
    for tail in (b"", more, b'; x="' + b";" * 10_000, b";" + b" =?utf-8?q?a?=" * 10_000):
        part = b"--x\r\n" + name + tail + b"\r\n\r\nx\r\n--x--\r\n"
        assert names(told(heads + b"\r\n" + part)) == ["a01.xlsx"]
