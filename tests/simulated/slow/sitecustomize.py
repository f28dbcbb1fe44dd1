"""As a share or the placeholder of a cloud answers: a reading process gets a file that has SLOW in
its name after SECONDS only, or the ERROR of that number; with a file ONCE to remember it by, the
first time only. With PATIENCE every process gets it so, and it is waited for that many seconds."""

from __future__ import annotations

import io
import os
import sys
import time
from pathlib import Path
from typing import Any

_really = io.open


def slowly(file: Any, *given: Any, **named: Any) -> Any:
    if isinstance(file, os.PathLike) and os.environ["SLOW"] in os.fspath(file):
        once = os.environ.get("ONCE")
        if not (once and Path(once).exists()):
            if once:
                _really(once, "wb").close()
            time.sleep(float(os.environ.get("SECONDS", "0")))
            if error := os.environ.get("ERROR"):
                raise OSError(int(error), "as the disk says")
    return _really(file, *given, **named)


if patience := os.environ.get("PATIENCE"):
    from svcq_excel.inbox import patience as told

    told.ON_DISK = told.ON_DISK_LEAST = float(patience)

if patience or "--multiprocessing-fork" in sys.orig_argv:
    io.open = slowly
