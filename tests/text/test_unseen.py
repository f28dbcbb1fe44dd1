"""What nobody sees is told apart from what people wrote, by everyone who shows, names or reads."""

from __future__ import annotations

from unicodedata import category

import pytest

from svcq_excel.inbox.names import shown
from svcq_excel.text.unseen import BLANKS, is_invisible
from svcq_excel.text.visible import printable, visible

EVERY = tuple(map(chr, range(0x110000)))
BIDIRECTIONAL = [c for c in EVERY if c in "\u200e\u200f" or 0x202A <= ord(c) <= 0x202E]
ISOLATES = [chr(code) for code in range(0x2066, 0x206A)]


@pytest.mark.parametrize("char", ["\x00", "\x1b", "\x7f", "\x9b", "\u2028", "\ud800", "\udfff"])
def test_controls_line_ends_and_halves_are_spelled_out_wherever_they_are_shown(char: str) -> None:
    for text in visible(f"甲{char}乙"), printable(f"甲{char}乙"), shown(f"甲{char}乙"):
        assert char not in text and text.startswith("甲\\") and text.endswith("乙")


@pytest.mark.parametrize("char", BIDIRECTIONAL + ISOLATES, ids=lambda char: f"{ord(char):x}")
def test_no_mark_turns_the_direction_of_what_is_shown(char: str) -> None:
    assert visible(char) == printable(char) == shown(char) == f"\\u{ord(char):04x}"


def test_whatever_is_shown_of_one_character_is_seen_or_blank() -> None:
    hidden = {"Cc", "Cs", "Zl", "Zp"}
    for char in EVERY:
        assert not {category(c) for c in visible(char)} & hidden
        assert not {category(c) for c in shown(char)} & hidden


def test_a_blank_is_white_space_or_has_no_width() -> None:
    assert all(char.isspace() or is_invisible(char) for char in BLANKS)
    assert {" ", "\u3000", "\u00a0", "\u200b", "\ufeff"} <= set(BLANKS)
    assert not any(char.isalnum() for char in BLANKS)
