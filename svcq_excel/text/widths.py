"""How many columns of a console a text takes: a Chinese character takes two."""

from __future__ import annotations

from unicodedata import combining, east_asian_width

_BREAKS = "，、；：。）　 "
_NEAR = 14
"""How far from its end a line may be broken to leave a word whole."""


def width_of(text: str) -> int:
    return sum(map(_width, text))


def _width(char: str) -> int:
    if combining(char):
        return 0
    return 2 if east_asian_width(char) in "WFA" else 1


def cut_to(text: str, columns: int) -> str:
    """As much of a text, one character at least, as these columns hold; it ends where a person
    would break the line, if there is such a place near the end."""
    taken = held = 0
    for char in text:
        taken += _width(char)
        if taken > columns:
            break
        held += 1
    else:
        return text
    head = text[: max(held, 1)]
    nearest = max((head.rfind(mark) for mark in _BREAKS), default=-1)
    return head[: nearest + 1] if len(head) - nearest <= _NEAR and nearest > 0 else head
