"""Of more units than anybody looks through, charts tell of all together."""

from __future__ import annotations

import pytest

from svcq_excel.results.charts.drawn import MOST_UNITS, charts_of
from svcq_excel.results.charts.parting import UNITS
from tests.results.rounds import round_of


@pytest.mark.parametrize("id", ["wra-105", "kpw-102"])
def test_beyond_a_thousand_no_chart_has_a_bar_for_each_and_the_first_says_so(id: str) -> None:
    few, many = (charts_of(round_of(id, count)) for count in (60, MOST_UNITS + 1))
    assert any(chart.over == UNITS for chart in few)
    assert many and not any(chart.over == UNITS for chart in many)
    assert "不逐一畫出" in many[0].note
    assert not any("不逐一畫出" in chart.note for chart in (*few, *many[1:]))
