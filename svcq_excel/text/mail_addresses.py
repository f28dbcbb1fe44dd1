"""電子郵件 as lists hold it: one address or several, in any width, anything between."""

from __future__ import annotations

import re
from unicodedata import normalize

_NAMED = re.compile(r"[^;,、<>\n]*<([^<>]*)>")
_BETWEEN = re.compile(r"[;,、|/\s]+")
_ADDRESS = re.compile(
    r"[A-Z0-9!#$%&'*+=?^_`{}~-]+(?:\.[A-Z0-9!#$%&'*+=?^_`{}~-]+)*"
    r"@(?:[A-Z0-9](?:[A-Z0-9-]*[A-Z0-9])?\.)+[A-Z][A-Z0-9-]*[A-Z0-9]",
    re.IGNORECASE | re.ASCII,
)
_NONE = {"", "-", "--", "—", "無", "none", "n/a", "x"}


def addresses_in(text: str) -> tuple[list[str], list[str]]:
    """The addresses in a text, and what stands among them and cannot be one."""
    plain = normalize("NFKC", text).strip()
    if plain.casefold() in _NONE:
        return [], []
    plain = re.sub(r"mailto:", "", _NAMED.sub(r"\1;", plain), flags=re.IGNORECASE)
    pieces = list(dict.fromkeys(filter(None, _BETWEEN.split(plain))))
    good = [piece for piece in pieces if _ADDRESS.fullmatch(piece)]
    return good, [piece for piece in pieces if piece not in good]


def is_among(address: str, text: str) -> bool:
    """Whether an address is one of those in a text: the whole of it, in any case of letters."""
    return address.isascii() and address.lower() in map(str.lower, addresses_in(text)[0])
