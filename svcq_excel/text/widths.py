"""How many columns of a console a text takes, and where a person would break its lines."""

from __future__ import annotations

from unicodedata import combining, east_asian_width

_BREAKS = "，、；：。）」　 "
_NEVER_FIRST = "，、；：。）」？！"
_NEAR = 12
"""How far from its end a line may be broken to leave a word whole."""


def width_of(text: str) -> int:
    """A Chinese character takes two."""
    return sum(map(_width, text))


def _width(char: str) -> int:
    if combining(char):
        return 0
    return 2 if east_asian_width(char) in "WFA" else 1


def cut_to(text: str, columns: int) -> str:
    """As much of a text, one character at least, as these columns hold: Latin words and addresses
    stay whole, no line begins with a comma, and a mark near the end is where it ends."""
    taken = held = 0
    for char in text:
        taken += _width(char)
        if taken > columns:
            break
        held += 1
    else:
        return text
    head = text[:held]
    whole = _before_the_word(text, held)
    nearest = max((head.rfind(mark) for mark in _BREAKS), default=-1) + 1
    if held - nearest <= min(_NEAR, held // 2) and text[nearest] not in _NEVER_FIRST:
        return head[:nearest]
    while whole > 1 and text[whole] in _NEVER_FIRST:
        whole -= 1
    return text[: max(whole, 1)]


def _before_the_word(text: str, at: int) -> int:
    """Where the Latin word begins that would be cut there, unless it is longer than the line."""
    start = at
    while start and _is_latin(text[start]) and _is_latin(text[start - 1]):
        start -= 1
    return start or at


def _is_latin(char: str) -> bool:
    return char.isascii() and not char.isspace()
