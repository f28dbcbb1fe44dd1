"""A letter as mail programs read it: text and plain HTML, attachments whose names all of them show.

The same letter gives the same bytes. A name stands in both forms: as RFC 2047 words in
Content-Type, which Outlook reads, and by RFC 2231 in Content-Disposition, which is the standard.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from email.encoders import encode_base64
from email.generator import BytesGenerator
from email.header import Header
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import encode_rfc2231, format_datetime
from hashlib import sha256
from html import escape
from io import BytesIO
from pathlib import PurePath
from urllib.parse import quote

from svcq_excel.letters.letter import Attachment, Letter
from svcq_excel.text.unseen import is_invisible

DRAFT_MARK = "X-Svcq-Letter"
"""By which a draft is known again, wherever it lies."""

_CRLF = compat32.clone(linesep="\r\n")
_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
}
_OTHER_TYPE = "application/octet-stream"
_PIECE = 75
"""Characters of a name on one line: twelve bytes each at the most; a line of a mail has 998."""
_HANGING = re.compile(r"(\s*)([一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|主旨：|說明：)")
_FONTS = "'Microsoft JhengHei','PingFang TC','Noto Sans CJK TC',sans-serif"


def draft(letter: Letter) -> bytes:
    """As a file that a mail program opens to be looked at and sent; when is left to it."""
    message = _message(letter)
    message["X-Unsent"] = "1"
    message[DRAFT_MARK] = letter.key
    return _bytes(message)


def outgoing(letter: Letter, sender: str, at: datetime, sent_before: int = 0) -> bytes:
    """As it is handed to a server: whom it is from, when, and an id by which it is known again.

    Servers drop what bears the id of a letter that they have: one that went out before and is
    meant to arrive once more gets another, one that is tried again keeps its own.
    """
    message = _message(letter)
    message["From"] = sender
    message["Date"] = format_datetime(at)
    again = f".{sent_before + 1}" if sent_before else ""
    message["Message-ID"] = f"<{letter.key}{again}@{sender.rpartition('@')[2]}>"
    return _bytes(message)


def on_one_line(text: str) -> str:
    """What a head may hold: no line break and nothing unseen, whatever a name or template has."""
    return " ".join("".join(" " if is_invisible(c) else c for c in text).split())


def _message(letter: Letter) -> MIMEMultipart:
    mark = sha256("\0".join((letter.key, letter.subject, letter.body)).encode("utf-8", "replace"))
    boundary = f"=_{mark.hexdigest()[:32]}"  # of no base64 text: "_" is none of its signs
    texts = MIMEMultipart("alternative", boundary=f"{boundary}_a")
    texts.attach(MIMEText(letter.body, "plain", "utf-8"))
    texts.attach(MIMEText(_html(letter), "html", "utf-8"))
    whole = MIMEMultipart("mixed", boundary=f"{boundary}_m")
    subject = Header(on_one_line(letter.subject), "utf-8", header_name="Subject")
    whole["Subject"] = subject.encode(linesep="\r\n")
    whole["To"] = ", ".join(letter.to)
    if letter.cc:
        whole["Cc"] = ", ".join(letter.cc)
    if letter.reply_to:
        whole["Reply-To"] = letter.reply_to
    whole["Content-Language"] = "zh-TW"
    whole.attach(texts)
    for attachment in letter.attachments:
        whole.attach(_part(attachment))
    return whole


def _part(attachment: Attachment) -> MIMEBase:
    name = on_one_line(attachment.name)
    main, _, sub = _TYPES.get(PurePath(name).suffix.lower(), _OTHER_TYPE).partition("/")
    part = MIMEBase(main, sub, name=Header(name, "utf-8").encode(linesep="\r\n"))
    part.set_payload(attachment.content)
    encode_base64(part)
    part["Content-Disposition"] = ";\r\n ".join(("attachment", *_named(name)))
    return part


def _named(name: str) -> Iterator[str]:
    """The parameter of RFC 2231; in pieces where a line could not hold it."""
    if len(name) <= _PIECE:
        yield f"filename*={encode_rfc2231(name, 'utf-8')}"
        return
    for number, at in enumerate(range(0, len(name), _PIECE)):
        piece = quote(name[at : at + _PIECE], safe="")
        yield f"filename*{number}*=" + ("" if number else "utf-8''") + piece


def _html(letter: Letter) -> str:
    """The text again, with the indents of a letter of an office; what others wrote is text."""
    lines = "\n".join(map(_paragraph, letter.body.splitlines()))
    return (
        '<!DOCTYPE html>\n<html lang="zh-Hant-TW"><head><meta charset="utf-8">'
        f"<title>{escape(on_one_line(letter.subject))}</title></head>\n"
        f'<body style="font-family:{_FONTS};line-height:1.6">\n{lines}\n</body></html>\n'
    )


def _paragraph(line: str) -> str:
    if not line.strip():
        return "<br>"
    found = _HANGING.match(line)
    deep = len(found[1]) if found else len(line) - len(line.lstrip("　 "))
    hang = len(found[2]) if found else 0
    style = f"margin:0 0 .3em {deep + hang}em;text-indent:-{hang}em"
    return f'<p style="{style}">{escape(line.strip())}</p>'


def _bytes(message: MIMEMultipart) -> bytes:
    out = BytesIO()
    BytesGenerator(out, mangle_from_=False, policy=_CRLF).flatten(message)
    return out.getvalue()
