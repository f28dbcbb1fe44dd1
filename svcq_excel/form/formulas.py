"""The live formulas of a form: sums, the band a measure allows, and the words in 檢核.

The advice says of a row what the rules of `checks/` say of it later, in the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from svcq_excel.form.expressions import (
    Entries,
    Expression,
    both,
    constant,
    either,
    entered,
    filled,
    finer_than,
    is_blank,
    is_error,
    is_number,
    is_percent,
    is_text,
    negated,
    times,
    total,
    when,
)
from svcq_excel.form.grid import Box, Role, sum_word
from svcq_excel.form.layout import Layout, lay_out
from svcq_excel.rubric.model import Band, Growth, Measure, Node, Rubric, number

OPEN, RIGHT, ASK = "未填", "符合", "請選級距"
"""How the words in 檢核 begin where nothing is entered, all is well, or a band should be picked."""
RETYPE = "請改填數字"
"""For text: 95分 can be read, 九十五 cannot, and a formula cannot tell."""
UNCLEAR = "百分比請填如 88 或 88%"
DOUBT = "請"
"""How words begin that ask for something without calling the row wrong."""

Branch = tuple[Expression, Expression | str]


@lru_cache(maxsize=16)
def formulas_of(rubric: Rubric) -> Mapping[str, Expression]:
    """Every formula of a rubric's form, by the address of its cell."""
    layout = lay_out(rubric)
    live = (box for box in layout.boxes if box.role in {Role.TOTAL, Role.ADVICE})
    return {box.address: formula_of(layout, box) for box in live}


def formula_of(layout: Layout, box: Box) -> Expression:
    """The formula of a total or an advice."""
    match box.what:
        case "total":
            return total(_scores(layout, layout.rubric.tree))
        case "section_sum" if box.node:
            return total(_scores(layout, [box.node]))
        case "sum" if box.node:
            label = f"{box.text}\n{sum_word(layout.rubric, box.node)}："
            return constant(label).joined(total(_scores(layout, [box.node]))).joined("分")
        case "progress":
            return _progress(layout)
        case "allowed" if box.node:
            return _allowed(layout, box.node)
        case "growth" if box.node:
            return _growth(layout, box.node)
        case "check" if box.node:
            return _check(layout, box.node)
    raise ValueError(box.what)


def _scores(layout: Layout, nodes: Iterable[Node]) -> list[str]:
    return [layout.entries[leaf.id, "score"].address for node in nodes for leaf in node.leaves]


def _progress(layout: Layout) -> Expression:
    leaves = layout.rubric.leaves
    cells = [layout.advice[leaf.id, "check"].address for leaf in leaves]
    words = _Words([_check(layout, leaf) for leaf in leaves])

    def counted(beginning: str, criterion: str) -> Expression:
        return Expression(
            f'COUNTIF({cells[0]}:{cells[-1]},"{criterion}")',
            lambda e: sum(word.startswith(beginning) for word in words.of(e)),
        )

    is_open = counted(OPEN, OPEN)
    settled = is_open + counted(RIGHT, f"{RIGHT}*") + counted(ASK, f"{ASK}*")
    wrong = Expression(
        f"({len(cells)}-({settled.excel}))", lambda e: len(cells) - settled.compute(e)
    )
    head = filled([layout.entries["", key].address for key in ("assessor", "date")])
    unfilled = constant("尚有 ").joined(is_open).joined(" 項未填")
    return (
        when([(is_open.is_equal(0), "各項均已填寫")], unfilled)
        .joined(when([(wrong.is_equal(0), "")], constant("，").joined(wrong).joined(" 項請更正")))
        .joined(when([(head.is_equal(2), "")], "，請填考核人員及日期"))
    )


class _Words:
    """What 檢核 says in every row: asked for several times over, worked out once."""

    def __init__(self, checks: Sequence[Expression]) -> None:
        self._checks = checks
        self._entries: Entries | None = None
        self._words: list[str] = []

    def of(self, entries: Entries) -> list[str]:
        if self._entries is not entries:
            self._entries, self._words = entries, [each.compute(entries) for each in self._checks]
        return self._words


def _allowed(layout: Layout, leaf: Node) -> Expression:
    """The highest band that the measure entered supports."""
    at = layout.entries[leaf.id, "measure"].address
    branches: list[Branch] = [(negated(is_number(at)), "－"), *_unclear(leaf.measure, at, "－")]
    branches += [(_figure(leaf.measure, at) >= limit, band.label) for limit, band in _steps(leaf)]
    return when(branches, "僅得0分")


def _growth(layout: Layout, leaf: Node) -> Expression:
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


def _check(layout: Layout, leaf: Node) -> Expression:
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
