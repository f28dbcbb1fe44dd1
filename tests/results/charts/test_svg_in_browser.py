"""The letters of SVG charts as a browser sets them: none over another one, none cut off."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from svcq_excel.results.charts.drawn import charts_of
from svcq_excel.results.charts.svg import svg
from tests.browsing import in_a_browser
from tests.results.charts.rounds import outcome_of_size
from tests.results.demos import DEMOS, outcome_of

_BOXES = """svg => [...svg.querySelectorAll('text')].map(each => {
  const box = each.getBBox();
  return [box.x, each.getAttribute('y') - 11, box.x + box.width, +each.getAttribute('y') + 1,
    each.textContent];
})"""
_SIZE = "svg => [svg.viewBox.baseVal.width, svg.viewBox.baseVal.height]"
_FONTS = '"Microsoft JhengHei","Noto Sans TC","Noto Sans CJK TC",sans-serif'

pytestmark = in_a_browser


@pytest.fixture(scope="module")
def page(browser: Any) -> Any:
    return browser.new_page(viewport={"width": 940, "height": 900})


def test_no_letters_lie_over_others_or_outside(page: Any, tmp_path: Path) -> None:
    charts = [chart for id in DEMOS for chart in charts_of(outcome_of(id))]
    charts += charts_of(outcome_of_size("hccg-105", 60, 60, ("committee", "self"), 5, 3))
    drawn = (f"<p>{svg(chart, f'c{at}')}</p>" for at, chart in enumerate(charts))
    file = tmp_path / "圖.html"
    start = f"<!doctype html><meta charset=utf-8><body style='width:900px;font-family:{_FONTS}'>"
    file.write_text(start + "".join(drawn), encoding="utf-8")
    page.goto(file.as_uri())
    pictures = page.query_selector_all("svg")
    assert len(pictures) == len(charts)
    for chart, picture in zip(charts, pictures, strict=True):
        boxes = picture.evaluate(_BOXES)
        wide, high = picture.evaluate(_SIZE)
        for left, top, right, bottom, said in boxes:
            assert left >= -0.5, (chart.title, said)
            assert right <= wide + 0.5, (chart.title, said)
            assert top >= 0, (chart.title, said)
            assert bottom <= high, (chart.title, said)
        over = [
            (a[4], b[4])
            for a, b in combinations(boxes, 2)
            if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
        ]
        assert not over, (chart.title, over)
