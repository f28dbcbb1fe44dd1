"""Lines over rounds are drawn of the cells that hold their figures, and told in words."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

from svcq_excel.form.layout import metrics
from svcq_excel.results.charts.svg import svg
from svcq_excel.results.comparison.trend import trend
from svcq_excel.results.comparison.trend_charts import charts_over_time
from svcq_excel.results.model import Outcome
from svcq_excel.results.workbook import write_statistics
from tests.results.earlier import outcome_of, read_back, units
from tests.results.reading import opened

LISTED = "比較歷期"


def three_rounds(tmp_path: Path, count: int = 7) -> Outcome:
    each = (
        outcome_of("khb-106", round, units(count), seed, ("A002",))
        for seed, round in enumerate(("104年度", "105年度"))
    )
    previous = [read_back(one, tmp_path, f"{one.round}.xlsx") for one in each]
    return outcome_of("khb-106", "106年度", units(count), 9, ("A003",), previous=previous)


def test_every_line_is_drawn_of_its_own_figures(tmp_path: Path) -> None:
    now = three_rounds(tmp_path)
    found = trend(now, "self")
    assert found
    workbook = write_statistics(now)
    sheet = opened(workbook, values=True)[LISTED]
    drawn = list(charts_over_time(found))
    assert len(drawn) == 3
    with ZipFile(BytesIO(workbook)) as parts:
        charts = [
            text
            for name in sorted(parts.namelist())
            if re.fullmatch(r"xl/charts/chart[0-9]+\.xml", name)
            and "歷期" in (text := parts.read(name).decode("utf-8"))
        ]
        words = "".join(parts.read(n).decode() for n in parts.namelist() if "/drawing" in n)
    assert len(charts) == len(drawn)
    for (chart, _), xml in zip(drawn, charts, strict=True):
        places = re.findall(f"<c:val>.*?{LISTED}!\\$C\\$([0-9]+):\\$E\\$\\1<", xml)
        for row, series in zip(places, chart.series, strict=True):
            cells = [cell.value for cell in sheet[f"C{row}:E{row}"][0]]
            assert cells == [None if v is None else float(v) for v in series.values]
        assert chart.title in words and chart.alternative in words


def test_words_and_legends_fit_and_what_lacks_is_said(tmp_path: Path) -> None:
    found = trend(three_rounds(tmp_path), "self")
    assert found
    (_, (first, _), _) = charts_over_time(found)
    assert "A002 第2河川局：104年度 沒有成績、105年度 沒有成績、106年度" in first.alternative
    assert all(metrics.ems(each.name) <= 8 for each in first.series)
    for chart, _ in charts_over_time(found):
        root = ElementTree.fromstring(svg(chart, "a"))
        lines = [each for each in root.iter() if each.tag.endswith("polyline")]
        runs = sum(1 for each in chart.series if any(v is not None for v in each.values))
        assert len(lines) >= runs
        assert all(each.get("points") for each in lines)


def test_of_many_units_only_the_ends_are_drawn(tmp_path: Path) -> None:
    found = trend(three_rounds(tmp_path, 61), "self")
    assert found and len(list(charts_over_time(found))) == 1
