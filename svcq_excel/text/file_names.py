"""Names for files that every system takes: Windows, macOS and Linux, zip archives and mail."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import count
from pathlib import PurePath
from unicodedata import normalize

from svcq_excel.text.unseen import is_invisible

MAX_CHARACTERS, MAX_BYTES = 120, 200

_NUMBERED = "-9999"
"""Room for what tells a name from others that are the same."""

_RESERVED = set('<>:"/\\|?*')
_DEVICES = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])\s*(?:\..*)?", re.I)
# NFC would turn these into other characters: U+FA0C, as some names are written, into 兀.
_NOT_COMPATIBILITY_HAN = re.compile("[^\uf900-\ufaff\U0002f800-\U0002fa1f]+")


def safe_file_name(*parts: str, suffix: str) -> str:
    """One file name of the parts that are not blank, joined by "_", ending in the suffix.

    At most 120 characters and 200 bytes of UTF-8, with a number that tells it from others. What is
    too long loses the end of its longest part: a unit's name, not the round after it. The suffix
    is the program's own and taken as it is. A hint for people, never an identity: two inputs may
    give one name.
    """
    clean = [_clean(part)[:MAX_BYTES] for part in map(str.strip, parts) if part]
    while len(clean) > 1 and not _fits("_".join(clean), _NUMBERED + suffix):
        longest = max(range(len(clean)), key=lambda at: len(clean[at].encode()))
        clean[longest] = clean[longest][:-1].rstrip(" .")
    # Leading "~" too: "~$" is how office programs name their lock files.
    stem = "_".join(clean).lstrip(" .-~").rstrip(" .")
    if not stem or _DEVICES.fullmatch(stem):
        stem = f"_{stem}"
    return _cut(stem, suffix, room=_NUMBERED)


def unique_names(names: Iterable[str]) -> tuple[str, ...]:
    """The same names in the same order, repeated ones told apart by "-2", "-3" before the suffix.

    Names that some file systems take for one (case, composition) count as repeated. The first of
    each keeps its name, whatever the others are called.
    """
    given = tuple(names)
    taken = {_key(name) for name in given}
    kept: set[str] = set()

    def unique(name: str) -> str:
        if _key(name) not in kept:
            kept.add(_key(name))
            return name
        suffix = PurePath(name).suffix
        stem = name.removesuffix(suffix)
        numbered = (_cut(stem, f"-{number}{suffix}") for number in count(2))
        free = next(candidate for candidate in numbered if _key(candidate) not in taken)
        taken.add(_key(free))
        return free

    return tuple(unique(name) for name in given)


@lru_cache(maxsize=8192)
def _safe(char: str) -> str:
    if char in _RESERVED or is_invisible(char):
        return "_"
    return " " if char.isspace() else char


def _clean(part: str) -> str:
    composed = _NOT_COMPATIBILITY_HAN.sub(lambda run: normalize("NFC", run[0]), part)
    return "".join(map(_safe, composed))


def _fits(stem: str, tail: str) -> bool:
    whole = stem + tail
    return len(whole) <= MAX_CHARACTERS and len(whole.encode()) <= MAX_BYTES


def _cut(stem: str, tail: str, room: str = "") -> str:
    """The stem, shortened where the limits ask for it, and the tail; with room for more."""
    most = MAX_BYTES - len(tail.encode()) - len(room)
    fitting = stem.encode()[:most].decode(errors="ignore")
    return fitting[: MAX_CHARACTERS - len(tail) - len(room)].rstrip(" .") + tail


def _key(name: str) -> str:
    return normalize("NFC", normalize("NFC", name).casefold())
