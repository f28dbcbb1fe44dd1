"""What keeps a file from being written or read, in words for people."""

from __future__ import annotations

import errno
from pathlib import Path

_IN_USE = "檔案正由 Excel 或其他程式開啟，請關閉後再試"
_DENIED = "檔案可能正由 Excel 或其他程式開啟，請關閉後再試；或沒有讀寫權限"
_SHARING = {32, 33}
"""Windows' numbers of what another program keeps to itself."""
_NOT_A_FOLDER = "路徑中有一段不是資料夾，而是同名的檔案，請改用其他路徑"
_REASONS = {
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EBUSY: _IN_USE,
    errno.ETXTBSY: _IN_USE,
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


def reason_of(error: OSError) -> str:
    """Why the system refused, in words for people."""
    if is_in_use(error):
        return _IN_USE
    if error.errno in _REASONS:
        return _REASONS[error.errno]
    if isinstance(error, PermissionError):
        return _DENIED
    return f"系統未能完成（{error.strerror or error}），請將此訊息告知系統維護人員"


def is_in_use(error: OSError) -> bool:
    """Whether the system says itself that another program keeps the file to itself."""
    return getattr(error, "winerror", None) in _SHARING
