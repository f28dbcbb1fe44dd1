"""The files attached to a mail that Outlook saved (.msg), by the streams of [MS-OXMSG]."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from struct import unpack

from svcq_excel.inbox.containers import eml as mails
from svcq_excel.inbox.containers.contents import TOO_MANY, ContainedFile, Contents
from svcq_excel.inbox.containers.sending import sending
from svcq_excel.inbox.names import guessed, shown
from svcq_excel.inbox.reading import Mail
from svcq_excel.workbooks.bounds import MAX_FILES
from svcq_excel.workbooks.ole.filetime import moment
from svcq_excel.workbooks.ole.storage import DAMAGES, Storage, root
from svcq_excel.workbooks.workbook import Unreadable

_DAMAGED = Unreadable("unreadable", "郵件已損壞或不完整")
_LINKED = Unreadable("unreadable", "附件只是連結，郵件內沒有檔案本身")
_CUT_OFF = Unreadable("unreadable", "附件已損壞或不完整")
_OBJECT = Unreadable("unreadable", "附件是嵌入的物件，不是檔案")

_ATTACHMENT, _LISTED, _STREAM = "__attach_version1.0_#", "__properties_version1.0", "__substg1.0_"
_OF_FILE, _OF_MAIL_WITHIN, _OF_ATTACHMENT = 32, 24, 8  # bytes before the properties listed
_NUMBER, _BOOLEAN, _MOMENT = 0x0003, 0x000B, 0x0040  # types of properties
_BYTES, _WIDE_TEXT, _TEXT, _FOLDER = "0102", "001F", "001E", "000D"

# Properties, by the names in [MS-OXPROPS].
_CLIENT_SUBMIT_TIME, _MESSAGE_DELIVERY_TIME, _TRANSPORT_HEADERS = 0x0039, 0x0E06, 0x007D
_SENDER_SMTP, _REPRESENTING_SMTP, _SENDER, _REPRESENTING = 0x5D01, 0x5D02, 0x0C1F, 0x0065
_DATA, _METHOD, _LAST_MODIFIED = 0x3701, 0x3705, 0x3008
_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME = 0x3707, 0x3704, 0x3001
_MIME, _CONTENT_ID, _HIDDEN = 0x370E, 0x3712, 0x7FFE

_BY_REFERENCE = {2, 3, 4, 7}  # values of _METHOD: the file lies elsewhere


def opened(data: bytes) -> Contents | Unreadable:
    """The attachments of a mail; its text is none."""
    try:
        return _contents(root(data), _OF_FILE)
    except DAMAGES:
        return _DAMAGED


def _contents(mail: Storage, before: int) -> Contents | Unreadable:
    properties = _Properties(mail, before)
    folders = [name for name in mail.names if name.startswith(_ATTACHMENT)]
    if len(folders) > MAX_FILES:
        return TOO_MANY
    members = [_member(mail.below(name), number) for number, name in enumerate(folders, 1)]
    heads = mails.heads(properties.text(_TRANSPORT_HEADERS).encode("utf-8", "surrogateescape"))
    told = sending(heads)
    sent = properties.moment(_CLIENT_SUBMIT_TIME) or told.sent
    sent = sent or properties.moment(_MESSAGE_DELIVERY_TIME)
    return Contents(members, mail=Mail(sent, _sender(properties) or told.sender))


def _sender(properties: _Properties) -> str:
    """Within an office, some of these are no addresses but paths in its directory."""
    said = map(properties.text, (_SENDER_SMTP, _REPRESENTING_SMTP, _SENDER, _REPRESENTING))
    return next((shown(address) for address in said if "@" in address), "")


def _member(folder: Storage, number: int) -> ContainedFile:
    properties = _Properties(folder, _OF_ATTACHMENT)
    names = map(properties.text, (_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME))
    name = next(filter(None, names), f"附件{number}")
    within = folder.below(_stream(_DATA, _FOLDER))
    if _LISTED in within.names:
        opener = partial(_mail_within, within)
        return ContainedFile(f"{name}（郵件）", lambda: b"", 0, opened=opener)
    picture = properties.text(_MIME).startswith("image/")
    return ContainedFile(
        name,
        _reader(folder, properties.number(_METHOD)),
        folder.size(_stream(_DATA, _BYTES)),
        "圖片，不是試算表" if picture else "",
        picture and bool(properties.text(_CONTENT_ID) or properties.number(_HIDDEN, _BOOLEAN)),
        properties.moment(_LAST_MODIFIED),
    )


def _reader(folder: Storage, method: int) -> Callable[[], bytes | Unreadable]:
    if _stream(_DATA, _BYTES) in folder.names:
        return partial(_file, folder)
    return lambda: _LINKED if method in _BY_REFERENCE else _OBJECT


def _file(folder: Storage) -> bytes | Unreadable:
    name = _stream(_DATA, _BYTES)
    data = folder.stream(name)
    return data if len(data) == folder.size(name) else _CUT_OFF


def _mail_within(storage: Storage, _: bytes) -> Contents | Unreadable:
    """A mail attached to a mail is a folder of the same file, and has no bytes of its own."""
    try:
        return _contents(storage, _OF_MAIL_WITHIN)
    except DAMAGES:
        return _DAMAGED


class _Properties:
    """What is known of a mail or an attachment: short values in a list, long ones in streams."""

    def __init__(self, storage: Storage, before: int) -> None:
        self._storage = storage
        listed = storage.stream(_LISTED)[before:]
        rows = (listed[at : at + 16] for at in range(0, len(listed) - 15, 16))
        self._listed = {row[:4]: row[8:] for row in rows}

    def text(self, property: int) -> str:
        wide = self._storage.stream(_stream(property, _WIDE_TEXT))
        narrow = self._storage.stream(_stream(property, _TEXT))
        text = wide.decode("utf-16-le", "replace") if wide else guessed(narrow)
        return text.rstrip("\0")

    def number(self, property: int, type: int = _NUMBER) -> int:
        value: int = unpack("<I4x", self._value(property, type))[0]
        return value

    def moment(self, property: int) -> datetime | None:
        ticks: int = unpack("<Q", self._value(property, _MOMENT))[0]
        return moment(ticks)

    def _value(self, property: int, type: int) -> bytes:
        key = type.to_bytes(2, "little") + property.to_bytes(2, "little")
        return self._listed.get(key, bytes(8))


def _stream(property: int, type: str) -> str:
    return f"{_STREAM}{property:04x}{type.lower()}"
