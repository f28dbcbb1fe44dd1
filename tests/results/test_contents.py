"""目次: every sheet has a line with what it tells and a link, by sections that tabs show, too."""

from __future__ import annotations

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from svcq_excel.palette import TABS
from svcq_excel.results.contents import CONTENTS
from svcq_excel.results.entries.entry import Section
from svcq_excel.results.workbook import write_report
from tests.results.demos import DEMOS, outcome_of, workbook_of
from tests.results.reading import opened

WORKBOOKS = [(id, which) for id in DEMOS for which in ("statistics", "report")]
COLOURS = {section.value: section.colour for section in Section}


def sheets_of(id: str, which: str) -> list[Worksheet]:
    made = workbook_of(id) if which == "statistics" else write_report(outcome_of(id))
    return [*opened(made)]


@pytest.mark.parametrize(("id", "which"), WORKBOOKS)
def test_every_other_sheet_has_a_line_that_leads_to_it(id: str, which: str) -> None:
    first, contents, *others = sheets_of(id, which)
    assert contents.title == CONTENTS
    lines = [row for row in contents.iter_rows() if row[1].hyperlink]
    names = [sheet.title for sheet in (first, *others)]
    assert [line[1].value for line in lines] == names
    for line in lines:
        link = line[1].hyperlink
        assert link and link.location in (f"{line[1].value}!A1", f"'{line[1].value}'!A1")
        assert str(line[2].value).endswith("。")


@pytest.mark.parametrize(("id", "which"), WORKBOOKS)
def test_a_tab_has_the_colour_that_its_section_has_in_the_contents(id: str, which: str) -> None:
    first, contents, *others = sheets_of(id, which)
    lines = [row for row in contents.iter_rows() if row[1].hyperlink]
    for sheet, (section, *_) in zip((first, *others), lines, strict=True):
        colour = COLOURS[str(section.value)]
        tab = sheet.sheet_properties.tabColor
        assert tab and str(tab.rgb).endswith(colour)
        assert str(section.fill.fgColor.rgb).endswith(colour)
    assert len(set(TABS.values())) == len(Section)


@pytest.mark.parametrize(("id", "which"), WORKBOOKS)
def test_sections_stand_in_their_order_and_what_is_internal_last(id: str, which: str) -> None:
    _, contents, *_ = sheets_of(id, which)
    found = [str(row[0].value) for row in contents.iter_rows() if row[1].hyperlink]
    order = [section.value for section in Section]
    assert found == sorted(found, key=order.index)
    assert found[-1] == Section.INTERNAL.value
