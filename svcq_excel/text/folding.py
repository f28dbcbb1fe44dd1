"""What people take for the same, however it is spelled: codes, names, titles."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import normalize

from svcq_excel.text.unseen import BLANKS, is_invisible

_SHORT = 100


def fold(text: str) -> str:
    """Equal for texts that people take for the same: Ａ01, A01 and " a01"; 01 and 1; whatever
    stands in them that nobody sees."""
    return _folded_again(text) if len(text) <= _SHORT else _folded(text)


def _folded(text: str) -> str:
    if not text.isascii():
        text = "".join(c for c in normalize("NFKC", text) if c in BLANKS or not is_invisible(c))
    bare = "".join(char for char in text.casefold() if char not in BLANKS)
    return (bare.lstrip("0") or "0") if bare.isdecimal() else bare


_folded_again = lru_cache(maxsize=4096)(_folded)  # titles and names of a round come again
