"""What lies in an output's place: whether it is that already, and may be replaced at all."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from filecmp import cmp
from pathlib import Path
from stat import S_IMODE, S_ISREG

from svcq_excel.output import OutputBlockedError, is_in_use

_READ_ONLY = "檔案設為唯讀，請先取消唯讀，或將輸出改用其他檔名"
_WRITABLE = 0o222


def led_to(path: Path) -> Path:
    """The file that is meant, where the name is a link's."""
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def holds(path: Path, content: bytes) -> bool:
    """Whether a file is already what it is to be: one that is open need not be disturbed then."""
    with suppress(OSError):
        return path.stat().st_size == len(content) and path.read_bytes() == content
    return False


def is_same(file: Path, other: Path) -> bool:
    """The same of two files, neither of which need be held in memory."""
    with suppress(OSError):
        return cmp(file, other, shallow=False)
    return False


def verify_replaceable(path: Path, file: Path) -> None:
    """A file that nobody may write stays, though its folder would let it be replaced."""
    try:
        mode = file.stat().st_mode
    except FileNotFoundError:
        return
    if file.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if S_ISREG(mode) and not mode & _WRITABLE:
        raise OutputBlockedError(path, _READ_ONLY)
    try:
        file.open("r+b").close()
    except PermissionError as error:
        if not is_in_use(error):  # it may be closed by the time that it matters
            raise


def permit_as(old: os.stat_result, new: Path) -> None:
    """The group too: of a share it is that of the colleagues."""
    with suppress(OSError, AttributeError):
        os.chown(new, -1, old.st_gid)
    with suppress(OSError):
        new.chmod(S_IMODE(old.st_mode))
