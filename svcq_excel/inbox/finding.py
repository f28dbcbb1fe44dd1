"""Every file of the inbox: which may be a form, and which never is one, and why."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from svcq_excel.inbox.names import LINK, never_a_form, told_apart
from svcq_excel.store import FOLDER, OWN_FILES, is_ours

WORKBOOK_SUFFIXES = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".xltx", ".ots", ".et"}

OURS, LEFT_OVER = "本系統的暫存資料夾，不是收件", "本系統的暫存檔，不是評分表"


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file of the inbox, by the path that leads to it from where the program was called."""

    path: Path
    ignored: str = ""
    """Why it is never a form; "" where it may be one."""
    called: str = field(default="", compare=False)

    @property
    def listed(self) -> str:
        """How results call it: by the path that a call within a folder names, and from the inbox's
        own name on where the call says where on this machine the inbox lies; on every system with /
        between folders."""
        return self.called or self.path.as_posix()


def find(inbox: Iterable[Path]) -> tuple[FoundFile, ...]:
    """The files in folders and below, and files named one by one, each once, in a fixed order."""
    seen: dict[tuple[str, str], FoundFile] = {}
    real = cache(os.path.realpath)
    entries = tuple(inbox)
    for entry, name in zip(entries, _names(entries), strict=True):
        for found in _walk(entry, name):
            # However its folder was spelled; where a link leads to does not matter here.
            seen.setdefault((real(found.path.parent), found.path.name), found)
    return tuple(_apart(list(seen.values())))


def lies_in(folder: Path, inbox: Iterable[Path]) -> bool:
    """Whether strangers' files lie in a folder: it is one of the inbox, lies in one, or holds files
    that are named one by one."""
    real = Path(os.path.realpath(folder))
    for entry in inbox:
        there = Path(os.path.realpath(entry))
        if real in {there, there.parent} if entry.is_file() else real.is_relative_to(there):
            return True
    return False


def _names(entries: Sequence[Path]) -> list[str]:
    """What stands in place of where each lies on this machine; "" for one named from the call's
    own folder."""
    there = dict.fromkeys(entry for entry in entries if entry.anchor)
    names = [_own_name(entry) or _own_name(entry.resolve()) or "收件" for entry in there]
    taken = dict.fromkeys(entry.as_posix() for entry in entries if not entry.anchor)
    own = dict(zip(there, list(told_apart([*taken, *names]))[len(taken) :], strict=True))
    return [own.get(entry, "") for entry in entries]


def _own_name(entry: Path) -> str:
    return entry.name if entry.name != ".." else ""


def _apart(found: Sequence[FoundFile]) -> Iterator[FoundFile]:
    """No two files are called alike."""
    taken = [each.listed for each in found if not each.called]
    named = [each.listed for each in found if each.called]
    apart = iter(list(told_apart([*taken, *named]))[len(taken) :])
    for each in found:
        yield replace(each, called=next(apart)) if each.called else each


def _walk(entry: Path, name: str) -> Iterator[FoundFile]:
    """`name` is what stands in place of the entry where its files are listed; "" for its own."""
    if not entry.is_dir():
        yield FoundFile(entry, _never(entry), name)
        return
    closed: list[OSError] = []
    for at, folders, files in os.walk(entry, onerror=closed.append):
        folder = Path(at)
        called = _called(folder, entry, name)
        own = frozenset[str]()
        if folder.name == FOLDER and is_ours(folder):
            yield FoundFile(folder, OURS, called)
            own = OWN_FILES
        folders.sort()
        for each in folders:
            path, its = folder / each, called and f"{called}/{each}"
            if path.is_symlink():
                yield FoundFile(path, LINK, its)
            elif path.suffix.lower() in WORKBOOK_SUFFIXES:
                yield FoundFile(path, "是資料夾，不是檔案", its)
        for each in sorted(files):
            if each not in own:
                path, its = folder / each, called and f"{called}/{each}"
                yield FoundFile(path, LINK if path.is_symlink() else _never(path), its)
    # That it cannot be opened is told when that is tried.
    for path in (Path(error.filename) for error in closed):
        yield FoundFile(path, called=_called(path, entry, name))


def _called(path: Path, entry: Path, name: str) -> str:
    """How a path within an entry is called by the name that stands in place of that."""
    return Path(name, path.relative_to(entry)).as_posix() if name else ""


def _never(path: Path) -> str:
    if path.parent.name == FOLDER and path.name in OWN_FILES:  # as older versions left it, unmarked
        return LEFT_OVER
    return never_a_form(path) or ("" if path.is_file() else "不是一般檔案")
