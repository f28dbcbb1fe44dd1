"""The live formulas of a form: sums, the band a measure allows, and the words in 檢核.

Each comes with the value that it has on a blank form, which is stored beside it: previews and
Protected View show stored values. The advice says of a row what the rules of `checks/` say of it
later, in the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from svcq_excel.form.grid import Box, sum_word
from svcq_excel.form.layout import Layout
from svcq_excel.rubric.model import Band, Node, number

OPEN, RIGHT, ASK = "未填", "符合", "請選級距"
"""How the words in 檢核 begin where nothing is entered, all is well, or a band should be picked."""

_ARGUMENTS = 200  # Excel allows 255 in one call


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula and its value while nothing has been entered."""

    text: str
    blank: str | int


def formula_of(layout: Layout, box: Box) -> Formula:
    """The formula of a total or an advice."""
    match box.what:
        case "total":
            return Formula(f"={_sum(_scores(layout, layout.rubric.tree))}", 0)
        case "section_sum" if box.node:
            return Formula(f"={_sum(_scores(layout, [box.node]))}", 0)
        case "sum" if box.node:
            return _labelled_sum(layout, box.node, box.text)
        case "progress":
            return _progress(layout)
        case "allowed" if box.node:
            return _allowed(layout, box.node)
        case "check" if box.node:
            return _check(layout, box.node)
    raise ValueError(box.what)


def _text(words: str) -> str:
    return '"' + words.replace('"', '""').replace("\n", '"&CHAR(10)&"') + '"'


def _scores(layout: Layout, nodes: Iterable[Node]) -> list[str]:
    return [layout.entries[leaf.id, "score"].address for node in nodes for leaf in node.leaves]


def _sum(cells: Sequence[str], function: str = "SUM") -> str:
    if len(cells) <= _ARGUMENTS:
        return f"{function}({','.join(cells)})"
    parts = [cells[i : i + _ARGUMENTS] for i in range(0, len(cells), _ARGUMENTS)]
    return "(" + "+".join(_sum(part, function) for part in parts) + ")"


def _labelled_sum(layout: Layout, node: Node, label: str) -> Formula:
    before = f"{label}\n{sum_word(layout.rubric, node)}："
    return Formula(f'={_text(before)}&{_sum(_scores(layout, [node]))}&"分"', f"{before}0分")


def _progress(layout: Layout) -> Formula:
    checks = [layout.advice[leaf.id, "check"] for leaf in layout.rubric.leaves]
    column = f"{checks[0].address}:{checks[-1].address}"
    count = len(checks)
    is_open = f'COUNTIF({column},"{OPEN}")'
    wrong = f'({count}-{is_open}-COUNTIF({column},"{RIGHT}*")-COUNTIF({column},"{ASK}*"))'
    head = [layout.entries["", key].address for key in ("assessor", "date")]
    text = (
        f'=IF({is_open}=0,"各項均已填寫","尚有 "&{is_open}&" 項未填")'
        f'&IF({wrong}=0,"","，"&{wrong}&" 項請更正")'
        f'&IF(COUNTA({",".join(head)})=2,"","，請填考核人員及日期")'
    )
    return Formula(text, f"尚有 {count} 項未填，請填考核人員及日期")


def _allowed(layout: Layout, leaf: Node) -> Formula:
    """The highest band that the measure entered supports."""
    figure = layout.entries[leaf.id, "measure"].address
    branches = [(f"NOT(ISNUMBER({figure}))", _text("－"))]
    branches += _percentage_unclear(leaf, figure, _text("－"))
    branches += [(f"{_figure(leaf, figure)}>={limit}", _text(b.label)) for limit, b in _steps(leaf)]
    return Formula("=" + _chain(branches, _text("僅得0分")), "－")


def _check(layout: Layout, leaf: Node) -> Formula:
    score = layout.entries[leaf.id, "score"].address
    branches = [
        (f"ISERROR({score})", _text("得分是錯誤值，請重填")),
        (f'TRIM({score})=""', _text(OPEN)),
        (f"NOT(ISNUMBER({score}))", _text("得分請填數字")),
        (f"{score}<0", _text("得分不得小於0")),
        (f"{score}>{number(leaf.cap)}", _text(f"超過滿分{number(leaf.cap)}分")),
        (_finer(layout, score), _text(_step_words(layout))),
    ]
    if leaf.measure:
        branches += _measure_branches(layout, leaf, score)
    elif leaf.picks_band:
        branches += _band_branches(layout, leaf, score)
    elif leaf.bands:
        branches.append((_outside(leaf.bands, score), _text("得分不在級距內")))
    return Formula("=" + _chain(branches, _text(RIGHT)), OPEN)


def _band_branches(layout: Layout, leaf: Node, score: str) -> list[tuple[str, str]]:
    band = layout.entries[leaf.id, "band"].address
    own = [(f"{score}>={number(b.min)}", _text(f"{ASK}（{b.label}）")) for b in leaf.bands]
    chosen = [(f"{band}={_text(b.label)}", f"NOT({_within(b, score)})") for b in leaf.bands]
    return [
        (_outside(leaf.bands, score), _text("得分不在任何級距內")),
        (f'AND({score}>0,TRIM({band})="")', _chain(own, _text(ASK))),
        (
            f'AND(TRIM({band})<>"",{_chain(chosen, "TRUE")})',
            _text("得分不在所選級距內"),
        ),
    ]


def _measure_branches(layout: Layout, leaf: Node, score: str) -> list[tuple[str, str]]:
    figure = layout.entries[leaf.id, "measure"].address
    allowed = [
        (f"{_figure(leaf, figure)}>={limit}", f"{score}>{number(band.max)}")
        for limit, band in _steps(leaf)
    ]
    told = [
        (f"{_figure(leaf, figure)}>={limit}", _text(f"佐證數據最高可得{number(band.max)}分"))
        for limit, band in _steps(leaf)
    ]
    return [
        (f'AND({score}>0,TRIM({figure})="")', _text("請填佐證數據")),
        (f'TRIM({figure})=""', _text(RIGHT)),
        (f"NOT(ISNUMBER({figure}))", _text("佐證數據請填數字")),
        *_percentage_unclear(leaf, figure, _text("百分比請填如 88 或 88%")),
        (_out_of_range(leaf, figure), _text("佐證數據超出範圍")),
        (_chain(allowed, f"{score}>0"), _chain(told, _text("未達最低門檻，僅得0分"))),
        (_outside(leaf.bands, score), _text("得分不在任何級距內")),
    ]


def _percentage_unclear(leaf: Node, figure: str, then: str) -> list[tuple[str, str]]:
    """0.88 in a cell without percent format may mean 88 % or 0.88 %: ask (DOMAIN, last section)."""
    if not (leaf.measure and leaf.measure.is_percentage):
        return []
    return [(f"AND({figure}>0,{figure}<=1,NOT({_is_percent(figure)}))", then)]


def _is_percent(cell: str) -> str:
    return f'(LEFT(CELL("format",{cell}),1)="P")'


def _figure(leaf: Node, cell: str) -> str:
    if leaf.measure and leaf.measure.is_percentage:
        return f"({cell}*IF({_is_percent(cell)},100,1))"
    return cell


def _steps(leaf: Node) -> list[tuple[str, Band]]:
    return [(number(b.measure_min), b) for b in leaf.bands if b.measure_min is not None]


def _out_of_range(leaf: Node, figure: str) -> str:
    value = _figure(leaf, figure)
    if leaf.measure and leaf.measure.max is not None:
        return f"OR({value}<0,{value}>{number(leaf.measure.max)})"
    return f"{value}<0"


def _within(band: Band, score: str) -> str:
    return f"AND({score}>={number(band.min)},{score}<={number(band.max)})"


def _outside(bands: Sequence[Band], score: str) -> str:
    inside = ",".join(_within(band, score) for band in bands)
    return f"AND({score}<>0,NOT(OR({inside})))"


def _finer(layout: Layout, score: str) -> str:
    step = number(layout.rubric.step)
    return f"ABS({score}/{step}-ROUND({score}/{step},0))>0.000001"


def _step_words(layout: Layout) -> str:
    step = layout.rubric.step
    return "得分請填整數" if step == 1 else f"得分以{number(step)}分為單位"


def _chain(branches: Iterable[tuple[str, str]], otherwise: str) -> str:
    """IF(a,x,IF(b,y,otherwise)): the first branch that holds."""
    text = otherwise
    for condition, value in reversed(list(branches)):
        text = f"IF({condition},{value},{text})"
    return text
