"""What a number format makes of a whole number that is a code: 01, A01, 105-01."""

from __future__ import annotations

import re
from functools import lru_cache

# ECMA-376 part 1, 18.8.31. What would show another number (decimals, percentages, exponents,
# fractions, dates, figures in Chinese) is left alone.
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*](?P<gap>.)|\[(?P<aside>[^\]]*)\]'
    r"|(?P<general>General|Standard)|(?P<digit>[0#?])|(?P<comma>,)|(?P<other>.)",
    re.DOTALL | re.IGNORECASE,
)
_AS_IT_STANDS = re.compile(r"[-+() :!^&'~{}<>=$]|[^\x00-\x7f]")
_MOST = 64


@lru_cache(maxsize=4096)
def shown_as(number: float, code: str) -> str:
    """The text, where a format shows all digits of a whole number and frames or pads them; ""
    in every other format, and where it shows the number itself."""
    if not number.is_integer() or number < 0 or len(code) > 255:
        return ""
    section = _section(code, number)
    tokens = list(_TOKEN.finditer(section))
    parts: list[str] = []
    places: list[int] = []
    for token in tokens:
        kind = token.lastgroup or ""
        text = token[kind]
        if kind == "digit" or kind == "general":
            places.append(len(parts))
            parts.append("0" if text == "0" else "#")
        elif kind in {"quoted", "escaped"}:
            parts.append(text)
        elif kind == "aside" and (text.startswith("DBNum") or text[:1] in set("<>=hms")):
            return ""
        elif kind == "other":
            if not _AS_IT_STANDS.fullmatch(text):
                return ""
            parts.append(text)
    digits = str(int(number))
    if not places or len(places) > _MOST:
        return ""
    filled = _filled(parts, places, digits)
    return "" if filled == digits else filled


def _section(code: str, number: float) -> str:
    """The part of a format that is for this number: it has others for those below 0, for 0 and
    for texts."""
    sections = re.findall(r'((?:"[^"]*"|\\.|[^;"\\])*)(?:;|$)', code)
    for_zero = number == 0 and len(sections) > 3 and sections[2]
    return str(sections[2] if for_zero else sections[0])


def _filled(parts: list[str], places: list[int], digits: str) -> str:
    """The digits in their places from the right; the first takes those that are left over."""
    rest = digits
    for place in reversed(places):
        digit = rest[-1:] or ("0" if parts[place] == "0" else "")
        rest = rest[:-1]
        parts[place] = digit
    parts[places[0]] = rest + parts[places[0]]
    return "".join(parts).strip()
