"""Readers of strangers' bytes, guarded: what they stumble over becomes a reason, not a crash."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from python_calamine import CalamineError

from svcq_excel.workbooks.workbook import Unreadable

DAMAGED = "檔案已損壞，無法讀取"

_PACKAGE = Path(__file__).parents[1]
_LONGEST_CAUSE = 500

T = TypeVar("T")


class DoctypeError(Exception):
    """A part declares a document type, with which readers can be led to expand and to fetch."""


class TwoDocumentsError(Exception):
    """Programs would not agree on what the file holds; says so in words for people."""


def guarded(read: Callable[[], T]) -> T | Unreadable:
    """What a reader gives, or that it failed: a damaged file can make it panic, and a panic is
    no `Exception`."""
    try:
        return read()
    except (KeyboardInterrupt, SystemExit):
        raise
    except DoctypeError as error:
        return Unreadable("unsafe", "檔案內含文件類型宣告（DTD）", _cause(error))
    except TwoDocumentsError as error:
        return Unreadable("two-documents", f"{error}，各程式開啟所見可能不同", _cause(error))
    except MemoryError as error:
        return Unreadable("unsafe", "檔案內容過大，無法讀取", _cause(error))
    except Exception as error:
        return Unreadable("unreadable", DAMAGED, _cause(error))
    except BaseException as error:
        return Unreadable("unsafe", "檔案使讀取程式異常中止", _cause(error))


def _cause(error: BaseException) -> str:
    """What was stumbled over, and, unless it was the reader of others, where in this program."""
    where = ""
    if not isinstance(error, CalamineError):
        for frame in traceback.extract_tb(error.__traceback__):
            if Path(frame.filename).is_relative_to(_PACKAGE):
                file = Path(frame.filename).relative_to(_PACKAGE).as_posix()
                where = f" ({file}:{frame.lineno})"
    # A system's error names the file by where it lies on this machine.
    said = error.strerror if isinstance(error, OSError) and error.filename else error
    return f"{type(error).__name__}: {said}"[: _LONGEST_CAUSE - len(where)] + where
