"""Lines for consoles: never wider than asked, nothing lost, broken where a person would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.text.widths import cut_to, width_of


def lines(text: str, columns: int) -> list[str]:
    found = []
    while text:
        found.append(cut_to(text, columns))
        text = text[len(found[-1]) :]
    return found


@given(st.text(alphabet="局，。a@.　 1", max_size=80), st.integers(2, 30))
def test_nothing_is_lost_and_no_line_is_wider_than_asked(text: str, columns: int) -> None:
    told = lines(text, columns)
    assert "".join(told) == text
    assert all(width_of(line) <= columns for line in told)


def test_an_address_stays_whole_and_no_line_begins_with_a_comma() -> None:
    assert lines("聯絡：王小明　river04@example.gov.tw", 24) == [
        "聯絡：王小明　",
        "river04@example.gov.tw",
    ]
    assert lines("第三河川局未繳，請催繳", 14) == ["第三河川局未", "繳，請催繳"]
    assert lines("一二三四五六七八，九十", 20) == ["一二三四五六七八，", "九十"]


def test_chinese_characters_take_two_columns() -> None:
    assert width_of("A01 局") == 6 and width_of("e\u0301") == 1
