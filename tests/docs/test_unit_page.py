"""The page for units is one sheet of A4, and its document says what its text says."""

from __future__ import annotations

import importlib.util
import re
from io import BytesIO
from math import ceil
from pathlib import Path

from docx import Document
from docx.document import Document as Page
from docx.shared import Length

from svcq_excel.form.layout.metrics import ems

DOCS = Path(__file__).parents[2] / "docs"
SPEC = importlib.util.spec_from_file_location("unit_page", DOCS / "unit_page.py")
assert SPEC and SPEC.loader
unit_page = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(unit_page)
A4 = (21.0, 29.7)


def words(text: str) -> str:
    """Without what marks headings, lists, bold words and pictures."""
    text = re.sub(r"^!\[.*$", "", text, flags=re.MULTILINE)
    return "".join(
        re.sub(r"^(#+|\d+\.|-|．)\s", "", text, flags=re.MULTILINE).replace("**", "").split()
    )


def heights(page: Page, width: float) -> list[float]:
    """Of the paragraphs, in points; the lines have a fixed height, the letters a known width."""
    found = []
    for each in page.paragraphs:
        said = each.paragraph_format
        if pictures := each._p.xpath(".//wp:extent"):
            found.append(Length(int(pictures[0].get("cy"))).pt)
            continue
        size = max(run.font.size.pt for run in each.runs if run.font.size)
        room = width - (said.left_indent.pt if said.left_indent else 0)
        lines = ceil(ems(each.text.split("\t")[-1]) * size / room)
        assert isinstance(said.line_spacing, Length)
        above = said.space_before.pt if said.space_before else 0
        found.append(lines * said.line_spacing.pt + above)
    return found


def test_the_document_is_made_of_the_text() -> None:
    page = Document(str(unit_page.PAGE))
    said = "\n".join(each.text for each in page.paragraphs)
    assert words(said) == words(unit_page.TEXT.read_text("utf-8")), "run: python docs/unit_page.py"


def test_it_fits_on_one_sheet_of_a4_with_room_to_spare() -> None:
    page = Document(BytesIO(unit_page.page()))
    (section,) = page.sections
    across = section.page_width, section.left_margin, section.right_margin
    down = section.page_height, section.top_margin, section.bottom_margin
    (width, *beside), (height, *above) = (
        [side.pt for side in each if side] for each in (across, down)
    )
    assert (round(width / 72 * 2.54, 1), round(height / 72 * 2.54, 1)) == A4
    room = height - sum(above)
    assert sum(heights(page, width - sum(beside))) <= 0.95 * room


def test_equal_texts_give_equal_bytes_and_the_picture_is_told_in_words() -> None:
    made = unit_page.page()
    assert made == unit_page.page()
    told = Document(BytesIO(made)).element.xpath(".//wp:docPr/@descr")
    assert told and all(told)
