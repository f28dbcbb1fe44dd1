"""Forms on which something else is seen than what was entered, each with all that may be found."""

from __future__ import annotations

import re
from collections.abc import Callable

from openpyxl.cell import Cell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

from tests.checks.desk import SHEET, Desk, patch
from tests.checks.planted_entries import Plant
from tests.paper.filled_form import Paper

_LEAF = "A1.1.1.1"
_TOLD = f"accepted {_LEAF}:shown-otherwise"
_KEPT_BACK = f"needs-correction {_LEAF}:shown-otherwise"


def styled(key: str = "score", **looks: object) -> Plant:
    """A form in which an entry of the leaf looks otherwise."""

    def change(cell: Cell) -> None:
        for name, look in looks.items():
            setattr(cell, name, look)

    return changed(lambda paper: change(paper.entry(_LEAF, key)))


def changed(change: Callable[[Paper], object]) -> Plant:
    def plant(desk: Desk) -> None:
        paper = desk.paper()
        change(paper)
        desk.hand_in(paper)

    return plant


def on_sheet(change: Callable[[Worksheet, Cell], object]) -> Plant:
    return changed(lambda paper: change(paper.sheet, paper.entry(_LEAF, "score")))


def _conditional(sheet: Worksheet, cell: Cell) -> None:
    white = DifferentialStyle(font=Font(color="FFFFFFFF"))
    sheet.conditional_formatting.add(
        cell.coordinate, Rule(type="expression", dxf=white, formula=["TRUE"])
    )


def merged_over_the_next(desk: Desk) -> None:
    paper = desk.paper()
    first, second = (paper.entry(leaf, "score") for leaf in (_LEAF, "A1.1.1.2"))
    own = [str(each) for each in paper.sheet.merged_cells.ranges if first.coordinate in each]
    last = next(each for each in paper.sheet.merged_cells.ranges if second.coordinate in each)
    path = desk.hand_in(paper)
    whole = f"{first.coordinate}:{str(last).split(':')[-1]}"
    patch(path, SHEET, lambda xml: re.sub(f'ref="{own[0]}"', f'ref="{whole}"', xml))
    patch(path, SHEET, lambda xml: re.sub(f'<mergeCell ref="{last}" ?/>', "", xml))


def part_in_white(desk: Desk) -> None:
    """A text of which a part cannot be seen: 1000 of which 100 is left."""
    paper = desk.paper()
    cell = paper.entry(_LEAF, "score")
    cell.value = "100"
    path = desk.hand_in(paper)
    white = '<r><rPr><color rgb="FFFFFFFF"/></rPr><t>1</t></r><r><t>00</t></r>'
    start = f'<c r="{cell.coordinate}"'
    patch(
        path,
        SHEET,
        lambda xml: re.sub(
            rf'({start}[^>]*?) t="\w+"([^>]*)>.*?</c>',
            rf'\1 t="inlineStr"\2><is>{white}</is></c>',
            xml,
            count=1,
        ),
    )


def _font(**looks: object) -> Plant:
    return styled(font=Font(name="標楷體", **{"size": 14, **looks}))  # type: ignore[arg-type]


LOOKS: dict[str, tuple[Plant, str]] = {
    "another figure in quotes": (styled(number_format='"120"'), _KEPT_BACK),
    "another figure on a condition": (styled(number_format='[>=50]"1";0'), _KEPT_BACK),
    "a digit before": (styled(number_format="1#"), _KEPT_BACK),
    "a digit in quotes before": (styled(number_format='"1"0'), _KEPT_BACK),
    "thousands": (styled(number_format="0,"), _KEPT_BACK),
    "a percentage": (styled(number_format="0%"), _TOLD),
    "no section": (styled(number_format=";;;"), _TOLD),
    "in white by its format": (styled(number_format="[White]0"), _TOLD),
    "as a date that is none here": (styled(number_format="# ?/?"), _TOLD),
    "with its unit": (styled(number_format='0.0"分"'), "accepted"),
    "another band": (
        styled("band", number_format=';;;"110~120"'),
        _TOLD,
    ),
    "white on the entry's colour": (_font(color="FFFFFFFF"), _TOLD),
    "white by the theme": (styled(font=Font(color="FFFFF8DC", size=14)), _TOLD),
    "black on black": (
        styled(fill=PatternFill("solid", fgColor="FF000000"), font=Font(size=14)),
        _TOLD,
    ),
    "size 1": (_font(size=1), _TOLD),
    "size 400": (_font(size=400), _TOLD),
    "Wingdings": (styled(font=Font(name="Wingdings", size=14)), _TOLD),
    "struck through": (_font(strike=True), _TOLD),
    "repeated": (styled(alignment=Alignment(horizontal="fill")), _TOLD),
    "part in white": (
        part_in_white,
        f"accepted {_LEAF}:score-normalised {_LEAF}:shown-otherwise",
    ),
    "on a condition of its own": (on_sheet(_conditional), _TOLD),
    "merged over": (merged_over_the_next, "accepted A1.1.1.2:shown-otherwise"),
}
