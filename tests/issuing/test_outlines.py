"""The outline of a document has the heads of the source, and the looks it asks for."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from docx.document import Document as Docx
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from svcq_excel.issuing.outlines import Outlines
from svcq_excel.rubric.model import Document
from svcq_excel.rubric.shipped import load

UNIT = "某某 & <甲> 河川局"
DOCUMENTS = [each for id in ("wra-105", "kpw-102") for each in load(id).documents]


def opened(document: Document, unit: str = UNIT) -> Docx:
    return docx.Document(BytesIO(Outlines(document, "經濟部水利署", 105).of(unit)))


def styled(outline: Docx) -> list[tuple[Paragraph, ParagraphStyle]]:
    return [(each, each.style) for each in outline.paragraphs if each.style]


@pytest.fixture(params=DOCUMENTS, ids=lambda document: document.id)
def document(request: pytest.FixtureRequest) -> Document:
    assert isinstance(request.param, Document)
    return request.param


def test_it_begins_with_the_title_and_the_name_of_the_unit(document: Document) -> None:
    outline = opened(document)
    assert outline.paragraphs[0].text == document.title.replace("{unit}", UNIT)
    assert outline.core_properties.title == outline.paragraphs[0].text
    assert UNIT in outline.paragraphs[0].text


def test_every_style_is_kai_of_14_points_on_lines_of_exactly_21(document: Document) -> None:
    outline = opened(document)
    for style in {style.name: style for _, style in styled(outline)}.values():
        fonts = style.element.rPr.rFonts
        assert {fonts.get(qn(f"w:{kind}")) for kind in ("ascii", "eastAsia", "hAnsi")} == {"標楷體"}
        assert not [name for name in fonts.attrib if "heme" in name]
        assert style.font.size == Pt(14)
        assert style.paragraph_format.line_spacing_rule == WD_LINE_SPACING.EXACTLY
        assert style.paragraph_format.line_spacing == Pt(21)
    assert not [run for each in outline.paragraphs for run in each.runs if run.font.size]


def test_it_is_upright_a4(document: Document) -> None:
    section = opened(document).sections[0]
    assert section.page_width and section.page_height
    assert abs(section.page_width - Cm(21)) < Cm(0.01)
    assert abs(section.page_height - Cm(29.7)) < Cm(0.01)


def test_its_heads_are_those_of_the_annex_in_order_and_depth() -> None:
    (creative, report, plan) = DOCUMENTS
    heads = [
        (style.name[-1], paragraph.text)
        for paragraph, style in styled(opened(creative))
        if style.name and style.name.startswith("Heading")
    ]
    assert heads == [
        ("1", "壹、專案總說明"),
        ("2", "一、個案背景與問題描述"),
        ("2", "二、採用解決方法"),
        ("2", "三、實際效益。"),
        ("1", "貳、創新服務實際績效"),
        ("1", "參、創新服務解決手法"),
        ("1", "肆、附件"),
    ]
    assert "資料截止時間：105年12月31日" in [each.text for each in opened(report).paragraphs]
    (table,) = opened(plan).tables
    assert [cell.text for cell in table.rows[0].cells] == [
        "實施要項",
        "工作重點",
        "工作(推動)方法",
        "備註",
    ]


def test_equal_input_gives_equal_bytes(document: Document) -> None:
    one, other = (Outlines(document, "經濟部水利署", 105) for _ in range(2))
    assert one.of(UNIT) == other.of(UNIT) != one.of("另一單位")


def test_word_opens_it_in_no_compatibility_mode(document: Document) -> None:
    settings = opened(document).settings.element
    modes = [
        each.get(qn("w:val"))
        for each in settings.iter(qn("w:compatSetting"))
        if each.get(qn("w:name")) == "compatibilityMode"
    ]
    assert modes == ["15"]


def test_it_bears_the_year_that_is_assessed(document: Document) -> None:
    properties = opened(document).core_properties
    assert properties.created == properties.modified
    assert properties.created and properties.created.year == 2016
