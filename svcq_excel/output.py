"""Files appear whole or not at all: written beside, flushed, then renamed."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from time import time
from zlib import crc32

WORKING = ".svcq-"
"""How the names of unfinished files begin."""

ANOTHER_NAME = "_原檔開啟中另存"
"""What a file's name gets that could not take the place of one that is open elsewhere."""

_ABANDONED_SECONDS = 3600

_IN_USE = "檔案可能正由 Excel 或其他程式開啟，請關閉後再試；或沒有讀寫權限"
_NOT_A_FOLDER = "路徑中有一段不是資料夾，而是同名的檔案，請改用其他路徑"
_REASONS = {
    errno.EACCES: _IN_USE,
    errno.EPERM: _IN_USE,
    errno.EBUSY: _IN_USE,
    errno.ENOSPC: "磁碟空間不足，請清出空間後再試",
    errno.EDQUOT: "磁碟的使用額度已滿，請清出空間後再試",
    errno.EFBIG: "檔案超過此磁碟所能存放的大小，請改存到其他磁碟",
    errno.EROFS: "磁碟是唯讀的，請改存到其他位置",
    errno.EISDIR: "這是資料夾，請改為檔案的路徑",
    errno.ENOTDIR: _NOT_A_FOLDER,
    errno.EEXIST: _NOT_A_FOLDER,
    errno.ENOENT: "找不到這個路徑，請確認資料夾與檔名",
    errno.ENAMETOOLONG: "檔名或路徑太長，請縮短後再試",
    errno.EINVAL: "檔名或路徑中有不能使用的字元，請更改後再試",
    errno.EILSEQ: "檔名或路徑中有不能使用的字元，請更改後再試",
    errno.ELOOP: "路徑中的連結彼此循環，請改用實際的路徑",
    errno.EMFILE: "同時開啟的檔案過多，請關閉其他程式後再試",
    errno.ENFILE: "同時開啟的檔案過多，請關閉其他程式後再試",
    errno.ENOMEM: "記憶體不足，請關閉其他程式後再試",
    errno.EAGAIN: "電腦過於忙碌，請關閉其他程式後再試",
    errno.EIO: "磁碟讀寫錯誤，請檢查磁碟或網路磁碟機的連線",
    errno.ENODEV: "磁碟已不在，請檢查磁碟或網路磁碟機的連線",
    errno.ENXIO: "磁碟已不在，請檢查磁碟或網路磁碟機的連線",
    errno.ETIMEDOUT: "網路磁碟機沒有回應，請檢查連線後再試",
    errno.ESTALE: "網路磁碟機的連線已中斷，請重新連線後再試",
}
"""What people are told, by the system's number: its own words are in the system's language."""


class OutputBlockedError(Exception):
    """A file cannot be written: open elsewhere, no room, no permission. Nothing was changed."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"無法寫入「{path}」：{reason}。原有檔案未變動")


def write_whole(path: Path, content: bytes) -> None:
    """Puts a file in place, or raises OutputBlockedError and leaves what was there."""
    try:
        beside = _staged(path, content)
        try:
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise OutputBlockedError(path, reason_of(error)) from error


def write_together(contents: Mapping[Path, bytes]) -> dict[Path, Path]:
    """Puts files in place once all of them are written; where each came to lie.

    A file whose place is taken by one that is open elsewhere gets another name beside it. Raises
    OutputBlockedError where there is no room for all of them.
    """
    staged: dict[Path, Path] = {}
    path = Path()
    try:
        for path, content in contents.items():
            if not _holds(path, content):
                staged[path] = _staged(path, content)
        placed = {}
        for path in contents:
            placed[path] = _placed(staged[path], path) if path in staged else path
        return placed
    except OSError as error:
        raise OutputBlockedError(path, reason_of(error)) from error
    finally:
        for beside in staged.values():
            beside.unlink(missing_ok=True)


def reason_of(error: OSError) -> str:
    """Why the system refused, in words for people."""
    if error.errno in _REASONS:
        return _REASONS[error.errno]
    if isinstance(error, PermissionError):
        return _IN_USE
    return f"系統未能完成（{error.strerror or error}），請將此訊息告知系統維護人員"


def _holds(path: Path, content: bytes) -> bool:
    """Whether a file is already what it is to be: one that is open need not be disturbed then."""
    with suppress(OSError):
        return path.stat().st_size == len(content) and path.read_bytes() == content
    return False


def _staged(path: Path, content: bytes) -> Path:
    """The content in a file beside its place, safe on the disk."""
    beside = path.with_name(f"{WORKING}{os.getpid()}-{_mark(path)}")
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(path)
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    return beside


def _placed(beside: Path, path: Path) -> Path:
    """Where a file comes to lie: at its place, or beside one that is open elsewhere."""
    try:
        return beside.replace(path)
    except PermissionError:
        return beside.replace(path.with_name(f"{path.stem}{ANOTHER_NAME}{path.suffix}"))


def _sweep(path: Path) -> None:
    """Clears away what runs that were cut short left of this file."""
    with suppress(OSError):
        for left in path.parent.glob(f"{WORKING}*"):
            old = left.stat().st_mtime < time() - _ABANDONED_SECONDS
            if old and left.name.endswith(f"-{_mark(path)}"):
                left.unlink()


def _mark(path: Path) -> str:
    """What tells a file's unfinished ones from those of others; its own name may be too long."""
    return f"{crc32(path.name.encode('utf-8', 'surrogatepass')):08x}"
