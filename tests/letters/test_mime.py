"""A letter as other programs read it: every name, no head of anybody else's making, equal bytes."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.letters.letter import Attachment, Letter
from svcq_excel.letters.mime import draft, on_one_line, outgoing

NAMES = [
    "A01_第一河川局_評分表.xlsx",
    "plain.xlsx",
    "很長的名稱" * 20 + ".ods",
    'quote"s; and=signs, 「全形」.docx',
    "堃喆𠮷.pdf",
]


def letter(**changed: object) -> Letter:
    said: dict[str, object] = {
        "occasion": "announce",
        "round": "105年度上半年",
        "unit": "A01",
        "unit_name": "第一河川局",
        "to": ("a01@example.gov.tw", "b01@example.gov.tw"),
        "subject": "檢送「經濟部水利署105年度提升服務品質執行計畫」評分表（第一河川局）",
        "body": "受文者：第一局\n主旨：請查照。\n說明：\n　　一、依計畫辦理。\n\n　　二、1 < 2 & 3。",  # noqa: E501
        "attachments": tuple(Attachment(name, name.encode()) for name in NAMES),
        "cc": ("c@example.gov.tw",),
        "reply_to": "office@example.gov.tw",
    }
    return Letter(**{**said, **changed})  # type: ignore[arg-type]


def read(content: bytes) -> EmailMessage:
    found = message_from_bytes(content, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def test_a_draft_is_opened_to_be_sent_by_whoever_opens_it() -> None:
    message = read(draft(letter()))
    assert message["X-Unsent"] == "1"
    assert message["Date"] is None and message["From"] is None
    assert message["To"] == "a01@example.gov.tw, b01@example.gov.tw"
    assert (message["Cc"], message["Reply-To"]) == ("c@example.gov.tw", "office@example.gov.tw")
    assert message["Subject"] == letter().subject
    assert not message.defects


def test_each_head_stands_once_in_what_is_sent() -> None:
    content = outgoing(letter(), "office@example.gov.tw", datetime(2016, 7, 1, tzinfo=UTC))
    message = message_from_bytes(content)
    assert sorted(message.keys()) == sorted(set(message.keys()))
    assert message["Date"] == "Fri, 01 Jul 2016 00:00:00 +0000"
    assert "X-Unsent" not in message
    for part in message.walk():
        assert len(part.keys()) == len({key.lower() for key in part})


def test_attachments_bear_their_names_in_both_forms() -> None:
    whole = message_from_bytes(draft(letter()))
    parts = [part for part in whole.walk() if part.get_content_disposition() == "attachment"]
    by_2047 = [str(make_header(decode_header(str(part.get_param("name"))))) for part in parts]
    by_2231 = [part.get_filename() for part in parts]
    assert by_2047 == NAMES
    assert by_2231 == NAMES
    assert [part.get_payload(decode=True) for part in parts] == [name.encode() for name in NAMES]


def test_no_line_is_longer_than_mail_allows() -> None:
    content = draft(letter(subject="很長的主旨" * 60))
    assert max(map(len, content.split(b"\r\n"))) <= 998
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert content.isascii()


def test_text_and_html_say_the_same() -> None:
    message = read(draft(letter()))
    text = message.get_body(("plain",))
    html = message.get_body(("html",))
    assert text and html
    assert text.get_content().splitlines() == letter().body.splitlines()
    assert "1 &lt; 2 &amp; 3。" in html.get_content()
    assert "<script" not in html.get_content()


HOSTILE = [
    "x\r\nBcc: thief@example.com",
    "x\nBcc: thief@example.com",
    "x\r\n\r\n<script>alert(1)</script>",
    "x\u2028Bcc: thief@example.com",
    "x\x00\x0b\x0cBcc: t",
    "=?utf-8?q?x=0ABcc:_thief@example.com?=",
    "x\u202egnp.exe",
]


@pytest.mark.parametrize("said", HOSTILE)
def test_nothing_that_somebody_wrote_adds_a_head_or_a_recipient(said: str) -> None:
    made = letter(subject=said, unit_name=said, body=said, attachments=(Attachment(said, b"x"),))
    for content in (
        draft(made),
        outgoing(made, "o@example.gov.tw", datetime(2016, 1, 1, tzinfo=UTC)),
    ):
        plain = message_from_bytes(content)
        assert "bcc" not in {key.lower() for part in plain.walk() for key in part}
        message = read(content)
        assert message["To"] == "a01@example.gov.tw, b01@example.gov.tw"
        assert len(list(message.iter_attachments())) == 1


@given(st.text(max_size=60), st.text(max_size=200), st.text(min_size=1, max_size=80))
def test_whatever_texts_hold_the_letter_is_read_as_it_is_meant(
    subject: str, body: str, name: str
) -> None:
    subject, body, name = (
        text.encode("utf-8", "ignore").decode() for text in (subject, body, name)
    )
    made = letter(subject=subject, body=body, attachments=(Attachment(name, body.encode()),))
    message = message_from_bytes(draft(made))
    assert {key.lower() for key in message} == {
        *("subject", "to", "cc", "reply-to", "x-unsent", "x-svcq-letter", "content-language"),
        *("content-type", "mime-version"),
    }
    shown = str(make_header(decode_header(message["Subject"])))
    assert on_one_line(shown) == on_one_line(subject)
    (part,) = [each for each in message.walk() if each.get_content_disposition() == "attachment"]
    assert part.get_filename() == on_one_line(name)
    assert part.get_payload(decode=True) == body.encode()


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert draft(letter()) == draft(letter())
    assert draft(letter()) != draft(letter(body="不同"))
