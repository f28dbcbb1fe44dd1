"""How a process is started that runs nothing but this program, whatever started this one."""

from __future__ import annotations

import os
import pickle
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from threading import Lock
from types import ModuleType
from typing import TypeVar

LAST_WORDS = b"x"
"""How the answer begins of a process that came to nothing: why, for who maintains the program."""

Given = TypeVar("Given")

_SAFE_PATH = "PYTHONSAFEPATH"
_LONGEST = 500  # of what is said last

_one_at_a_time = Lock()


class ReadersFailedError(OSError):
    """No process that reads files can be started on this machine; says why."""

    def __str__(self) -> str:
        return f"無法啟動讀取檔案的程式（{self.args[0]}）"


def packed(run: Callable[[Connection, Given], None], given: Given) -> bytes:
    """For `begin`: what cannot be imported in the new process is told from there, too."""
    return pickle.dumps((run, given))


def begin(connection: Connection, what: bytes) -> None:
    """What runs first in the new process; it says why where it fails."""
    try:
        run, given = pickle.loads(what)
        run(connection, given)
    except Exception as error:
        with suppress(OSError):  # who started it is gone
            words = traceback.format_exception_only(error)[-1].strip()[:_LONGEST]
            connection.send_bytes(LAST_WORDS + words.encode("utf-8", "replace"))


@contextmanager
def undisturbed() -> Iterator[None]:
    """Keeps a new process from running the script that started this one all over again, and from
    importing what lies in the working folder before it knows where to look.

    It would run the script for what that defines, and a reader needs nothing of it: so a script
    needs no `if __name__ == "__main__":`.
    """
    with _one_at_a_time:
        script, before = sys.modules["__main__"], os.environ.get(_SAFE_PATH)
        sys.modules["__main__"] = ModuleType("__main__")
        os.environ[_SAFE_PATH] = "1"
        try:
            yield
        finally:
            sys.modules["__main__"] = script
            del os.environ[_SAFE_PATH]
            if before is not None:
                os.environ[_SAFE_PATH] = before
