"""What changed within a text: the pieces that differ, each with a little of what stands around."""

from __future__ import annotations

from difflib import SequenceMatcher

from svcq_excel.text.visible import visible

_SHORT = 30
"""Texts up to this length are shown whole."""
_AROUND = 6
_APART = 4
"""Pieces with fewer equal characters between them are told as one."""
_LONGEST = 120
_MOST_PIECES = 8
_COMPARED = 1_000_000
"""So many pairs of characters are compared; what is longer is told as one piece."""
_REWRITTEN = 0.6


def in_quotes(text: str) -> str:
    """A text within a sentence, on one line, its end cut where it is long."""
    return f"「{_cut(_on_a_line(text))}」"


def is_long(text: str) -> bool:
    return len(text) > _SHORT


def text_changed(old: str, new: str) -> str:
    """：「…提供現場、電話…」改為「…提供現場、網路…」, piece by piece."""
    if "".join(old.split()) == "".join(new.split()):
        return "的空白或換行不同，文字相同"
    pieces = _pieces(old, new)
    changed = sum(max(b - a, d - c) for a, b, c, d in pieces)
    if changed > _REWRITTEN * max(len(old), len(new)):
        return f"全文改寫：由{in_quotes(old)}改為{in_quotes(new)}"
    said = [_said(old, new, piece) for piece in pieces[:_MOST_PIECES]]
    more = len(pieces) - _MOST_PIECES
    return f"修改：{'；'.join(said)}{f'；另有 {more} 處不同' if more > 0 else ''}"


Piece = tuple[int, int, int, int]


def _pieces(old: str, new: str) -> list[Piece]:
    """Where the texts differ, from and to in the one and in the other."""
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    inner, other = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(inner) * len(other) > _COMPARED:
        return [(head, head + len(inner), head, head + len(other))]
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, inner, other, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if pieces and a + head - pieces[-1][1] < _APART:
            start, _, other_start, _ = pieces.pop()
            pieces.append((start, b + head, other_start, d + head))
        else:
            pieces.append((a + head, b + head, c + head, d + head))
    return pieces


def _common(old: str, new: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(old), len(new)))


def _said(old: str, new: str, piece: Piece) -> str:
    a, b, c, d = piece
    before, after = old[max(0, a - _AROUND) : a], old[b : b + _AROUND]
    open_, close = "…" if a > _AROUND else "", "…" if b + _AROUND < len(old) else ""
    lead, rest = f"「{open_}{_on_a_line(before)}", f"{_on_a_line(after)}{close}」"
    was, now = _cut(_on_a_line(old[a:b])), _cut(_on_a_line(new[c:d]))
    if a == b:
        place = f"{lead}」之後" if before else "開頭"
        return f"{place}增加「{now}」"
    if c == d:
        place = f"{lead}」之後的" if before else "開頭的"
        return f"刪去{place}「{was}」"
    return f"{lead}{was}{rest}改為{lead}{now}{rest}"


def _cut(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return f"{text[:_LONGEST]}…（共 {len(text)} 字）"


def _on_a_line(text: str) -> str:
    return visible(text.replace("\n", " / "))
