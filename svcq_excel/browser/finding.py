"""Which browser the computer has that prints pages without a window: Edge, Chrome or Chromium.

Every Windows since 10 has Edge.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

ABSENT = "電腦上沒有安裝 Edge、Chrome 或 Chromium 瀏覽器"

_COMMANDS = (
    *("msedge", "microsoft-edge", "microsoft-edge-stable"),
    *("google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "chrome"),
)
_ROOTS = ("ProgramFiles", "ProgramFiles(x86)", "ProgramW6432", "LOCALAPPDATA")
"""Variables that name the folders of programs on Windows, wherever they were moved to."""
_BELOW = (
    *("Microsoft/Edge/Application/msedge.exe", "Google/Chrome/Application/chrome.exe"),
    "Chromium/Application/chrome.exe",
)
_ON_A_MAC = (
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
)


def browser_program() -> str | None:
    """The path of the browser's program, or None where there is none."""
    found = next(filter(None, map(shutil.which, _COMMANDS)), None)
    return found or next((str(place) for place in places(os.environ) if place.is_file()), None)


def places(variables: Mapping[str, str]) -> Iterator[Path]:
    """Where browsers lie that no path leads to."""
    roots = [Path(variables[name]) for name in _ROOTS if variables.get(name)]
    yield from (root / below for below in _BELOW for root in roots)
    yield from (Path("/Applications") / app for app in _ON_A_MAC)
