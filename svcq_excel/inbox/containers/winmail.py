"""The files in a winmail.dat, in which Exchange wraps what is attached to a mail ([MS-OXTNEF])."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from struct import error as StructError  # noqa: N812  the library's own name says too little
from struct import unpack, unpack_from

from svcq_excel.inbox.containers.contents import TOO_MANY, ContainedFile, Contents
from svcq_excel.inbox.containers.mapi import BYTE_FOR_LETTER, Property, properties_of
from svcq_excel.inbox.names import guessed, shown
from svcq_excel.inbox.reading import Mail
from svcq_excel.workbooks.bounds import MAX_FILES
from svcq_excel.workbooks.ole.filetime import moment
from svcq_excel.workbooks.workbook import Unreadable

_DAMAGED = Unreadable("unreadable", "郵件附件包（winmail.dat）已損壞或不完整")
_EMPTY = Unreadable("no-form", "郵件附件包（winmail.dat）內沒有附件")

# Attributes of an attachment, in the order they come, and properties among them.
_RENDERING, _TITLE, _DATA, _PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
_LONG_NAME, _OBJECT = 0x3707, 0x3701
# The attribute that holds the properties of the mail itself, and some of them.
_OF_MAIL = 0x9003
_SENT, _DELIVERED = 0x0039, 0x0E06
_SENDERS = (0x5D01, 0x5D02, 0x0C1F, 0x0065)
_PADDING = (b"\0", b"\0\0", b"\0\0\0")  # after what stands among properties
_MAIL_WITHIN = bytes.fromhex("0703020000000000c000000000000046")
"""Before a mail that is attached to the mail: the id of its interface, IMessage."""


@dataclass(slots=True)
class _Attachment:
    name: str = ""
    data: bytes = b""
    is_mail: bool = False


def opened(data: bytes) -> Contents | Unreadable:
    """The attachments that were wrapped; whence they are is told by the mail around."""
    attachments: list[_Attachment] = []
    try:
        for kind, value in _attributes(data):
            if kind == _RENDERING:
                attachments.append(_Attachment())
                if len(attachments) > MAX_FILES:
                    return TOO_MANY
            elif attachments:
                _note(attachments[-1], kind, value)
    except StructError:
        return _DAMAGED
    members = [
        ContainedFile(
            each.name or f"附件{number}",
            partial(bytes, each.data),
            len(each.data),
            opened=_mail_within if each.is_mail else None,
        )
        for number, each in enumerate(attachments, 1)
    ]
    return Contents(members, "郵件附件包（winmail.dat），其 {} 個附件逐一列出", _EMPTY)


def _mail_within(data: bytes) -> Contents | Unreadable:
    """A mail attached to the mail is wrapped as that is, and tells itself whence it is."""
    contents = opened(data)
    if isinstance(contents, Unreadable):
        return contents
    own = (value for kind, value in _attributes(data) if kind == _OF_MAIL)
    said = {each.name: each for value in own for each in properties_of(value)}
    senders = (_text(said[id].text) for id in _SENDERS if id in said)
    sender = next((shown(address) for address in senders if "@" in address), "")
    moments = (_moment(said[id]) for id in (_SENT, _DELIVERED) if id in said)
    return replace(contents, mail=Mail(next(filter(None, moments), None), sender))


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 6  # the signature and a key
    while at < len(data) and data[at : at + 4] not in _PADDING:
        kind, size = unpack_from("<xHxxI", data, at)
        value, _checksum = unpack_from(f"<{size}sH", data, at + 9)
        yield kind, value
        at += 9 + size + 2


def _note(attachment: _Attachment, kind: int, value: bytes) -> None:
    if kind == _TITLE:
        attachment.name = attachment.name or guessed(value.partition(b"\0")[0])
    elif kind == _DATA:
        attachment.data = value
    elif kind == _PROPERTIES:
        for each in properties_of(value):
            if each.name == _LONG_NAME:
                attachment.name = _text(each.text)
            elif each.name == _OBJECT and not attachment.data:
                whole = b"".join(each.values)
                attachment.data = whole.removeprefix(_MAIL_WITHIN)
                attachment.is_mail = whole.startswith(_MAIL_WITHIN)


def _moment(property: Property) -> datetime | None:
    raw = b"".join(property.values)
    return moment(unpack("<Q", raw)[0]) if len(raw) == 8 else None


def _text(name: str) -> str:
    """8-bit text as it was meant; text in Unicode is that already."""
    try:
        return guessed(name.encode(BYTE_FOR_LETTER))
    except UnicodeEncodeError:
        return name
