"""What a cell shows of its figure or text in a number format, and in which colour.

ECMA-376 part 1, 18.8.31. What is not read here (dates, fractions, figures in Chinese) is None:
nobody knows what it shows.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

_LONGEST = 255
_SECTION = re.compile(r'((?:"[^"]*"?|\\.|[_*].|\[[^\]]*\]|[^;"\\])*)(?:;|$)', re.DOTALL)
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<gap>.)|\*(?P<fill>.)|\[(?P<aside>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式|Standard)|(?P<exponent>E[+-]?(?=[0#?]))"
    r"|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<text>@)|(?P<other>.)",
    re.DOTALL | re.IGNORECASE,
)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?[0-9]{1,12}(?:\.[0-9]{1,12})?)\]")
_COLOUR = re.compile(r"(black|white|red|green|blue|yellow|magenta|cyan|colou?r ?[0-9]{1,2})", re.I)
_LANGUAGE = re.compile(r"\$-[0-9A-Fa-f]*|\$[^-\]]+(?:-[0-9A-Fa-f]*)?")
_STANDS = re.compile(r"[-+() :!^&'~{}<>=$|1-9]|[^\x00-\x7f]")
_FILLED = 3  # so often is a character shown that fills the cell; how often, its width says


class Shown(NamedTuple):
    """What a cell shows."""

    text: str
    colour: str = ""
    """The word or number by which the format names a colour of its own: white, color2."""


@lru_cache(maxsize=8192)
def shown(value: float | str, code: str) -> Shown | None:
    """What a cell with this value shows; None where that is not known."""
    if len(code) > _LONGEST:
        return None
    sections = [found[1] for found in _SECTION.finditer(code)]
    if len(sections) > 1 and code[-1:] != ";":
        sections.pop()  # what matched the end
    sections = sections[:4] or [""]
    if isinstance(value, str):
        return _text(value, sections)
    number = Decimal(repr(float(value)))
    if not number.is_finite():
        return None
    numeric = _of_numbers(sections)
    at = _chosen(number, numeric)
    if at is None:
        return None
    is_signed = at == 0 or bool(_CONDITION.search(numeric[at]))
    return _number(number if is_signed else abs(number), numeric[at])


def _of_numbers(sections: list[str]) -> list[str]:
    """The sections that figures are shown by; the one for texts comes last."""
    has_text = len(sections) > 1 and "@" in _bare(sections[-1])
    return sections[:3] if len(sections) > 3 else sections[: len(sections) - has_text]


def _chosen(number: Decimal, sections: list[str]) -> int | None:
    conditions = [_CONDITION.search(section) for section in sections]
    if any(conditions):
        for i, found in enumerate(conditions):
            if found is None or _holds(number, found[1], Decimal(found[2])):
                return i
        return None
    if number < 0 and len(sections) > 1:
        return 1
    return 2 if number == 0 and len(sections) > 2 else 0


def _holds(number: Decimal, sign: str, bound: Decimal) -> bool:
    return {
        "<": number < bound,
        ">": number > bound,
        "=": number == bound,
        "<=": number <= bound,
        ">=": number >= bound,
        "<>": number != bound,
    }[sign]


def _bare(section: str) -> str:
    """The section without what it shows as it stands."""
    return re.sub(r'"[^"]*"?|\\.|[_*].|\[[^\]]*\]', "", section, flags=re.DOTALL)


def _text(value: str, sections: list[str]) -> Shown | None:
    if len(sections) < 4 and "@" not in _bare(sections[-1]):
        return Shown(value)
    parts, colour = [], ""
    for token in _TOKEN.finditer(sections[-1]):
        kind = token.lastgroup or ""
        if kind == "aside":
            colour = token[kind] if _COLOUR.fullmatch(token[kind]) else colour
        elif kind in {"text", "general"}:
            parts.append(value)
        elif kind != "gap":
            parts.append(token[kind] * (_FILLED if kind == "fill" else 1))
    return Shown("".join(parts).strip(), _named(colour))


def _number(number: Decimal, section: str) -> Shown | None:
    parts: list[str] = []
    whole: list[int] = []
    behind: list[int] = []
    colour, point, scale, exponent, commas = "", -1, 0, "", 0
    raised: list[int] = []
    for token in _TOKEN.finditer(section):
        kind = token.lastgroup or ""
        text = token[kind]
        if kind == "digit":
            (raised if exponent else behind if point >= 0 else whole).append(len(parts))
            parts.append(text)
            commas = commas if point >= 0 else 0
        elif kind in {"general", "text"}:
            parts.append(_plain(number))
        elif kind == "point":
            if point >= 0 or exponent:
                return None
            point = len(parts)
            parts.append(".")
        elif kind == "comma":
            commas += 1
        elif kind == "percent":
            scale += 2
            parts.append("%")
        elif kind == "exponent":
            if exponent:
                return None
            exponent = text
        elif kind == "aside":
            if _COLOUR.fullmatch(text):
                colour = text
            elif _LANGUAGE.fullmatch(text):
                parts.append(text[1:].partition("-")[0])
            elif not _CONDITION.fullmatch(f"[{text}]"):
                return None
        elif kind == "fill":
            parts.append(text * _FILLED)
        elif kind in {"quoted", "escaped"}:
            parts.append(text)
        elif kind == "gap":
            parts.append(" ")
        elif not _STANDS.fullmatch(text):
            return None
        else:
            parts.append(text)
    number = number.scaleb(scale - 3 * commas)
    if exponent:
        return _exponential(number, len(whole), len(behind), colour)
    if whole or behind:
        _place(number, parts, whole, behind, point)
    return Shown("".join(parts).strip(), _named(colour))


def _place(
    number: Decimal, parts: list[str], whole: list[int], behind: list[int], point: int
) -> None:
    """Puts the digits in their places: the first of the whole ones takes those left over."""
    step = Decimal(1).scaleb(-len(behind))
    rounded = abs(number).quantize(step, ROUND_HALF_UP) if abs(number) < 10**20 else abs(number)
    before, _, after = f"{rounded:f}".partition(".")
    before = "" if before == "0" else before
    kept = max([i + 1 for i, at in enumerate(behind) if parts[at] == "0"], default=0)
    significant = max(len(after.rstrip("0")), kept)
    for i, at in enumerate(behind):
        parts[at] = after[i : i + 1] if i < significant else ""
    for at in reversed(whole):
        digit = before[-1:] or ("0" if parts[at] == "0" else "")
        before = before[:-1]
        parts[at] = digit
    first = whole[0] if whole else point
    sign = "-" if number < 0 and rounded else ""
    if first >= 0:
        parts[first] = sign + before + parts[first]


def _exponential(number: Decimal, whole: int, behind: int, colour: str) -> Shown | None:
    """Only with one digit before the point, as people have it."""
    return Shown(f"{number:.{behind}E}", _named(colour)) if whole == 1 else None


def _plain(number: Decimal) -> str:
    return f"{float(number):.12g}"


def _named(colour: str) -> str:
    return colour.lower().replace("colour", "color").replace(" ", "")
