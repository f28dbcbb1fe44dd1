"""What a cell shows of its figure or text, by its number format."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.text.shown_numbers import shown


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (95.0, "General", "95"),
        (95.0, '0"2"0', "925"),
        (95.5, "0", "96"),
        (94.5, "0", "95"),
        (95.5, "0.00", "95.50"),
        (0.945, "0%", "95%"),
        (95.0, ";;;", ""),
        (95.0, '"120"', "120"),
        (95.0, '[>=90]"120";0', "120"),
        (80.0, '[>=90]"120";0', "80"),
        (95000.0, "0,", "95"),
        (1234.5, "#,##0.0", "1234.5"),
        (0.0, '0;-0;"一百"', "一百"),
        (95.0, 'General"分"', "95分"),
        (-5.0, "0;0", "5"),
        (-5.0, "0.0", "-5.0"),
        (95.0, "0*9", "95999"),
        (12.0, r"0\.0", "1.2"),
        (95.0, "1#", "195"),
        (95.0, "[$-404]0", "95"),
        ("已完成", ';;;"未辦理"', "未辦理"),
        ("已完成", "@", "已完成"),
        ("已完成", '"未"@', "未已完成"),
        ("已完成", "0.0", "已完成"),
        ("已完成", "0;-0;;@", "已完成"),
        ("已完成", "0;-0;0;", ""),
    ],
)
def test_a_format_shows(value: float | str, code: str, text: str) -> None:
    found = shown(value, code)
    assert found is not None
    assert found.text == text


def test_a_format_may_have_a_colour() -> None:
    found = shown(95.0, "[White]0")
    assert found is not None
    assert (found.text, found.colour) == ("95", "white")


@pytest.mark.parametrize("code", ["yyyy/m/d", "# ?/?", "[DBNum1]0", "[h]:mm", "0" * 300])
def test_of_others_it_is_not_known(code: str) -> None:
    assert shown(95.0, code) is None


@given(st.floats() | st.text(), st.text())
def test_any_code_is_read(value: float | str, code: str) -> None:
    shown(value, code)
