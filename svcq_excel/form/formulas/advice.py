"""What a form says of a row while it is filled in: 檢核, the band a measure allows, the growth.

It says what the rules of `checks/` say of the row later, in the same order.
"""

from __future__ import annotations

from collections.abc import Sequence

from svcq_excel.form.formulas.expressions import (
    Expression,
    both,
    constant,
    either,
    entered,
    finer_than,
    is_blank,
    is_error,
    is_number,
    is_percent,
    is_text,
    negated,
    times,
    when,
)
from svcq_excel.form.layout.layout import Layout
from svcq_excel.rubric.model import Band, Growth, Measure, Node, number
from svcq_excel.rubric.node import STATUSES

OPEN, RIGHT, ASK = "未填", "符合", "請選級距"
"""How the words in 檢核 begin where nothing is entered, all is well, or a band should be picked."""
RETYPE = "請改填數字"
"""For text: 95分 can be read, 九十五 cannot, and a formula cannot tell."""
UNCLEAR = "百分比請填如 88 或 88%"
DOUBT = "請"
"""How words begin that ask for something without calling the row wrong."""

Branch = tuple[Expression, Expression | str]


def allowed(layout: Layout, leaf: Node) -> Expression:
    """The highest band that the measure entered supports."""
    at = layout.entries[leaf.id, "measure"].address
    branches: list[Branch] = [(negated(is_number(at)), "－"), *_unclear(leaf.measure, at, "－")]
    branches += [(_figure(leaf.measure, at) >= limit, band.label) for limit, band in _steps(leaf)]
    return when(branches, "僅得0分")


def growth(layout: Layout, leaf: Node) -> Expression:
    """The rate of this year's figure over last year's; of nothing there is none."""
    cells = _years(layout, leaf)
    this, last = (_figure(leaf.growth, at) for at in cells)
    rate = ((this - last).grouped() / last).rounded(4)
    none: list[Branch] = [(negated(both(*map(is_number, cells))), "－"), (last <= 0, "－")]
    unclear = [branch for at in cells for branch in _unclear(leaf.growth, at, "－")]
    return when([*none, *unclear], rate)


def _years(layout: Layout, leaf: Node) -> list[str]:
    return [layout.entries[leaf.id, key].address for key in ("this_year", "last_year")]


def _growth_branches(layout: Layout, leaf: Node) -> list[Branch]:
    cells = _years(layout, leaf)
    wrong = [both(negated(is_blank(at)), negated(is_number(at))) for at in cells]
    one = either(*(both(is_blank(a), negated(is_blank(b))) for a, b in (cells, cells[::-1])))
    return [
        (either(*map(is_error, cells)), "年度數據是錯誤值，請重填"),
        (either(*wrong), "請將年度數據改填數字"),
        (one, "請填本年度及上年度"),
        *(branch for at in cells for branch in _unclear(leaf.growth, at, UNCLEAR)),
    ]


def check(layout: Layout, leaf: Node) -> Expression:
    if leaf.due:
        return _status(layout, leaf)
    at = layout.entries[leaf.id, "score"].address
    score, step = entered(at), layout.rubric.step
    unit = "得分請填整數" if step == 1 else f"得分以{number(step)}分為單位"
    branches: list[Branch] = [
        (is_error(at), "得分是錯誤值，請重填"),
        (is_blank(at), OPEN),
        (negated(is_number(at)), RETYPE),
        (score < 0, "得分不得小於0"),
        (score > leaf.cap, f"超過滿分{number(leaf.cap)}分"),
        (finer_than(score, step), unit),
    ]
    if leaf.growth:
        branches += _growth_branches(layout, leaf)
    if leaf.measure:
        branches += _measure_branches(layout, leaf, score)
    elif leaf.picks_band:
        branches += _band_branches(layout, leaf, score)
    elif leaf.bands:
        branches.append((_outside(leaf.bands, score), "得分不在級距內"))
    return when(branches, RIGHT)


def _status(layout: Layout, leaf: Node) -> Expression:
    at, done = (layout.entries[leaf.id, key].address for key in ("status", "done"))
    known = [is_text(at, status) for status in STATUSES]
    branches: list[Branch] = [
        (is_blank(at), OPEN),
        (negated(either(*known)), "請用選單選取"),
        (both(either(*known[:2]), is_blank(done)), "請填辦理情形"),
    ]
    return when(branches, RIGHT)


def _band_branches(layout: Layout, leaf: Node, score: Expression) -> list[Branch]:
    at = layout.entries[leaf.id, "band"].address
    own: list[Branch] = [(score >= band.min, f"{ASK}（{band.label}）") for band in leaf.bands]
    chosen = [both(is_text(at, band.label), _within(band, score)) for band in leaf.bands]
    return [
        (_outside(leaf.bands, score), "得分不在任何級距內"),
        (both(score > 0, is_blank(at)), when(own, ASK)),
        (negated(either(is_blank(at), *chosen)), "得分不在所選級距內"),
    ]


def _measure_branches(layout: Layout, leaf: Node, score: Expression) -> list[Branch]:
    at = layout.entries[leaf.id, "measure"].address
    figure, steps = _figure(leaf.measure, at), _steps(leaf)
    allowed: list[Branch] = [(figure >= limit, score > band.max) for limit, band in steps]
    told: list[Branch] = [
        (figure >= limit, f"佐證數據最高可得{number(band.max)}分") for limit, band in steps
    ]
    return [
        (is_error(at), "佐證數據是錯誤值，請重填"),
        (both(score > 0, is_blank(at)), "佐證數據未填"),
        (is_blank(at), RIGHT),
        (negated(is_number(at)), "請將佐證數據改填數字"),
        *_unclear(leaf.measure, at, UNCLEAR),
        (_out_of_range(leaf, figure), "佐證數據超出範圍"),
        (when(allowed, score > 0), when(told, "未達最低門檻，僅得0分")),
        (_outside(leaf.bands, score), "得分不在任何級距內"),
    ]


def _unclear(about: Measure | Growth | None, at: str, then: str) -> list[Branch]:
    """0.88 in a cell without percent format may mean 88 % or 0.88 %: ask (DOMAIN, last section)."""
    if not (about and about.is_percentage):
        return []
    small = both(entered(at) > 0, entered(at) <= 1)
    return [(both(small, negated(is_percent(at))), then)]


def _figure(about: Measure | Growth | None, at: str) -> Expression:
    if about and about.is_percentage:
        return times(entered(at), 100, only_if=is_percent(at))
    return entered(at)


def _steps(leaf: Node) -> list[tuple[Expression, Band]]:
    return [(constant(b.measure_min), b) for b in leaf.bands if b.measure_min is not None]


def _out_of_range(leaf: Node, figure: Expression) -> Expression:
    if leaf.measure and leaf.measure.max is not None:
        return either(figure < 0, figure > leaf.measure.max)
    return figure < 0


def _within(band: Band, score: Expression) -> Expression:
    return both(score >= band.min, score <= band.max)


def _outside(bands: Sequence[Band], score: Expression) -> Expression:
    inside = either(*(_within(band, score) for band in bands))
    return both(score > 0, negated(inside))
