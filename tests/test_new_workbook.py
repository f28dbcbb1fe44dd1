"""Whatever we write in .xlsx says that it is in Chinese, down to the words of its charts."""

from __future__ import annotations

import re
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from xlsxwriter.utility import xl_range

from svcq_excel.new_workbook import new_workbook
from tests.results.demos import DEMOS, workbook_of
from tests.test_architecture import FILES

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
ENGLISH = re.compile(rb"[\"'>]en-US[\"'<]")


def language_of(workbook: bytes) -> str | None:
    language: str | None = load_workbook(BytesIO(workbook), read_only=True).properties.language
    return language


def in_english(workbook: bytes) -> list[str]:
    """The parts that say so of something in them."""
    with ZipFile(BytesIO(workbook)) as parts:
        return [name for name in parts.namelist() if ENGLISH.search(parts.read(name))]


def test_no_workbook_is_begun_anywhere_else() -> None:
    begun = [file.name for file in FILES if "xlsxwriter.Workbook(" in file.read_text("utf-8")]
    assert begun == ["new_workbook.py"]


@pytest.mark.parametrize("id", DEMOS)
def test_a_statistics_workbook_with_its_charts_is_in_chinese(id: str) -> None:
    with ZipFile(BytesIO(workbook_of(id))) as parts:
        charts = [name for name in parts.namelist() if name.startswith("xl/charts/")]
    assert charts and language_of(workbook_of(id)) == "zh-TW"
    assert not in_english(workbook_of(id))


def test_words_of_people_stay_as_they_are_and_every_part_is_whole() -> None:
    said = 'lang="en-US" <c:lang val="en-US"/> "en-US"'
    stream = BytesIO()
    with new_workbook(stream) as book:
        book.set_properties({"title": said})
        sheet = book.add_worksheet("表")
        sheet.write_string(0, 0, said)
        sheet.write_number(1, 0, 7)
        chart = book.add_chart({"type": "column"})
        chart.add_series({"name": said, "values": f"=表!{xl_range(1, 0, 1, 0)}"})
        chart.set_title({"name": said})
        sheet.insert_chart(3, 0, chart, {"description": said})
    made = load_workbook(BytesIO(stream.getvalue()))
    assert (made.properties.language, made.properties.title) == ("zh-TW", said)
    assert made["表"]["A1"].value == said
    with ZipFile(stream) as parts:
        assert parts.testzip() is None
        drawn = ElementTree.fromstring(parts.read("xl/charts/chart1.xml"))
    assert said in [each.text for each in drawn.iter(f"{{{_DRAWING}}}t")]
    assert {each.get("lang") for each in drawn.iter(f"{{{_DRAWING}}}rPr")} == {"zh-TW"}
