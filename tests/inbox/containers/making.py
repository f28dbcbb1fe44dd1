"""Archives and mails for tests, byte by byte where no library writes them."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from io import BytesIO
from struct import pack, pack_into
from typing import TypeAlias

from svcq_excel.inbox.containers.unpacking import pieces
from svcq_excel.inbox.reading import Piece

SENT = datetime(2016, 8, 1, 17, 30, tzinfo=UTC)


def told(data: bytes, name: str = "寄來的檔案") -> list[Piece]:
    """All pieces; every one within the file has been counted once."""
    found = list(pieces(data, name))
    assert found[0].inside == ()
    assert len({piece.inside for piece in found}) == len(found), "told apart"
    return found


def names(found: Sequence[Piece]) -> list[str]:
    return ["!".join(piece.inside) for piece in found[1:]]


def zipped(
    files: Mapping[str, bytes] | Sequence[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in files.items() if isinstance(files, Mapping) else files:
            archive.writestr(zipfile.ZipInfo(name, (2016, 7, 29, 16, 5, 0)), data, method)
    return stream.getvalue()


def package(*parts: str, of: bytes = b"<x/>", method: int = zipfile.ZIP_STORED) -> bytes:
    """A zip whose parts matter by their names."""
    return zipped([(name, of) for name in parts], method)


def zipped_as(raw: bytes, data: bytes, unicode_path: str = "", crc: int | None = None) -> bytes:
    """A zip with one file, whose name is these bytes, perhaps with the field that has it too."""
    stand_in = "N" * len(raw)
    info = zipfile.ZipInfo(stand_in)
    if unicode_path:
        text = unicode_path.encode()
        checked = zlib.crc32(raw) if crc is None else crc
        info.extra = pack("<HHBI", 0x7075, 5 + len(text), 1, checked) + text
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(info, data)
    return stream.getvalue().replace(stand_in.encode(), raw)


def changed(data: bytes, in_header: int, in_directory: int, value: bytes) -> bytes:
    """A zip with one file, with another value in its header and its entry in the directory."""
    raw = bytearray(data)
    for at in (in_header, raw.index(b"PK\x01\x02") + in_directory):
        raw[at : at + len(value)] = value
    return bytes(raw)


def mail(*attachments: tuple[str, bytes], sender: str = "王小明 <wang@wra.gov.tw>") -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = sender, "hq@wra.gov.tw", "檢送評分表"
    letter["Date"] = SENT
    letter.set_content("如附件。")
    for name, data in attachments:
        letter.add_attachment(data, "application", "octet-stream", filename=name)
    return letter


def part(heads: bytes, body: bytes) -> bytes:
    """A mail with one part as it was written, byte by byte."""
    return (
        b"From: wang@wra.gov.tw\r\nDate: Mon, 1 Aug 2016 17:30:00 +0000\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="=-="\r\n\r\n'
        b"--=-=\r\nContent-Type: text/plain\r\n\r\n.\r\n"
        b"--=-=\r\n" + heads + b"\r\n\r\n" + body + b"\r\n--=-=--\r\n"
    )


def winmail(*attachments: tuple[bytes, bytes], long_names: Sequence[str] = ()) -> bytes:
    """A winmail.dat: names in the sender's code page, and perhaps long ones in Unicode."""
    data = pack("<IH", 0x223E9F78, 1) + attribute(1, 0x89006, pack("<I", 0x10000))
    for number, (name, content) in enumerate(attachments):
        data += attribute(2, 0x69002, bytes(14))
        data += attribute(2, 0x18010, name + b"\0")
        data += attribute(2, 0x6800F, content)
        if long_names:
            text = (long_names[number] + "\0").encode("utf-16-le")
            value = pack("<IHHII", 1, 0x1F, 0x3707, 1, len(text)) + text + bytes(-len(text) % 4)
            data += attribute(2, 0x69005, value)
    return data


def winmail_of(sender: str, sent: datetime, *attachments: tuple[bytes, bytes]) -> bytes:
    """A winmail.dat that says itself who sent it and when, as one in another does."""
    text = (sender + "\0").encode("utf-16-le")
    sender_is = pack("<HHII", 0x1F, 0x5D01, 1, len(text)) + text + bytes(-len(text) % 4)
    value = pack("<I", 2) + pack("<HHQ", 0x40, 0x0039, _ticks(sent)) + sender_is
    whole = winmail(*attachments)
    return whole[:6] + attribute(1, 0x69003, value) + whole[6:]


def winmail_with_mail(inner: bytes) -> bytes:
    """A winmail.dat with another in it, which stands among the properties of an attachment."""
    interface = bytes.fromhex("0703020000000000c000000000000046")
    head = pack("<IHHII", 1, 0x0D, 0x3701, 1, len(interface + inner))
    value = head + interface + inner + bytes(-len(inner) % 4)
    return winmail((b"mail", b"")) + attribute(2, 0x69005, value)


def attribute(level: int, kind: int, value: bytes) -> bytes:
    return pack("<BII", level, kind, len(value)) + value + pack("<H", sum(value) & 0xFFFF)


Tree: TypeAlias = Mapping[str, "bytes | Tree"]
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


@dataclass
class _Entry:
    name: str
    kind: int
    data: bytes = b""
    left: int = _FREE
    right: int = _FREE
    child: int = _FREE
    start: int = _END
    size: int = 0


@dataclass
class _Sectors:
    """Equal pieces of bytes, and the table that chains them."""

    size: int
    data: bytes = b""
    table: list[int] = field(default_factory=list)

    def add(self, data: bytes) -> int:
        if not data:
            return _END
        start = len(self.table)
        count = -(-len(data) // self.size)
        self.data += data.ljust(count * self.size, b"\0")
        self.table += [*range(start + 1, start + count), _END]
        return start


def ole(tree: Tree) -> bytes:
    """An OLE2 file with these streams and folders ([MS-CFB], version 3)."""
    entries = [_Entry("Root Entry", 5)]
    entries[0].child = _planted(tree, entries)
    large, small = _Sectors(512), _Sectors(64)
    for entry in entries:
        entry.size = len(entry.data)
        entry.start = (large if entry.size >= 4096 else small).add(entry.data)
    entries[0].size, entries[0].start = len(small.data), large.add(small.data)
    small_table = large.add(pack(f"<{len(small.table)}I", *small.table))
    directory = large.add(b"".join(map(_entry, entries)))
    count = -(-(len(large.table) + 110) // 128)
    assert count < 110, "too large for this writer"
    table = [*large.table, *[_FAT] * count]
    first = len(large.table)
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0"))
    pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    pack_into("<II", header, 44, count, directory)
    small_sectors = -(-len(small.table) // 128)
    pack_into("<IIIII", header, 56, 4096, small_table, small_sectors, _END, 0)
    numbers = [*range(first, first + count)]
    pack_into("<109I", header, 76, *numbers, *[_FREE] * (109 - count))
    padded = table + [_FREE] * (count * 128 - len(table))
    return bytes(header) + large.data + pack(f"<{len(padded)}I", *padded)


def _planted(tree: Tree, entries: list[_Entry]) -> int:
    """Adds a folder's entries, each the right neighbour of the one before; tells the first."""
    first = previous = _FREE
    for name in sorted(tree, key=lambda name: (len(name), name.upper())):
        value, number = tree[name], len(entries)
        entries.append(_Entry(name, 2 if isinstance(value, bytes) else 1))
        if previous == _FREE:
            first = number
        else:
            entries[previous].right = number
        previous = number
        if isinstance(value, bytes):
            entries[number].data = value
        else:
            entries[number].child = _planted(value, entries)
    return first


def _entry(entry: _Entry) -> bytes:
    raw = bytearray(128)
    text = (entry.name + "\0").encode("utf-16-le")
    raw[: len(text)] = text
    pack_into("<HBBIII", raw, 64, len(text), entry.kind, 1, entry.left, entry.right, entry.child)
    pack_into("<II", raw, 116, entry.start, entry.size)
    return bytes(raw)


def msg(*attachments: Tree, sender: str = "wang@wra.gov.tw", sent: datetime | None = SENT) -> Tree:
    """What Outlook saves of a mail; `outlook_file` makes a file of it."""
    fixed = {0x0039_0040: pack("<Q", _ticks(sent))} if sent else {}
    texts = {0x001A: "IPM.Note", 0x5D01: sender, 0x0C1F: "/O=WRA/CN=WANG"}
    tree = _properties(pack("<8x4I8x", 0, len(attachments), 0, len(attachments)), fixed, texts)
    numbered = {f"__attach_version1.0_#{i:08X}": each for i, each in enumerate(attachments)}
    return {**tree, **numbered}


def attachment(name: str, data: bytes | Tree = b"", method: int = 1, **more: str) -> Tree:
    """A file attached, or a mail, or what is neither by value nor a mail: then there is no data."""
    fixed = {0x3705_0003: pack("<Ixxxx", method)}
    if data and isinstance(data, bytes):
        fixed[0x3701_0102] = pack("<II", len(data), 0)
    tree = dict(_properties(bytes(8), fixed, {0x3707: name}))
    for key, text in more.items():
        tree[f"__substg1.0_{key.removeprefix('_')}001F"] = text.encode("utf-16-le")
    if isinstance(data, bytes):
        return {**tree, "__substg1.0_37010102": data} if data else tree
    listed = data["__properties_version1.0"]
    assert isinstance(listed, bytes)
    # The list of properties begins earlier in a mail within another.
    within = {**data, "__properties_version1.0": listed[:24] + listed[32:]}
    return {**tree, "__substg1.0_3701000D": within}


def outlook_file(mail: Tree) -> bytes:
    streams = ("00020102", "00030102", "00040102")
    names = {f"__substg1.0_{stream}": b"" for stream in streams}
    return ole({**mail, "__nameid_version1.0": names})


def _properties(before: bytes, fixed: Mapping[int, bytes], texts: Mapping[int, str]) -> Tree:
    rows = [pack("<II", tag, 6) + value for tag, value in fixed.items()]
    streams: dict[str, bytes | Tree] = {}
    for id, text in texts.items():
        raw = text.encode("utf-16-le")
        rows.append(pack("<IIII", id << 16 | 0x1F, 6, len(raw) + 2, 0))
        streams[f"__substg1.0_{id:04X}001F"] = raw
    return {"__properties_version1.0": before + b"".join(rows), **streams}


def _ticks(moment: datetime) -> int:
    return (moment - datetime(1601, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) * 10
