"""The sheets of charts: their words, their figures, and that all labels fit where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from svcq_excel.results.charts import of_items
from svcq_excel.results.charts.drawn import charts_of
from svcq_excel.results.charts.fitting import figure, width
from svcq_excel.results.charts.framing import EM, GAP, LINE_PX, MOST_PX, framed
from svcq_excel.results.charts.model import Chart, Series
from svcq_excel.results.charts.paging import on_pages
from svcq_excel.results.model import Outcome
from svcq_excel.results.workbook import write_statistics
from tests.results.charts.rounds import outcome_of_size
from tests.results.demos import DEMOS, outcome_of, workbook_of
from tests.results.reading import grid, opened

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
SIZES = [
    ("wra-105", 1, 60),
    ("wra-105", 2, 2),
    ("wra-105", 14, 6),
    ("khb-106", 30, 20),
    ("hccg-105", 60, 60),
    ("wra-105", 300, 60),
]


def of_size(id: str, count: int, letters: int) -> Outcome:
    if id == "hccg-105":
        return outcome_of_size(id, count, letters, ("committee", "self"), count // 10, 3)
    return outcome_of_size(id, count, letters, ("hq", "self"), count // 10)


def of_sizes() -> Iterator[Chart]:
    for size in SIZES:
        yield from charts_of(of_size(*size))
    for id in DEMOS:
        yield from charts_of(outcome_of(id))


def parts(workbook: bytes, pattern: str) -> list[ElementTree.Element]:
    with ZipFile(BytesIO(workbook)) as archive:
        names = [name for name in archive.namelist() if re.fullmatch(pattern, name)]
        return [ElementTree.fromstring(archive.read(name)) for name in names]


def test_labels_of_native_charts_fit_their_places() -> None:
    counted = 0
    for chart in of_sizes():
        frame = framed(chart)
        assert len(frame.labels) >= len(chart.categories)
        assert frame.width <= MOST_PX
        plot = frame.height - frame.top - frame.bottom
        assert plot >= (90 if not chart.lying else 0), chart.title
        for label in frame.labels:
            lines = label.count("\n") + 1
            if chart.lying:
                assert width(label) * EM <= frame.left
                assert lines * LINE_PX <= plot / len(frame.labels)
            elif frame.turned:
                assert frame.slot + 0.01 >= LINE_PX, chart.title
                assert width(label) * EM <= frame.bottom
            else:
                assert width(label) * EM <= frame.slot
                assert lines * LINE_PX <= frame.bottom
            counted += 1
    assert counted > 1000


def test_no_chart_is_higher_than_a_page_and_parts_hold_all_of_it() -> None:
    for chart in of_sizes():
        assert framed(chart).height <= 600, chart.title
    (whole,) = (each for each in of_items.means(outcome_of("hccg-105")))
    names = tuple(f"{at}. 一項名稱長達二十個字以上的評核指標及其內容說明" for at in range(26))
    values = tuple(Fraction(at, 26) for at in range(26))
    long = replace(whole, categories=names, series=(Series("甲", values), Series("乙", values)))
    parts = list(on_pages(long))
    assert all(framed(part).height <= 600 for part in parts)
    assert tuple(name for part in parts for name in part.categories) == names
    assert tuple(value for part in parts for value in part.series[1].values) == values
    assert len({part.title for part in parts}) == len(parts) > 1


def test_figures_of_columns_fit_beside_one_another() -> None:
    for chart in of_sizes():
        if chart.lying or chart.shape != "columns":
            continue
        frame, beside = framed(chart), len(chart.series)
        bar = frame.slot / (beside + GAP / 100)
        each = bar if beside > 1 else frame.slot
        for value in (value for series in chart.series for value in series.values):
            assert value is not None
            wide = width(figure(value, chart.axis)) * EM
            assert (EM if frame.figures_turned else wide) <= each, chart.title


def test_names_of_bounds_keep_a_line_apart_or_stand_in_the_legend() -> None:
    named = [chart for chart in of_sizes() if chart.bounds]
    assert named
    for chart in named:
        frame = framed(chart)
        assert max(width(bound.name) for bound in chart.bounds) * EM <= frame.right
        assert not frame.labels[-1], "the last place is left free for them"


def test_units_without_a_result_are_named_and_not_drawn() -> None:
    outcome = outcome_of_size("wra-105", 14, missing=3)
    chart = charts_of(outcome)[0]
    assert len(chart.categories) == 11
    assert (
        chart.note
        == "尚無成績，未列入："
        + "、".join(f"{result.unit.name}（未繳）" for result in outcome.units[:3])
        + "。"
    )
    assert all(value for value in chart.series[0].values)


def test_every_unit_with_a_result_is_drawn_once_the_highest_first() -> None:
    outcome = of_size("wra-105", 300, 60)
    drawn = [chart for chart in charts_of(outcome) if chart.title.startswith("各單位總分（本署）")]
    assert len(drawn) == 7
    assert max(len(chart.categories) for chart in drawn) <= 40
    totals = [value for chart in drawn for value in chart.series[0].values if value is not None]
    assert totals == sorted(totals, reverse=True)
    named = {name.partition(" ")[0] for chart in drawn for name in chart.categories}
    assert named == {r.unit.code for r in outcome.of_kind("hq") if r.status == "accepted"}
    assert len(named) == len(totals) == 270


def test_without_a_result_there_are_no_charts() -> None:
    outcome = outcome_of_size("wra-105", 4, missing=4)
    assert not charts_of(outcome)
    names = opened(write_statistics(outcome)).sheetnames
    assert not {"統計圖表", "圖表資料", "單位與同組"} & {*names}


def test_one_unit_alone_is_compared_with_nobody() -> None:
    names = opened(write_statistics(outcome_of_size("wra-105", 1))).sheetnames
    assert "統計圖表" in names
    assert "單位與同組" not in names


@pytest.mark.parametrize("id", DEMOS)
def test_every_native_chart_has_a_title_and_says_in_words_what_it_shows(id: str) -> None:
    charts = charts_of(outcome_of(id))
    described = [
        each.attrib.get("descr", "")
        for drawing in parts(workbook_of(id), r"xl/drawings/drawing\d+\.xml")
        for each in drawing.iter()
        if each.tag.endswith("}cNvPr")
    ]
    for chart in charts:
        assert f"{chart.title}。{chart.alternative}" in described
        assert len(chart.alternative) > 15
        assert chart.alternative.endswith("。")
    assert all(described)
    drawn = parts(workbook_of(id), r"xl/charts/chart\d+\.xml")
    titles = [
        "".join(text.text for text in each.iterfind(f".//{C}chart/{C}title//*") if text.text)
        for each in drawn
    ]
    assert {chart.title for chart in charts} <= {*titles}


@pytest.mark.parametrize("id", DEMOS)
def test_what_a_native_chart_keeps_is_what_stands_in_its_cells(id: str) -> None:
    workbook = workbook_of(id)
    cells = opened(workbook, values=True)
    compared = 0
    for chart in parts(workbook, r"xl/charts/chart\d+\.xml"):
        for reference in (*chart.iter(f"{C}numRef"), *chart.iter(f"{C}strRef")):
            sheet, _, area = (reference.findtext(f"{C}f") or "").partition("!")
            there = [
                cell.value
                for row in cells[sheet.strip("'")][
                    area.replace("$", "") if ":" in area else f"{area}:{area}".replace("$", "")
                ]
                for cell in row
            ]
            kept: dict[int, str] = {
                int(point.attrib["idx"]): point.findtext(f"{C}v") or ""
                for point in reference.iter(f"{C}pt")
            }
            for at, value in enumerate(there):
                if isinstance(value, int | float):
                    assert float(kept[at]) == pytest.approx(value)
                else:
                    assert kept.get(at, "") == (value or "")
                compared += 1
    assert compared > 20


def test_series_of_native_charts_differ_without_colour() -> None:
    for chart in parts(workbook_of("kpw-102"), r"xl/charts/chart\d+\.xml"):
        looks = [
            ElementTree.tostring(look)
            for series in chart.iter(f"{C}ser")
            for look in series.findall(f"{C}spPr")
        ]
        assert len({*looks}) == len(looks)


def test_the_unit_compared_is_chosen_from_the_list_of_those_with_a_result() -> None:
    outcome = outcome_of_size("wra-105", 14, missing=3)
    workbook = write_statistics(outcome)
    sheet = opened(workbook)["單位與同組"]
    (validation,) = sheet.data_validations.dataValidation
    assert str(validation.sqref) == "B3"
    named, area = str(validation.formula1).replace("$", "").split("!")
    assert named == sheet.title, "LibreOffice would look on the sheet that it read first"
    listed = [row[0].value for row in sheet[area]]
    assert listed == [
        f"{each.unit.code} {each.unit.name}" for each in outcome.units if each.status == "accepted"
    ]
    assert sheet["B3"].value == listed[0]


def test_the_bounds_are_those_of_the_grades_and_reached_ones_are_counted() -> None:
    chart = charts_of(outcome_of("wra-105"))[0]
    assert [bound.value for bound in chart.bounds] == [900, 800, 700, 600]
    values = [value or Fraction(0) for value in chart.series[0].values]
    reached = sum(value >= 900 for value in values)
    assert f"達 900 分（優）{reached} 個" in chart.alternative
    assert grid(workbook_of("wra-105"), "圖表資料")[4][2] == max(values)
