"""How a process is started that runs nothing but this program, whatever started this one."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

_SAFE_PATH = "PYTHONSAFEPATH"


@contextmanager
def undisturbed() -> Iterator[None]:
    """Keeps a new process from running the script that started this one all over again, and from
    importing what lies in the working folder before it knows where to look.

    It would run the script for what that defines, and a reader needs nothing of it: so a script
    needs no `if __name__ == "__main__":`.
    """
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
