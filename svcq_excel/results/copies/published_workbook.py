"""公告版: 附表2, the ranking and, where the plan says so, leaves' scores; figures, no formulas."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import partial

from svcq_excel.plan.copies import Announced
from svcq_excel.plan.rounds import is_whole_year
from svcq_excel.results.awaiting import PROVISIONAL
from svcq_excel.results.copies.published import (
    OPEN,
    STILL_OPEN,
    Published,
    PublishedUnit,
    by_rank,
    published,
)
from svcq_excel.results.copies.published_checklist import published_checklist
from svcq_excel.results.model import Outcome
from svcq_excel.results.page.binding import bound
from svcq_excel.results.page.figures import room
from svcq_excel.results.page.listing import ListColumn, heads, rows, widths
from svcq_excel.results.page.printing import LINE_PX
from svcq_excel.results.page.sheet import Book, Content, Sheet, SheetCell, Sheets
from svcq_excel.results.page.stacked_heads import HeadOver, stacked_heads, wide_enough
from svcq_excel.results.page.streaming import StreamedSheet
from svcq_excel.results.page.total_columns import explained, look_below, total_heads
from svcq_excel.results.wording import beside, head_with_cap
from svcq_excel.rubric.model import Kind, number

TABLE, RANKING, LEAVES = "考核結果統計表", "考核排名", "細項得分"
_REGRADED = "※等第與總分不在同一級距者，係依考核計畫的複評或其他規定核定。"
_CODE, _UNIT, _TOTAL, _GRADE, _MONTH, _GROUP = 60, 190, 76, 52, 84, 76
_LEAST_ITEM, _MOST_ITEM = 60, 120
_LEAST_LEAF = 50


def write_published(outcome: Outcome, announced: tuple[Announced, ...]) -> bytes:
    """The workbook's bytes (.xlsx)."""
    title, add = published_sheets(outcome, announced)

    def fill(book: Book) -> Sequence[StreamedSheet]:
        add(book)
        return ()

    return bound(title, outcome.rubric, fill)


def published_sheets(outcome: Outcome, announced: tuple[Announced, ...]) -> Sheets:
    """The same for whatever they are written to."""
    if outcome.rubric.is_checklist:
        return published_checklist(outcome)
    told = published(outcome, announced)
    return _title(told, next(iter(told.units))), partial(_scored, told)


def _scored(told: Published, book: Book) -> None:
    first = next(iter(told.units))
    for kind in told.units:
        more = beside(told.rubric, kind, first)
        _table(book, f"{TABLE}{more}", told, kind)
        if {"rank", "reward"} & {*told.announced}:
            _ranking(book, f"{RANKING}{more}", told, kind)
        if "leaves" in told.announced:
            _leaves(book, f"{LEAVES}{more}", told, kind)


def _title(told: Published, kind: Kind) -> str:
    mark = f"（{PROVISIONAL}）" if told.provisional else ""
    return f"{told.rubric.title_of_table(kind)}{mark}"


def _line(told: Published, units: Sequence[PublishedUnit]) -> str:
    whole = is_whole_year(told.round, told.rubric)
    period = "" if whole else f"　考核期別：{told.round}"
    return f"實施考核機關：{told.rubric.agency}　受考核單位：{len(units)}個{period}"


def _table(book: Book, name: str, told: Published, kind: Kind) -> None:
    """附表2, in the order of the units file."""
    rubric, units = told.rubric, told.units[kind]
    items = rubric.items if "items" in told.announced else ()
    totals = total_heads(rubric, [kind]) if "total" in told.announced else {}
    grades = bool(rubric.grades) and "grade" in told.announced
    grouped = any(each.group for each in units)
    after = [
        *(
            max(wide_enough(head, "item_head", _TOTAL), room(full, "total"))
            for head, full in totals.items()
        ),
        *([_GRADE] if grades else []),
        _MONTH,
    ]
    before = [_CODE, _UNIT, *([_GROUP] if grouped else [])]
    left = (LINE_PX - sum(before) - sum(after)) // max(len(items), 1)
    each_item = min(max(left, _LEAST_ITEM), _MOST_ITEM)
    own = [wide_enough(head_with_cap(item), "item_head", each_item) for item in items]
    sheet = Sheet(book, name, [*before, *own, *after], frozen_columns=len(before))
    for column, item in enumerate(items, len(before)):
        sheet.make_room(column, item.cap, "score")
    sheet.title(_title(told, kind), rubric.table_label)
    sheet.across(_line(told, units), "line")
    if grades and rubric.grade_line:
        sheet.across(rubric.grade_line, "line_right")
    groups = ("組別",) if grouped else ()
    over = HeadOver(
        f"考核項目及成績({number(rubric.full_score)}分)", tuple(map(head_with_cap, items))
    )
    head = stacked_heads(
        sheet,
        [
            *map(HeadOver, ("編號", "受考核單位名稱", *groups)),
            *([over] if items else []),
            *map(HeadOver, (*totals, *(["等第"] if grades else []), "考核年月")),
        ],
        "item_head",
    )
    for each in units:
        sheet.row(
            [
                SheetCell(each.code, "centred"),
                SheetCell(each.name, "text"),
                *([SheetCell(each.group, "centred")] if grouped else []),
                *(SheetCell(each.items.get(item.id), "score") for item in items),
                *_totals(told, each, list(totals)),
                *([SheetCell(each.grade, "grade")] if grades else []),
                SheetCell(OPEN if each.is_open else each.month, "centred"),
            ]
        )
    foot = sheet.next_row
    _notes(sheet, told, kind, bool(totals))
    sheet.finish(head, foot=foot if sheet.next_row > foot else 0)


def _totals(told: Published, each: PublishedUnit, totals: Sequence[str]) -> Iterator[SheetCell]:
    for at, head in enumerate(totals):
        figure = each.totals[at] if each.totals else None
        yield SheetCell(figure, look_below(told.rubric, head))


def _notes(sheet: Sheet, told: Published, kind: Kind, totals: bool) -> None:
    for said in explained(told.rubric, [kind]) if totals else ():
        sheet.across(f"※{said}", "note")
    if totals and any(each.regraded for each in told.units[kind]):
        sheet.across(_REGRADED, "note")
    if told.provisional:
        sheet.across(STILL_OPEN, "note")


def _ranking(book: Book, name: str, told: Published, kind: Kind) -> None:
    rubric, units = told.rubric, told.units[kind]
    shows, grouped = _shown_in_ranking(told, units), any(each.group for each in units)
    total = list(total_heads(rubric, [kind]))[-1]
    columns = (
        *([ListColumn("組別", 90, "centred")] if grouped else []),
        ListColumn("名次", 80, "total"),
        ListColumn("編號", 70, "centred"),
        ListColumn("受考核單位名稱", 420),
        *([ListColumn(total, 90, "total")] if "total" in shows else []),
        *([ListColumn("等第", 70, "grade")] if rubric.grades and "grade" in shows else []),
        *(
            [ListColumn("獎懲", 240), ListColumn("依據", 110, "centred")]
            if "reward" in shows
            else []
        ),
    )
    sheet = Sheet(book, name, widths(columns))
    sheet.title(f"{rubric.title}考核排名{f'（{PROVISIONAL}）' if told.provisional else ''}")
    sheet.across(_line(told, units), "line")
    head = heads(sheet, columns)
    rows(sheet, columns, [list(_ranked(told, each, shows, grouped)) for each in by_rank(units)])
    if told.provisional:
        sheet.across(STILL_OPEN, "note")
    sheet.finish((head, head))


def _shown_in_ranking(told: Published, units: Sequence[PublishedUnit]) -> set[Announced]:
    """Rewards only where any follows."""
    rewarded = any(each.reward for each in units)
    return {each for each in told.announced if rewarded or each != "reward"}


def _ranked(
    told: Published, each: PublishedUnit, shows: Collection[Announced], grouped: bool
) -> Iterator[Content | SheetCell]:
    if grouped:
        yield each.group
    yield SheetCell(each.rank, "provisional_rank") if each.provisional else each.rank
    yield each.code
    yield each.name
    if "total" in shows:
        yield each.totals[-1] if each.totals else None
    if told.rubric.grades and "grade" in shows:
        yield each.grade
    if "reward" in shows:
        mark = f"（{PROVISIONAL}）" if each.reward and each.provisional else ""
        yield f"{mark}{each.reward}"
        yield each.clause


def _leaves(book: Book, name: str, told: Published, kind: Kind) -> None:
    rubric, units = told.rubric, told.units[kind]
    over = [
        HeadOver(head_with_cap(item))
        if item.is_leaf
        else HeadOver(item.name, tuple(map(head_with_cap, item.leaves)))
        for item in rubric.items
    ]
    each_leaf = [
        wide_enough(head_with_cap(leaf), "narrow_head", _LEAST_LEAF, 90) for leaf in rubric.leaves
    ]
    sheet = Sheet(book, name, [_CODE, _UNIT, *each_leaf], frozen_columns=2)
    sheet.title(f"{rubric.title}細項得分")
    sheet.across(_line(told, units), "line")
    head = stacked_heads(sheet, [*map(HeadOver, ("編號", "受考核單位名稱")), *over], "narrow_head")
    for each in units:
        scores = (SheetCell(each.leaves.get(leaf.id), "score") for leaf in rubric.leaves)
        sheet.row([SheetCell(each.code, "centred"), SheetCell(each.name, "text"), *scores])
    sheet.finish(head)
