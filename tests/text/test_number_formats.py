"""A code that was typed as a number reads as its format shows it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.text.number_formats import shown_as


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        (1, "00", "01"),
        (1, "000", "001"),
        (12, "000", "012"),
        (1234, "000", ""),
        (1, '"A"00', "A01"),
        (1, "\\A00", "A01"),
        (1, '"第"0"組"', "第1組"),
        (1, '"105-"00', "105-01"),
        (123, "00-00", "01-23"),
        (912345678, "0000-000-000", "0912-345-678"),
        (1, '"A"General', "A1"),
        (7, "[$-404]000", "007"),
        (7, "[Red]000;-000", "007"),
        (0, '00;-00;"無"', ""),
        (0, '00;-00;"無";@', ""),
        (0, "00", "00"),
        (5, '00"號"_);(00)', "05號"),
        (1, '"a;b"0;x', "a;b1"),
        (1001, "#,##0", ""),
        (1, "General", ""),
        (1, "0.00", ""),
        (1, "0%", ""),
        (1, "0E+00", ""),
        (1, "@", ""),
        (1, "# ?/?", ""),
        (1, "yyyy/mm/dd", ""),
        (1, "[DBNum1]0", ""),
        (1, "[<5]00;000", ""),
        (-1, "00", ""),
        (1.5, "00", ""),
    ],
)
def test_a_whole_number_shows_what_its_format_makes_of_it(
    number: float, code: str, text: str
) -> None:
    assert shown_as(float(number), code) == text


@given(st.floats() | st.integers(0, 10**15).map(float), st.text(alphabet='0#?,.;"\\[]A號-_*%@E '))
def test_any_format_gives_a_text(number: float, code: str) -> None:
    assert isinstance(shown_as(number, code), str)


@given(st.integers(0, 10**9), st.integers(1, 12))
def test_zeros_pad_to_their_number(number: int, width: int) -> None:
    padded = f"{number:0{width}}"
    assert shown_as(float(number), "0" * width) == ("" if padded == str(number) else padded)
