"""The letters of 標楷體 as its free stand-in, TW-Kai, sets them: a second opinion on what fits."""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import cache, lru_cache

import pytest

LINE = 1.32
"""The line pitch of 標楷體 in Excel, in ems, as measured; TW-Kai's is lower."""
_PIECES = re.compile(r"\n|[!-~]+|.[，。、；：？！）」』》〉】〕]*|.")


@cache
def advances() -> dict[int, float]:
    """The width of each character by its code, in ems."""
    ttlib = pytest.importorskip("fontTools.ttLib")
    if not shutil.which("fc-list"):
        pytest.skip("fontconfig is not installed")
    command = ["fc-list", ":family=TW-Kai", "file"]
    found = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()
    files = sorted(line.strip().rstrip(":") for line in found.splitlines())
    if not files:
        pytest.skip("the font TW-Kai is not installed")
    with ttlib.TTFont(files[0], lazy=True, fontNumber=0) as font:
        names, widths, unit = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
        return {code: widths[name][0] / unit for code, name in names.items()}


@lru_cache(maxsize=65_536)
def width(text: str) -> float:
    """In ems; of two letters of different widths in the two fonts, the wider counts."""
    known = advances()
    return sum(max(known.get(ord(c), 1.0), 0.5) for c in text)


@lru_cache(maxsize=65_536)
def lines(text: str, ems: float) -> int:
    """How many a text takes where no word and no sign is parted from what it belongs to."""
    count, used = 1, 0.0
    for piece in _PIECES.findall(text):
        if piece == "\n":
            count, used = count + 1, 0.0
            continue
        needed = width(piece)
        if used and used + needed > ems:
            count, used = count + 1, 0.0
        while needed > ems:
            count, needed = count + 1, needed - ems
        used += needed
    return count
