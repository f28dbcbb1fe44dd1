"""The files attached to a mail as programs save it (.eml), however their names were written."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.policy import Compat32
from functools import partial

from svcq_excel.inbox.containers.contents import TOO_MANY, ContainedFile, Contents
from svcq_excel.inbox.containers.sending import sending
from svcq_excel.inbox.containers.winmail import opened as opened_winmail
from svcq_excel.inbox.names import guessed
from svcq_excel.workbooks.bounds import (
    MAX_FILES,
    MAX_HEAD,
    MAX_HEAD_PIECES,
    MAX_MAIL_BORDERS,
    MAX_MAIL_LINES,
)
from svcq_excel.workbooks.guarding import guarded
from svcq_excel.workbooks.workbook import Unreadable

_WINMAIL = ("application/ms-tnef", "application/vnd.ms-tnef")
_NEVER_FORMS = {
    "application/pgp-signature": "電子簽章，不是試算表",
    "application/pkcs7-signature": "電子簽章，不是試算表",
    "application/x-pkcs7-signature": "電子簽章，不是試算表",
    "application/applefile": "作業系統的暫存檔",
    "message/delivery-status": "郵件系統的通知",
    "message/disposition-notification": "郵件系統的通知",
}
"""Kinds of parts that nobody attached."""

_MAILBOX = Unreadable("unreadable", "內容是存有多封郵件的信箱檔，請逐封另存為 .eml")
_TOO_LONG = Unreadable("unsafe", f"郵件超過 {MAX_MAIL_LINES:,} 行")
_DIVIDER = b"From "
_NEXT_MAIL = re.compile(rb"\n\r?\nFrom [^\n]+ \d{4}\r?\n[!-9;-~]+:")
_FOLDED = re.compile(r"[\r\n]+(?=[ \t])")
_ENCODED_WORDS = re.compile(r"=\?[^?\s]+\?[bq]\?[^?]*\?=", re.IGNORECASE)
_ENCODINGS = {"gb2312": "gb18030", "gbk": "gb18030"}
"""What mail programs call an encoding, and the one that holds all they really write."""


class _AsWritten(Compat32):
    """Gives heads as text even where bytes stand that nobody encoded."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        return _FOLDED.sub("", guessed(_bounded(value).encode("utf-8", "surrogateescape")))


def _bounded(head: str) -> str:
    """As much of a head as any genuine one has."""
    head = head[:MAX_HEAD]
    for mark in (";", "=?"):
        if head.count(mark) > MAX_HEAD_PIECES:
            head = mark.join(head.split(mark, MAX_HEAD_PIECES)[:-1])
    return head


# Heads are neither folded nor changed when a mail within the mail is taken out.
_POLICY = _AsWritten(max_line_length=0, mangle_from_=False)


def opened(data: bytes) -> Contents | Unreadable:
    """The attachments of a mail; its text is none."""
    if data.count(b"\n--") > MAX_MAIL_BORDERS:
        return TOO_MANY
    if data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n") > MAX_MAIL_LINES:
        return _TOO_LONG
    if data.startswith(_DIVIDER) and _NEXT_MAIL.search(data):
        return _MAILBOX
    mail = heads(data.lstrip(b"\xef\xbb\xbf\r\n"))
    parts = list(_parts(mail))
    if len(parts) > MAX_FILES:
        return TOO_MANY
    members = [_member(part, number) for number, part in enumerate(parts, 1)]
    return Contents(members, mail=sending(mail))


def heads(data: bytes) -> Message:
    """A mail with its heads as they were meant."""
    return message_from_bytes(data, policy=_POLICY)


def _parts(mail: Message) -> Iterator[Message]:
    """The parts that are files; a mail attached to the mail is one, whatever is in it."""
    waiting = [mail]
    while waiting:
        part = waiting.pop()
        if part.get_content_maintype() == "multipart" and (parts := _within(part)):
            waiting += reversed(parts)
        elif part.get_content_maintype() != "text" or _name(part) or _is_attached(part):
            yield part


def _within(part: Message) -> list[Message]:
    """The parts of a part, or the mails in it."""
    payload = part.get_payload()
    return [each for each in payload if isinstance(each, Message)] if part.is_multipart() else []


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment"


def _member(part: Message, number: int) -> ContainedFile:
    kind = part.get_content_type()
    name = _name(part)
    if part.get_content_maintype() == "message" and (mails := _within(part)):
        data = b"\n".join(mail.as_bytes(policy=_POLICY) for mail in mails)
        if "base64" in part.get("Content-Transfer-Encoding", "").lower():  # against RFC 2046 5.2.1
            data = b64decode(data)
        about = _NEVER_FORMS.get(kind, "")
        name = name or f"附件{number}（郵件）"
        return ContainedFile(name, lambda: data, len(data), about, bool(about), opened=opened)
    about, aside = _about(part, kind)
    return ContainedFile(
        name or f"附件{number}{'（圖片）' if kind.startswith('image/') else ''}",
        partial(_content, part),
        len(str(part.get_payload())),
        about,
        aside,
    )


def _about(part: Message, kind: str) -> tuple[str, bool]:
    """Why a part is never a form, where its kind says so, and whether nobody attached it."""
    if never := _NEVER_FORMS.get(kind):
        return never, True
    if kind.startswith("image/"):
        inline = "Content-ID" in part and not _is_attached(part)
        return "圖片，不是試算表", inline or part.get_content_disposition() == "inline"
    if kind in _WINMAIL:
        contents = guarded(lambda: opened_winmail(_content(part)))
        if isinstance(contents, Contents) and not contents.members:
            return "郵件的格式資料，沒有附件", True
    return "", False


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _name(part: Message) -> str:
    for parameter, head in (("filename", "content-disposition"), ("name", "content-type")):
        value = part.get_param(parameter, header=head)
        if isinstance(value, tuple):  # RFC 2231: the encoding, the language, the bytes
            value = _decoded(value[2].encode("raw-unicode-escape"), value[0])
        if value:
            return _plain(str(value))
    return ""


def _plain(text: str) -> str:
    """Text with its encoded words (RFC 2047) decoded, even within quotes, as Outlook has them."""
    if not _ENCODED_WORDS.search(text):
        return text
    try:
        words = decode_header(text)
    except (HeaderParseError, ValueError):  # base64 that is none
        return text
    plain = "".join(word if isinstance(word, str) else _decoded(word, of) for word, of in words)
    return plain or text


def _decoded(raw: bytes, encoding: str | None) -> str:
    known = (encoding or "ascii").lower()
    try:
        return raw.decode(_ENCODINGS.get(known, known))
    except (LookupError, UnicodeDecodeError):
        return guessed(raw)
