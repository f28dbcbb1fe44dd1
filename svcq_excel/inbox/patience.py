"""How long files may take: less, the more was spent on files that were given up."""

from __future__ import annotations

from svcq_excel.workbooks.workbook import Unreadable

SECONDS = 8.0
"""Of work for one file, or one file inside it: a thousand times what a form takes."""
TOGETHER = 32.0
"""Of work for all files of a run that are given up; what is left is never spent on one of them."""
LEAST = 0.5
"""That the last of them gets, too: a form in it is read a hundred times over."""
EARNED = 0.05
"""What each file inside another may add to what is left for all of them."""

ON_DISK = 30.0
"""On the clock until the bytes of a file are there; a share or a cloud may take its time."""
ON_DISK_TOGETHER, ON_DISK_LEAST = 240.0, 3.0

HUNG = Unreadable("unsafe", "讀取過久，已停止", "the reading process hung")


class Patience:
    """What a run has left for files that take long."""

    def __init__(
        self, seconds: float = SECONDS, together: float = TOGETHER, least: float = LEAST
    ) -> None:
        self._seconds, self._left, self._least = seconds, together, least

    @property
    def allowed(self) -> float:
        """Seconds for the next file."""
        return max(min(self._least, self._seconds), min(self._seconds, self._left / 4))

    def spend(self, seconds: float) -> None:
        """Seconds that a file took without coming to an end."""
        self._left -= seconds


def patience_with_disks() -> Patience:
    return Patience(ON_DISK, ON_DISK_TOGETHER, ON_DISK_LEAST)


def late(seconds: float) -> Unreadable:
    """What is told of a file whose bytes never came."""
    return Unreadable("withheld", f"檔案所在的磁碟過慢，{seconds:.0f} 秒內沒有提供檔案內容")


class Account:
    """What the files inside one file may take together, in seconds of work."""

    def __init__(self, seconds: float, now: float) -> None:
        self._most = self.left = seconds
        self._at = now

    def turn(self, now: float) -> float:
        """What is left for the next of them."""
        self.left = min(self._most, self.left - (now - self._at) + EARNED)
        self._at = now
        return self.left
