"""Drafts: a file for each letter that a mail program opens, and one archive of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from svcq_excel.letters.letter import OCCASIONS, Letter
from svcq_excel.letters.mime import DRAFT_MARK, draft
from svcq_excel.placing import Placing
from svcq_excel.text.file_names import safe_file_name, unique_names

ARCHIVE = "全部草稿.zip"
_MARK, _LOOKED_AT = f"\r\n{DRAFT_MARK}: ".encode(), 4096


def named(letters: Iterable[Letter]) -> Iterator[tuple[str, Letter]]:
    """Each letter with its file's name."""
    given = tuple(letters)
    names = (
        safe_file_name(each.unit, each.unit_name, OCCASIONS[each.occasion], suffix=".eml")
        for each in given
    )
    return zip(unique_names(names), given, strict=True)


def write_drafts(
    letters: Iterable[Letter], folder: Path, archived: bool = False
) -> dict[Path, Letter]:
    """A file a letter, together or not at all; `archived`, one archive of all of them too, for mail
    on the web that takes such. Raises OutputBlockedError."""
    written: dict[Path, Letter] = {}
    with Placing(flushed=False) as placing:
        for name, letter in named(letters):
            written[folder / name] = letter
            placing.add(folder / name, draft(letter))
        if written and archived:
            placing.add_streamed(folder / ARCHIVE, partial(_archive, written))
        placing.place()
    _clear_away(folder, written)
    if not (written and archived):
        _clear_archive(folder / ARCHIVE)
    return written


def _clear_away(folder: Path, written: Mapping[Path, Letter]) -> None:
    """Drafts of an earlier call that nobody is to get any more: a unit has handed in since."""
    for path in folder.glob("*.eml"):
        if path not in written and _is_a_draft(path):
            with suppress(OSError):
                path.unlink()


def _clear_archive(path: Path) -> None:
    """One of an earlier call would hold letters that are not as they are now."""
    with suppress(OSError, BadZipFile):
        with ZipFile(path) as archive:
            names = archive.namelist()
            ours = names and all(_MARK in archive.read(name)[:_LOOKED_AT] for name in names)
        if ours:
            path.unlink()


def _is_a_draft(path: Path) -> bool:
    with suppress(OSError), path.open("rb") as file:
        return _MARK in file.read(_LOOKED_AT)
    return False


def _archive(drafts: Mapping[Path, Letter], stream: BinaryIO) -> None:
    with ZipFile(stream, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for path, letter in drafts.items():
            archive.writestr(ZipInfo(path.name), draft(letter), ZIP_DEFLATED)
