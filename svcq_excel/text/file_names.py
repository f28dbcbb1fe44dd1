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

_RESERVED = set('<>:"/\\|?*')
_DEVICES = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])\s*(?:\..*)?", re.I)
# NFC would turn these into other characters: U+FA0C, as some names are written, into 兀.
_NOT_COMPATIBILITY_HAN = re.compile("[^\uf900-\ufaff\U0002f800-\U0002fa1f]+")


def safe_file_name(*parts: str, suffix: str) -> str:
    """One file name of the parts that are not blank, joined by "_", ending in the suffix.

    At most 120 characters and 200 bytes of UTF-8, cut before the suffix, which is the program's
    own and taken as it is. A hint for people, never an identity: two inputs may give one name.
    """
    joined = "_".join(filter(None, map(str.strip, parts)))
    composed = _NOT_COMPATIBILITY_HAN.sub(lambda run: normalize("NFC", run[0]), joined)
    clean = "".join(map(_safe, composed))
    # Leading "~" too: "~$" is how office programs name their lock files.
    stem = clean.lstrip(" .-~").rstrip(" .")
    if not stem or _DEVICES.fullmatch(stem):
        stem = f"_{stem}"
    return _cut(stem, suffix)


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


def _cut(stem: str, tail: str) -> str:
    """The stem, shortened where the limits ask for it, and the tail."""
    room = MAX_BYTES - len(tail.encode())
    fitting = stem.encode()[:room].decode(errors="ignore")[: MAX_CHARACTERS - len(tail)]
    return fitting.rstrip(" .") + tail


def _key(name: str) -> str:
    return normalize("NFC", normalize("NFC", name).casefold())
