"""繳交情形 tells of each document what the form says of it, and what came; and of each unit what is
known of any."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from svcq_excel.checks.documents import HandedIn
from svcq_excel.inbox.handed_in_when import Dated, HandIn
from svcq_excel.plan.units import Unit
from svcq_excel.results.model import FileResult, Outcome
from svcq_excel.results.workbook import write_statistics
from tests.results.reading import grid
from tests.results.samples import outcome, submission, units, wra


def came(document: int, unit: int, pages: int | None, blank: bool = False) -> FileResult:
    handed_in = HandedIn(wra().documents[document], units()[unit], pages, blank)
    path = f"{document}{unit}{pages}.pdf"
    return FileResult(path, "ignored", units()[unit].code, None, document=handed_in)


def shown(outcome: Outcome) -> dict[object, tuple[object, ...]]:
    """By unit, the cells of 創意服務計畫 and 績效總報告."""
    heads, *rows = grid(write_statistics(outcome), "繳交情形")[1:]
    columns = [heads.index(document.name) for document in wra().documents]
    return {row[heads.index("編號")]: tuple(row[at] for at in columns) for row in rows}


def test_what_the_form_says_and_what_came_stand_side_by_side() -> None:
    said = {"creative-service": "已繳", "annual-report": "未繳"}
    files = [came(0, 0, 2), came(0, 0, 5), came(1, 1, None), came(0, 2, None, blank=True)]
    cells = shown(outcome([submission("A01", 900, "self", documents=said)], files=files))
    assert cells["A01"] == (
        "表填：已繳\n收件：2 頁；5 頁，超過 3 頁",
        "表填：未繳",
    )
    assert cells["A02"] == (None, "收件：已收到")
    assert cells["A03"] == (None, None)


def heads(outcome: Outcome) -> set[object]:
    return set(grid(write_statistics(outcome), "繳交情形")[1])


def test_what_one_unit_has_takes_a_column_and_what_none_has_takes_none() -> None:
    due = datetime(2016, 7, 31, 9, tzinfo=UTC)
    hand_in = HandIn("a.xlsx", Dated(due, "活頁簿內的存檔時間"), due)
    form = FileResult("a.xlsx", "accepted", "A01", "self", hand_ins=(hand_in,))
    whole = outcome([submission("A01", 900, "self")])
    bare = [replace(each, unit=Unit(each.unit.code, each.unit.name)) for each in whole.units]
    first = replace(bare[0].unit, group="甲組", contact="王小明", email="wang@example.gov.tw")
    optional = {"組別", "是否逾期", "承辦人", "電子郵件"}
    without = replace(whole, units=tuple(bare))
    assert not optional & heads(without)
    one = (replace(bare[0], unit=first), *bare[1:])
    assert optional <= heads(replace(without, units=one, files=(form,)))
