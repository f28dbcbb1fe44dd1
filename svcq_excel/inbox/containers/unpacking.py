"""A file of the inbox and every file inside it: archives and mails are opened, layer by layer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from svcq_excel.inbox.containers.contents import TOO_MANY, ContainedFile, Contents
from svcq_excel.inbox.names import never_a_form, shown, told_apart
from svcq_excel.inbox.reading import Piece
from svcq_excel.workbooks.bounds import MAX_DEPTH, MAX_FILES, MAX_WITHIN
from svcq_excel.workbooks.file_kinds import may_be_mail
from svcq_excel.workbooks.guarding import guarded
from svcq_excel.workbooks.sniffing import Container, ContainerKind, sniff, trimmed
from svcq_excel.workbooks.workbook import Unreadable

TOO_LARGE = Unreadable("unsafe", f"解壓縮後合計超過 {MAX_WITHIN // 1024**2} MiB")
TOO_DEEP = Unreadable("unsafe", f"壓縮檔或郵件層層包裹超過 {MAX_DEPTH} 層")

Opener = Callable[[bytes], Contents | Unreadable]


def _opener_of(kind: ContainerKind) -> Opener:
    """What opens such a file is imported when the first of them comes: most forms lie in none."""
    match kind:
        case "zip":
            from svcq_excel.inbox.containers import zip_files as archives

            return archives.opened
        case "eml":
            from svcq_excel.inbox.containers import eml as mails

            return mails.opened
        case "msg":
            from svcq_excel.inbox.containers import msg as outlook

            return outlook.opened
        case "tnef":
            from svcq_excel.inbox.containers import winmail

            return winmail.opened


@dataclass(slots=True)
class _Allowance:
    """What may still be taken out of one file of the inbox."""

    files: int = MAX_FILES
    inflated: int = MAX_WITHIN

    def take(self, member: ContainedFile) -> bytes | Unreadable:
        """The bytes of a file, if there is room for it."""
        if self.files <= 0:
            return TOO_MANY
        self.files -= 1
        if member.size > self.inflated:
            return TOO_LARGE
        data = guarded(member.read)
        self.inflated -= max(member.size, 0 if isinstance(data, Unreadable) else len(data))
        return data


def pieces(data: bytes, name: str) -> Iterator[Piece]:
    """The file itself, then, where it is an archive or a mail, every file inside it."""
    return _pieces(Piece(data=data), _opener(data, name), _Allowance())


def _opener(data: bytes, name: str) -> Opener | None:
    """How to open what is an archive or a mail; None for anything else."""
    kind = sniff(trimmed(data)[0])
    if isinstance(kind, Container):
        return _opener_of(kind.kind)
    return _opener_of("eml") if name.lower().endswith(".eml") and may_be_mail(data) else None


def _pieces(piece: Piece, opener: Opener | None, allowance: _Allowance) -> Iterator[Piece]:
    if not opener:
        yield piece
    elif len(piece.inside) >= MAX_DEPTH:
        yield replace(piece, refused=TOO_DEEP)
    else:
        contents = guarded(lambda: opener(piece.data))
        if isinstance(contents, Unreadable):
            yield replace(piece, refused=contents)
        else:
            yield from _opened(piece, contents, allowance)


def _opened(piece: Piece, contents: Contents, allowance: _Allowance) -> Iterator[Piece]:
    mails = (*piece.mails, contents.mail) if contents.mail else piece.mails
    attached = sum(not member.aside for member in contents.members)
    itself = replace(piece, mails=mails)
    if attached:
        yield replace(itself, ignored=contents.listed.format(f"{attached:,}"))
    else:
        yield replace(itself, refused=contents.empty)
    names = told_apart(shown(member.name) for member in contents.members)
    for member, name in zip(contents.members, names, strict=True):
        inside = Piece((*piece.inside, name), modified=member.modified, mails=mails)
        yield from _member(inside, member, allowance)


def _member(inside: Piece, member: ContainedFile, allowance: _Allowance) -> Iterator[Piece]:
    data = allowance.take(member)
    if ignored := member.ignored or never_a_form(PurePosixPath(member.name)):
        known = b"" if isinstance(data, Unreadable) else data
        yield replace(inside, data=known, ignored=ignored)
    elif isinstance(data, Unreadable):
        yield replace(inside, refused=data)
    else:
        opener = member.opened or _opener(data, member.name)
        yield from _pieces(replace(inside, data=data), opener, allowance)
