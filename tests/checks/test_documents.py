"""A document that came back is told by names, whatever it is called besides, and never guessed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest

from svcq_excel.checks.documents import HandedIn, handed_in
from svcq_excel.inbox.finding import FoundFile
from svcq_excel.inbox.reading import FileReading
from svcq_excel.inbox.receiving import Received
from svcq_excel.issuing.issuing import outlines_of
from svcq_excel.pipeline import assess, issue
from svcq_excel.plan.assessors import SELF
from svcq_excel.plan.plan import Plan
from svcq_excel.plan.units import Unit


def told(plan: Plan, path: str, *inside: str, pages: int | None = None) -> HandedIn | None:
    reading = FileReading(inside, ignored="文書檔，不是試算表", pages=pages)
    return handed_in(Received(FoundFile(Path(path)), reading), plan)


def test_a_name_that_names_two_units_is_not_settled_by_its_folder(plan: Plan) -> None:
    found = told(plan, "A01/第一河川局與第二河川局 創意服務計畫.pdf")
    assert found and found.unit is None


def test_a_unit_whose_name_is_part_of_anothers_is_not_meant(plan: Plan) -> None:
    units = Unit("B1", "水利局"), Unit("B2", "第一水利局")
    found = [told(replace(plan, units=units), f"{unit.name} 績效總報告.pdf") for unit in units]
    assert [each and each.unit for each in found] == list(units)


@pytest.mark.parametrize(
    ("path", "inside"),
    [
        ("A01_第一河川局_創意服務計畫.docx", ()),
        ("第一河川局 創意服務計畫（定稿）.pdf", ()),
        ("創意服務計畫-ａ０１.odt", ()),
        ("創意 服務計畫 A01.doc", ()),
        ("收件/A01 第一河川局/創意服務計畫.pdf", ()),
        ("第一河川局.eml", ("創意服務計畫.pdf",)),
        ("全部.zip", ("A01/甲.zip", "創意服務計畫（第一河川局）.pdf")),
    ],
)
def test_a_document_and_its_unit_are_told_by_names(
    plan: Plan, path: str, inside: tuple[str, ...]
) -> None:
    found = told(plan, path, *inside)
    assert found and found.unit
    assert (found.document.id, found.unit.code) == ("creative-service", "A01")


@pytest.mark.parametrize(
    "name",
    [
        "創意服務計畫.pdf",
        "第一河川局與第二河川局 創意服務計畫.pdf",
        "A01_第二河川局_創意服務計畫.pdf",
        "創意服務計畫A011.pdf",
    ],
)
def test_whose_it_is_stays_open_where_no_unit_or_more_than_one_is_named(
    plan: Plan, name: str
) -> None:
    found = told(plan, name, pages=2)
    assert found and found.unit is None
    assert found.in_words == "創意服務計畫（檔名看不出單位），2 頁"


@pytest.mark.parametrize(
    "name", ["A01 簡報.pdf", "A01 創意服務計畫.png", "A01 創意服務計畫及績效總報告.pdf"]
)
def test_other_files_are_no_documents_to_hand_in(plan: Plan, name: str) -> None:
    assert told(plan, name) is None


@pytest.mark.parametrize(("pages", "length"), [(None, ""), (3, "，3 頁"), (4, "，4 頁，超過 3 頁")])
def test_its_length_is_held_against_the_limit(plan: Plan, pages: int | None, length: str) -> None:
    found = told(plan, "A01_績效總報告.pdf", pages=pages)
    assert found and found.in_words == f"績效總報告（A01 第一河川局）{length}"


def test_documents_are_noted_with_their_units(plan: Plan, tmp_path: Path) -> None:
    issue(plan, (SELF,), tmp_path)
    first, other, *_ = [each.path for each in outlines_of(plan, (SELF,), tmp_path)]
    with ZipFile(first, "a") as archive:
        archive.writestr("docProps/app.xml", "<Properties><Pages>5</Pages></Properties>")
    outcome = assess(plan, [tmp_path])
    files = {Path(file.path).name: file for file in outcome.files}
    assert files[first.name].reason == "創意服務計畫（A01 第一河川局），5 頁，超過 3 頁"
    assert (files[first.name].status, files[first.name].unit) == ("ignored", "A01")
    assert files[other.name].reason == "績效總報告的空白格式（A01 第一河川局），尚未填寫"
    (came,) = outcome.documents_of(plan.units[0])
    assert (came.document.id, came.pages) == ("creative-service", 5)
    assert not outcome.documents_of(plan.units[1])
