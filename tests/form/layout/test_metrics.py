"""Texts are measured no narrower than the fonts set them, and no lower than their lines."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.form.layout.metrics import ems, height, line_count
from tests import kai

CJK = "服務品質考核表，。、：；？！（）「」『》【】〔〕※－％０９ＡＺａ壹廿堃"
ASCII = "".join(map(chr, range(0x20, 0x7F)))
TEXTS = st.text(st.sampled_from(CJK + ASCII + "\n"), max_size=80)


@cache
def advances() -> dict[str, float]:
    """The width of each character in TW-Kai, the free stand-in for 標楷體, in ems."""
    known = kai.advances()
    return {char: known[ord(char)] for char in ASCII + CJK if ord(char) in known}


def test_every_character_is_measured_at_least_as_wide_as_the_font_sets_it() -> None:
    widths = advances()
    assert len(widths) > 120
    narrow = {char: (width, ems(char)) for char, width in widths.items() if ems(char) < width}
    assert not narrow


@pytest.mark.parametrize("char", ASCII)
def test_no_ascii_character_is_measured_narrower_than_in_the_office_font(char: str) -> None:
    """標楷體 sets every ASCII character half an em wide."""
    assert ems(char) >= 0.5


@given(TEXTS, TEXTS)
def test_texts_are_as_wide_as_their_characters(first: str, second: str) -> None:
    assert ems(first) + ems(second) == pytest.approx(ems(first + second))


@given(TEXTS, st.floats(1, 80))
def test_lines_hold_no_more_than_their_width(text: str, width: float) -> None:
    needed = sum(max(ems(line), 0.001) / width for line in text.split("\n"))
    assert line_count(text, width) >= needed - 1e-6
    assert line_count(text, width) >= text.count("\n") + 1


@given(TEXTS, st.floats(2, 40))
def test_a_wider_cell_needs_no_more_lines_for_one_word_after_the_other(
    text: str, width: float
) -> None:
    assert line_count(text, width * 2 + 4) <= line_count(text, width)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 1),
        ("一二三四五", 5, 1),
        ("一二三四五六", 5, 2),
        ("一二三四五。", 5, 2),
        ("一\n二\n", 5, 3),
        ("word word2", 3, 2),
        ("一二三四「五」", 5, 2),
    ],
)
def test_a_text_wraps_as_it_is_set(text: str, width: float, lines: int) -> None:
    assert line_count(text, width) == lines


def test_a_line_takes_the_room_of_the_taller_of_the_two_fonts() -> None:
    """標楷體 has the wider line pitch: 1.32 ems in Excel, as measured."""
    one, two = height("一", 100, 10), height("一\n二", 100, 10)
    assert two - one == pytest.approx(13.2)
    assert one >= 10 * 1.32
