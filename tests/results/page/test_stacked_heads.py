"""Heads get wide before they get high, and end somewhere."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.form.layout import metrics
from svcq_excel.results.page.stacked_heads import MOST_PT, wide_enough
from svcq_excel.results.page.styles import size_of


@given(st.text("局A字\n (", max_size=200), st.integers(40, 120))
def test_a_head_is_as_wide_as_it_needs_to_be(text: str, least: int) -> None:
    pixels = wide_enough(text, "item_head", least)
    assert pixels >= least
    high = metrics.height(text, pixels, size_of("item_head")) > MOST_PT
    assert not high or metrics.height(text, 400, size_of("item_head")) > MOST_PT
    if pixels > least:
        assert metrics.height(text, pixels - 2, size_of("item_head")) > MOST_PT
