"""Big5 of this country's Windows is read with the characters that offices made themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.text.big5 import decoded_big5

# The corners of the four areas, as Microsoft's table of code page 950 has them.
CORNERS = {
    "FA40": 0xE000,
    "FA7E": 0xE03E,
    "FAA1": 0xE03F,
    "FEFE": 0xE310,
    "8E40": 0xE311,
    "A0FE": 0xEEB7,
    "8140": 0xEEB8,
    "8DFE": 0xF6B0,
    "C8FE": 0xF848,
}


@pytest.mark.parametrize(("pair", "character"), CORNERS.items())
def test_a_made_character_is_kept_as_private_use(pair: str, character: int) -> None:
    assert decoded_big5("王".encode("cp950") + bytes.fromhex(pair) + b"!") == f"王{chr(character)}!"


# Several characters have one place there, to which only one of them comes back.
ONE_WAY = "¢£¥•‾∼☉♁､"


@given(st.text(st.characters(codec="cp950", exclude_characters=ONE_WAY)))
def test_any_other_text_is_what_it_was(text: str) -> None:
    assert decoded_big5(text.encode("cp950")) == text


def test_each_pair_is_a_character_of_its_own() -> None:
    trails = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    leads = [*range(0x81, 0xA1), *range(0xFA, 0xFF)]
    made = [decoded_big5(bytes((lead, trail))) for lead in leads for trail in trails]
    assert len(set(made)) == len(made)
    assert all(len(text) == 1 and 0xE000 <= ord(text) <= 0xF6B0 for text in made)


@pytest.mark.parametrize("data", [b"\xfa", b"\xfa\x20", b"\xff\x41", b"\x80\x41", b"\xa4"])
def test_what_is_no_text_is_not_made_one(data: bytes) -> None:
    with pytest.raises(UnicodeDecodeError):
        decoded_big5(data)
