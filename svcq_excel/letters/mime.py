"""A letter as mail programs read it: text and plain HTML, attachments whose names all of them show.

The same letter gives the same bytes. A name stands in both forms: as RFC 2047 words in
Content-Type, which Outlook reads, and by RFC 2231 in Content-Disposition, which is the standard.
"""

from __future__ import annotations

import re
from binascii import b2a_base64
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from email.utils import encode_rfc2231, format_datetime
from hashlib import sha256
from html import escape
from pathlib import PurePath
from struct import unpack_from
from urllib.parse import quote

from svcq_excel.letters.letter import Letter
from svcq_excel.text.unseen import is_invisible

DRAFT_MARK = "X-Svcq-Letter"
"""By which a draft is known again, wherever it lies."""

_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
}
_OTHER_TYPE = "application/octet-stream"
_LINE = 76
_WORD = 11
"""Characters, of four bytes at the most, that an encoded word of 75 signs has room for."""
_PIECE = 75
"""Characters of a name on one line: twelve bytes each at the most; a line of a mail has 998."""
_HANGING = re.compile(r"(\s*)([一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|主旨：|說明：)")
_FONTS = "'Microsoft JhengHei','PingFang TC','Noto Sans CJK TC',sans-serif"


def draft(letter: Letter) -> bytes:
    """As a file that a mail program opens to be looked at and sent; when is left to it."""
    return _message(letter, {"X-Unsent": "1", DRAFT_MARK: letter.key})


def outgoing(letter: Letter, sender: str, at: datetime, sent_before: int = 0) -> bytes:
    """As it is handed to a server: whom it is from, when, and an id by which it is known again.

    Servers drop what bears the id of a letter that they have: one that went out before and is
    meant to arrive once more gets another, one that is tried again keeps its own.
    """
    again = f".{sent_before + 1}" if sent_before else ""
    id = f"<{letter.key}{again}@{sender.rpartition('@')[2]}>"
    return _message(letter, {"From": sender, "Date": format_datetime(at), "Message-ID": id})


def on_one_line(text: str) -> str:
    """What a head may hold: no line break and nothing unseen, whatever a name or template has."""
    if not text.isprintable():
        text = "".join(" " if is_invisible(c) else c for c in text)
    return " ".join(text.split())


def _message(letter: Letter, heads: Mapping[str, str]) -> bytes:
    """Written out line by line: the email package takes ten times as long for the same."""
    mark = sha256("\0".join((letter.key, letter.subject, letter.body)).encode("utf-8", "replace"))
    boundary = f"=_{mark.hexdigest()[:32]}"  # of no base64 text: "_" is none of its signs
    whole = {
        "Content-Type": f'multipart/mixed; boundary="{boundary}_m"',
        "MIME-Version": "1.0",
        "Subject": _words(letter.subject),
        "To": _addresses(letter.to),
        "Cc": _addresses(letter.cc),
        "Reply-To": letter.reply_to,
        "Content-Language": "zh-TW",
        **heads,
    }
    texts = {"Content-Type": f'multipart/alternative; boundary="{boundary}_a"'}
    inner, outer = f"--{boundary}_a".encode(), f"--{boundary}_m".encode()
    pieces = [_heads(whole), b"", outer, _heads(texts), b""]
    for kind, text in (("plain", letter.body), ("html", _html(letter))):
        pieces += [inner, *_part({"Content-Type": f'text/{kind}; charset="utf-8"'}, _coded(text))]
    pieces += [inner + b"--", b""]
    for each in letter.attachments:
        pieces += [outer, *_part(_of_attachment(each.name), each.content)]
    return b"\r\n".join((*pieces, outer + b"--", b""))


def _heads(heads: Mapping[str, str]) -> bytes:
    lines = (f"{name}: {value}\r\n" for name, value in heads.items() if value)
    return "".join(lines).encode("ascii")


def _part(heads: Mapping[str, str], content: bytes) -> tuple[bytes, bytes]:
    """Its heads, an empty line, and what it holds."""
    said = b2a_base64(content, newline=False)
    whole = len(said) // _LINE
    lines = [*unpack_from(f"{_LINE}s" * whole, said), said[whole * _LINE :]]
    return _heads({**heads, "Content-Transfer-Encoding": "base64"}), b"\r\n".join(
        filter(None, lines)
    )


def _of_attachment(name: str) -> dict[str, str]:
    name = on_one_line(name)
    kind = _TYPES.get(PurePath(name).suffix.lower(), _OTHER_TYPE)
    return {
        "Content-Type": f'{kind};\r\n name="{_words(name)}"',
        "Content-Disposition": ";\r\n ".join(("attachment", *_named(name))),
    }


def _words(text: str) -> str:
    """Encoded words (RFC 2047), none of which ends within a character."""
    said = on_one_line(text).encode("utf-8", "replace").decode()
    each = (said[at : at + _WORD].encode() for at in range(0, len(said) or 1, _WORD))
    return "\r\n ".join(f"=?utf-8?b?{b2a_base64(one, newline=False).decode()}?=" for one in each)


def _addresses(addresses: Sequence[str]) -> str:
    return ",\r\n ".join(addresses)


def _coded(text: str) -> bytes:
    """Lines of a mail end in both."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return plain.replace("\n", "\r\n").encode("utf-8", "replace")


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
