"""As a system answers that gives no protections: the calls named in REFUSED raise what is named
there, e.g. `resource.setrlimit:RLIMIT_AS=ValueError signal.signal=OSError`; in reading processes
only, where Python itself needs none of them."""

from __future__ import annotations

import builtins
import os
import sys
from collections.abc import Callable
from pkgutil import resolve_name
from typing import Any


def refuse(what: str) -> None:
    call, _, error = what.partition("=")
    call, _, only = call.partition(":")
    room, _, name = call.rpartition(".")
    module = resolve_name(room)
    really: Callable[..., Any] = getattr(module, name)
    refused = getattr(module, only) if only else None

    def refusing(*given: Any, **named: Any) -> Any:
        if only and given[0] != refused:
            return really(*given, **named)
        raise getattr(builtins, error)("not on this system")

    setattr(module, name, refusing)


if "--multiprocessing-fork" in sys.orig_argv:
    for each in os.environ.get("REFUSED", "").split():
        refuse(each)
